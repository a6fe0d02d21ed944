import { readFileSync } from "node:fs";

/** What a child of the benchmark tells when it is done. */
export interface ChildResult {
  perSecond: number;
  /** Processor seconds of all its threads for a million points, the making of points left out. */
  processor: number;
  /** Of the file when it is closed, for a point. */
  bytesPerPoint: number;
  /** Handed to the disk while loading, for a point. */
  writtenPerPoint: number;
}

/** Sums up time and processor time over stretches of work. */
export class Stopwatch {
  seconds = 0;
  processor = 0;

  async time(work: () => unknown): Promise<void> {
    const used = process.cpuUsage();
    const startedAt = performance.now();
    await work();
    this.seconds += (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(used);
    this.processor += (user + system) / 1e6;
  }
}

/** Bytes that this process has caused to be written to the disk (`write_bytes` of Linux). */
export function writtenBytes(): number {
  return Number(/^write_bytes: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}

export function tell(result: ChildResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
