import { expect, test } from "vitest";
import { forecasterOf } from "./forecaster.ts";
import { lagRegression } from "./lag-regression.ts";
import { logged } from "./logged.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

/** Says the mean of the last two values. */
const meanOfTwo = logged({
  id: "mean-of-two",
  needs: () => 2,
  learn: () => (values, horizon) => new Float64Array(horizon).fill((values.at(-1)! + values.at(-2)!) / 2),
});
const forecastOf = (values: number[]) =>
  forecasterOf(meanOfTwo).fit({ values, periods: [] }, 1)?.forecast(values, 1)[0];

test("the mean of logarithms with half the least value added: √((2+1)(26+1)) - 1 = 8", () => {
  expect(forecastOf([2, 26])).toBeCloseTo(8, 10);
  expect(meanOfTwo.id).toBe("log-mean-of-two");
});

test("zeros are possible, and the unit does not matter", () => {
  // least above 0 is 4: √((0+2)(16+2)) - 2 = 4
  expect(forecastOf([4, 0, 16])).toBeCloseTo(4, 10);
  expect(forecastOf([4e6, 0, 16e6])).toBeCloseTo(4e6, 3);
});

test("a value below 0 cannot be, nor nothing but zeros; one that comes later counts as 0", () => {
  expect(forecastOf([-1, 3])).toBeUndefined();
  expect(forecastOf([0, 0])).toBeUndefined();
  const values = [4, 0, 16];
  const fitted = forecasterOf(meanOfTwo).fit({ values, periods: [] }, 1)!;
  expect(fitted.forecast([4, -3, 16], 1)).toEqual(fitted.forecast(values, 1));
});

test("what is carried over stays what it is; what doubles with each step stays within one range above", () => {
  const naive = forecasterOf(logged(seasonalNaive())).fit({ values: [3, 7, 5], periods: [3] }, 3)!;
  naive.forecast([3, 7, 5], 3).forEach((value, i) => expect(value).toBeCloseTo([3, 7, 5][i]!, 10));
  const values = Array.from({ length: 60 }, (_, i) => 2 ** (i / 2));
  const growing = forecasterOf(logged(lagRegression("lags", { harmonics: 0, penalty: 0.001 })));
  const forecast = growing.fit({ values, periods: [] }, 40)!.forecast(values, 40);
  expect(forecast[0]! / values.at(-1)!).toBeCloseTo(Math.SQRT2, 1);
  expect(forecast.at(-1)).toBeCloseTo(2 * values.at(-1)! - 1, 3);
});
