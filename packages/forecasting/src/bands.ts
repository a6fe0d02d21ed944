import { normalQuantile } from "./normal.ts";

/** A prediction band: the value is expected between `low` and `high` with probability `level`. */
export interface Band {
  /** 0..1, e.g. 0.8. */
  level: number;
  /** By lead - 1, in the unit of the series; null where there are no errors to make a band of. */
  low: (number | null)[];
  high: (number | null)[];
}

/**
 * Errors of the leads this many steps before and after a lead count with its own: they come of nearly the same hour.
 */
const neighbours = 1;

/**
 * Half width of a band around the forecast of each lead, by split conformal prediction (Vovk, Gammerman and Shafer
 * 2005; Lei et al. 2018): the quantile level (1 + 1/n) of the absolute errors of the same lead and the one on either
 * side, linear between them. n stands for errors that are independent; those of one origin hang together in part, so n
 * is taken as the geometric mean of the number of origins and of errors. Where the quantile lies beyond the largest
 * error (level > n / (n + 1): few origins), the largest is widened as the two levels lie apart in a normal
 * distribution.
 * @param errors actual - forecast, by origin and lead - 1, null where the actual value is missing; any unit
 * @param level 0..1, both ends left out
 * @returns by lead - 1, in the unit of the errors; null where there is no error
 */
export function conformalHalfWidths(errors: readonly (readonly (number | null)[])[], level: number): (number | null)[] {
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} of a band is not between 0 and 1`);
  return (errors[0] ?? []).map((_, lead) => {
    const near = errors.map((row) =>
      row.slice(Math.max(0, lead - neighbours), lead + neighbours + 1).filter((error) => error !== null),
    );
    const sizes = near.flat().map(Math.abs);
    const origins = near.filter((row) => row.length > 0).length;
    return origins === 0 ? null : quantileOf(sizes, level, Math.sqrt(origins * sizes.length));
  });
}

function quantileOf(sizes: readonly number[], level: number, independent: number): number {
  const sorted = sizes.toSorted((a, b) => a - b);
  const largest = sorted.at(-1)!;
  const share = level * (1 + 1 / independent);
  if (share > 1) {
    const reached = independent / (independent + 1);
    return (largest * normalQuantile((1 + level) / 2)) / normalQuantile((1 + reached) / 2);
  }
  const place = Math.max(0, share * sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low]! + ((sorted[low + 1] ?? largest) - sorted[low]!) * (place - low);
}

/** Bands around point forecasts; `errors` as for `conformalHalfWidths`, of as many leads as there are points. */
export function bandsOf(
  point: readonly number[],
  errors: readonly (readonly (number | null)[])[],
  levels: readonly number[],
): Band[] {
  return levels.map((level) => {
    const half = conformalHalfWidths(errors, level);
    const at = (sign: number) => point.map((value, i) => ((half[i] ?? null) === null ? null : value + sign * half[i]!));
    return { level, low: at(-1), high: at(1) };
  });
}
