import { backtest, rollingOrigins } from "./backtest.ts";
import { bandsOf } from "./bands.ts";
import type { Band } from "./bands.ts";
import { choose } from "./choice.ts";
import type { Candidate } from "./choice.ts";
import type { Fitted, Forecaster } from "./forecaster.ts";
import { standardForecasters } from "./methods.ts";
import { maseScale } from "./scores.ts";
import { checkHorizon, checkSeries, lengthOf, regressorsAt } from "./series.ts";
import type { Series } from "./series.ts";

/** Levels of the bands that are stored with a forecast. */
const standardLevels = [0.8, 0.95];
/** Id of what is given where no method can be used: the last known value. */
const lastValue = "last-value";

export interface Forecast {
  /** The method chosen: id of a forecaster, `combination`, or `last-value` where none could be used. */
  method: string;
  /** By lead - 1, in the unit of the series. */
  point: number[];
  bands: Band[];
  /** Methods that competed, best first; empty where the series was too short for a backtest. */
  candidates: Candidate[];
  /**
   * Mean absolute scaled error of what was chosen in the backtest; null without one, and where the history has no
   * scale.
   */
  mase: number | null;
  /** Number of origins of the backtest. */
  origins: number;
}

export interface ForecastOptions {
  /** Methods that compete, `standardForecasters` when not given; ids differ. */
  forecasters?: readonly Forecaster[];
  /** Levels of the bands, 0..1; 80 and 95 % when not given. */
  levels?: readonly number[];
  /**
   * False: the combination does not compete, and the best single method is taken. For methods with a predictive
   * distribution of their own, which a combination has not.
   */
  combine?: boolean;
}

/**
 * Forecast of the steps 1..horizon after a series: methods compete from rolling origins inside it (`backtest`), the
 * best or their combination is chosen (`choose`), and its errors of the same lead make the bands (`bandsOf`), or the
 * predictive distribution of a method that has one. The same series gives the same forecast. A season that the oldest
 * origin has not seen twice is left out. A series too short for a backtest is forecast by the first method that can be
 * used, without bands. Null for a series without any value.
 * Throws a RangeError for what is no series or no horizon, and for a regressor known ahead that ends before it.
 */
export function forecastSeries(series: Series, horizon: number, options: ForecastOptions = {}): Forecast | null {
  checkSeries(series);
  checkHorizon(horizon);
  const { forecasters = standardForecasters, levels = standardLevels, combine = true } = options;
  if (series.values.every((value) => value === null)) return null;
  const regressors = regressorsAt(series.regressors ?? [], series.values.length, horizon);
  const seen = { ...series, periods: seasonsSeen(series, horizon), regressors };
  const fitted = fittedOf(seen, horizon, forecasters);
  const points = pointsOf(seen, horizon, fitted);
  const tested = backtest(
    seen,
    horizon,
    forecasters.filter(({ id }) => points.has(id)),
  );
  const choice = choose(tested, points, combine);
  if (!choice) return withoutBacktest({ ...series, regressors }, horizon, forecasters, levels);
  const { method, point, errors, error, candidates } = choice;
  const scale = maseScale(series);
  return {
    method,
    point,
    bands: ownBands(fitted.get(method), seen, horizon, levels) ?? bandsOf(point, errors, levels),
    candidates,
    mase: scale === null || scale === 0 ? null : error / scale,
    origins: tested.origins.length,
  };
}

/** Bands from the predictive distribution of a method; null where it has none. */
function ownBands(
  fitted: Fitted | undefined,
  { values, regressors }: Series,
  horizon: number,
  levels: readonly number[],
): Band[] | null {
  if (!fitted?.quantiles) return null;
  const shares = levels.flatMap((level) => [(1 - level) / 2, (1 + level) / 2]).toSorted((a, b) => a - b);
  const found = fitted.quantiles(shares, values, horizon, regressors);
  const at = (share: number) => found.map((quantiles) => quantiles[shares.indexOf(share)]!);
  return levels.map((level) => ({ level, low: at((1 - level) / 2), high: at((1 + level) / 2) }));
}

/** Periods of which the oldest origin has two seasons behind it. */
function seasonsSeen({ values, periods }: Series, horizon: number): number[] {
  const [oldest = values.length] = rollingOrigins(values.length, horizon, lengthOf(periods, 0));
  return periods.filter((period) => 2 * period <= oldest);
}

function fittedOf(series: Series, horizon: number, forecasters: readonly Forecaster[]): Map<string, Fitted> {
  const all = new Map<string, Fitted>();
  for (const forecaster of forecasters) {
    const fitted = forecaster.fit(series, horizon);
    if (fitted) all.set(forecaster.id, fitted);
  }
  return all;
}

function pointsOf(
  { values, regressors }: Series,
  horizon: number,
  fitted: ReadonlyMap<string, Fitted>,
): Map<string, number[]> {
  return new Map([...fitted].map(([id, one]) => [id, one.forecast(values, horizon, regressors)]));
}

function withoutBacktest(
  series: Series,
  horizon: number,
  forecasters: readonly Forecaster[],
  levels: readonly number[],
): Forecast {
  const [first] = pointsOf(series, horizon, fittedOf(series, horizon, forecasters));
  const last = series.values.findLast((value) => value !== null) ?? 0;
  const [method, point] = first ?? [lastValue, Array.from({ length: horizon }, () => last)];
  return { method, point, bands: bandsOf(point, [], levels), candidates: [], mase: null, origins: 0 };
}
