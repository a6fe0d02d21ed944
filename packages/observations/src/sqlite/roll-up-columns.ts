import { bucketEnd } from "../buckets.ts";
import type { BucketColumns, Readings } from "../readings.ts";

export const BUCKET_COLUMNS = ["time", "count", "sum", "min", "max", "last", "lastTime"] as const;

export function emptyBuckets(length = 0): BucketColumns {
  return {
    time: new Float64Array(length),
    count: new Float64Array(length),
    sum: new Float64Array(length),
    min: new Float64Array(length),
    max: new Float64Array(length),
    last: new Float64Array(length),
    lastTime: new Float64Array(length),
  };
}

/** The same as `rollUp` of buckets.ts, to the last bit, for columns. All readings must be valid ones. */
export function rollUpColumns(
  { time, value }: Pick<Readings, "time" | "value">,
  width: number,
  offset: number,
): BucketColumns {
  const columns = emptyBuckets(time.length);
  let at = -1;
  let end = -Infinity;
  for (let i = 0; i < time.length; i++) {
    const t = time[i]!;
    const v = value[i]!;
    if (t > end) {
      end = bucketEnd(t, width, offset);
      at++;
      columns.time[at] = end;
      columns.count[at] = 1;
      columns.sum[at] = v;
      columns.min[at] = v;
      columns.max[at] = v;
    } else {
      columns.count[at]!++;
      columns.sum[at]! += v;
      if (v < columns.min[at]!) columns.min[at] = v;
      if (v > columns.max[at]!) columns.max[at] = v;
    }
    columns.last[at] = v;
    columns.lastTime[at] = t;
  }
  return cut(columns, at + 1);
}

/** Buckets in rising order as wider ones, whose edges must fall on edges of the given ones. */
export function mergeColumns(narrow: BucketColumns, width: number, offset: number): BucketColumns {
  const columns = emptyBuckets(narrow.time.length);
  let at = -1;
  for (let i = 0; i < narrow.time.length; i++) {
    const end = bucketEnd(narrow.time[i]!, width, offset);
    if (at < 0 || columns.time[at] !== end) {
      at++;
      columns.time[at] = end;
      columns.min[at] = narrow.min[i]!;
      columns.max[at] = narrow.max[i]!;
    }
    columns.count[at]! += narrow.count[i]!;
    columns.sum[at]! += narrow.sum[i]!;
    columns.min[at] = Math.min(columns.min[at]!, narrow.min[i]!);
    columns.max[at] = Math.max(columns.max[at]!, narrow.max[i]!);
    columns.last[at] = narrow.last[i]!;
    columns.lastTime[at] = narrow.lastTime[i]!;
  }
  return cut(columns, at + 1);
}

export function concatenateBuckets(parts: readonly BucketColumns[]): BucketColumns {
  if (parts.length === 1) return parts[0]!;
  const all = emptyBuckets(parts.reduce((length, part) => length + part.time.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const name of BUCKET_COLUMNS) all[name].set(part[name], at);
    at += part.time.length;
  }
  return all;
}

function cut(columns: BucketColumns, length: number): BucketColumns {
  return {
    time: columns.time.subarray(0, length),
    count: columns.count.subarray(0, length),
    sum: columns.sum.subarray(0, length),
    min: columns.min.subarray(0, length),
    max: columns.max.subarray(0, length),
    last: columns.last.subarray(0, length),
    lastTime: columns.lastTime.subarray(0, length),
  };
}
