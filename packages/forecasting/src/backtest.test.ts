import { expect, test } from "vitest";
import { backtest, rollingOrigins } from "./backtest.ts";
import type { Forecaster } from "./forecaster.ts";
import { forecasterOf } from "./forecaster.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

test("origins lie whole seasons before the newest that leaves a horizon, in the last 40 % of the series", () => {
  expect(rollingOrigins(700, 48, 24)).toEqual([436, 460, 484, 508, 532, 556, 580, 604, 628, 652]);
  expect(rollingOrigins(960, 48, 24)).toHaveLength(14);
});

test("where seasons are too long for that they lie closer; a series that is too short has none", () => {
  // five seasons of 12 fit into the room of 46 months; thirteen steps of 3 do
  expect(rollingOrigins(120, 3, 12)).toEqual([78, 81, 84, 87, 90, 93, 96, 99, 102, 105, 108, 111, 114, 117]);
  expect(rollingOrigins(100, 10, 20)).toEqual([64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90]);
  expect(rollingOrigins(25, 10, 12)).toEqual([15]);
  expect(rollingOrigins(20, 10, 5)).toEqual([]);
  expect(rollingOrigins(100, 0, 5)).toEqual([]);
  expect(rollingOrigins(0, 5, 1)).toEqual([]);
});

test("without a season they lie over all of the last 40 %", () => {
  expect(rollingOrigins(1000, 12, 1)).toEqual([611, 640, 669, 698, 727, 756, 785, 814, 843, 872, 901, 930, 959, 988]);
});

test("forecasts and what came, by origin and lead", () => {
  const values = Array.from({ length: 25 }, (_, i) => i);
  const { origins, actual, forecasts } = backtest({ values, periods: [2] }, 3, [forecasterOf(seasonalNaive())]);
  expect(origins).toEqual([15, 16, 17, 18, 19, 20, 21, 22]);
  expect(actual.at(-1)).toEqual([22, 23, 24]);
  expect(forecasts.get("seasonal-naive")?.at(-1)).toEqual([20, 21, 20]);
});

test("no forecast sees what comes after its origin, and a method learns four times at most", () => {
  const fits: number[] = [];
  const seen: number[] = [];
  const spy: Forecaster = {
    id: "spy",
    fit: ({ values }) => {
      fits.push(values.length);
      return {
        forecast: (history, horizon) => {
          seen.push(history.length);
          expect(history).toEqual(Array.from({ length: history.length }, (_, i) => i));
          return Array.from({ length: horizon }, () => 0);
        },
      };
    },
  };
  const values = Array.from({ length: 100 }, (_, i) => i);
  const { origins } = backtest({ values, periods: [2] }, 4, [spy]);
  expect(seen).toEqual(origins);
  expect(fits.length).toBeLessThanOrEqual(4);
  expect(fits[0]).toBe(origins[0]);
});

test("at each origin regressors end there, and those known ahead a horizon later", () => {
  const known: number[][] = [];
  const spy: Forecaster = {
    id: "spy",
    fit: () => ({
      forecast: (history, horizon, regressors = []) => {
        known.push([history.length, ...regressors.map(({ values }) => values.length)]);
        return Array.from({ length: horizon }, () => 0);
      },
    }),
  };
  const values = Array.from({ length: 25 }, (_, i) => i);
  const beside = [
    { name: "wind", values },
    { name: "holiday", values: [...values, 0, 0, 0], ahead: true },
  ];
  const { origins } = backtest({ values, periods: [2], regressors: beside }, 3, [spy]);
  expect(known).toEqual(origins.map((origin) => [origin, origin, origin + 3]));
});

test("a method that the oldest origin is too early for does not compete", () => {
  const values = Array.from({ length: 30 }, (_, i) => i);
  const never: Forecaster = { id: "never", fit: () => null };
  expect([...backtest({ values, periods: [2] }, 3, [never]).forecasts]).toEqual([]);
});
