import { expect, test } from "vitest";
import { inContact, receivedOf } from "./availability.ts";
import { between, hourProfile, usualOf } from "./rhythm.ts";

test("cells of the week need their values", () => {
  const values = [
    { row: 0, hour: 7, value: 10 },
    { row: 0, hour: 7, value: 30 },
    { row: 6, hour: 23, value: 5 },
    { row: 6, hour: 23, value: null },
  ];
  const { mean, count } = hourProfile(values, 7, 2);
  expect([mean[0]?.[7], count[0]?.[7]]).toEqual([20, 2]);
  expect([mean[6]?.[23], count[6]?.[23]]).toEqual([null, 1]);
  expect([mean.length, mean[3]?.length]).toEqual([7, 24]);
});

test("usual is the median of the weeks that have a value", () => {
  expect(usualOf([100, 120, null, 900], 2)).toBe(120);
  expect(usualOf([100, null, null, null], 2)).toBeNull();
});

test("between two hours the usual value is interpolated", () => {
  const before = { time: 0, value: 100 };
  const after = { time: 60, value: 160 };
  expect(between(15, before, after)).toBe(115);
  expect(between(0, before, { time: 60, value: null })).toBe(100);
  expect(between(15, before, { time: 60, value: null })).toBeNull();
});

test("a station is in contact within three periods, at least 30 minutes", () => {
  const minute = 60_000;
  const limit = { periods: 3, atLeast: 30 * minute };
  expect(inContact(0, 30 * minute, 5 * minute, limit)).toBe(true);
  expect(inContact(0, 31 * minute, 5 * minute, limit)).toBe(false);
  expect(inContact(0, 180 * minute, 60 * minute, limit)).toBe(true);
  expect(inContact(null, 0, minute, limit)).toBe(false);
});

test("surplus readings do not make up for missing hours", () => {
  expect([receivedOf(30, 6), receivedOf(4, 6), receivedOf(0, 6)]).toEqual([6, 4, 0]);
});
