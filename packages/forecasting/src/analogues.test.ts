import { expect, test } from "vitest";
import { analogues } from "./analogues.ts";
import { forecasterOf } from "./forecaster.ts";

const [rising, falling] = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
];

function forecast(values: number[], horizon: number): number[] {
  return forecasterOf(analogues)
    .fit({ values, periods: [4] }, horizon)!
    .forecast(values, horizon);
}

test("after a rising day came a falling one, and will again", () => {
  const values = [...rising, ...falling, ...rising, ...falling, ...rising];
  forecast(values, 4).forEach((value, i) => expect(value).toBeCloseTo(falling[i]!, 4));
});

test("shape counts, not level: the day after comes at the level of now", () => {
  const values = [...rising, ...falling, ...rising, ...falling, ...rising.map((value) => value + 50)];
  forecast(values, 4).forEach((value, i) => expect(value).toBeCloseTo(falling[i]! + 50, 4));
});

test("neighbours count as the inverse of their squared distance", () => {
  const values = [
    [0, 0, 0, 2],
    [7, 7, 7, 7],
    [0, 0, 0, 4],
  ].flat();
  const pasts = [
    // first day: means 0.5 and 1, shift 0.5: (-.5)²·3 + 1.5² = 3, followed by 7 + 0.5
    { distance: 3, after: 7.5 },
    // second day: mean 7, shift -6: 1·3 + 3² = 12, followed by 0 - 6
    { distance: 12, after: -6 },
  ];
  const total = pasts.reduce((sum, { distance }) => sum + 1 / distance, 0);
  const expected = pasts.reduce((sum, { distance, after }) => sum + after / distance / total, 0);
  const found = forecasterOf({ ...analogues, needs: () => 12 })
    .fit({ values, periods: [4] }, 1)!
    .forecast(values, 1);
  expect(found[0]).toBeCloseTo(expected, 4);
});

test("all days alike: the same again", () => {
  expect(
    forecast(
      Array.from({ length: 20 }, () => 7),
      4,
    ),
  ).toEqual([7, 7, 7, 7]);
});
