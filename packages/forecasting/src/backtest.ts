import type { Fitted, Forecaster } from "./forecaster.ts";
import type { Series } from "./series.ts";

/** Share of a series that the oldest origin has behind it at least. */
const leastHistory = 0.6;
/** Most origins, and how many of them learn anew; those between go on with the parameters of the one before. */
const mostOrigins = 14;
const mostFits = 4;
/** Fewest origins worth keeping a whole season apart. */
const fewOrigins = 5;

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
 * that is wanted. Where that gives fewer than five they lie closer. At most 14; none where the oldest would have less
 * than 60 % of the series behind it.
 */
export function rollingOrigins(length: number, horizon: number, period: number): number[] {
  const newest = length - horizon;
  const room = newest - Math.ceil(leastHistory * length);
  if (horizon === 0 || room < 0) return [];
  const step = room >= (fewOrigins - 1) * period ? period : Math.max(1, Math.floor(room / (fewOrigins - 1)));
  const count = Math.min(mostOrigins, Math.floor(room / step) + 1);
  return Array.from({ length: count }, (_, i) => newest - (count - 1 - i) * step);
}

/**
 * Forecasts of every method from rolling origins inside the series (Tashman 2000). A method learns at up to four of the
 * origins from what lay before them; between, its parameters stay and only its state moves on. Nothing after an origin
 * is used for its forecast.
 */
export function backtest(series: Series, horizon: number, forecasters: readonly Forecaster[]): Backtest {
  const { values, periods } = series;
  const origins = rollingOrigins(values.length, horizon, periods[0] ?? Math.max(1, Math.ceil(horizon / 4)));
  const forecasts = new Map<string, number[][]>();
  for (const forecaster of forecasters) {
    const rows = fromOrigins(series, horizon, forecaster, origins);
    if (rows) forecasts.set(forecaster.id, rows);
  }
  return { origins, actual: origins.map((origin) => values.slice(origin, origin + horizon)), forecasts };
}

function fromOrigins(
  { values, periods }: Series,
  horizon: number,
  forecaster: Forecaster,
  origins: readonly number[],
): number[][] | null {
  const stretch = Math.ceil(origins.length / mostFits);
  let fitted: Fitted | null = null;
  const rows: number[][] = [];
  for (const [i, origin] of origins.entries()) {
    const history = values.slice(0, origin);
    if (i % stretch === 0) fitted = forecaster.fit({ values: history, periods }, horizon) ?? fitted;
    if (!fitted) return null;
    rows.push(fitted.forecast(history, horizon));
  }
  return rows;
}
