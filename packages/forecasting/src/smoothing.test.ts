import { expect, test } from "vitest";
import { decompose, decompositionTheta, theta } from "./decomposition-theta.ts";
import { forecasterOf } from "./forecaster.ts";
import type { Method } from "./forecaster.ts";
import { continued, multiSeasonalSmoothing, smoothedSeasons } from "./multi-seasonal-smoothing.ts";
import { seasonalAverage } from "./seasonal-average.ts";

const forecast = (method: Method, values: number[], periods: number[], horizon: number) =>
  forecasterOf(method).fit({ values, periods }, horizon)?.forecast(values, horizon);

test("smoothing of seasons by hand: an error of 1 raises level, season and the next step", () => {
  const weights = { level: 0.5, seasonal: [0.2], carry: 0.5 };
  // start from 1, 3, 1, 3: l = 2, s = -1, 1; the fifth value is 1 above what was expected
  const state = smoothedSeasons(Float64Array.of(1, 3, 1, 3, 2), [2], weights, 4);
  expect(state).toEqual({ level: 2.5, seasonal: [Float64Array.of(-0.8, 1)], rest: 1, error: 1 });
  // 2.5 + 1 + .5, 2.5 - .8 + .25, 2.5 + 1 + .125
  [4, 1.95, 3.625].forEach((value, i) => expect(continued(state, weights, 5, 3)[i]).toBeCloseTo(value, 12));
});

test("two seasons at once go on as they were", () => {
  const values = Array.from({ length: 36 }, (_, i) => [1, 4][i % 2]! + [0, 0, 5, 0, 2, 9][i % 6]!);
  for (const method of [multiSeasonalSmoothing, decompositionTheta]) {
    forecast(method, values, [2, 6], 8)!.forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 8));
  }
});

test("a season alone goes on as it was by seasonal averages", () => {
  const values = Array.from({ length: 15 }, (_, i) => [7, 1, 4][i % 3]!);
  expect(forecast(seasonalAverage, values, [3], 5)).toEqual([7, 1, 4, 7, 1]);
});

test("Theta by hand: smoothing with half the slope, and what smoothing lags behind", () => {
  // alpha = 1/2: l = 1, 1.5, 2.25, 3.125; slope 1; lag (1 - 1/16) / (1/2) = 1.875
  expect([...theta(Float64Array.of(1, 2, 3, 4), 0.5, 2)]).toEqual([4.0625, 4.5625]);
});

test("a profile of medians does not see one odd value", () => {
  const values = Float64Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 1 : 5));
  expect(decompose(values, [2])).toEqual({ profiles: [Float64Array.of(-2, 2)], adjusted: values.map(() => 3) });
  values[9] = 100;
  const [profile] = decompose(values, [2]).profiles;
  expect(profile![1]! - profile![0]!).toBeCloseTo(4, 12);
});

test("seasonal average by hand: medians of past seasons at the level of now", () => {
  // means of seasons 5, 6, 7, 11; first phase 9 + 4, 2 + 5, 1 + 6; second 13 + 4, 12 + 5, 11 + 6
  expect(forecast(seasonalAverage, [0, 10, 1, 11, 2, 12, 9, 13], [2], 2)).toEqual([7, 17]);
  // Two seasons ahead counts what came two seasons after a level: 9 + 11 - 6 and 2 + 11 - 5
  expect(forecast(seasonalAverage, [0, 10, 1, 11, 2, 12, 9, 13], [2], 3)?.at(-1)).toBe(11);
});

test("less than they need gives no forecast", () => {
  expect(forecast(multiSeasonalSmoothing, [1, 2, 1, 2], [2], 1)).toBeUndefined();
  expect(forecast(decompositionTheta, [1, 2, 1], [2], 1)).toBeUndefined();
  expect(forecast(seasonalAverage, [1, 2, 1], [2], 1)).toBeUndefined();
});
