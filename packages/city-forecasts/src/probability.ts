import { fewestForecastCases } from "@ioc/contracts";
import type { ProbabilityScore } from "@ioc/contracts";
import { brier, exceedance } from "@ioc/forecasting";
import type { ForecastRow } from "./rows.ts";

/**
 * How the probability that a forecast comes out above a threshold did, step by step over all issues: against whether what came was
 * above it. Steps without bands, further ahead than `withinHours`, or of which nothing came yet, say nothing.
 *
 * @param above threshold of a subject in the unit of the forecast; null: there is none
 */
export function probabilityScore(
  rows: readonly ForecastRow[],
  { above, withinHours }: { above: (subject: string) => number | null; withinHours: number },
): ProbabilityScore {
  const stated: number[] = [];
  const outcomes: number[] = [];
  for (const { subject, leadHours, lo95, lo80, median, hi80, hi95, actual } of rows) {
    const threshold = above(subject);
    const quantiles = [lo95, lo80, median, hi80, hi95].filter((value) => value !== null);
    if (threshold === null || actual === null || quantiles.length < 5 || leadHours > withinHours) continue;
    stated.push(exceedance(threshold, quantiles));
    outcomes.push(actual > threshold ? 1 : 0);
  }
  const happened = outcomes.filter((outcome) => outcome === 1).length;
  const cases = stated.length;
  if (cases < fewestForecastCases) return { cases, happened, brier: null, reference: null };
  const share = happened / cases;
  return { cases, happened, brier: brier(stated, outcomes), reference: share * (1 - share) };
}
