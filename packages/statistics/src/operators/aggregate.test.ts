import { expect, test } from "vitest";
import {
  completenessOf,
  countOf,
  exceedanceOf,
  histogramOf,
  maxOf,
  meanOf,
  medianOf,
  minOf,
  percentileOf,
  ratioOf,
  roundHalfUp,
  sumOf,
} from "./aggregate.ts";

test("missing values are skipped, an empty set is null and counts 0", () => {
  const values = [30, null, 10, Number.NaN, 20];
  expect([countOf(values), sumOf(values), meanOf(values), maxOf(values), minOf(values)]).toEqual([3, 60, 20, 30, 10]);
  const none = [null, null];
  expect([countOf(none), sumOf(none), meanOf(none), maxOf(none), minOf(none), medianOf(none)]).toEqual([
    0,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("percentiles interpolate between order statistics at 1 + (n - 1) p", () => {
  expect(medianOf([4, 1, 3])).toBe(3);
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  // n = 5, p = 0.9: position 4.6, 40 + 0.6 * 10
  expect(percentileOf([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46, 12);
});

test("a ratio without a denominator is null", () => {
  expect(ratioOf(386, 400, 100)).toBe(96.5);
  expect(ratioOf(1, 0)).toBeNull();
  expect(ratioOf(null, 4)).toBeNull();
});

test("exceedance counts strictly above unless reaching is asked for", () => {
  expect(exceedanceOf([50, 50.1, 49, null, 80], 50)).toEqual({ count: 2, valid: 4, share: 0.5 });
  expect(exceedanceOf([50, 50.1, 49, null, 80], 50, true).count).toBe(3);
  expect(exceedanceOf([null], 50).share).toBeNull();
});

test("flooded points: 0.04, 0.12, 0.31, 0.55 m and one without a value", () => {
  expect(histogramOf([0.04, 0.12, 0.31, 0.55, null], [0.1, 0.2, 0.3, 0.5])).toEqual({
    classes: [1, 0, 1, 1],
    below: 1,
    missing: 1,
  });
  expect(histogramOf([0.1, 0.2, 0.5], [0.1, 0.2, 0.3, 0.5]).classes).toEqual([1, 1, 0, 1]);
});

test("completeness counts intervals, not readings", () => {
  const minute = 60_000;
  const span = { from: 0, to: 60 * minute };
  const every10 = [10, 20, 30, 40, 50, 60].map((m) => m * minute);
  expect(completenessOf(every10, span, 10 * minute)).toBe(1);
  expect(completenessOf(every10.slice(0, 3), span, 10 * minute)).toBe(0.5);
  // five times as often: never above 1, and ten readings within 20 minutes fill two of six intervals
  const every2 = Array.from({ length: 30 }, (_, i) => (i + 1) * 2 * minute);
  expect(completenessOf(every2, span, 10 * minute)).toBe(1);
  expect(completenessOf(every2.slice(0, 10), span, 10 * minute)).toBeCloseTo(1 / 3, 12);
  // an interval holds its end and not its start
  expect(completenessOf([0], span, 10 * minute)).toBe(0);
  expect(completenessOf([], { from: 0, to: 0 }, 10 * minute)).toBeNull();
});

test("rounds half up, without binary noise", () => {
  expect([59.35, 40.5, 2.5, -2.5].map((value) => roundHalfUp(value))).toEqual([59, 41, 3, -2]);
  expect(roundHalfUp(1.005, 2)).toBe(1.01);
  expect(roundHalfUp(0.285, 2)).toBe(0.29);
});
