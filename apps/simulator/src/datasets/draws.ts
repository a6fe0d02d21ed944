/** Draws for rows, on streams of keyed uniforms; and sums that come out exactly. */

/** About standard normal (Irwin-Hall of four; |z| stays below 3.5). */
export function normal(next: () => number): number {
  return (next() + next() + next() + next() - 2) * 1.7320508;
}

/** Factor around 1 with a standard deviation of about `sigma` in the logarithm. */
export function spread(next: () => number, sigma: number): number {
  return Math.exp(sigma * normal(next));
}

/** Poisson count: Knuth's product below a mean of 30, else the rounded normal with its mean and variance. */
export function poisson(next: () => number, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

/** How many of `count` meet a chance: drawn one by one up to 40, else the rounded normal. Never outside 0..count. */
export function someOf(next: () => number, count: number, chance: number): number {
  const share = Math.min(1, Math.max(0, chance));
  if (count > 40) {
    const drawn = Math.round(count * share + Math.sqrt(count * share * (1 - share)) * normal(next));
    return Math.min(count, Math.max(0, drawn));
  }
  let met = 0;
  for (let i = 0; i < count; i += 1) if (next() < share) met += 1;
  return met;
}

/** Whole numbers in proportion to the weights that sum to `total` exactly (largest remainders). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = Math.round(total) - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}

/** Amounts in steps of `1 / 10 ** decimals` that sum to `total` exactly. */
export function shareOutAmount(total: number, weights: readonly number[], decimals: number): number[] {
  const scale = 10 ** decimals;
  return shareOut(Math.round(total * scale), weights).map((part) => part / scale);
}

/** Picks by weight: the item for a uniform number of [0, 1). Undefined without items. */
export function chooser<T>(items: readonly (readonly [T, number])[]): (uniform: number) => T | undefined {
  const bounds: number[] = [];
  let sum = 0;
  for (const [, weight] of items) bounds.push((sum += weight));
  return (uniform) => {
    const at = uniform * sum;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (bounds[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return items[low]?.[0];
  };
}

export function round(value: number, decimals = 0): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
