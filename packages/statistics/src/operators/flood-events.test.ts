import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { floodEvents } from "./flood-events.ts";

const minute = 60_000;
const rule = { start: 0.2, times: 2, end: 0.15, lasting: 30 * minute, silence: 120 * minute };
/** Depths every five minutes from 0; `_` is missing. */
const depths = (text: string) =>
  parseSeries(text).flatMap((value, i) => (value == null ? [] : [{ time: i * 5 * minute, value }]));
const found = (text: string, now = 24 * 60 * minute) =>
  floodEvents(depths(text), rule, now).map(({ start, end, peak, ongoing }) => [
    start / minute,
    end === null ? null : end / minute,
    peak,
    ongoing,
  ]);

test("0.05 0.21 0.25 0.18 0.16 0.22 0.14 x7: one event of 25 minutes", () => {
  expect(found("0.05 0.21 0.25 0.18 0.16 0.22 0.14x6")).toEqual([[5, 30, 0.25, false]]);
});

test("a single high reading begins nothing, and two that a low one parts neither", () => {
  expect(found("0 0.3 0 0.3 0x9")).toEqual([]);
  expect(found("0 0.2 0.2 0x9")).toEqual([[5, 15, 0.2, false]]);
});

test("less than 30 minutes below 0.15 m belong to the event; 0.15 m itself is not below", () => {
  expect(found("0.3x1 0.1x5 0.2 0.1x6")).toEqual([[0, 45, 0.3, false]]);
  expect(found("0.3x1 0.1x4 0.15 0.1x6")).toEqual([[0, 40, 0.3, false]]);
  expect(found("0.3x1 0.1x6 0.3x1 0.1x6")).toEqual([
    [0, 10, 0.3, false],
    [45, 55, 0.3, false],
  ]);
});

test("an event that lasts has no end; one whose readings stopped has neither end nor a future", () => {
  expect(found("0 0.3x3", 30 * minute)).toEqual([[5, null, 0.3, true]]);
  expect(found("0 0.3x3", 141 * minute)).toEqual([[5, null, 0.3, false]]);
  // 125 minutes without a reading, then dry
  expect(found("0.3x3 _x24 0x9")).toEqual([[0, null, 0.3, false]]);
  // 120 minutes: it went on
  expect(found("0.3x3 _x23 0x9")).toEqual([[0, 135, 0.3, false]]);
});
