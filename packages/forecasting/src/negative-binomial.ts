/**
 * A negative binomial distribution of counts: mean mu, variance mu + alpha mu² (NB2; Cameron and Trivedi 2013,
 * Regression Analysis of Count Data, 3.3). alpha 0 is the Poisson distribution.
 */
export interface NegativeBinomial {
  /** Above 0. */
  mean: number;
  /** 0 or more. */
  dispersion: number;
}

/** Counts whose probability is below this share of the most likely one's are left out. */
const negligible = 1e-12;

/** P(k + 1) / P(k). */
function growth({ mean, dispersion }: NegativeBinomial, k: number): number {
  return ((1 + dispersion * k) * mean) / ((1 + dispersion * mean) * (k + 1));
}

/**
 * Probabilities of the counts from `first` on. They are built outwards from the most likely count, so that none of them
 * vanishes where the mean is large.
 */
function probabilities(distribution: NegativeBinomial): { first: number; shares: number[] } {
  const { mean, dispersion } = distribution;
  const mode = Math.max(0, Math.floor(mean - 1 - dispersion * mean) + 1);
  const up: number[] = [];
  for (let k = mode, share = 1; share > negligible; k += 1) {
    up.push(share);
    share *= growth(distribution, k);
  }
  const down: number[] = [];
  for (let k = mode - 1, share = 1; k >= 0; k -= 1) {
    share /= growth(distribution, k);
    if (share <= negligible) break;
    down.push(share);
  }
  const weights = [...down.reverse(), ...up];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: mode - down.length, shares: weights.map((weight) => weight / sum) };
}

/**
 * The values below which given shares of the distribution lie, where each count k stands for the span from k - 1/2 to
 * k + 1/2 (the usual continuity correction), cut at 0: so a count passes the threshold n + 1/2 with just the
 * probability of n + 1 and more, and quantiles of small counts do not all fall on the same number.
 * @param shares 0..1, ends left out, rising
 */
export function countQuantiles(distribution: NegativeBinomial, shares: readonly number[]): number[] {
  const { first, shares: parts } = probabilities(distribution);
  let [place, below] = [0, 0];
  return shares.map((share) => {
    while (place < parts.length - 1 && below + parts[place]! < share) {
      below += parts[place]!;
      place += 1;
    }
    return Math.max(0, first + place - 0.5 + Math.min(1, (share - below) / parts[place]!));
  });
}
