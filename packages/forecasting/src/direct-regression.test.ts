import { expect, test } from "vitest";
import { directRegression, predictorsOf } from "./direct-regression.ts";
import { forecasterOf } from "./forecaster.ts";

const offsets = (periods: number[], lead: number, source: string) =>
  predictorsOf(periods, lead, 7)
    .filter((predictor) => predictor.source === source)
    .map(({ offset }) => offset);

test("an hour of tomorrow looks at the same hour of seven days; one after tomorrow at those of six that are known", () => {
  expect(offsets([24, 168], 1, "values")).toEqual([-23, -47, -71, -95, -119, -143, -167, 0, -1, -24]);
  expect(offsets([24, 168], 25, "values")).toEqual([-23, -47, -71, -95, -119, -143, 0, -1, -24]);
  expect(offsets([24, 168], 25, "season")).toEqual([-24]);
  expect(offsets([24, 168], 25, "long")).toEqual([0]);
});

test("nothing is looked at that lies after the origin, and a longer season is among it", () => {
  for (let lead = 1; lead <= 400; lead += 1) {
    expect(Math.max(...predictorsOf([24, 365], lead, 7).map(({ offset }) => offset))).toBeLessThanOrEqual(0);
  }
  expect(offsets([24, 365], 1, "values")).toContain(-364);
});

test("0, 1, 0, 1, …: four equal columns of 52 rows give back 208/209 of the step", () => {
  // The difference to come equals y(t-1) - y(t), y(t-3) - y(t), y(t-5) - y(t) and the mean before; each weighs 52 / (4
  // · 52 + 1).
  const values = Array.from({ length: 60 }, (_, i) => i % 2);
  const fitted = forecasterOf(directRegression("direct", 1)).fit({ values, periods: [] }, 1);
  expect(fitted?.forecast(values, 1)[0]).toBeCloseTo(1 - 208 / 209, 10);
});

test("a season goes on; the same series at another level gives the same forecast at that level", () => {
  const shape = [0, 3, 9, 4, 1, 6];
  const values = Array.from({ length: 90 }, (_, i) => shape[i % 6]! + Math.sin(i * i) / 2);
  const fitted = forecasterOf(directRegression("direct", 1)).fit({ values, periods: [6] }, 6)!;
  const forecast = fitted.forecast(values, 6);
  forecast.forEach((value, i) => expect(Math.abs(value - shape[i]!)).toBeLessThan(0.6));
  const raised = fitted.forecast(
    values.map((value) => value + 20),
    6,
  );
  raised.forEach((value, i) => expect(value - 20).toBeCloseTo(forecast[i]!, 9));
});

test("too few rows to learn from: no forecast; a longer horizon than was learned is refused", () => {
  const method = forecasterOf(directRegression("direct", 1));
  const values = Array.from({ length: 33 }, (_, i) => i);
  expect(method.fit({ values: values.slice(1), periods: [] }, 1)).toBeNull();
  expect(() => method.fit({ values, periods: [] }, 1)?.forecast(values, 2)).toThrow("horizon 2 is beyond the 1 steps");
});
