import { expect, test } from "vitest";
import { combine, trimmedMean, weightedMedian, weightsFrom } from "./combination.ts";

test("twice the error has a sixteenth of the weight", () => {
  expect(weightsFrom([1, 2])).toEqual([1, 1 / 16]);
  expect(weightsFrom([6, 3, 3])).toEqual([1 / 16, 1, 1]);
});

test("methods without error leave the others without weight", () => {
  expect(weightsFrom([0, 1, 0])).toEqual([1, 0, 1]);
});

test("the weighted median is the value at which half of the weight is reached", () => {
  expect(weightedMedian([10, 1, 5], [1, 1, 1])).toBe(5);
  expect(weightedMedian([10, 1, 5], [1, 3, 1])).toBe(1);
  expect(weightedMedian([1e9, 1, 2], [1, 1, 1])).toBe(2);
  expect(weightedMedian([], [])).toBeNaN();
});

test("the mean leaves out what lies more than four median deviations away", () => {
  // median 5, deviations 1, 0, 1, 95: median deviation 1
  expect(trimmedMean([4, 5, 6, 100], [1, 1, 1, 1])).toBeCloseTo(5, 12);
  // median 6, deviations 2, 1, 0, 3: 9 is within 4
  expect(trimmedMean([4, 5, 6, 9], [1, 1, 2, 1])).toBeCloseTo(30 / 5, 12);
  expect(trimmedMean([4, 5, 8], [1, 1, 2])).toBeCloseTo(25 / 4, 12);
});

test("forecasts are combined lead by lead", () => {
  const runaway = [3, 1e6];
  expect(combine([[2, 10], [4, 12], runaway], [1, 1, 1])).toEqual([3, 11]);
});
