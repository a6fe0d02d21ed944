import { describe, expect, test } from "vitest";
import { exceedance } from "./exceedance.ts";
import { normalQuantile } from "./normal.ts";

/** Quantiles of a normal distribution at 2.5, 10, 50, 90 and 97.5 %. */
const normal = (mean: number, sd: number) => [0.025, 0.1, 0.5, 0.9, 0.975].map((p) => mean + sd * normalQuantile(p));

describe("probability of exceeding a threshold", () => {
  test.each([
    [100, 0.5],
    [110, 0.1587],
    [90, 0.8413],
    [130, 0.0013],
    [70, 0.9987],
  ])("of a normal forecast around 100 with a deviation of 10: above %d", (threshold, expected) => {
    expect(exceedance(threshold, normal(100, 10))).toBeCloseTo(expected, 3);
  });

  test("at a stored quantile it is the share beyond it, whatever the shape", () => {
    const skewed = [1, 2, 5, 20, 60];
    expect(skewed.map((q) => exceedance(q, skewed))).toEqual(
      [0.975, 0.9, 0.5, 0.1, 0.025].map((p) => expect.closeTo(p, 4)),
    );
  });

  test("falls as the threshold rises", () => {
    const at = Array.from({ length: 80 }, (_, i) => exceedance(i - 5, [1, 2, 5, 20, 60]));
    expect(at.every((p, i) => i === 0 || p <= at[i - 1]!)).toBe(true);
  });

  test("a band cut at a limit has nothing beyond it; one without width is certain", () => {
    expect(exceedance(-1, [0, 0, 3, 5, 6])).toBe(1);
    expect(exceedance(101, [80, 90, 100, 100, 100])).toBe(0);
    expect(exceedance(100, [80, 90, 100, 100, 100])).toBe(0);
    expect([exceedance(4, [5, 5, 5, 5, 5]), exceedance(5, [5, 5, 5, 5, 5])]).toEqual([1, 0]);
  });

  test("refuses another number of quantiles", () => {
    expect(() => exceedance(1, [1, 2, 3])).toThrow("3 quantiles are not 5");
  });
});
