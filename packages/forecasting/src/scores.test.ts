import { expect, test } from "vitest";
import { brier, coverage, mase, maseScale, meanAbsoluteError, pinball, pinballLoss, smape } from "./scores.ts";

test("MASE: the mean absolute error over that of the seasonal naive method in the history", () => {
  // |3-1|, |4-2|, |5-3|, |8-4| = 2, 2, 2, 4
  const scale = maseScale({ values: [1, 2, 3, 4, 5, 8], periods: [2, 6] });
  expect(scale).toBe(2.5);
  expect(meanAbsoluteError([10, 12], [8, 9])).toBe(2.5);
  expect(mase([10, 12], [8, 9], scale)).toBe(1);
  expect(mase([10, 12], [8, 12], scale)).toBe(0.4);
});

test("the scale: steps of one without a period, pairs with a missing value left out, none in a history that is too short", () => {
  expect(maseScale({ values: [1, 4, 2], periods: [] })).toBe(2.5);
  expect(maseScale({ values: [1, null, 4, 7], periods: [2] })).toBe(3);
  expect(maseScale({ values: [1, 2], periods: [2] })).toBeNull();
  expect(maseScale({ values: [], periods: [24] })).toBeNull();
});

test("MASE has no value over a constant history, without a scale and without a pair", () => {
  expect(mase([5], [4], maseScale({ values: [3, 3, 3], periods: [] }))).toBeNull();
  expect(mase([5], [4], null)).toBeNull();
  expect(mase([null], [4], 1)).toBeNull();
});

test("sMAPE is a mean of shares of |y| + |f|, per cent; two zeros agree", () => {
  expect(smape([100, 50, 0], [50, 50, 0])).toBeCloseTo((200 * 50) / 150 / 3, 12);
  expect(smape([1], [-1])).toBe(200);
});

test("quantile loss: above a low quantile costs much, above a high one little", () => {
  expect(pinballLoss([10, 10], [8, 12], 0.9)).toBeCloseTo((0.9 * 2 + 0.1 * 2) / 2, 12);
  expect(pinballLoss([10], [8], 0.1)).toBeCloseTo(0.2, 12);
  expect(pinballLoss([10], [12], 0.1)).toBeCloseTo(1.8, 12);
  // 0.1 · 3, 0.5 · 1, 0.1 · 2
  expect(pinball([10], [7], [9], [12])).toBeCloseTo((0.3 + 0.5 + 0.2) / 3, 12);
  expect(pinball([10], [null], [9], [12])).toBeNull();
});

test("coverage counts values in their band, ends included; values and bands that are missing do not count", () => {
  expect(coverage([1, 2, 3, 4], [1, 0, 4, 0], [2, 2, 5, 3])).toBe(0.5);
  expect(coverage([1, null, 3], [0, 0, null], [2, 2, null])).toBe(1);
  expect(coverage([], [], [])).toBeNull();
});

test("Brier score: mean square of probability less outcome", () => {
  expect(brier([0.8, 0.3], [1, 0])).toBeCloseTo(0.065, 12);
  expect(brier([0.5, 0.5, null], [1, 0, 1])).toBe(0.25);
});

test("series of different lengths are refused", () => {
  expect(() => smape([1, 2], [1])).toThrow("2 actual values and 1 forecasts do not go together");
});
