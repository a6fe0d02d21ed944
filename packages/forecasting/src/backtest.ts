import type { Fitted, Forecaster } from "./forecaster.ts";
import { lengthOf, regressorsAt } from "./series.ts";
import type { Series } from "./series.ts";

/** Share of a series that the oldest origin has behind it at least. */
const leastHistory = 0.6;
/** Most origins, and how many of them learn anew; those between go on with the parameters of the one before. */
const mostOrigins = 14;
const mostFits = 4;
/** Fewest origins worth keeping a whole season apart: with fewer, bands rest on too little. */
const fewOrigins = 8;

export interface Backtest {
  /** Steps of history behind each origin, oldest first. */
  origins: number[];
  /** What came, by origin and lead - 1; null where it is missing. */
  actual: (number | null)[][];
  /** By method: forecasts by origin and lead - 1. Methods that cannot be fitted at the oldest origin are not there. */
  forecasts: Map<string, number[][]>;
}

/**
 * Origins of a backtest over `length` steps, as steps of history, oldest first: the newest leaves just the horizon to
 * compare with, the others lie whole seasons before it, so that lead h always falls on the phase it has in the forecast
 * that is wanted. Where that gives fewer than eight they lie closer, so that there are 14 if possible. At most 14; none where the oldest would have less
 * than 60 % of the series behind it.
 * @param period steps of the shortest season, 1 without one: origins then lie over all the room there is, so that the
 *   errors are not those of one calm week
 */
export function rollingOrigins(length: number, horizon: number, period: number): number[] {
  const newest = length - horizon;
  const room = newest - Math.ceil(leastHistory * length);
  if (horizon === 0 || room < 0) return [];
  const step =
    period > 1 && room >= (fewOrigins - 1) * period ? period : Math.max(1, Math.floor(room / (mostOrigins - 1)));
  const count = Math.min(mostOrigins, Math.floor(room / step) + 1);
  return Array.from({ length: count }, (_, i) => newest - (count - 1 - i) * step);
}

/**
 * Forecasts of every method from rolling origins inside the series (Tashman 2000). A method learns at up to four of the
 * origins from what lay before them; between, its parameters stay and only its state moves on. Nothing after an origin
 * is used for its forecast but regressors that are known ahead.
 */
export function backtest(series: Series, horizon: number, forecasters: readonly Forecaster[]): Backtest {
  const { values, periods } = series;
  const origins = rollingOrigins(values.length, horizon, lengthOf(periods, 0));
  const forecasts = new Map<string, number[][]>();
  for (const forecaster of forecasters) {
    const rows = fromOrigins(series, horizon, forecaster, origins);
    if (rows) forecasts.set(forecaster.id, rows);
  }
  return { origins, actual: origins.map((origin) => values.slice(origin, origin + horizon)), forecasts };
}

function fromOrigins(
  { values, periods, regressors = [] }: Series,
  horizon: number,
  forecaster: Forecaster,
  origins: readonly number[],
): number[][] | null {
  const stretch = Math.ceil(origins.length / mostFits);
  let fitted: Fitted | null = null;
  const rows: number[][] = [];
  for (const [i, origin] of origins.entries()) {
    const history = values.slice(0, origin);
    const known = regressorsAt(regressors, origin, horizon);
    if (i % stretch === 0) fitted = forecaster.fit({ values: history, periods, regressors: known }, horizon) ?? fitted;
    if (!fitted) return null;
    rows.push(fitted.forecast(history, horizon, known));
  }
  return rows;
}
