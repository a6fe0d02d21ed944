import type { Resolution } from "@ioc/contracts";
import type { Bucket } from "../buckets.ts";
import type { HistoryColumns } from "./messages.ts";
import type { SeriesReading } from "./reading.ts";

export interface HistoryQuestion {
  series: number;
  from: number;
  to: number;
  resolution: Resolution | "auto";
  points: number;
}

/**
 * History of one series. `auto` takes the finest resolution whose points are at most `points`; they are counted first. When
 * even the days are too many, days are left out so that the lowest and the highest of each stretch stay.
 */
export function history(reading: SeriesReading, question: HistoryQuestion, dayOffset: number): HistoryColumns {
  const { series, from, to, points } = question;
  const resolution = question.resolution === "auto" ? finest(reading, question) : question.resolution;
  if (resolution === "raw") {
    const rows = reading.raw(series, from, to, false);
    return {
      resolution,
      time: Float64Array.from(rows, (row) => row[0]),
      value: Float64Array.from(rows, (row) => row[1] ?? NaN),
      quality: Uint8Array.from(rows, (row) => row[2]),
    };
  }
  let buckets =
    resolution === "1d" ? reading.days(series, from, to, dayOffset) : reading.buckets(series, from, to, resolution);
  if (question.resolution === "auto") buckets = thin(buckets, points);
  const summed = reading.row(series).kind === "total";
  return {
    resolution,
    time: Float64Array.from(buckets, (b) => b.time),
    value: Float64Array.from(buckets, (b) => (summed ? b.sum : b.sum / b.count)),
    min: Float64Array.from(buckets, (b) => b.min),
    max: Float64Array.from(buckets, (b) => b.max),
    count: Float64Array.from(buckets, (b) => b.count),
  };
}

function finest(reading: SeriesReading, { series, from, to, points }: HistoryQuestion): Resolution {
  if (!reading.hasMoreRaw(series, from, to, points)) return "raw";
  if (!reading.hasMoreBuckets(series, from, to, "15min", points)) return "15min";
  if (!reading.hasMoreBuckets(series, from, to, "1h", points)) return "1h";
  return "1d";
}

/** Keeps at most `points` buckets: of each stretch of equal length the one with the lowest and the one with the highest value. */
function thin(buckets: Bucket[], points: number): Bucket[] {
  if (buckets.length <= points) return buckets;
  const stretches = Math.floor(points / 2);
  const kept: Bucket[] = [];
  for (let i = 0; i < stretches; i++) {
    const from = Math.floor((i * buckets.length) / stretches);
    const to = Math.floor(((i + 1) * buckets.length) / stretches);
    let low = from;
    let high = from;
    for (let j = from + 1; j < to; j++) {
      if (buckets[j]!.min < buckets[low]!.min) low = j;
      if (buckets[j]!.max > buckets[high]!.max) high = j;
    }
    kept.push(buckets[Math.min(low, high)]!);
    if (low !== high) kept.push(buckets[Math.max(low, high)]!);
  }
  return kept;
}
