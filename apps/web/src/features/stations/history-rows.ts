import type { ObservationSeries, QualityFlag } from "@ioc/contracts";

export interface HistoryRow {
  time: number;
  value: number | null;
  quality: QualityFlag;
  reasons: readonly string[];
}

/**
 * The points of a series as rows, newest first. Pure.
 * @param read single readings with the reasons of their quality; later ones win
 * @param markedOnly leave out what is good and has nothing to be said of it
 */
export function historyRows(
  series: ObservationSeries,
  read: readonly { phenomenonTime: number; reasons: readonly string[] }[],
  markedOnly: boolean,
): HistoryRow[] {
  const reasons = new Map(read.map((one) => [one.phenomenonTime, one.reasons]));
  const rows = series.time.map((time, index) => ({
    time,
    value: series.value[index] ?? null,
    quality: series.quality?.[index] ?? 1,
    reasons: reasons.get(time) ?? [],
  }));
  return rows.filter((row) => !markedOnly || row.quality !== 1 || row.reasons.length > 0).toReversed();
}

/** A series of single readings in time order, later ones winning, in place of one that was thinned out. Pure. */
export function seriesOfReadings(
  series: ObservationSeries,
  read: readonly { phenomenonTime: number; result: number | null; quality: QualityFlag }[],
): ObservationSeries {
  const byTime = new Map(read.map((one) => [one.phenomenonTime, one]));
  const kept = [...byTime.values()]
    .filter((one) => one.phenomenonTime > series.from && one.phenomenonTime <= series.to)
    .sort((a, b) => a.phenomenonTime - b.phenomenonTime);
  return {
    ...series,
    time: kept.map((one) => one.phenomenonTime),
    value: kept.map((one) => one.result),
    quality: kept.map((one) => one.quality),
  };
}

/** The buckets of a series as rows, newest first, without the marks of breaks that a thinned one has. Pure. */
export function bucketRows(series: ObservationSeries) {
  const rows = series.time.map((time, index) => ({
    time,
    value: series.value[index] ?? null,
    min: series.min?.[index] ?? null,
    max: series.max?.[index] ?? null,
    count: series.count?.[index] ?? 0,
  }));
  return rows.filter((row) => row.count > 0).toReversed();
}
