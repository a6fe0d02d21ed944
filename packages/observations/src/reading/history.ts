import type { Reduction, Resolution } from "@ioc/contracts";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import type { BucketColumns, SeriesInfo, SeriesSource } from "../readings.ts";
import { bucketsAtMost, readingsAtMost } from "./collect.ts";
import type { PlainReadings } from "./collect.ts";
import { bucketValues, lineOfBuckets, lineOfReadings } from "./line.ts";
import { thinned } from "./thin.ts";
import type { KeptPoint } from "./thin.ts";
import { TooMuchAsked } from "./too-much-asked.ts";

/** Times in ms; the span is (from, to] of phenomenonTime, or of bucket ends. */
export interface HistoryQuestion {
  series: number;
  from: number;
  to: number;
  resolution: Resolution | "auto";
  points: number;
  reduce?: Reduction | undefined;
}

/** Points in rising time order as columns of equal length. NaN stands for null in `value`, `min` and `max`. */
export interface HistoryColumns {
  resolution: Resolution;
  /** Set when points were left out to keep to the number asked. */
  reduction?: Reduction;
  time: Float64Array;
  value: Float64Array;
  /** Rollups only. */
  min?: Float64Array;
  max?: Float64Array;
  count?: Float64Array;
  /** Raw only. */
  quality?: Uint8Array;
}

/** Most points of a named resolution that is not thinned out, and most readings that are loaded to thin them out. */
const mostReadings = 2_000_000;
/** Most buckets that are loaded to thin them out. */
const mostBuckets = 500_000;
/** Quality of a mark where the line is broken: something was expected there and is missing. */
const missing = 9;
const finestFirst = ["raw", "1min", "15min", "1h", "1d"] as const;

type Found = { resolution: "raw"; readings: PlainReadings } | { resolution: RollupWidth; buckets: BucketColumns };

/**
 * History of one series. `auto` takes the finest resolution whose points are at most `points`; when even the days are too
 * many, they are thinned out so that extremes stay. With `reduce`, the finest resolution that can be loaded (2 million
 * readings, or 500,000 buckets) is thinned out to `points`; a named resolution is the finest that is tried. In a thinned
 * answer a point without value (raw: quality 9; rollups: count 0) marks each place where the line is broken.
 * @throws {TooMuchAsked} when a named resolution has more than 2 million points and `reduce` is not given
 */
export function historyOf(source: SeriesSource, question: HistoryQuestion): HistoryColumns {
  const { resolution, points, reduce } = question;
  const info = source.info(question.series);
  if (reduce !== undefined) {
    const tried = finestFirst.slice(resolution === "auto" ? 0 : finestFirst.indexOf(resolution));
    return pointsOf(info, firstThatFits(source, question, tried, mostReadings, mostBuckets), reduce, points);
  }
  if (resolution === "auto") {
    return pointsOf(info, firstThatFits(source, question, finestFirst, points, points), "minmax", points);
  }
  const found = read(source, question, resolution, mostReadings);
  if (found) return pointsOf(info, found, "minmax", Infinity);
  throw new TooMuchAsked(
    `more than ${mostReadings} points at resolution ${resolution}: ask for a shorter span, a coarser resolution, ` +
      "`resolution=auto` or `reduce`",
  );
}

/** The first resolution that has at most so many points, else the coarsest. */
function firstThatFits(
  source: SeriesSource,
  question: HistoryQuestion,
  resolutions: readonly Resolution[],
  readings: number,
  buckets: number,
): Found {
  for (const resolution of resolutions) {
    if (resolutions.length > 1 && !isKept(source, question, resolution)) continue;
    const found = read(source, question, resolution, resolution === "raw" ? readings : buckets);
    if (found) return found;
  }
  const { series, from, to } = question;
  return { resolution: "1d", buckets: source.buckets(series, from, to, "1d") };
}

/**
 * Whether the whole span can be answered at this resolution. Of days whose readings are no longer kept there are rollups,
 * those of 1 min only where readings come more often.
 */
function isKept(source: SeriesSource, { series, from }: HistoryQuestion, resolution: Resolution): boolean {
  if (source.rawSince(series) <= Math.max(from, 0)) return true;
  if (resolution === "raw") return false;
  return resolution !== "1min" || source.info(series).periodSeconds < 60;
}

/** Null when there are more points than `limit`. */
function read(source: SeriesSource, question: HistoryQuestion, resolution: Resolution, limit: number): Found | null {
  const { series, from, to } = question;
  if (resolution === "raw") {
    const readings = readingsAtMost(source, series, [from, to], limit);
    return readings && { resolution, readings };
  }
  const buckets = bucketsAtMost(source, series, [from, to], resolution, limit);
  return buckets && { resolution, buckets };
}

function pointsOf(info: SeriesInfo, found: Found, how: Reduction, points: number): HistoryColumns {
  const periodMs = info.periodSeconds * 1000;
  if (found.resolution === "raw") {
    const { time, value, quality } = found.readings;
    if (time.length <= points) return { resolution: "raw", time, value, quality };
    const kept = thinned(lineOfReadings(found.readings, periodMs), how, points);
    return {
      resolution: "raw",
      reduction: how,
      time: Float64Array.from(kept, (point) => point.time),
      value: columnOf(kept, value, NaN),
      quality: Uint8Array.from(kept, ({ at }) => (at < 0 ? missing : quality[at]!)),
    };
  }
  const { resolution, buckets } = found;
  const summed = info.kind === "total";
  const values = bucketValues(buckets, summed);
  const { time, min, max, count } = buckets;
  if (time.length <= points) return { resolution, time, value: values, min, max, count };
  const kept = thinned(lineOfBuckets(buckets, ROLLUP_WIDTHS[resolution], periodMs, summed), how, points);
  return {
    resolution,
    reduction: how,
    time: Float64Array.from(kept, (point) => point.time),
    value: columnOf(kept, values, NaN),
    min: columnOf(kept, min, NaN),
    max: columnOf(kept, max, NaN),
    count: columnOf(kept, count, 0),
  };
}

function columnOf(kept: readonly KeptPoint[], column: Float64Array, atBreak: number): Float64Array {
  return Float64Array.from(kept, ({ at }) => (at < 0 ? atBreak : column[at]!));
}
