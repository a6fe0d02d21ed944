import type { Method } from "./forecaster.ts";
import { meanOf, medianOf, movingMean } from "./numbers.ts";

/** Most seasons of one period that go into a median. */
const mostSeasons = 7;

/**
 * Robust average over seasons: for each period p the median over the newest k = 1..7 whole seasons of y(t + h - k p) +
 * L(t) - L(t - k p), L(t) the mean of the p values up to t; the forecast is the mean over the periods. One odd day, or
 * a level that has moved, leaves it alone. The project's own rule, after the seasonal medians of operational practice.
 */
export const seasonalAverage: Method = {
  id: "seasonal-average",
  needs: (periods, horizon) => (Math.ceil(horizon / (periods.at(-1) ?? 1)) + 1) * (periods.at(-1) ?? 1),
  learn: (_, periods) => (history, horizon) => {
    const lengths = periods.length === 0 ? [1] : periods;
    const parts = lengths.map((period) => averageOver(history, period, horizon));
    return Float64Array.from({ length: horizon }, (_, i) => meanOf(parts.map((part) => part[i]!)));
  },
};

function averageOver(history: Float64Array, period: number, horizon: number): number[] {
  const last = history.length - 1;
  const level = movingMean(history, period);
  return Array.from({ length: horizon }, (_, i) => {
    const seasons: number[] = [];
    for (let k = Math.ceil((i + 1) / period); last - k * period >= period - 1; k += 1) {
      seasons.push(history[last + i + 1 - k * period]! + level[last]! - level[last - k * period]!);
      if (seasons.length === mostSeasons) break;
    }
    return medianOf(seasons);
  });
}
