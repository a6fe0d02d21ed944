import { normalQuantile, normalShare } from "./normal.ts";

/** Shares of the distribution below the ends of the 95 and 80 % bands and the median, in their order. */
const shares = [0.025, 0.1, 0.5, 0.9, 0.975];
const places = shares.map(normalQuantile);

/**
 * Probability (0..1) that a value comes out above a threshold, from the median and the bands of its forecast. Assumed: between two
 * stored quantiles the value runs along a normal distribution (its normal score is linear in the value), and beyond the 95 % band as in the
 * outer part of that band. So a symmetric forecast is normal near its middle, and bands on a logarithmic scale keep their skew. Nothing is
 * assumed about other steps: of a whole span the largest of the probabilities is a lower bound.
 * @param quantiles lower end of the 95 % band, of the 80 % band, median, upper ends of the 80 and of the 95 % band
 * @throws RangeError for another number of quantiles
 */
export function exceedance(threshold: number, quantiles: readonly number[]): number {
  if (quantiles.length !== places.length) throw new RangeError(`${quantiles.length} quantiles are not 5`);
  const rising = quantiles.toSorted((a, b) => a - b);
  if (rising[0] === rising[4]) return rising[2]! > threshold ? 1 : 0;
  const above = rising.findIndex((quantile) => quantile > threshold);
  const upper = above < 0 ? 4 : Math.max(1, above);
  const [low, high] = [rising[upper - 1]!, rising[upper]!];
  // A band that is cut at a limit of the quantity has no part beyond it.
  if (low === high) return above === 0 ? 1 : 0;
  const part = (threshold - low) / (high - low);
  return 1 - normalShare(places[upper - 1]! + part * (places[upper]! - places[upper - 1]!));
}
