import { expect, test } from "vitest";
import { forecasterOf } from "./forecaster.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

const day = forecasterOf(seasonalNaive());
const week = forecasterOf(seasonalNaive(1));
const forecast = (values: (number | null)[], periods: number[], horizon: number, by = day) =>
  by.fit({ values, periods }, horizon)?.forecast(values, horizon);

test("the last season, over and over", () => {
  expect(forecast([1, 2, 3, 4, 5], [3], 7)).toEqual([3, 4, 5, 3, 4, 5, 3]);
});

test("the second period when told so; without periods the last value", () => {
  expect(forecast([1, 2, 3, 4, 5, 6], [2, 4], 5, week)).toEqual([3, 4, 5, 6, 3]);
  expect(forecast([1, 2, 3], [], 2)).toEqual([3, 3]);
});

test("a missing value is bridged as everywhere", () => {
  expect(forecast([1, 2, 3, 4, null, 6], [3], 3)).toEqual([4, 5, 6]);
});

test("nothing to give from less than a season or from nothing but gaps", () => {
  expect(forecast([1, 2], [3], 1)).toBeUndefined();
  expect(forecast([null, null, null], [3], 1)).toBeUndefined();
  expect(forecast([1, 2, 3], [3], 0)).toEqual([]);
});
