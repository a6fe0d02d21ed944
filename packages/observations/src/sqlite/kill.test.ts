import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { T0 } from "../test-store.ts";
import { ReaderStore } from "./reader-store.ts";
import { ObservationStore } from "./store.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 9);
const KILLS = 50;
const CHILD = new URL("./kill-child.ts", import.meta.url).pathname;

/** Runs the child until it has acknowledged `lines` batches, kills it without warning, and returns what it printed. */
async function runAndKill(
  file: string,
  first: number,
  size: number,
  tailLimit: number,
  lines: number,
): Promise<[number, number][]> {
  const child = spawn(process.execPath, [CHILD, file, String(first), String(size), String(tailLimit)], {
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

test(`everything acknowledged survives ${KILLS} kills at random moments`, { timeout: 300_000 }, async () => {
  console.info(`seed ${SEED} (IOC_TEST_SEED)`);
  const random = seededRandom(SEED);
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  let first = 0;
  const all: [number, number][] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const size = 1 + Math.floor(random() ** 3 * 1000);
    // With a small limit the child writes blocks all the time, and is killed in the middle of that.
    const tailLimit = kill % 2 ? 1_000_000 : 300;
    const acknowledged = await runAndKill(file, first, size, tailLimit, 1 + Math.floor(random() * 20));
    all.push(...acknowledged);
    first = Math.max(...acknowledged.map(([, to]) => to)) + 10 * size;
    expectAllThere(file, all);
  }
});

function expectAllThere(file: string, acknowledged: readonly [number, number][]): void {
  const store = new ObservationStore({
    file,
    synchronous: "normal",
    dayOffset: 0,
    tailLimit: 1e6,
    busyTimeout: 5000,
  });
  const reader = new ReaderStore({ file, dayOffset: 0, timeZone: "UTC" });
  try {
    const { series, totals } = store.state();
    const span = { from: T0 - 1, to: T0 + 1e12 };
    const ids = () => Int32Array.from(series, (row) => row.id);
    const { value } = reader.raw({ ...span, series: ids(), validOnly: true });
    const present = new Set(value);
    const missing = acknowledged.filter(([from, to]) => {
      for (let n = from; n <= to; n++) if (!present.has(n)) return true;
      return false;
    });
    expect(missing).toEqual([]);
    expect(totals.observations).toBe(value.length);
    // Rows and rollups come from the same transactions, so they agree whatever was cut off.
    const hours = reader.rollups({ ...span, series: ids(), width: "1h" });
    const sum = (numbers: Float64Array) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(hours.count)).toBe(value.length);
    expect(sum(hours.sum)).toBe(sum(value));
  } finally {
    reader.close();
    store.close();
  }
}
