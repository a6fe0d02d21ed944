import { expect, test } from "vitest";
import { forecasterOf } from "./forecaster.ts";
import { chosenWeights, grid, holtWinters, smoothed } from "./holt-winters.ts";

test("two steps by hand: period 2, values 1, 3, 2, 4", () => {
  // start l = 2, b = (3 - 2) / 2, s = -1, 1
  const state = smoothed(Float64Array.of(1, 3, 2, 4), 2, { level: 0.4, trend: 0.2, season: 0.1 }, 2);
  // t = 2: l = .4·3 + .6·2.475 = 2.685, b = .2·.685 + .8·.475 = .517, s = .1·(2 - 2.475) - .9
  // t = 3: l = .4·3 + .6·3.17615 = 3.10569, b = .2·.42069 + .8·.49115, s = .1·(4 - 3.17615) + .9
  expect(state.level).toBeCloseTo(3.10569, 10);
  expect(state.trend).toBeCloseTo(0.477058, 10);
  expect([...state.seasonal].map((s) => Number(s.toFixed(10)))).toEqual([-0.9475, 0.982385]);
  expect(state.error).toBeCloseTo((0.525 ** 2 + 0.17615 ** 2) / 2, 10);
});

test("the forecast damps the trend: l + (p + p²) b + s", () => {
  const values = [1, 3, 2, 4];
  const { level, trend, season } = chosenWeights(
    Float64Array.from(values, (v) => v / 4),
    2,
  );
  const state = smoothed(Float64Array.from(values), 2, { level, trend, season }, 4);
  const [first, second] = forecasterOf(holtWinters())
    .fit({ values, periods: [2] }, 2)!
    .forecast(values, 2);
  expect(first).toBeCloseTo(state.level + 0.95 * state.trend + state.seasonal[0]!, 10);
  expect(second).toBeCloseTo(state.level + (0.95 + 0.9025) * state.trend + state.seasonal[1]!, 10);
});

test("no weights of the grid have a smaller one-step error over the last six seasons", () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => [0, 5, 3, 8][i % 4]! + i / 10 + Math.sin(i * i));
  const found = smoothed(values, 4, chosenWeights(values, 4), 60 - 24).error;
  for (const level of grid) {
    for (const trend of grid) {
      for (const season of grid) {
        expect(smoothed(values, 4, { level, trend, season }, 60 - 24).error).toBeGreaterThanOrEqual(found);
      }
    }
  }
});

test("a pure season goes on as it was; less than two seasons are too little", () => {
  const values = [1, 5, 2, 1, 5, 2, 1, 5, 2];
  const method = forecasterOf(holtWinters());
  method
    .fit({ values, periods: [3] }, 4)!
    .forecast(values, 4)
    .forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 10));
  expect(method.fit({ values: [1, 2, 3, 4, 5], periods: [3] }, 1)).toBeNull();
});
