/** A regular series: one value a step, oldest first. */
export interface Series {
  /** Values in the unit of the series; null where one is missing. */
  values: readonly (number | null)[];
  /** Lengths of its seasons in steps, shortest first, e.g. [24, 168] for hours with a day and a week. May be empty. */
  periods: readonly number[];
  /** Quantities beside it that may explain it; names differ. */
  regressors?: readonly Regressor[];
}

/** A quantity beside a series: rain, wind, a holiday, the level upstream. */
export interface Regressor {
  name: string;
  /** By the steps of the series: index i is the step of its value i. Any unit; null where one is missing. */
  values: readonly (number | null)[];
  /**
   * True where it is known before it comes: a calendar, a tide, a weather forecast as it was issued. Values then reach
   * to the end of the horizon, and a backtest takes those after an origin as known there. Otherwise what lies behind
   * the last value of the series does not count.
   */
  ahead?: boolean;
}

/**
 * Throws where a series cannot be forecast from: a value that is NaN or infinite, a period that is not a whole number
 * of at least 2 steps, periods that do not rise, a regressor that is shorter or whose name comes twice. Nulls are
 * fine.
 */
export function checkSeries({ values, periods, regressors = [] }: Series): void {
  for (const [i, value] of values.entries()) {
    if (value !== null && !Number.isFinite(value)) {
      throw new RangeError(`value ${i} of the series is ${value}; give a finite number, or null where it is missing`);
    }
  }
  for (const [i, period] of periods.entries()) {
    if (!Number.isInteger(period) || period < 2) {
      throw new RangeError(`period ${period} is not a whole number of at least 2 steps`);
    }
    if (i > 0 && period <= periods[i - 1]!) {
      throw new RangeError(`periods ${periods.join(", ")} must rise`);
    }
  }
  checkRegressors(regressors, values.length);
}

function checkRegressors(regressors: readonly Regressor[], length: number): void {
  const names = new Set<string>();
  for (const { name, values } of regressors) {
    if (names.has(name)) throw new RangeError(`regressor "${name}" comes twice`);
    names.add(name);
    if (values.length < length) {
      throw new RangeError(`regressor "${name}" has ${values.length} values, fewer than the ${length} steps`);
    }
    const wrong = values.findIndex((value) => value !== null && !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`value ${wrong} of regressor "${name}" is ${values[wrong]}`);
  }
}

/**
 * Regressors as they are known after `length` steps: those known ahead for `horizon` steps more, the others until then.
 * Throws a RangeError where one known ahead does not reach that far.
 */
export function regressorsAt(regressors: readonly Regressor[], length: number, horizon: number): Regressor[] {
  return regressors.map((regressor) => {
    const { name, values, ahead = false } = regressor;
    const end = ahead ? length + horizon : length;
    if (values.length < end) {
      throw new RangeError(`regressor "${name}" has ${values.length} values; ${end} are needed up to the horizon`);
    }
    return { ...regressor, values: values.slice(0, end) };
  });
}

/** Throws where a horizon is not a whole number of steps, 0 or more. */
export function checkHorizon(horizon: number): void {
  if (!Number.isInteger(horizon) || horizon < 0) {
    throw new RangeError(`horizon ${horizon} is not a whole number of steps, 0 or more`);
  }
}

/**
 * The smallest power of two that no value exceeds in size (at most 2^1023); 1 where all are 0 or missing. Dividing by
 * it is exact and keeps squares of very large and very small values inside the range of doubles.
 */
export function scaleOf(values: readonly (number | null)[]): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value ?? 0));
  if (largest === 0) return 1;
  const exponent = Math.ceil(Math.log2(largest));
  return 2 ** Math.min(1023, Math.max(-1000, exponent));
}

/** Longest gap, steps, that is bridged by a straight line; a longer one takes the shape of the season beside it. */
const longestLine = 3;

/**
 * Values without gaps. A gap of up to three steps is bridged by a straight line; a longer one takes the mean of the
 * nearest known values of the same phase before and after, and where there is none the nearest known value. All
 * missing: all 0.
 * @param period length of the season in steps, 1 without one
 */
export function withoutGaps(values: readonly (number | null)[], period: number): Float64Array {
  const filled = Float64Array.from(values, (value) => value ?? 0);
  for (const [from, to] of gapsOf(values)) {
    const before = from > 0 ? values[from - 1]! : null;
    const after = to < values.length ? values[to]! : null;
    for (let i = from; i < to; i += 1) {
      if (to - from <= longestLine && before !== null && after !== null) {
        filled[i] = before + ((after - before) * (i - from + 1)) / (to - from + 1);
      } else {
        filled[i] = samePhase(values, i, period) ?? before ?? after ?? 0;
      }
    }
  }
  return filled;
}

/** Runs of missing values as [first, behind the last]. */
function gapsOf(values: readonly (number | null)[]): [number, number][] {
  const gaps: [number, number][] = [];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] !== null) continue;
    const from = i;
    while (i < values.length && values[i] === null) i += 1;
    gaps.push([from, i]);
  }
  return gaps;
}

function samePhase(values: readonly (number | null)[], i: number, period: number): number | null {
  if (period < 2) return null;
  let [before, after] = [i - period, i + period];
  while (before >= 0 && values[before] === null) before -= period;
  while (after < values.length && values[after] === null) after += period;
  const low = before >= 0 ? values[before]! : null;
  const high = after < values.length ? values[after]! : null;
  return low === null || high === null ? (low ?? high) : (low + high) / 2;
}

/**
 * Length of a season in steps: 0 the shortest period, 1 the next; 1 step where there are no periods at all, infinite
 * for one that is not there.
 */
export function lengthOf(periods: readonly number[], season: number): number {
  return periods[season] ?? (season === 0 ? 1 : Number.POSITIVE_INFINITY);
}
