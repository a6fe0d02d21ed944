/**
 * P(X ≥ count) of a Poisson variable, to full relative precision also where it is tiny: the terms of the upper tail are added up, or
 * where most of the mass lies above `count` those below are taken off 1.
 *
 * @param count whole number; 0 and less are always reached
 * @param mean above 0
 * @returns null for a mean that is not above 0, unless the count is always reached
 */
export function poissonTail(count: number, mean: number): number | null {
  if (!Number.isFinite(count) || !Number.isFinite(mean)) return null;
  const from = Math.ceil(count);
  if (from <= 0) return 1;
  if (mean <= 0) return null;
  const upper = from > mean;
  // The largest term that is added: P(X = from), or P(X = from - 1).
  const start = upper ? from : from - 1;
  let logTerm = start * Math.log(mean) - mean;
  for (let i = 2; i <= start; i++) logTerm -= Math.log(i);
  let term = Math.exp(logTerm);
  let sum = 0;
  for (let i = start; i >= 0 && term > sum * 1e-17; i += upper ? 1 : -1) {
    sum += term;
    term *= upper ? mean / (i + 1) : i / mean;
  }
  return upper ? Math.min(1, sum) : Math.max(0, 1 - sum);
}
