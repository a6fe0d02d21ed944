import { expect, test } from "vitest";
import { checkSeries, regressorsAt, scaleOf, withoutGaps } from "./series.ts";
import type { Regressor } from "./series.ts";

test("what is no number is refused with its place, periods that are none too", () => {
  expect(() => checkSeries({ values: [1, null, Number.NaN], periods: [] })).toThrow("value 2 of the series is NaN");
  expect(() => checkSeries({ values: [Infinity], periods: [] })).toThrow("value 0 of the series is Infinity");
  expect(() => checkSeries({ values: [1], periods: [1] })).toThrow(
    "period 1 is not a whole number of at least 2 steps",
  );
  expect(() => checkSeries({ values: [1], periods: [24.5] })).toThrow("period 24.5");
  expect(() => checkSeries({ values: [1], periods: [168, 24] })).toThrow("periods 168, 24 must rise");
});

test("a gap of up to three steps is a straight line", () => {
  expect([...withoutGaps([1, null, 3, null, null, null, 7], 2)]).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("a longer gap takes the mean of the same phase before and after", () => {
  const day = [0, 10, 20, 30];
  const after = day.map((value) => value + 4);
  expect([...withoutGaps([...day, null, null, null, null, ...after], 4)].slice(4, 8)).toEqual([2, 12, 22, 32]);
});

test("a gap at an end takes the same phase, and without one the nearest value; all missing is all 0", () => {
  expect([...withoutGaps([1, 2, 3, null], 3)]).toEqual([1, 2, 3, 1]);
  expect([...withoutGaps([null, 2, 3, 4], 3)]).toEqual([4, 2, 3, 4]);
  expect([...withoutGaps([null, 7, null], 1)]).toEqual([7, 7, 7]);
  expect([...withoutGaps([null, null], 2)]).toEqual([0, 0]);
});

test("the scale is a power of two that no value exceeds", () => {
  expect(scaleOf([3, -5, null])).toBe(8);
  expect(scaleOf([0, null])).toBe(1);
  expect(scaleOf([Number.MAX_VALUE])).toBe(2 ** 1023);
  expect(1e-300 / scaleOf([1e-300])).toBeGreaterThan(0.5);
});

test("regressors: as long as the values at least, finite, each name once", () => {
  const values = [1, 2, 3];
  const series = (...regressors: Regressor[]) => ({ values, periods: [], regressors });
  checkSeries(series({ name: "rain", values: [0, null, 2, 5] }));
  expect(() => checkSeries(series({ name: "rain", values: [0, 1] }))).toThrow(
    'regressor "rain" has 2 values, fewer than the 3 steps',
  );
  expect(() => checkSeries(series({ name: "rain", values: [0, Number.NaN, 1] }))).toThrow(
    'value 1 of regressor "rain" is NaN',
  );
  const rain = { name: "rain", values };
  expect(() => checkSeries(series(rain, rain))).toThrow('regressor "rain" comes twice');
});

test("at an origin a regressor is known until then, one known ahead over the horizon", () => {
  const values = [1, 2, 3, 4, 5];
  const [now, ahead] = regressorsAt(
    [
      { name: "wind", values },
      { name: "holiday", values, ahead: true },
    ],
    2,
    2,
  );
  expect(now?.values).toEqual([1, 2]);
  expect(ahead).toEqual({ name: "holiday", values: [1, 2, 3, 4], ahead: true });
  expect(() => regressorsAt([{ name: "holiday", values, ahead: true }], 4, 2)).toThrow(
    'regressor "holiday" has 5 values; 6 are needed up to the horizon',
  );
});
