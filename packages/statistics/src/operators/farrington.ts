/** A trend over counts: expected = exp(level + slope × (time - centre)), with the dispersion and what is unsure about it. */
export interface QuasiPoissonTrend {
  level: number;
  slope: number;
  centre: number;
  /** Pearson chi² / (n - 2), at least 1. */
  dispersion: number;
  /** Inverse of X'WX for (level, slope): variances and covariance of the two, before the dispersion. */
  covariance: { level: number; slope: number; both: number };
}

const mostRounds = 50;
const parameters = 2;

/**
 * Log-linear quasi-Poisson regression of counts on time by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5).
 *
 * @param times in any unit, at least two different ones
 * @param counts 0 or more, as many as times
 * @returns null with fewer than three counts, when all are 0, or when it does not settle
 */
export function quasiPoissonTrend(times: readonly number[], counts: readonly number[]): QuasiPoissonTrend | null {
  const n = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (n <= parameters || total === 0) return null;
  const centre = times.reduce((sum, time) => sum + time, 0) / n;
  const x = times.map((time) => time - centre);
  let [level, slope] = [Math.log(total / n), 0];
  for (let round = 0; round < mostRounds; round++) {
    const mu = x.map((at) => Math.exp(level + slope * at));
    // Normal equations of the working response z = eta + (y - mu) / mu with the weights mu.
    let [w, wx, wxx, wz, wxz] = [0, 0, 0, 0, 0];
    mu.forEach((weight, i) => {
      const at = x[i] as number;
      const z = level + slope * at + ((counts[i] as number) - weight) / weight;
      w += weight;
      wx += weight * at;
      wxx += weight * at * at;
      wz += weight * z;
      wxz += weight * at * z;
    });
    const determinant = w * wxx - wx * wx;
    const next = [(wxx * wz - wx * wxz) / determinant, (w * wxz - wx * wz) / determinant] as const;
    if (!next.every(Number.isFinite)) return null;
    const settled = Math.abs(next[0] - level) + Math.abs(next[1] - slope) < 1e-10 * (1 + Math.abs(level));
    [level, slope] = next;
    if (!settled) continue;
    const chi2 = x.reduce((sum, at, i) => {
      const expected = Math.exp(level + slope * at);
      return sum + ((counts[i] as number) - expected) ** 2 / expected;
    }, 0);
    const covariance = { level: wxx / determinant, slope: w / determinant, both: -wx / determinant };
    return { level, slope, centre, dispersion: Math.max(1, chi2 / (n - parameters)), covariance };
  }
  return null;
}

export interface Expectation {
  /** Expected count, and the variance of that estimate. */
  mean: number;
  variance: number;
}

/** What a trend expects at a time: the mean, and its variance by the delta method, dispersion included. */
export function expectedAt(trend: QuasiPoissonTrend, time: number): Expectation {
  const at = time - trend.centre;
  const mean = Math.exp(trend.level + trend.slope * at);
  const { level, slope, both } = trend.covariance;
  return { mean, variance: trend.dispersion * mean ** 2 * (level + 2 * at * both + at ** 2 * slope) };
}

/**
 * Upper limit of a count after the 2/3-power transformation: U = mu (1 + (2/3) z sqrt((phi mu + v) / mu²))^(3/2).
 * Source: Farrington, Andrews, Beale and Catchpole 1996, "A statistical algorithm for the early detection of outbreaks of infectious
 * disease", JRSS A 159; the reweighting of past outbreaks is left out.
 *
 * @param z quantile of the normal distribution
 */
export function farringtonLimit({ mean, variance }: Expectation, dispersion: number, z: number): number {
  return mean * (1 + (2 / 3) * z * (Math.sqrt(dispersion * mean + variance) / mean)) ** 1.5;
}
