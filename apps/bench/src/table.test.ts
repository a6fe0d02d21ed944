import { expect, test } from "vitest";
import { median, percentile, thousands } from "./table.ts";

test("percentiles lie linearly between order statistics, whatever the order of the samples", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(percentile([10, 20, 30, 40, 50], 0.25)).toBe(20);
  expect(percentile([0, 100], 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
});

test("no samples give no number", () => {
  expect(median([])).toBeNaN();
});

test("large rates are printed in thousands", () => {
  expect([9999, 10_000, 123_456].map(thousands)).toEqual(["9999", "10 k", "123 k"]);
});
