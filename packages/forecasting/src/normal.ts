/** Normal distribution function, to 1.5e-7 (Abramowitz and Stegun 7.1.26). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const inner = 1 - series * Math.exp(-x * x);
  return z < 0 ? (1 - inner) / 2 : (1 + inner) / 2;
}

/**
 * The z below which the share p (0..1, ends left out) of a standard normal distribution lies, to about 1e-6, by
 * halving.
 */
export function normalQuantile(p: number): number {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
