import { meanOf } from "./aggregate.ts";

/** Units before the one looked at that are left out, and units of the base behind them. */
const guard = 2;
const base = 7;
/** Least standard deviation, in cases. */
const floor = 0.5;

/**
 * EARS C2 of each unit: (y(t) - mean) / sd of the seven units t-9 … t-3, with the sample standard deviation, at least 0.5. Two units
 * are left out, so that a growing outbreak does not hide itself. Source: Hutwagner et al. 2003, "The bioterrorism preparedness and
 * response Early Aberration Reporting System (EARS)"; the floor is a project setting.
 *
 * @param counts one a unit of time, oldest first; null = not reported
 * @returns null where the unit or one of its base has no count
 */
export function earsC2(counts: readonly (number | null)[]): (number | null)[] {
  return counts.map((count, t) => {
    const before = counts.slice(Math.max(0, t - guard - base), Math.max(0, t - guard));
    if (count === null || before.length < base || before.includes(null)) return null;
    const known = before as number[];
    const mean = meanOf(known) ?? 0;
    const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (base - 1);
    return (count - mean) / Math.max(floor, Math.sqrt(variance));
  });
}

/** How many values running, up to each one and it included, lie above a level; null where the value is not known. */
export function runsAbove(values: readonly (number | null)[], level: number): (number | null)[] {
  let run = 0;
  return values.map((value) => {
    if (value === null) {
      run = 0;
      return null;
    }
    run = value > level ? run + 1 : 0;
    return run;
  });
}

/** Least usual count of a unit of time, so that a disease that is hardly ever seen does not make every case an outbreak. */
const leastUsual = 0.5;

export interface CusumOptions {
  /** Rise that is to be found, as a multiple of the usual count. */
  factor: number;
  /** The sum starts again at 0 after this many units running with no more than the usual count. */
  restartAfter?: number | undefined;
}

/**
 * Poisson CUSUM of each unit: S(t) = max(0, S(t-1) + y(t) - k) with k = (m1 - m0) / ln(m1 / m0), the usual count m0 (at least 0.5)
 * and m1 = `factor` × m0. Source: Lucas 1985, "Counted data CUSUM's", Technometrics 27; the floor is a project setting.
 *
 * @param counts one a unit of time, oldest first; null = not reported
 * @param usual m0 of each unit; null = not known
 * @returns null where a unit has no count, which leaves the sum as it is, or no usual count, after which it starts at 0
 */
export function cusumPoisson(
  counts: readonly (number | null)[],
  usual: readonly (number | null)[],
  { factor, restartAfter = Infinity }: CusumOptions,
): (number | null)[] {
  let sum = 0;
  let quiet = 0;
  return counts.map((count, t) => {
    const known = usual[t] ?? null;
    if (known === null) {
      sum = 0;
      quiet = 0;
      return null;
    }
    if (count === null) return null;
    const m0 = Math.max(leastUsual, known);
    quiet = count <= m0 ? quiet + 1 : 0;
    sum = quiet >= restartAfter ? 0 : Math.max(0, sum + count - (m0 * (factor - 1)) / Math.log(factor));
    return sum;
  });
}
