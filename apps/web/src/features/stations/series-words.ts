import type { ObservationSeries, ObservedProperty, Resolution } from "@ioc/contracts";

/** Key of what one point of a series is, below `stations:point`. */
export type PointWord = "raw" | `${"mean" | "sum"}.${Exclude<Resolution, "raw">}`;

/** What one point is: a reading, the sum of an amount over a bucket, or the mean of anything else. */
export function pointWord(resolution: Resolution, kind: ObservedProperty["kind"]): PointWord {
  return resolution === "raw" ? "raw" : `${kind === "total" ? "sum" : "mean"}.${resolution}`;
}

/** The series as it is drawn. Lowest and highest single readings say nothing beside the sum of an amount. */
export function drawnSeries(series: ObservationSeries, kind: ObservedProperty["kind"]): ObservationSeries {
  if (kind !== "total" || !series.min) return series;
  const { min: _min, max: _max, ...rest } = series;
  return rest;
}

/**
 * How many rows a file of these points has, and one of the single readings behind them (without those that were not valid).
 * Null: not known without asking.
 */
export function rowCounts(series: ObservationSeries): { shown: number | null; readings: number | null } {
  if (series.reduction) return { shown: null, readings: null };
  const shown = series.time.length;
  if (series.resolution === "raw") return { shown, readings: shown };
  return { shown, readings: series.count?.reduce((sum, count) => sum + count, 0) ?? null };
}
