import type { Method } from "./forecaster.ts";
import { medianOf } from "./numbers.ts";

const alphas = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
/**
 * Fewest and, in long seasons, the span of the seasons whose median is a profile: enough to be robust, few enough to
 * follow a change.
 */
const fewestSeasons = 4;
const longSeasons = 2;

/** Mean over one whole season around each step; at the ends that of the nearest whole one. */
function trendOf(values: Float64Array, period: number): Float64Array {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i += 1) sums[i + 1] = sums[i]! + values[i]!;
  return values.map((_, i) => {
    const from = Math.max(0, Math.min(i - (period >> 1), n - period));
    return (sums[from + period]! - sums[from]!) / period;
  });
}

/** Medians by phase over the newest `seasons` seasons, brought to mean 0; `rest` is made less by them. */
function takeProfile(rest: Float64Array, period: number, seasons: number): Float64Array {
  const n = rest.length;
  const profile = new Float64Array(period);
  for (let back = 0; back < period; back += 1) {
    const same: number[] = [];
    for (let t = n - 1 - back; t >= 0 && same.length < seasons; t -= period) same.push(rest[t]!);
    profile[(n - 1 - back) % period] = medianOf(same);
  }
  const mean = profile.reduce((sum, value) => sum + value, 0) / period;
  for (let i = 0; i < period; i += 1) profile[i]! -= mean;
  for (let i = 0; i < n; i += 1) rest[i]! -= profile[i % period]!;
  return profile;
}

/**
 * Additive decomposition with several seasons, the short ones first: a profile by phase (step modulo period) of each
 * period, and the values less all profiles. After the order of MSTL (Bandara, Hyndman and Bergmeir 2021), with running
 * means and medians for loess.
 */
export function decompose(
  values: Float64Array,
  periods: readonly number[],
): { profiles: Float64Array[]; adjusted: Float64Array } {
  const long = periods.at(-1) ?? 1;
  const trend = trendOf(values, long);
  const rest = values.map((value, i) => value - trend[i]!);
  const profiles = periods.map((period) =>
    takeProfile(rest, period, Math.max(fewestSeasons, Math.floor((longSeasons * long) / period))),
  );
  return { profiles, adjusted: rest.map((value, i) => value + trend[i]!) };
}

/**
 * Simple exponential smoothing, l = l' + alpha (y - l'), from the first value; the squares of its errors after the
 * first quarter.
 */
function smooth(values: Float64Array, alpha: number): { level: number; error: number } {
  let level = values[0]!;
  let error = 0;
  for (let i = 1; i < values.length; i += 1) {
    const miss = values[i]! - level;
    if (i >= values.length >> 2) error += miss * miss;
    level += alpha * miss;
  }
  return { level, error };
}

/** Slope a step of the straight line of least squares. */
function slopeOf(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  let [xy, xx] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    xy += (i - middle) * values[i]!;
    xx += (i - middle) ** 2;
  }
  return xx === 0 ? 0 : xy / xx;
}

/**
 * The Theta method (Assimakopoulos and Nikolopoulos 2000) in the form of Hyndman and Billah 2003, smoothing with half
 * the slope as drift: F(h) = l + b/2 (h - 1 + 1/alpha - (1 - alpha)^n / alpha).
 */
export function theta(values: Float64Array, alpha: number, horizon: number): Float64Array {
  const { level } = smooth(values, alpha);
  const drift = slopeOf(values) / 2;
  const lag = (1 - (1 - alpha) ** values.length) / alpha;
  return Float64Array.from({ length: horizon }, (_, i) => level + drift * (i + lag));
}

/**
 * Theta on what is left without the seasons (`decompose`), which are added again; alpha by least one-step squared
 * error.
 */
export const decompositionTheta: Method = {
  id: "decomposition-theta",
  needs: (periods) => 2 * (periods.at(-1) ?? 2),
  learn: (values, periods) => {
    const { adjusted } = decompose(values, periods);
    const errors = alphas.map((alpha) => smooth(adjusted, alpha).error);
    const alpha = alphas[errors.indexOf(Math.min(...errors))]!;
    return (history, horizon) => {
      const { profiles, adjusted } = decompose(history, periods);
      return theta(adjusted, alpha, horizon).map((value, i) =>
        periods.reduce((sum, period, j) => sum + profiles[j]![(history.length + i) % period]!, value),
      );
    };
  },
};
