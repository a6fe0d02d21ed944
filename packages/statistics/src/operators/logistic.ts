export interface LogisticFit {
  a: number;
  b: number;
}

interface Point {
  x: number;
  y: 0 | 1;
}

/** Minus the logarithm of the likelihood plus the penalty; ln(1 + e^z) written so that it cannot overflow. */
function loss(points: readonly Point[], { a, b }: LogisticFit, ridge: number): number {
  return points.reduce(
    (sum, { x, y }) => {
      const z = a + b * x;
      return sum + Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
    },
    ridge * b * b,
  );
}

/**
 * Logistic regression y = 1 / (1 + exp(−(a + b x))) by maximum likelihood with the penalty `ridge` · b² (Hosmer and Lemeshow,
 * Applied Logistic Regression; ridge after le Cessie and van Houwelingen 1992). Newton's method with halved steps: the loss is
 * convex, so what it ends at is the one smallest value. Null when all y are the same, for then a has no bound.
 */
export function logisticFit(points: readonly Point[], ridge: number): LogisticFit | null {
  const ones = points.filter(({ y }) => y === 1).length;
  if (ones === 0 || ones === points.length) return null;
  let fit: LogisticFit = { a: Math.log(ones / (points.length - ones)), b: 0 };
  for (let round = 0; round < 200; round += 1) {
    const step = newtonStep(points, fit, ridge);
    const before = loss(points, fit, ridge);
    let part = 1;
    let next = fit;
    do {
      next = { a: fit.a - part * step.a, b: fit.b - part * step.b };
      part /= 2;
    } while (loss(points, next, ridge) > before && part > 1e-12);
    const moved = Math.abs(next.a - fit.a) + Math.abs(next.b - fit.b);
    fit = next;
    if (moved < 1e-12 * (1 + Math.abs(fit.a))) break;
  }
  return fit;
}

/** Solves the 2 by 2 system of the second derivatives. */
function newtonStep(points: readonly Point[], { a, b }: LogisticFit, ridge: number): LogisticFit {
  let [ga, gb, haa, hab, hbb] = [0, 2 * ridge * b, 0, 0, 2 * ridge];
  for (const { x, y } of points) {
    const p = 1 / (1 + Math.exp(-(a + b * x)));
    const w = p * (1 - p);
    ga += p - y;
    gb += (p - y) * x;
    haa += w;
    hab += w * x;
    hbb += w * x * x;
  }
  const det = haa * hbb - hab * hab;
  return det > 0 ? { a: (hbb * ga - hab * gb) / det, b: (haa * gb - hab * ga) / det } : { a: ga, b: gb };
}
