/**
 * Plain aggregates. In all of them a missing value is `null` or not a finite number; it is skipped, never counted as 0. An
 * empty set gives null, except a count, which gives 0.
 */
export type Values = Iterable<number | null>;

function valid(values: Values): number[] {
  const found: number[] = [];
  for (const value of values) if (value !== null && Number.isFinite(value)) found.push(value);
  return found;
}

/** Number of valid values. */
export function countOf(values: Values): number {
  return valid(values).length;
}

/** Sum of the valid values; null when there is none. */
export function sumOf(values: Values): number | null {
  const found = valid(values);
  return found.length === 0 ? null : found.reduce((sum, value) => sum + value, 0);
}

/** Arithmetic mean of the valid values; null when there is none. */
export function meanOf(values: Values): number | null {
  const found = valid(values);
  const sum = sumOf(found);
  return sum === null ? null : sum / found.length;
}

export function maxOf(values: Values): number | null {
  const found = valid(values);
  return found.length === 0 ? null : found.reduce((best, value) => Math.max(best, value));
}

export function minOf(values: Values): number | null {
  const found = valid(values);
  return found.length === 0 ? null : found.reduce((best, value) => Math.min(best, value));
}

/** Percentile `p` (0..1) by linear interpolation between order statistics, position 1 + (n - 1) p. */
export function percentileOf(values: Values, p: number): number | null {
  const found = valid(values).sort((a, b) => a - b);
  if (found.length === 0) return null;
  const position = (found.length - 1) * Math.min(1, Math.max(0, p));
  const below = Math.floor(position);
  const low = found[below] as number;
  const high = found[Math.min(below + 1, found.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/** Sample standard deviation (n - 1); null with fewer than two values. */
export function sampleDeviation(values: Values): number | null {
  const found = valid(values);
  const mean = meanOf(found);
  if (mean === null || found.length < 2) return null;
  return Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (found.length - 1));
}

export function medianOf(values: Values): number | null {
  return percentileOf(values, 0.5);
}

/** `scale` * numerator / denominator; null when either is missing or the denominator is 0. */
export function ratioOf(numerator: number | null, denominator: number | null, scale = 1): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null;
  return (scale * numerator) / denominator;
}

/** Number of intervals strictly above (or, with `reach`, at or above) a limit, and their share of the valid ones. */
export function exceedanceOf(
  values: Values,
  limit: number,
  reach = false,
): { count: number; valid: number; share: number | null } {
  const found = valid(values);
  const count = found.filter((value) => value > limit || (reach && value === limit)).length;
  return { count, valid: found.length, share: ratioOf(count, found.length) };
}

/**
 * Numbers per class of given ascending edges: class i holds edge[i] <= x < edge[i + 1], the last has no upper end.
 * `below` counts what is under the first edge, `missing` the null values.
 */
export function histogramOf(
  values: Values,
  edges: readonly number[],
): { classes: number[]; below: number; missing: number } {
  const classes = edges.map(() => 0);
  let below = 0;
  let missing = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) missing += 1;
    else if (value < (edges[0] ?? Infinity)) below += 1;
    else {
      const index = edges.findLastIndex((edge) => value >= edge);
      classes[index] = (classes[index] ?? 0) + 1;
    }
  }
  return { classes, below, missing };
}

/**
 * Share of the expected intervals that hold at least one valid reading, 0..1. A stream that reports more often than
 * expected never exceeds 1, and ten readings in one interval are one interval.
 * @param times instants of valid readings, any order; an interval (end - step, end] is labelled by its end
 */
export function completenessOf(
  times: Iterable<number>,
  span: { from: number; to: number },
  step: number,
): number | null {
  const expected = Math.round((span.to - span.from) / step);
  if (expected <= 0) return null;
  const seen = new Set<number>();
  for (const time of times) {
    if (time > span.from && time <= span.to) seen.add(Math.ceil((time - span.from) / step));
  }
  return Math.min(1, seen.size / expected);
}

/** Round half up (towards plus infinity) to `decimals`; free of the binary noise of 1.005. */
export function roundHalfUp(value: number, decimals = 0): number {
  const factor = 10 ** decimals;
  return Math.floor(Number((value * factor).toPrecision(14)) + 0.5) / factor;
}

/** 1.4826 times the median absolute deviation from the median: the standard deviation of a normal distribution; null of nothing. */
export function medianDeviation(values: Values): number | null {
  const found = valid(values);
  const middle = medianOf(found);
  if (middle === null) return null;
  return 1.4826 * (medianOf(found.map((value) => Math.abs(value - middle))) ?? 0);
}
