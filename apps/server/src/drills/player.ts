import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { alert, drillVerdict } from "@ioc/contracts";
import { z } from "zod";
import type { Log } from "../log.ts";

const program = new URL("../../../drill/src/main.ts", import.meta.url).pathname;
/** Grace to end by itself, real ms. */
const stopWithin = 2000;

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), reached: z.number().nullable(), changed: z.array(alert) }),
  z.object({
    type: z.literal("done"),
    verdict: drillVerdict,
    alerts: z.array(alert),
    errors: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal("failed"), message: z.string() }),
]);

type Message = z.infer<typeof message>;

interface PlayerOptions {
  folder: string;
  pack: string;
  scheme: string;
  scenarioFolder: string;
  scenario: string;
  seed: number;
  log: Log;
  onMessage(sent: Message): void;
  /** The process has ended. */
  onEnd(how: string): void;
}

export interface Player {
  stop(): Promise<void>;
}

/** The program of a drill as a child process, which plays in `folder` and tells how it goes. */
export function startPlayer(options: PlayerOptions): Player {
  const { log } = options;
  const given: Record<string, string | number> = {
    "--pack": options.pack,
    "--scheme": options.scheme,
    "--scenarios": options.scenarioFolder,
    "--scenario": options.scenario,
    "--folder": options.folder,
    "--seed": options.seed,
  };
  const args = Object.entries(given).flatMap(([name, value]) => [name, String(value)]);
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Nothing of this installation's keys and addresses is the business of a drill.
    env: { PATH: process.env["PATH"] },
  });
  createInterface(child.stderr!).on("line", (line) => log.warn("drills", line));
  child.on("message", (sent) => {
    const parsed = message.safeParse(sent);
    if (parsed.success) options.onMessage(parsed.data);
    else log.warn("drills", "a drill sent what does not fit the contract");
  });
  child.on("error", (error) => log.error("drills", error.message));
  const ended = once(child, "exit").then(([code, signal]) => options.onEnd(String(signal ?? code)));
  return {
    async stop() {
      if (child.connected) child.disconnect();
      const inTime = await Promise.race([ended.then(() => true), wait(stopWithin, false, { ref: false })]);
      if (inTime) return;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
