import { expect, test } from "vitest";
import { exceedance } from "./exceedance.ts";
import { countQuantiles } from "./negative-binomial.ts";

/** Share of the counts up to `n`, from the probabilities themselves: Γ(k + r) / (k! Γ(r)) p^r (1 - p)^k, r whole. */
function shareUpTo(n: number, mean: number, size: number): number {
  const p = size / (size + mean);
  let [sum, choose] = [0, 1];
  for (let k = 0; k <= n; k += 1) {
    sum += choose * p ** size * (1 - p) ** k;
    choose *= (k + size) / (k + 1);
  }
  return sum;
}

test("a count n is passed with the probability of n + 1 and more", () => {
  for (const [mean, size] of [
    [0.4, 1],
    [6, 2],
    [40, 4],
  ] as const) {
    for (const n of [0, 1, 5, 20, 60]) {
      const share = shareUpTo(n, mean, size);
      if (share > 1 - 1e-9) continue;
      const [found] = countQuantiles({ mean, dispersion: 1 / size }, [share]);
      expect(found).toBeCloseTo(n + 0.5, 4);
    }
  }
});

test("without dispersion it is Poisson: of a mean of 2 the share e^-2 is 0, and nothing is below 0", () => {
  const distribution = { mean: 2, dispersion: 0 };
  expect(countQuantiles(distribution, [Math.exp(-2), 3 * Math.exp(-2)])).toEqual([
    expect.closeTo(0.5, 9),
    expect.closeTo(1.5, 9),
  ]);
  expect(countQuantiles(distribution, [0.001])).toEqual([0]);
});

test("large means do not vanish: the quantiles of 20,000 cases are nearly normal", () => {
  const [low, middle, high] = countQuantiles({ mean: 20_000, dispersion: 0.0001 }, [0.1, 0.5, 0.9]);
  const deviation = Math.sqrt(20_000 + 0.0001 * 20_000 ** 2);
  expect(middle! / 20_000).toBeCloseTo(1, 3);
  expect((high! - low!) / (2 * 1.2816 * deviation)).toBeCloseTo(1, 2);
});

test("the probability of passing a count, from five quantiles, is near that of the distribution itself", () => {
  const farthest = (means: readonly number[], sizes: readonly number[]) => {
    let most = 0;
    for (const mean of means) {
      for (const size of sizes) {
        const quantiles = countQuantiles({ mean, dispersion: 1 / size }, [0.025, 0.1, 0.5, 0.9, 0.975]);
        for (let n = 0; n < 100; n += 1) {
          most = Math.max(most, Math.abs(exceedance(n + 0.5, quantiles) - (1 - shareUpTo(n, mean, size))));
        }
      }
    }
    return most;
  };
  expect(farthest([3, 5, 10, 40], [2, 4, 20])).toBeLessThan(0.05);
  expect(farthest([0.3, 1, 2], [1, 2, 4, 20])).toBeLessThan(0.12);
});
