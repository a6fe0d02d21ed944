import type { Method } from "./forecaster.ts";
import { ridge } from "./linear.ts";
import type { LinearRule } from "./linear.ts";
import { lengthOf } from "./series.ts";

/** Most values of the same phase that are looked back at: a week of days. */
const mostLags = 7;
/** Fewest rows that a rule is learned from. */
const fewestRows = 30;

/**
 * Lags in steps: 1 and 2, whole short seasons, and each season with its two neighbours, by which a product of
 * differences is learned.
 */
export function lagsOf(periods: readonly number[], length: number): number[] {
  const m = lengthOf(periods, 0);
  const lags = new Set([1, 2]);
  const most = m > 1 ? Math.min(mostLags, length / (2 * m)) : 0;
  for (let k = 1; k <= most; k += 1) lags.add(k * m);
  for (const period of periods) for (const lag of [period - 1, period, period + 1]) lags.add(lag);
  return [...lags].sort((a, b) => a - b);
}

/** Angles a step, radians, of the first `most` harmonics of each period, none twice. */
export function anglesOf(periods: readonly number[], most: number): number[] {
  const shares = periods.flatMap((period) =>
    Array.from({ length: Math.min(most, Math.floor(period / 2)) }, (_, i) => (i + 1) / period),
  );
  return [...new Set(shares)].map((share) => 2 * Math.PI * share);
}

interface Model extends LinearRule {
  lags: readonly number[];
  angles: readonly number[];
}

function modelOf(values: Float64Array, lags: readonly number[], angles: readonly number[], penalty: number): Model {
  const first = lags.at(-1)!;
  const rows = values.length - first;
  const columns = [
    ...lags.map((lag) => values.slice(first - lag, first - lag + rows)),
    ...angles.map((angle) => Float64Array.from({ length: rows }, (_, i) => Math.sin(angle * (first + i)))),
    ...angles.map((angle) => Float64Array.from({ length: rows }, (_, i) => Math.cos(angle * (first + i)))),
  ];
  return { ...ridge(columns, values.slice(first), penalty), lags, angles };
}

/** The value of step `at` from those before it. */
function stepOf({ lags, angles, intercept, weights }: Model, path: Float64Array, at: number): number {
  let value = intercept;
  for (let j = 0; j < lags.length; j += 1) value += weights[j]! * path[at - lags[j]!]!;
  for (let j = 0; j < angles.length; j += 1) {
    value += weights[lags.length + j]! * Math.sin(angles[j]! * at);
    value += weights[lags.length + angles.length + j]! * Math.cos(angles[j]! * at);
  }
  return value;
}

/**
 * Dynamic harmonic regression (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 10.5): ridge
 * regression on lags and on sines and cosines of the seasons, standardised columns, penalty 1 as in the catalogue's
 * `arx`. Several steps by taking forecasts for values. Should that run away, it is held within one range of the history
 * above and below it.
 * @param harmonics most of each season; 0 is a regression on lags alone
 */
export const lagRegression = (id: string, { harmonics, penalty }: { harmonics: number; penalty: number }): Method => ({
  id,
  needs: (periods) => Math.max(2, (periods.at(-1) ?? 1) + 1) + Math.max(fewestRows, periods.at(-1) ?? 1),
  learn: (values, periods) => {
    const model = modelOf(values, lagsOf(periods, values.length), anglesOf(periods, harmonics), penalty);
    return (history, horizon) => {
      const path = new Float64Array(history.length + horizon);
      path.set(history);
      const [low, high] = [Math.min(...history), Math.max(...history)];
      for (let at = history.length; at < path.length; at += 1) {
        path[at] = Math.min(2 * high - low, Math.max(2 * low - high, stepOf(model, path, at)));
      }
      return path.slice(history.length);
    };
  },
});
