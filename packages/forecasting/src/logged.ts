import type { Method } from "./forecaster.ts";

/**
 * A method on the logarithm of the series: for counts, concentrations and flows, whose ups and downs grow with their
 * level. log(y + c) with c half the least value above 0, so that zeros are possible and the unit does not matter. The
 * forecast is exp(f) - c, the median where the logarithm's is symmetric, between 0 and one range of the history above
 * it. Not used where a value is below 0 or none is above. Negative values that come later count as 0.
 */
export const logged = (method: Method): Method => ({
  id: `log-${method.id}`,
  needs: method.needs,
  learn: (values, periods, horizon, regressors) => {
    let [low, high, least] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (value > 0) least = Math.min(least, value);
    }
    if (low < 0 || high === 0) return null;
    const shift = least / 2;
    const log = (series: Float64Array) => series.map((value) => Math.log(Math.max(0, value) + shift));
    const learned = method.learn(log(values), periods, horizon, regressors);
    if (!learned) return null;
    return (history, steps, around) => {
      const [least, most] = [Math.min(...history), Math.max(...history)];
      return learned(log(history), steps, around).map((value) =>
        Math.min(2 * most - least, Math.max(0, Math.exp(value) - shift)),
      );
    };
  },
});
