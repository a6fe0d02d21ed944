import { expect, test } from "vitest";
import { parseSeries } from "./series.ts";

test("reads numbers, gaps, repeats and ramps", () => {
  expect(parseSeries("10 _ 30 null")).toEqual([10, undefined, 30, null]);
  expect(parseSeries("20x2 0+0.1x3 _x2")).toEqual([20, 20, 20, 0, 0.1, 0.2, 0.3, undefined, undefined]);
  expect(parseSeries("9-2x3")).toEqual([9, 7, 5, 3]);
});

test("says what it cannot read", () => {
  expect(() => parseSeries("1 two")).toThrow('cannot read "two"');
});
