import { expect, test } from "vitest";
import { forecasterOf } from "./forecaster.ts";
import { anglesOf, lagRegression, lagsOf } from "./lag-regression.ts";

test("lags: the last two steps, days of a week, and both seasons with their neighbours", () => {
  expect(lagsOf([24, 168], 700)).toEqual([1, 2, 23, 24, 25, 48, 72, 96, 120, 144, 167, 168, 169]);
  expect(lagsOf([24], 100)).toEqual([1, 2, 23, 24, 25, 48]);
  expect(lagsOf([], 100)).toEqual([1, 2]);
});

test("harmonics of both seasons, those that they share only once", () => {
  // 7 of the week is 1 of the day
  expect(anglesOf([24, 168], 8)).toHaveLength(15);
  expect(anglesOf([4], 8)).toEqual([Math.PI / 2, Math.PI]);
  expect(anglesOf([24], 0)).toEqual([]);
});

test("0, 1, 0, 1, …: both lags weigh 58/117, and the second step builds on the first", () => {
  const values = Array.from({ length: 60 }, (_, i) => i % 2);
  const forecast = forecasterOf(lagRegression("lags", { harmonics: 0, penalty: 1 }))
    .fit({ values, periods: [] }, 2)!
    .forecast(values, 2);
  const w = 58 / 117;
  expect(forecast[0]).toBeCloseTo(0.5 - w, 10);
  expect(forecast[1]).toBeCloseTo(0.5 + w * w + w / 2, 10);
});

test("harmonics find a wave, its phase and the one twice as fast", () => {
  const wave = (i: number) => 5 + 3 * Math.sin((2 * Math.PI * i) / 12 + 1) + Math.cos((2 * Math.PI * i) / 6);
  const values = Array.from({ length: 120 }, (_, i) => wave(i));
  const forecast = forecasterOf(lagRegression("harmonic", { harmonics: 3, penalty: 0.01 }))
    .fit({ values, periods: [12] }, 24)!
    .forecast(values, 24);
  forecast.forEach((value, i) => expect(Math.abs(value - wave(120 + i))).toBeLessThan(0.02));
});

test("what doubles with each step is held one range above the history", () => {
  const values = Array.from({ length: 41 }, (_, i) => 2 ** i);
  const forecast = forecasterOf(lagRegression("lags", { harmonics: 0, penalty: 0.01 }))
    .fit({ values, periods: [] }, 10)!
    .forecast(values, 10);
  expect(forecast[0]).toBeGreaterThan(2 ** 40);
  expect(forecast.at(-1)).toBe(2 ** 41 - 1);
});
