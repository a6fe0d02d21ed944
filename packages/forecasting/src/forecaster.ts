import { checkHorizon, checkSeries, scaleOf, withoutGaps } from "./series.ts";
import type { Series } from "./series.ts";

/** A method that has learned its parameters from a series. */
export interface Fitted {
  /**
   * Point forecasts for the steps 1..horizon after the last of `values`, in the unit of the series. `values` begin at
   * the same step as those that were fitted and may reach further: parameters stay, the state is brought up to the end.
   * Throws a RangeError for values that are not finite and for a horizon that is no whole number or longer than the one
   * fitted for.
   */
  forecast(values: readonly (number | null)[], horizon: number): number[];
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

/**
 * What a method does with values without gaps, none above 1 in size by much: learn, and give forecasts from a longer
 * history.
 */
export type Learned = (values: Float64Array, horizon: number) => Float64Array;

export interface Method {
  id: string;
  /** Fewest steps it can learn from, given its seasons and the horizon. */
  needs(periods: readonly number[], horizon: number): number;
  learn(values: Float64Array, periods: readonly number[], horizon: number): Learned | null;
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
      const { values, periods } = series;
      if (values.length < method.needs(periods, horizon) || values.every((value) => value === null)) return null;
      const scale = scaleOf(values);
      const clean = (given: readonly (number | null)[]) =>
        withoutGaps(
          given.map((value) => (value === null ? null : value / scale)),
          periods[0] ?? 1,
        );
      const learned = method.learn(clean(values), periods, horizon);
      if (!learned) return null;
      return {
        forecast(given, steps) {
          checkSeries({ values: given, periods });
          checkHorizon(steps);
          if (steps > horizon) throw new RangeError(`horizon ${steps} is beyond the ${horizon} steps fitted for`);
          return Array.from(learned(clean(given), steps), (value) => value * scale);
        },
      };
    },
  };
}
