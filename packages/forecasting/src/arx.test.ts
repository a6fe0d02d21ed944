import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { arx } from "./arx.ts";
import { directRegression } from "./direct-regression.ts";
import { forecasterOf } from "./forecaster.ts";
import type { Regressor } from "./series.ts";
import { forecastSeries } from "./forecast.ts";

const random = seededRandom(11);
const noise = Array.from({ length: 600 }, () => random() - 0.5);
const forecaster = forecasterOf(arx);

/** Days of 8 steps, one in four of them a holiday, on which the level is 5 lower; 69 and 74 are, those around are not. */
const shape = [0, 1, 4, 8, 7, 5, 3, 1];
const holidays = Array.from({ length: 76 }, (_, day) => (day < 68 ? random() < 0.25 : day === 69 || day === 74));
const holiday = holidays.flatMap((is) => shape.map(() => Number(is)));
const withHolidays = Array.from({ length: 600 }, (_, i) => 20 + shape[i % 8]! - 5 * holiday[i]! + 0.1 * noise[i]!);

describe("known ahead", () => {
  const at = 592; // the next eight steps are a holiday, the eight before were none
  const values = withHolidays.slice(0, at);
  const beside: Regressor = { name: "holiday", values: holiday, ahead: true };

  test("a holiday to come lowers the forecast, which direct regression cannot know", () => {
    const forecast = forecaster.fit({ values, periods: [8], regressors: [beside] }, 8)!.forecast(values, 8, [beside]);
    forecast.forEach((value, i) => expect(Math.abs(value - (15 + shape[i]!))).toBeLessThan(0.4));
    const blind = forecasterOf(directRegression("direct", 1))
      .fit({ values, periods: [8] }, 8)!
      .forecast(values, 8);
    blind.forEach((value, i) => expect(value - (15 + shape[i]!)).toBeGreaterThan(2));
  });

  test("the day after a holiday is not taken for one", () => {
    const after = withHolidays.slice(0, 560);
    const forecast = forecaster
      .fit({ values: after, periods: [8], regressors: [beside] }, 8)!
      .forecast(after, 8, [beside]);
    forecast.forEach((value, i) => expect(Math.abs(value - (20 + shape[i]!))).toBeLessThan(0.4));
  });

  test("the choice takes it where it is the better one", () => {
    const forecast = forecastSeries({ values, periods: [8], regressors: [beside] }, 8)!;
    expect(forecast.candidates[0]?.id).toMatch(/arx/);
    forecast.point.forEach((value, i) => expect(Math.abs(value - (15 + shape[i]!))).toBeLessThan(0.6));
  });
});

describe("known until now", () => {
  // y follows x one step later: y(t) = 10 + 2 x(t-1)
  const values = noise.map((_, i) => 10 + 2 * (noise[i - 1] ?? 0));
  const wind: Regressor = { name: "wind", values: noise };

  test("the next step from the regressor of now; what comes of it later does not count", () => {
    const series = { values: values.slice(0, 599), periods: [], regressors: [wind] };
    const fitted = forecaster.fit(series, 1)!;
    const known = (last: number) => [{ name: "wind", values: [...noise.slice(0, 599), last] }];
    const [forecast] = fitted.forecast(series.values, 1, known(0));
    expect(Math.abs(forecast! - values[599]!)).toBeLessThan(0.02);
    expect(fitted.forecast(series.values, 1, known(100))).toEqual([forecast]);
  });

  test("gaps of a regressor are filled", () => {
    const gaps = noise.map((value, i) => (i % 50 === 7 ? null : value));
    const regressors = [{ name: "wind", values: gaps }];
    const [forecast] = forecaster
      .fit({ values: values.slice(0, 599), periods: [], regressors }, 1)!
      .forecast(values.slice(0, 599), 1, regressors);
    expect(Math.abs(forecast! - values[599]!)).toBeLessThan(0.1);
  });
});

test("without a regressor it is not used; one that is missing later, or ends too early, is refused", () => {
  const values = withHolidays.slice(0, 200);
  expect(forecaster.fit({ values, periods: [8] }, 4)).toBeNull();
  const beside = { name: "holiday", values: holiday, ahead: true };
  const fitted = forecaster.fit({ values, periods: [8], regressors: [beside] }, 4)!;
  expect(() => fitted.forecast(values, 4)).toThrow('regressor "holiday" is missing');
  const short = { ...beside, values: holiday.slice(0, 202) };
  expect(() => fitted.forecast(values, 4, [short])).toThrow(
    'regressor "holiday" has 202 values; 204 are needed up to the horizon',
  );
  expect(() => forecastSeries({ values, periods: [8], regressors: [short] }, 4)).toThrow("204 are needed");
});
