import type { Method } from "./forecaster.ts";
import { lengthOf } from "./series.ts";

/** Values that each of the three weights may take. */
export const grid = [0.05, 0.1, 0.2, 0.4];
/** Damping of the trend a step. */
const damping = 0.95;
/** The seasons at the end over which the one-step errors are counted. */
const countedSeasons = 6;

export interface HoltWintersWeights {
  level: number;
  trend: number;
  season: number;
}

export interface HoltWintersState {
  level: number;
  trend: number;
  /** By phase: step modulo the period. */
  seasonal: Float64Array;
  /** Mean square of the one-step errors from `countFrom` on. */
  error: number;
}

/**
 * Holt-Winters smoothing, additive, with a damped trend (Gardner and McKenzie 1985) and p = 0.95: l = a (y - s) +
 * (1-a)(l' + p b'); b = B (l - l') + (1-B) p b'; s = g (y - l' - p b') + (1-g) s'(m), from the second season on. Start:
 * l = mean of season 1, b = (mean of season 2 - mean of season 1) / m, s = y - l over season 1. `values` hold two
 * seasons at least.
 */
export function smoothed(
  values: Float64Array,
  period: number,
  { level: a, trend: beta, season: g }: HoltWintersWeights,
  countFrom: number,
): HoltWintersState {
  let first = 0;
  let second = 0;
  for (let i = 0; i < period; i += 1) {
    first += values[i]! / period;
    second += values[period + i]! / period;
  }
  let level = first;
  let trend = (second - first) / period;
  const seasonal = values.slice(0, period).map((value) => value - first);
  let [sum, count] = [0, 0];
  for (let t = period, phase = 0; t < values.length; t += 1, phase = phase + 1 === period ? 0 : phase + 1) {
    const s = seasonal[phase]!;
    const expected = level + damping * trend;
    const y = values[t]!;
    if (t >= countFrom) {
      sum += (y - expected - s) ** 2;
      count += 1;
    }
    const next = a * (y - s) + (1 - a) * expected;
    trend = beta * (next - level) + (1 - beta) * damping * trend;
    seasonal[phase] = g * (y - expected) + (1 - g) * s;
    level = next;
  }
  return { level, trend, seasonal, error: count === 0 ? 0 : sum / count };
}

/** Of the grid, the weights with the least one-step squared error over the last six seasons; of equals the first. */
export function chosenWeights(values: Float64Array, period: number): HoltWintersWeights {
  const countFrom = Math.max(period, values.length - countedSeasons * period);
  let found: HoltWintersWeights = { level: grid[0]!, trend: grid[0]!, season: grid[0]! };
  let least = Number.POSITIVE_INFINITY;
  for (const level of grid) {
    for (const trend of grid) {
      for (const season of grid) {
        const weights = { level, trend, season };
        const { error } = smoothed(values, period, weights, countFrom);
        if (error < least) [found, least] = [weights, error];
      }
    }
  }
  return found;
}

/** F(h) = l + (p + … + p^h) b + s of the phase. `season` picks the period: 0 the shortest, 1 the next. */
export const holtWinters = (season = 0): Method => ({
  id: season === 0 ? "holt-winters" : `holt-winters-${season + 1}`,
  needs: (periods) => 2 * lengthOf(periods, season),
  learn: (values, periods) => {
    const period = lengthOf(periods, season);
    const weights = chosenWeights(values, period);
    return (history, horizon) => {
      const { level, trend, seasonal } = smoothed(history, period, weights, history.length);
      let [value, step] = [level, trend];
      return Float64Array.from({ length: horizon }, (_, i) => {
        step *= damping;
        value += step;
        return value + seasonal[(history.length + i) % period]!;
      });
    };
  },
});
