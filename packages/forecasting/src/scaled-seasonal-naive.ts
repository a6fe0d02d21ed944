import type { Method } from "./forecaster.ts";

/** How far the ratio of now to a season ago goes at most, either way: the catalogue's limits. */
const [leastRatio, mostRatio] = [0.3, 3];

/** Sum of the last `length` values before `end`. */
function sumBefore(values: Float64Array, end: number, length: number): number {
  return values.subarray(end - length, end).reduce((sum, value) => sum + value, 0);
}

/**
 * The season before, at the level of now: F(t+h) = y(t + h - m ceil(h / m)) times the ratio of the last values to the
 * same ones a season ago, limited to 0.3..3; what the catalogue's `nb-climate` does with less than three years of
 * history. Where nothing was a season ago the ratio is the largest, or 1 if there is nothing now either. For counts and
 * other values from 0 on.
 * @param season m, steps
 * @param over how many of the last values are compared
 */
export const scaledSeasonalNaive = (season: number, over: number): Method => ({
  id: "scaled-seasonal-naive",
  needs: () => season + over,
  learn: () => (values, horizon) => {
    const end = values.length;
    const [now, before] = [sumBefore(values, end, over), sumBefore(values, end - season, over)];
    const ratio = before > 0 ? now / before : now > 0 ? mostRatio : 1;
    const limited = Math.min(mostRatio, Math.max(leastRatio, ratio));
    return Float64Array.from(
      { length: horizon },
      (_, i) => limited * values[end + i - season * (Math.floor(i / season) + 1)]!,
    );
  },
});
