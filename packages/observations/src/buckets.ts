export const DAY_MS = 86_400_000;

/** Widths of rollups in milliseconds. A day is one of the city's time zone. */
export const ROLLUP_WIDTHS = { "1min": 60_000, "15min": 900_000, "1h": 3_600_000, "1d": DAY_MS } as const;
export type RollupWidth = keyof typeof ROLLUP_WIDTHS;

/** A rollup of one datastream over (time - width, time]; times in ms, values in the datastream's unit. */
export interface Bucket {
  /** END of the bucket. */
  time: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Value with the newest phenomenonTime in the bucket. */
  last: number;
  lastTime: number;
}

/**
 * End of the bucket that a reading belongs to. A reading at exactly 01:00 belongs to the bucket labelled 01:00, for it
 * stands for the interval that ends there. `offset` (ms east of UTC) moves the edges, for days of local time.
 */
export function bucketEnd(time: number, width: number, offset = 0): number {
  return Math.ceil((time + offset) / width) * width - offset;
}

export function startBucket(end: number, time: number, value: number): Bucket {
  return { time: end, count: 1, sum: value, min: value, max: value, last: value, lastTime: time };
}

/** Adds a reading that is newer than all in the bucket: sums stay those of a plain addition in time order. */
export function addToBucket(bucket: Bucket, time: number, value: number): void {
  bucket.count++;
  bucket.sum += value;
  if (value < bucket.min) bucket.min = value;
  if (value > bucket.max) bucket.max = value;
  bucket.last = value;
  bucket.lastTime = time;
}

/** Rolls readings in rising time order up into buckets in rising order. */
export function rollUp(
  readings: Iterable<readonly [time: number, value: number]>,
  width: number,
  offset = 0,
): Bucket[] {
  const buckets: Bucket[] = [];
  let current: Bucket | undefined;
  for (const [time, value] of readings) {
    const end = bucketEnd(time, width, offset);
    if (current?.time === end) addToBucket(current, time, value);
    else buckets.push((current = startBucket(end, time, value)));
  }
  return buckets;
}
