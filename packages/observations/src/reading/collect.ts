import { DAY_MS, ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import type { BucketColumns, Readings, SeriesSource } from "../readings.ts";

/** Readings that are loaded at once, unless a single day has more. */
const sliceReadings = 500_000;
/** So that a slice of 1 min has at most 184,320 buckets. */
export const longestSlice = 128 * DAY_MS;

type Span = readonly [from: number, to: number];

/**
 * Cuts (from, to] into slices of a day and more, so that a long span is read at bounded memory and whoever has enough can
 * stop. No reading is older than 1970.
 * @param first length of the first slice; short for whoever may have enough soon
 */
export function* slicesOf(source: SeriesSource, series: number, [from, to]: Span, first: number): Generator<Span> {
  let length = first;
  for (let start = Math.max(from, 0); start < to;) {
    while (length > DAY_MS && source.countAtMost(series, start, Math.min(to, start + length)) > sliceReadings)
      length /= 2;
    const end = Math.min(to, start + length);
    yield [start, end];
    start = end;
    length = Math.min(length * 2, longestSlice);
  }
}

/** The columns of readings that a history is made of. */
export type PlainReadings = Pick<Readings, "time" | "value" | "quality">;

/** Readings of any quality in (from, to]; null when there are more than `limit`, without reading on. */
export function readingsAtMost(
  source: SeriesSource,
  series: number,
  [from, to]: Span,
  limit: number,
): PlainReadings | null {
  const parts: PlainReadings[] = [];
  let count = 0;
  for (const [start, end] of slicesOf(source, series, [from, to], DAY_MS)) {
    const part = source.readings(series, start, end, false);
    count += part.time.length;
    if (count > limit) return null;
    if (part.time.length > 0) parts.push(part);
  }
  return {
    time: joined(parts.map((part) => part.time)),
    value: joined(parts.map((part) => part.value)),
    quality: joinedInto(
      new Uint8Array(count),
      parts.map((part) => part.quality),
    ),
  };
}

/** Buckets whose END lies in (from, to]; null when there are more than `limit`, without reading on. */
export function bucketsAtMost(
  source: SeriesSource,
  series: number,
  [from, to]: Span,
  width: RollupWidth,
  limit: number,
): BucketColumns | null {
  const parts: BucketColumns[] = [];
  let count = 0;
  // Hours and days are few and mostly stored; anything narrower is made from the readings of a slice.
  const narrow = ROLLUP_WIDTHS[width] < ROLLUP_WIDTHS["1h"];
  for (const [start, end] of narrow
    ? slicesOf(source, series, [from, to], DAY_MS)
    : [[Math.max(from, 0), to] as const]) {
    const part = source.buckets(series, start, end, width);
    count += part.time.length;
    if (count > limit) return null;
    if (part.time.length > 0) parts.push(part);
  }
  const column = (name: keyof BucketColumns) => joined(parts.map((part) => part[name]));
  return {
    time: column("time"),
    count: column("count"),
    sum: column("sum"),
    min: column("min"),
    max: column("max"),
    last: column("last"),
    lastTime: column("lastTime"),
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return joinedInto(new Float64Array(parts.reduce((sum, part) => sum + part.length, 0)), parts);
}

function joinedInto<T extends Float64Array | Uint8Array>(whole: T, parts: readonly T[]): T {
  let length = 0;
  for (const part of parts) {
    whole.set(part, length);
    length += part.length;
  }
  return whole;
}
