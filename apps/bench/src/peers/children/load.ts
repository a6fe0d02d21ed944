import { statSync } from "node:fs";
import { batches, makeW1 } from "../workload.ts";
import { Stopwatch, tell, writtenBytes } from "./stats.ts";

/** A store inside this process that takes batches. */
export interface LocalStore<T> {
  make(series: number, time: number, value: number): T;
  record(batch: T[]): unknown;
  /** Puts the file into the form in which it stays. */
  close(): Promise<void>;
}

/** Points that are made before they are timed. */
const slicePoints = 500_000;

/**
 * Loads W1 into a store of this process and tells what it took.
 * Arguments: file, days, midnight at the end (ms), points of a batch, most points in all, points of each series that are there
 * before anything is counted.
 */
export async function loadLocal<T>(open: (file: string, series: string[]) => Promise<LocalStore<T>>): Promise<void> {
  const [file = "", ...numbers] = process.argv.slice(2);
  const [days = 1, to = 0, size = 1000, most = Number.POSITIVE_INFINITY, before = 0] = numbers.map(Number);
  const workload = makeW1(days, to);
  const names = Array.from({ length: workload.series }, (_, i) => `${workload.station(i)}:${workload.property(i)}`);
  const store = await open(file, names);
  for (const batch of batches(workload, 10_000, store.make, 0, before)) await store.record(batch);
  const watch = new Stopwatch();
  const writtenBefore = writtenBytes();
  let points = 0;
  let slice: T[][] = [];
  const flush = async () => {
    await watch.time(async () => {
      for (const batch of slice) await store.record(batch);
    });
    slice = [];
  };
  for (const batch of batches(workload, size, store.make, before)) {
    slice.push(batch);
    points += batch.length;
    if (slice.length * size >= slicePoints) await flush();
    if (points >= most) break;
  }
  await flush();
  const written = writtenBytes() - writtenBefore;
  await store.close();
  tell({
    perSecond: points / watch.seconds,
    processor: (watch.processor / points) * 1e6,
    bytesPerPoint: statSync(file).size / (points + before * workload.series),
    writtenPerPoint: written / points,
  });
}
