import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 9);
const KILLS = 20;
const CHILD = new URL("./kill-child.ts", import.meta.url).pathname;

/** Runs the child until it has acknowledged `lines` batches, kills it without warning, and returns what it printed. */
async function runAndKill(file: string, first: number, size: number, lines: number): Promise<[number, number][]> {
  const child = spawn(process.execPath, [CHILD, file, String(first), String(size)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: [number, number][] = [];
  const exited = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    const [from, to] = line.split(" ").map(Number);
    // The last line may have been cut by the death of the child.
    if (from !== undefined && to === from + size - 1) acknowledged.push([from, to]);
    if (acknowledged.length === lines) child.kill("SIGKILL");
  }
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  return acknowledged;
}

test(`everything acknowledged survives ${KILLS} kills at random moments`, { timeout: 120_000 }, async () => {
  console.info(`seed ${SEED} (IOC_TEST_SEED)`);
  const random = seededRandom(SEED);
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  let first = 0;
  const all: [number, number][] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const size = 1 + Math.floor(random() ** 3 * 1000);
    const acknowledged = await runAndKill(file, first, size, 1 + Math.floor(random() * 20));
    all.push(...acknowledged);
    first = Math.max(...acknowledged.map(([, to]) => to)) + 10 * size;
    await expectAllThere(file, all);
  }
});

async function expectAllThere(file: string, acknowledged: readonly [number, number][]): Promise<void> {
  const store = await openObservations({ file });
  try {
    const query = { datastreams: ["a:x", "b:x"], from: T0 - 1, to: T0 + 1e12 };
    const raw = await store.reader.raw(query);
    const present = new Set(raw.result);
    const missing = acknowledged.filter(([from, to]) => {
      for (let n = from; n <= to; n++) if (!present.has(n)) return true;
      return false;
    });
    expect(missing).toEqual([]);
    const { observations } = await store.reader.counts();
    expect(observations).toBe(raw.time.length);
    // Rows and rollups come from the same transactions, so they agree whatever was cut off.
    const hours = await store.reader.rollups({ ...query, width: "1h" });
    expect(hours.count.reduce((sum, count) => sum + count, 0)).toBe(observations);
    expect(hours.sum.reduce((sum, value) => sum + value, 0)).toBe(
      raw.result.reduce<number>((sum, value) => sum + value!, 0),
    );
  } finally {
    await store.close();
  }
}
