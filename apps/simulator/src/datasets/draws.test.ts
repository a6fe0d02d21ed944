import { expect, test } from "vitest";
import { stream } from "../random/keyed.ts";
import { chooser, poisson, shareOut, shareOutAmount, someOf } from "./draws.ts";

test("parts in whole numbers sum up exactly and follow the weights", () => {
  expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(shareOut(7, [0, 3, 1])).toEqual([0, 5, 2]);
  expect(shareOut(3, [])).toEqual([]);
  expect(shareOut(5, [0, 0])).toEqual([0, 0]);
  expect(shareOutAmount(147.8, [0.23, 0.245, 0.25, 0.275], 2)).toEqual([33.99, 36.21, 36.95, 40.65]);
});

test.each([0.3, 4, 29, 400])("Poisson counts of mean %s have that mean and variance", (mean) => {
  const counts = Array.from({ length: 4000 }, (_, i) => poisson(stream(7, i), mean));
  const average = counts.reduce((a, b) => a + b, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
  expect(Math.abs(average / mean - 1)).toBeLessThan(0.06);
  expect(Math.abs(variance / mean - 1)).toBeLessThan(0.12);
  expect(counts.every((count) => count >= 0 && Number.isInteger(count))).toBe(true);
});

test("some of a number are never more than all, and meet the chance", () => {
  expect(someOf(stream(1, 1), 500, 1)).toBe(500);
  expect(someOf(stream(1, 1), 12, 0)).toBe(0);
  const drawn = Array.from({ length: 2000 }, (_, i) => someOf(stream(3, i), 1000, 0.94));
  expect(Math.max(...drawn)).toBeLessThanOrEqual(1000);
  expect(drawn.reduce((a, b) => a + b, 0) / 2_000_000).toBeCloseTo(0.94, 2);
});

test("items are picked by their weights", () => {
  const pick = chooser([
    ["a", 1],
    ["b", 0],
    ["c", 3],
  ]);
  expect([0, 0.2499, 0.25, 0.999].map(pick)).toEqual(["a", "a", "c", "c"]);
  expect(chooser([])(0.5)).toBeUndefined();
});
