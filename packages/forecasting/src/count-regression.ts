import { dot, solvePositive, standardised } from "./linear.ts";
import type { LinearRule } from "./linear.ts";
import { meanOf } from "./numbers.ts";

/** What is learned of counts: the logarithm of their mean as a linear rule, and their dispersion. */
export interface CountRule extends LinearRule {
  /** alpha of the variance mu + alpha mu²; 0 where the counts vary no more than a Poisson distribution does. */
  dispersion: number;
}

/** Rounds of weighted least squares, and the step of the logarithm below which they end. */
const mostRounds = 30;
const stillMoving = 1e-6;
/** Rounds in which rule and dispersion are found in turn. */
const turns = 3;
/** Logarithms of means are held within this of 0, so that none overflows while the rule is sought. */
const farthest = 30;
/** Largest dispersion: a standard deviation of ten times the mean. */
const mostDispersed = 100;

/**
 * Dispersion by moments: the alpha at which Pearson's sum Σ (y - mu)² / (mu + alpha mu²) is the number of rows less that
 * of what was estimated (Breslow 1984), by halving; 0 where the sum is not larger even without it.
 */
function dispersionOf(target: Float64Array, means: Float64Array, estimated: number): number {
  const free = Math.max(1, target.length - estimated);
  const excess = (alpha: number) => {
    let sum = 0;
    for (const [i, mean] of means.entries()) sum += (target[i]! - mean) ** 2 / (mean + alpha * mean * mean);
    return sum - free;
  };
  if (excess(0) <= 0) return 0;
  let [low, high] = [0, mostDispersed];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Where the search for the coefficients stands. */
interface State {
  /** Intercept first, then those of the standardised columns. */
  coefficients: Float64Array;
  /** By row. */
  means: Float64Array;
}

function stateOf(coefficients: Float64Array, sides: readonly Float64Array[]): State {
  const means = sides[0]!.map((_, row) => {
    const log = coefficients.reduce((sum, b, j) => sum + b * sides[j]![row]!, 0);
    return Math.exp(Math.min(farthest, Math.max(-farthest, log)));
  });
  return { coefficients, means };
}

/** Coefficients of one round of weighted least squares on the working response log mu + (y - mu) / mu. */
function nextCoefficients(
  { means }: State,
  sides: readonly Float64Array[],
  target: Float64Array,
  dispersion: number,
  penalty: number,
): Float64Array {
  const width = sides.length;
  const weights = means.map((mean) => mean / (1 + dispersion * mean));
  const response = means.map((mean, i) => weights[i]! * (Math.log(mean) + (target[i]! - mean) / mean));
  const normal = new Float64Array(width * width);
  for (let j = 0; j < width; j += 1) {
    const weighted = sides[j]!.map((x, i) => x * weights[i]!);
    for (let k = 0; k <= j; k += 1) {
      normal[j * width + k] = dot(weighted, sides[k]!);
      normal[k * width + j] = normal[j * width + k]!;
    }
    if (j > 0) normal[j * width + j]! += penalty;
  }
  return solvePositive(
    normal,
    Float64Array.from(sides, (side) => dot(side, response)),
  );
}

/**
 * Negative binomial regression with a logarithmic link: log E(y) = c + Σ x_j b_j, variance mu + alpha mu². Coefficients
 * by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5), alpha by moments, in turn. A ridge penalty
 * on columns of mean 0 and standard deviation 1 keeps them finite where there are few cases; the intercept is free.
 * @param columns predictors, each as long as `target`
 * @param target counts, 0 or more, at least one above 0
 */
export function countRegression(columns: readonly Float64Array[], target: Float64Array, penalty: number): CountRule {
  const standard = columns.map(standardised);
  const sides = [new Float64Array(target.length).fill(1), ...standard.map(({ values }) => values)];
  const start = new Float64Array(sides.length);
  start[0] = Math.log(meanOf(target));
  let state = stateOf(start, sides);
  let dispersion = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    for (let round = 0, moved = Infinity; round < mostRounds && moved > stillMoving; round += 1) {
      const before = state.coefficients;
      state = stateOf(nextCoefficients(state, sides, target, dispersion, penalty), sides);
      moved = state.coefficients.reduce((most, b, j) => Math.max(most, Math.abs(b - before[j]!)), 0);
    }
    dispersion = dispersionOf(target, state.means, sides.length);
  }
  const [free = 0, ...rest] = state.coefficients;
  const weights = Float64Array.from(rest, (b, j) => b / standard[j]!.deviation);
  return { intercept: weights.reduce((sum, b, j) => sum - b * standard[j]!.mean, free), weights, dispersion };
}
