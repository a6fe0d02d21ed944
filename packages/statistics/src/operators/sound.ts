import { meanOf } from "./aggregate.ts";

/**
 * Equivalent level of levels that stand for equally long times: 10 log10(mean of 10^(L/10)), in dB. Missing values are left
 * out; without any there is no level.
 */
export function energyMean(levels: Iterable<number | null>): number | null {
  const powers = Array.from(levels, (level) => (level === null ? null : 10 ** (level / 10)));
  const mean = meanOf(powers);
  return mean === null ? null : 10 * Math.log10(mean);
}
