/**
 * Windows over regular intervals, oldest first, null = no valid value.
 */

/**
 * Sum of the last `terms` values up to and including index `end`. Needs `minValid` of them; missing values are not scaled
 * up. Null when the window starts before the series.
 */
export function windowSum(
  values: readonly (number | null)[],
  end: number,
  terms: number,
  minValid: number,
): { sum: number | null; valid: number } {
  if (end - terms + 1 < 0) return { sum: null, valid: 0 };
  let sum = 0;
  let valid = 0;
  for (let i = end - terms + 1; i <= end; i++) {
    const value = values[i] ?? null;
    if (value === null) continue;
    sum += value;
    valid += 1;
  }
  return { sum: valid === 0 || valid < minValid ? null : sum, valid };
}

/** Largest running sum of `terms` consecutive values that lie wholly in the series, and the index it ends at. */
export function runningSumMax(
  values: readonly (number | null)[],
  terms: number,
  minValid: number,
): { sum: number; end: number } | null {
  let best: { sum: number; end: number } | null = null;
  for (let end = terms - 1; end < values.length; end++) {
    const { sum } = windowSum(values, end, terms, minValid);
    if (sum !== null && (best === null || sum > best.sum)) best = { sum, end };
  }
  return best;
}

/**
 * Hour total from shorter totals: needs `minShare` of the expected number and is scaled up by expected / valid. A 5 min
 * total that arrives twice is one value, so `count` never exceeds `expected`.
 */
export function scaledTotal(sum: number | null, count: number, expected: number, minShare: number): number | null {
  if (sum === null || count === 0 || expected <= 0) return null;
  const share = Math.min(1, count / expected);
  return share < minShare ? null : sum / share;
}

/**
 * Means of the last `terms` values up to each index, with the number of valid ones among them. A mean needs `minValid` of
 * them; where the window starts before the series there is none.
 */
export function runningMeans(
  values: readonly (number | null)[],
  terms: number,
  minValid: number,
): { mean: number | null; valid: number }[] {
  return values.map((_, end) => {
    const { sum, valid } = windowSum(values, end, terms, minValid);
    return { mean: sum === null ? null : sum / valid, valid };
  });
}
