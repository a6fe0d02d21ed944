import { checkHorizon, checkSeries, regressorsAt, scaleOf, withoutGaps } from "./series.ts";
import type { Regressor, Series } from "./series.ts";

/** A method that has learned its parameters from a series. */
export interface Fitted {
  /**
   * Point forecasts for the steps 1..horizon after the last of `values`, in the unit of the series. `values` begin at
   * the same step as those that were fitted and may reach further: parameters stay, the state is brought up to the end.
   * The regressors are those that were fitted, with values as far as they are known after the last of `values`. Throws a
   * RangeError for values that are not finite, for a horizon that is no whole number or longer than the one fitted for,
   * and where a regressor is missing or ends too early.
   */
  forecast(values: readonly (number | null)[], horizon: number, regressors?: readonly Regressor[]): number[];
  /**
   * Quantiles of the predictive distribution, by lead - 1 and then in the order of `shares` (0..1, rising), of a method
   * that has one; `values` and the rest as for `forecast`.
   */
  quantiles?(
    shares: readonly number[],
    values: readonly (number | null)[],
    horizon: number,
    regressors?: readonly Regressor[],
  ): number[][];
}

/** A method of forecasting. Deterministic: the same series gives the same numbers. */
export interface Forecaster {
  /** Name in tables and stored forecasts. */
  readonly id: string;
  /**
   * Learns from a series for horizons up to `horizon` steps. Null where the method cannot be used: no value at all, or
   * fewer steps than it needs. Throws a RangeError for what is no series (see `checkSeries`).
   */
  fit(series: Series, horizon: number): Fitted | null;
}

/** A regressor without gaps: as long as the values, or, where it is known ahead, longer by the horizon. */
export interface Aligned {
  name: string;
  ahead: boolean;
  values: Float64Array;
}

/**
 * What a method does with values without gaps, none above 1 in size by much: learn, and give forecasts from a longer
 * history.
 */
export type Learned = (values: Float64Array, horizon: number, regressors: readonly Aligned[]) => Float64Array;

export interface Method {
  id: string;
  /** Fewest steps it can learn from, given its seasons and the horizon. */
  needs(periods: readonly number[], horizon: number): number;
  /** Regressors end with the values here. Null where it cannot be used. */
  learn(
    values: Float64Array,
    periods: readonly number[],
    horizon: number,
    regressors: readonly Aligned[],
  ): Learned | null;
}

/** Regressors of `names`, in that order, as a method takes them. */
function aligned(
  given: readonly Regressor[],
  names: readonly string[],
  length: number,
  horizon: number,
  period: number,
): Aligned[] {
  const used = names.map((name) => {
    const found = given.find((regressor) => regressor.name === name);
    if (!found) throw new RangeError(`regressor "${name}" is missing`);
    return found;
  });
  return regressorsAt(used, length, horizon).map(({ name, values, ahead = false }) => ({
    name,
    ahead,
    values: withoutGaps(values, period),
  }));
}

/**
 * A forecaster from what is particular to a method: the series is checked, its gaps are filled (`withoutGaps`, over the
 * shortest period), and it is divided by a power of two so that squares neither overflow nor vanish.
 */
export function forecasterOf(method: Method): Forecaster {
  return {
    id: method.id,
    fit(series, horizon) {
      checkSeries(series);
      checkHorizon(horizon);
      const { values, periods, regressors = [] } = series;
      if (values.length < method.needs(periods, horizon) || values.every((value) => value === null)) return null;
      const scale = scaleOf(values);
      const period = periods[0] ?? 1;
      const names = regressors.map(({ name }) => name);
      const clean = (given: readonly (number | null)[]) =>
        withoutGaps(
          given.map((value) => (value === null ? null : value / scale)),
          period,
        );
      const known = aligned(regressors, names, values.length, 0, period);
      const learned = method.learn(clean(values), periods, horizon, known);
      if (!learned) return null;
      return {
        forecast(given, steps, beside = []) {
          checkSeries({ values: given, periods, regressors: beside });
          checkHorizon(steps);
          if (steps > horizon) throw new RangeError(`horizon ${steps} is beyond the ${horizon} steps fitted for`);
          const around = aligned(beside, names, given.length, steps, period);
          return Array.from(learned(clean(given), steps, around), (value) => value * scale);
        },
      };
    },
  };
}
