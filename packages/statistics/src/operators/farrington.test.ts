import { describe, expect, test } from "vitest";
import { expectedAt, farringtonLimit, quasiPoissonTrend } from "./farrington.ts";

/** Weeks w-3 … w+3 of the five years before week 0. */
const weeks = [-5, -4, -3, -2, -1].flatMap((year) => [-3, -2, -1, 0, 1, 2, 3].map((week) => 52 * year + week));
const even = [
  12, 15, 9, 14, 18, 20, 17, 10, 13, 16, 12, 19, 22, 15, 14, 18, 11, 17, 21, 25, 20, 16, 13, 19, 24, 22, 27, 18, 15, 21,
  17, 23, 26, 30, 24,
];
/** With two weeks of an outbreak. */
const uneven = even.map((count, i) => (i === 5 ? 60 : i === 20 ? 70 : count));

/** The published form of the limit (R package surveillance, algo.farrington.threshold with skewness.transform "2/3"). */
function published(mean: number, variance: number, phi: number): number {
  const tau = phi + variance / mean;
  const se = Math.sqrt((4 / 9) * Math.cbrt(mean) * tau);
  return (mean ** (2 / 3) + 1.96 * se) ** 1.5;
}

describe("a quasi-Poisson trend", () => {
  // Expected values: maximum of the likelihood found with numpy by Newton steps on full matrices, checked with scipy.optimize.
  test.each<[string, number[], number, number, number, number, number, number]>([
    ["with little dispersion", even, 2.88317355, 0.0021040654, 1.00621015, 24.8139937, 4.8230163, 36.2472614],
    ["over-dispersed", uneven, 3.02620243, 0.000828957235, 7.6276805, 23.4652301, 30.5102319, 56.9503359],
  ])("%s", (_name, counts, level, slope, phi, mean, variance, limit) => {
    const trend = quasiPoissonTrend(weeks, counts);
    if (!trend) throw new Error("no trend was found");
    expect(trend.level).toBeCloseTo(level, 7);
    expect(trend.slope).toBeCloseTo(slope, 9);
    expect(trend.dispersion).toBeCloseTo(phi, 7);
    const expected = expectedAt(trend, 0);
    expect(expected.mean).toBeCloseTo(mean, 6);
    expect(expected.variance).toBeCloseTo(variance, 6);
    expect(farringtonLimit(expected, trend.dispersion, 1.96)).toBeCloseTo(limit, 6);
  });

  test("counts that all are 8: no slope, dispersion 1, and a variance of 8 / n plus that of the slope", () => {
    const trend = quasiPoissonTrend(
      weeks,
      weeks.map(() => 8),
    );
    if (!trend) throw new Error("no trend was found");
    const centre = weeks.reduce((sum, week) => sum + week, 0) / 35;
    const squares = weeks.reduce((sum, week) => sum + (week - centre) ** 2, 0);
    const { mean, variance } = expectedAt(trend, 0);
    expect([mean, trend.dispersion]).toEqual([expect.closeTo(8, 9), 1]);
    expect(variance).toBeCloseTo(8 / 35 + (8 * centre ** 2) / squares, 9);
  });

  test("says nothing of too few counts, of none but zeros, and of one time only", () => {
    expect(quasiPoissonTrend([1, 2], [3, 4])).toBeNull();
    expect(quasiPoissonTrend([1, 2, 3], [0, 0, 0])).toBeNull();
    expect(quasiPoissonTrend([1, 1, 1], [3, 4, 5])).toBeNull();
  });
});

test("expected 20, dispersion 1.5, variance 4: limit 32.46, so 40 cases score 1.61", () => {
  const limit = farringtonLimit({ mean: 20, variance: 4 }, 1.5, 1.96);
  expect(limit).toBeCloseTo(32.46, 2);
  expect((40 - 20) / (limit - 20)).toBeCloseTo(1.61, 2);
});

test.each([
  [20, 4, 1.5],
  [0.7, 0.2, 1],
  [300, 90, 6],
])("the limit is the published one: mean %f, variance %f, dispersion %f", (mean, variance, phi) => {
  expect(farringtonLimit({ mean, variance }, phi, 1.96)).toBeCloseTo(published(mean, variance, phi), 8);
});
