import type { BucketColumns } from "../readings.ts";
import type { PlainReadings } from "./collect.ts";

/** A hole longer than this many periods is a gap: no line may be drawn over it. */
const gapPeriods = 1.5;

/** Points that can be drawn as one line, and where the line is broken. Columns of equal length, in rising time order. */
export interface Line {
  /** Place of the point in the columns that the line was made of. */
  at: Int32Array;
  time: Float64Array;
  value: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** How many breaks lie before the point. */
  run: Int32Array;
  /** Times of all breaks, ms: of the first missing result, or one period after the last point before a hole. */
  breaks: number[];
}

/**
 * Line through the readings of quality 1 and 2. Doubtful and bad ones are left out as they are from every rollup; a reading
 * without a result breaks the line, and so does a hole longer than 1.5 periods.
 * @param periodMs expected distance of two readings
 */
export function lineOfReadings({ time, value, quality }: PlainReadings, periodMs: number): Line {
  const at = new Int32Array(time.length);
  const run = new Int32Array(time.length);
  const breaks: number[] = [];
  let count = 0;
  let broken: number | undefined;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    if (Number.isNaN(value[i]!)) broken ??= t;
    else if (quality[i]! <= 2) {
      if (count > 0) broken ??= breakBetween(time[at[count - 1]!]!, t, periodMs);
      if (broken !== undefined) breaks.push(broken);
      broken = undefined;
      at[count] = i;
      run[count++] = breaks.length;
    }
  }
  if (broken !== undefined) breaks.push(broken);
  const places = at.subarray(0, count);
  const values = picked(value, places);
  const times = picked(time, places);
  return { at: places, time: times, value: values, low: values, high: values, run: run.subarray(0, count), breaks };
}

/** Line through buckets of `width` ms. @param summed the value is the sum, else the mean */
export function lineOfBuckets(buckets: BucketColumns, width: number, periodMs: number, summed: boolean): Line {
  const { time, min, max } = buckets;
  const run = new Int32Array(time.length);
  const breaks: number[] = [];
  for (let i = 1; i < time.length; i++) {
    const broken = breakBetween(time[i - 1]!, time[i]!, Math.max(width, periodMs));
    if (broken !== undefined) breaks.push(broken);
    run[i] = breaks.length;
  }
  const at = Int32Array.from(time, (_, i) => i);
  return { at, time, value: bucketValues(buckets, summed), low: min, high: max, run, breaks };
}

export function bucketValues({ sum, count }: BucketColumns, summed: boolean): Float64Array {
  return summed ? sum : sum.map((total, i) => total / count[i]!);
}

function breakBetween(before: number, after: number, periodMs: number): number | undefined {
  return after - before > gapPeriods * periodMs ? before + periodMs : undefined;
}

export function picked(column: Float64Array, places: ArrayLike<number>): Float64Array {
  const values = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) values[i] = column[places[i]!]!;
  return values;
}
