import { percentileOf } from "./aggregate.ts";
import type { Values } from "./aggregate.ts";

/**
 * Flow-duration curve: for each percent p the value that is reached or exceeded in p percent of the intervals, such as Q95, the
 * low flow of hydrology (World Meteorological Organization, Manual on Low-flow Estimation and Prediction, 2008). It is the
 * percentile 1 − p/100 with linear interpolation. Missing values are skipped; without values all are null.
 */
export function durationCurve(
  values: Values,
  percents: readonly number[],
): { percent: number; value: number | null }[] {
  const known = [...values];
  return percents.map((percent) => ({ percent, value: percentileOf(known, 1 - percent / 100) }));
}
