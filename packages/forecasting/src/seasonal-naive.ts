import type { Method } from "./forecaster.ts";
import { lengthOf } from "./series.ts";

/**
 * Seasonal naive: F(t+h) = y(t + h - m ceil(h / m)), the last value of the same phase (Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, 5.2). `season` picks the period: 0 the shortest, 1 the next, …
 */
export const seasonalNaive = (season = 0): Method => ({
  id: season === 0 ? "seasonal-naive" : `seasonal-naive-${season + 1}`,
  needs: (periods) => lengthOf(periods, season),
  learn: (_, periods) => {
    const period = lengthOf(periods, season);
    return (values, horizon) =>
      Float64Array.from(
        { length: horizon },
        (_, i) => values[values.length + i - period * (Math.floor(i / period) + 1)]!,
      );
  },
});
