import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Simulation } from "@ioc/contracts";
import { simulation } from "@ioc/contracts";
import { afterEach, expect, test, vi } from "vitest";
import type { Delivery } from "./testing/intake.ts";
import { startIntake } from "./testing/intake.ts";
import { packFolder } from "./testing/da-nang.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const origin = Date.parse("2026-11-06T03:00:00Z");
const patience = { timeout: 50_000, interval: 50 };

const toStop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).toReversed()) await stop();
});

interface Started {
  child: ChildProcess;
  deliveries: Delivery[];
  statuses: Simulation[];
  exit: Promise<unknown[]>;
}

async function start(args: string[]): Promise<Started> {
  const intake = await startIntake();
  toStop.push(intake.stop);
  const common = ["--pack", packFolder, "--url", intake.url, "--city-origin", String(origin)];
  const child = fork(main, [...common, ...args], { env: { ...process.env, IOC_API_KEY: "secret" } });
  const exit = once(child, "exit");
  toStop.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await exit;
  });
  const statuses: Simulation[] = [];
  child.on("message", (message) => statuses.push(simulation.parse((message as { simulation: unknown }).simulation)));
  return { child, deliveries: intake.deliveries, statuses, exit };
}

test("everything is alive at once, history follows, and the parent hears how far it is", async () => {
  const { child, deliveries, statuses, exit } = await start(["--history-days", "0.5", "--sampling", "5"]);
  await vi.waitFor(() => expect(statuses.at(-1)?.history?.done).toBe(true), patience);
  const all = deliveries.flatMap(({ observations }) => observations);
  const stations = new Set(all.map(({ datastream }) => datastream.split(":")[0]));
  expect(stations.size).toBeGreaterThan(500);
  const history = statuses.at(-1)?.history;
  expect(history).toMatchObject({ to: expect.any(Number), done: true });
  expect(history?.observations).toBeGreaterThan(150_000);
  expect(history?.reachedBack).toBe(history?.from);
  expect(statuses.at(-1)).toMatchObject({ running: true, speed: 1, sampling: 5, seed: 1, scenario: null });
  child.send({ type: "stop" });
  expect(await exit).toEqual([0, null]);
});

test("a scenario started by the parent puts streets under water and can be ended", async () => {
  const { child, deliveries, statuses, exit } = await start(["--speed", "600"]);
  await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(0), patience);
  child.send({ type: "scenario", id: "flash-flood" });
  await vi.waitFor(() => expect(statuses.at(-1)?.scenario?.id).toBe("flash-flood"), patience);
  const flooded = (): number =>
    new Set(
      deliveries
        .flatMap(({ observations }) => observations)
        .filter(
          ({ datastream, result }) => datastream.startsWith("sf-") && datastream.endsWith(":depth") && result > 0.3,
        )
        .map(({ datastream }) => datastream),
    ).size;
  await vi.waitFor(() => expect(flooded()).toBeGreaterThanOrEqual(4), patience);
  child.send({ type: "scenario", id: null });
  await vi.waitFor(() => expect(statuses.at(-1)?.scenario).toBeNull(), patience);
  child.disconnect();
  expect(await exit).toEqual([0, null]);
});
