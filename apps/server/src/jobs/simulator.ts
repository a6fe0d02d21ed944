import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { simulation as simulationSchema, type Simulation } from "@ioc/contracts";
import type { SimulationControl } from "../api/simulation.ts";
import { ProblemError } from "../api/problem.ts";
import type { CityClock } from "../clock.ts";
import type { HealthBoard } from "../health.ts";
import type { Log } from "../log.ts";

const program = new URL("../../../simulator/src/main.ts", import.meta.url).pathname;

/** Real ms: shortest and longest wait before a start, the life after which a crash counts as the first, the grace to stop. */
const firstWait = 1000;
const longestWait = 30_000;
const steadyAfter = 60_000;
const stopWithin = 3000;
const scenarioWithin = 5000;

interface SimulatorOptions {
  pack: string;
  /** Scheme whose stations report. */
  scheme: string;
  /** Address of this server. */
  url: string;
  /** Key that the simulator writes with. */
  key: string;
  clock: CityClock;
  sampling: number;
  seed: number;
  /** Whether stations fail now and then. */
  faults: boolean;
  historyDays: number;
  /** Span of what is stored already; null when nothing is. */
  have(): Promise<{ from: number; to: number } | null>;
  log: Log;
  health: HealthBoard;
  /** Program to run instead of the simulator, for tests of the supervision. */
  program?: string;
}

/** The simulator as a child process: started again when it dies, told to start scenarios, stopped with the server. */
export interface SimulatorProcess extends SimulationControl {
  state(): Simulation;
  stop(): Promise<void>;
}

export function superviseSimulator(options: SimulatorOptions): SimulatorProcess {
  const { log, health, clock } = options;
  let child: ChildProcess | undefined;
  let failures = 0;
  let running: Promise<void> = Promise.resolve();
  const cancel = new AbortController();
  const statusWaiters = new Set<(state: Simulation) => void>();
  let state: Simulation = {
    running: false,
    speed: clock.speed,
    sampling: options.sampling,
    seed: options.seed,
    scenario: null,
    history: null,
  };

  const onMessage = (message: unknown) => {
    const given = message as { type?: unknown; simulation?: unknown } | null;
    if (given?.type !== "status") return;
    const parsed = simulationSchema.safeParse(given.simulation);
    if (!parsed.success) return log.warn("simulator", "sent a status that does not fit the contract");
    state = parsed.data;
    for (const waiter of statusWaiters) waiter(state);
  };

  const runOnce = async () => {
    const startedAt = performance.now();
    const span = await options.have();
    const own = spawn(process.execPath, [options.program ?? program, ...argumentsOf(options, span)], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { ...process.env, IOC_API_KEY: options.key },
    });
    child = own;
    own.on("message", onMessage);
    own.on("error", (error) => log.error("simulator", error.message));
    if (own.stdout) createInterface(own.stdout).on("line", (line) => log.info("simulator", line));
    if (own.stderr) createInterface(own.stderr).on("line", (line) => log.warn("simulator", line));
    health.set("simulator", "ok");
    const [code, signal] = (await once(own, "exit")) as [number | null, string | null];
    child = undefined;
    state = { ...state, running: false };
    if (cancel.signal.aborted) return;
    failures = performance.now() - startedAt > steadyAfter ? 1 : failures + 1;
    health.set("simulator", "degraded", `ended with ${signal ?? code}; started again (${failures})`);
    log.warn("simulator", "ended and is started again", { code, signal, failures });
  };

  const loop = async () => {
    while (!cancel.signal.aborted) {
      await runOnce().catch((error: unknown) => {
        failures += 1;
        health.set("simulator", "degraded", String(error));
        log.error("simulator", String(error));
      });
      const pause = Math.min(longestWait, firstWait * 2 ** Math.max(0, failures - 1));
      await wait(pause, undefined, { signal: cancel.signal }).catch(() => {});
    }
    health.set("simulator", "off");
  };
  running = loop();

  return {
    state: () => state,
    startScenario: (id) => {
      if (!child?.connected)
        throw new ProblemError(503, "not-available", "The simulator is not running at the moment.");
      const told = new Promise<Simulation>((done, fail) => {
        const end = () => {
          clearTimeout(timer);
          statusWaiters.delete(waiter);
        };
        const waiter = (next: Simulation) => {
          if ((next.scenario?.id ?? null) !== id) return;
          end();
          done(next);
        };
        const timer = setTimeout(() => {
          end();
          fail(new ProblemError(503, "not-available", "The simulator did not take up the scenario in time."));
        }, scenarioWithin);
        statusWaiters.add(waiter);
      });
      child.send({ type: "scenario", id });
      return told;
    },
    async stop() {
      cancel.abort();
      if (child) await stopChild(child);
      await running;
    },
  };
}

function argumentsOf(options: SimulatorOptions, have: { from: number; to: number } | null): string[] {
  const { clock } = options;
  const given: Record<string, string | number> = {
    "--pack": options.pack,
    "--scheme": options.scheme,
    "--url": options.url,
    "--speed": clock.speed,
    "--sampling": options.sampling,
    "--seed": options.seed,
    "--faults": options.faults ? "on" : "off",
    "--history-days": options.historyDays,
    "--city-origin": clock.cityOrigin,
    "--wall-origin": clock.wallOrigin,
    ...(have ? { "--have-from": have.from, "--have-to": have.to } : {}),
  };
  return Object.entries(given).flatMap(([name, value]) => [name, String(value)]);
}

async function stopChild(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit");
  if (child.connected) child.send({ type: "stop" }, () => {});
  const inTime = await Promise.race([ended.then(() => true), wait(stopWithin, false, { ref: false })]);
  if (inTime) return;
  child.kill("SIGKILL");
  await ended;
}
