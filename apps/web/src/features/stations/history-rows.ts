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
