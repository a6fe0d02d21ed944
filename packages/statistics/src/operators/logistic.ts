import { solvePositive } from "@ioc/forecasting";

export interface LogisticFit {
  a: number;
  b: number;
}

interface Point {
  x: number;
  y: 0 | 1;
}

/** ln(p / (1 - p)) = intercept + Σ weight_j x_j. */
export interface LogisticRule {
  intercept: number;
  weights: number[];
}

/** Columns of predictors and what came, 0 or 1, each with a value a case. */
interface Cases {
  columns: readonly ArrayLike<number>[];
  outcomes: ArrayLike<number>;
}

/** The probability that a rule gives. */
export function logistic({ intercept, weights }: LogisticRule, x: readonly number[]): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, j) => sum + weight * (x[j] ?? 0), intercept)));
}

/** Σ weight_j x_j of every case, the intercept included. */
function scores({ columns, outcomes }: Cases, { intercept, weights }: LogisticRule): Float64Array {
  const made = new Float64Array(outcomes.length).fill(intercept);
  columns.forEach((column, j) => {
    const weight = weights[j] ?? 0;
    for (let i = 0; i < made.length; i += 1) made[i]! += weight * column[i]!;
  });
  return made;
}

/** Minus the logarithm of the likelihood plus the penalty; ln(1 + e^z) written so that it cannot overflow. */
function loss(cases: Cases, rule: LogisticRule, ridge: number): number {
  const penalty = ridge * rule.weights.reduce((sum, weight) => sum + weight * weight, 0);
  return scores(cases, rule).reduce(
    (sum, z, i) => sum + Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - cases.outcomes[i]! * z,
    penalty,
  );
}

/**
 * Logistic regression P(y = 1) = 1 / (1 + exp(−(intercept + Σ weight_j x_j))) by maximum likelihood with the penalty `ridge` ·
 * Σ weight_j² (Hosmer and Lemeshow, Applied Logistic Regression; ridge after le Cessie and van Houwelingen 1992). Newton's method
 * with halved steps: the loss is convex, so what it ends at is the one smallest value. Null when all outcomes are the same, for
 * then the intercept has no bound.
 */
export function logisticRegression(cases: Cases, ridge: number): LogisticRule | null {
  const { columns, outcomes } = cases;
  const ones = Array.prototype.reduce.call(outcomes, (sum, y) => Number(sum) + Number(y), 0) as number;
  if (ones === 0 || ones === outcomes.length) return null;
  let rule: LogisticRule = { intercept: Math.log(ones / (outcomes.length - ones)), weights: columns.map(() => 0) };
  for (let round = 0; round < 200; round += 1) {
    const [first = 0, ...steps] = newtonStep(cases, rule, ridge);
    const before = loss(cases, rule, ridge);
    let part = 1;
    let next = rule;
    do {
      const share = part;
      next = {
        intercept: rule.intercept - share * first,
        weights: rule.weights.map((weight, j) => weight - share * (steps[j] ?? 0)),
      };
      part /= 2;
    } while (loss(cases, next, ridge) > before && part > 1e-12);
    const moved = next.weights.reduce(
      (sum, weight, j) => sum + Math.abs(weight - (rule.weights[j] ?? 0)),
      Math.abs(next.intercept - rule.intercept),
    );
    rule = next;
    if (moved < 1e-12 * (1 + Math.abs(rule.intercept))) break;
  }
  return rule;
}

/** Solves the system of the second derivatives; the intercept first. */
function newtonStep(cases: Cases, rule: LogisticRule, ridge: number): Float64Array {
  const { columns, outcomes } = cases;
  const n = columns.length + 1;
  const gradient = Float64Array.from([0, ...rule.weights], (weight) => 2 * ridge * weight);
  const second = new Float64Array(n * n);
  for (let j = 1; j < n; j += 1) second[j * n + j] = 2 * ridge;
  const x = new Float64Array(n).fill(1);
  scores(cases, rule).forEach((z, i) => {
    const p = 1 / (1 + Math.exp(-z));
    const weight = p * (1 - p);
    for (let j = 1; j < n; j += 1) x[j] = columns[j - 1]![i]!;
    for (let j = 0; j < n; j += 1) {
      gradient[j]! += (p - outcomes[i]!) * x[j]!;
      for (let k = 0; k <= j; k += 1) second[j * n + k]! += weight * x[j]! * x[k]!;
    }
  });
  return solvePositive(second, gradient);
}

/** The same with one predictor: P(y = 1) = 1 / (1 + exp(−(a + b x))). */
export function logisticFit(points: readonly Point[], ridge: number): LogisticFit | null {
  const cases = { columns: [points.map(({ x }) => x)], outcomes: points.map(({ y }) => y) };
  const rule = logisticRegression(cases, ridge);
  return rule && { a: rule.intercept, b: rule.weights[0] ?? 0 };
}
