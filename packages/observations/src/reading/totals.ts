import type { BucketColumns, Readings } from "../readings.ts";

/** Running totals of each bucket of a time axis. */
export class Totals {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Value with the newest phenomenonTime; the first one given where two are equally new. */
  readonly last: Float64Array;
  readonly #lastTime: Float64Array;
  readonly #edges: Float64Array;

  /** @param edges bucket k holds (edges[k], edges[k + 1]] */
  constructor(edges: Float64Array) {
    const length = Math.max(0, edges.length - 1);
    this.#edges = edges;
    this.count = new Float64Array(length);
    this.sum = new Float64Array(length);
    this.min = new Float64Array(length);
    this.max = new Float64Array(length);
    this.last = new Float64Array(length);
    this.#lastTime = new Float64Array(length);
    this.clear();
  }

  clear(): void {
    this.count.fill(0);
    this.sum.fill(0);
    this.min.fill(Infinity);
    this.max.fill(-Infinity);
    this.last.fill(NaN);
    this.#lastTime.fill(-Infinity);
  }

  /** Adds narrower buckets, or equal ones, whose edges include those of the axis. */
  addBuckets({ time, count, sum, min, max, last, lastTime }: BucketColumns): void {
    eachSection(time, this.#edges, (k, from, to) => {
      for (let i = from; i < to; i++) {
        this.count[k]! += count[i]!;
        this.sum[k]! += sum[i]!;
        if (min[i]! < this.min[k]!) this.min[k] = min[i]!;
        if (max[i]! > this.max[k]!) this.max[k] = max[i]!;
      }
      this.#newest(k, lastTime[to - 1]!, last[to - 1]!);
    });
  }

  /** Adds valid readings. */
  addReadings({ time, value }: Pick<Readings, "time" | "value">): void {
    eachSection(time, this.#edges, (k, from, to) => {
      let sum = this.sum[k]!;
      let min = this.min[k]!;
      let max = this.max[k]!;
      for (let i = from; i < to; i++) {
        const one = value[i]!;
        sum += one;
        if (one < min) min = one;
        if (one > max) max = one;
      }
      this.count[k]! += to - from;
      this.sum[k] = sum;
      this.min[k] = min;
      this.max[k] = max;
      this.#newest(k, time[to - 1]!, value[to - 1]!);
    });
  }

  #newest(k: number, time: number, value: number): void {
    if (time <= this.#lastTime[k]!) return;
    this.#lastTime[k] = time;
    this.last[k] = value;
  }
}

/** Visits each bucket that has any of these times, which rise: with its number and the section [from, to) of them. */
export function eachSection(
  time: Float64Array,
  edges: Float64Array,
  visit: (bucket: number, from: number, to: number) => void,
): void {
  const buckets = edges.length - 1;
  let from = 0;
  while (from < time.length && time[from]! <= edges[0]!) from++;
  for (let k = 0; k < buckets && from < time.length; k++) {
    const end = edges[k + 1]!;
    if (time[from]! > end) continue;
    let to = from + 1;
    while (to < time.length && time[to]! <= end) to++;
    visit(k, from, to);
    from = to;
  }
}
