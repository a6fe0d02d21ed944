import type { Method } from "./forecaster.ts";
import { meanOf } from "./numbers.ts";

export interface SmoothingWeights {
  level: number;
  /** One for each period. */
  seasonal: readonly number[];
  /** Share of an error that carries over to the next step. */
  carry: number;
}

export interface SmoothingState {
  level: number;
  /** By period and phase: step modulo the period. */
  seasonal: Float64Array[];
  /** The last value less level and seasons. */
  rest: number;
  /** Mean square of the one-step errors from `countFrom` on. */
  error: number;
}

/**
 * Start values from the first two long seasons: the mean, then the means by phase of what is left, shortest period
 * first.
 */
function startOf(values: Float64Array, periods: readonly number[]): Pick<SmoothingState, "level" | "seasonal"> {
  const first = values.slice(0, 2 * (periods.at(-1) ?? 1));
  const level = meanOf(first);
  const rest = first.map((value) => value - level);
  const seasonal = periods.map((period) => {
    const profile = new Float64Array(period);
    for (let i = 0; i < rest.length; i += 1) profile[i % period]! += rest[i]!;
    for (let phase = 0; phase < period; phase += 1) profile[phase]! /= Math.ceil((rest.length - phase) / period);
    for (let i = 0; i < rest.length; i += 1) rest[i]! -= profile[i % period]!;
    return profile;
  });
  return { level, seasonal };
}

/**
 * Exponential smoothing with several additive seasons and an error that carries over, in its form of errors (Taylor
 * 2003 and 2010, the HWT method): u = y - (l + Σ s_i), e = u - phi u'; l += a e, s_i += g_i e. `values` hold two of the
 * longest seasons at least.
 */
export function smoothedSeasons(
  values: Float64Array,
  periods: readonly number[],
  weights: SmoothingWeights,
  countFrom: number,
): SmoothingState {
  let { level, seasonal } = startOf(values, periods);
  let [rest, sum, count] = [0, 0, 0];
  for (let t = 0; t < values.length; t += 1) {
    let expected = level;
    for (let i = 0; i < periods.length; i += 1) expected += seasonal[i]![t % periods[i]!]!;
    const error = values[t]! - expected - weights.carry * rest;
    rest = values[t]! - expected;
    level += weights.level * error;
    for (let i = 0; i < periods.length; i += 1) seasonal[i]![t % periods[i]!]! += weights.seasonal[i]! * error;
    if (t < countFrom) continue;
    sum += error * error;
    count += 1;
  }
  return { level, seasonal, rest, error: count === 0 ? 0 : sum / count };
}

/** F(h) = l + Σ s_i of the phase + phi^h u after `length` steps. */
export function continued(
  { level, seasonal, rest }: SmoothingState,
  { carry }: Pick<SmoothingWeights, "carry">,
  length: number,
  horizon: number,
): Float64Array {
  return Float64Array.from({ length: horizon }, (_, i) =>
    seasonal.reduce((sum, profile) => sum + profile[(length + i) % profile.length]!, level + rest * carry ** (i + 1)),
  );
}

const levels = [0.01, 0.05, 0.2, 0.5];
const seasons = [0.05, 0.15, 0.3];
const carries = [0, 0.5, 0.8, 0.95];

/** Every choice of one of the season weights for each period. */
function seasonalChoices(periods: readonly number[]): number[][] {
  return periods.reduce<number[][]>(
    (choices) => choices.flatMap((choice) => seasons.map((season) => [...choice, season])),
    [[]],
  );
}

/** Of the grid, the weights with the least one-step squared error after the first long season. */
function chosenWeights(values: Float64Array, periods: readonly number[]): SmoothingWeights {
  const grid = seasonalChoices(periods).flatMap((seasonal) =>
    levels.flatMap((level) => carries.map((carry) => ({ level, seasonal, carry }))),
  );
  const errors = grid.map((weights) => smoothedSeasons(values, periods, weights, periods.at(-1) ?? 1).error);
  return grid[errors.indexOf(Math.min(...errors))]!;
}

/** Smoothing of level and all seasons at once (`smoothedSeasons`). */
export const multiSeasonalSmoothing: Method = {
  id: "multi-seasonal-smoothing",
  needs: (periods) => 2 * (periods.at(-1) ?? 1) + 1,
  learn: (values, periods) => {
    const weights = chosenWeights(values, periods);
    return (history, horizon) =>
      continued(smoothedSeasons(history, periods, weights, history.length), weights, history.length, horizon);
  },
};
