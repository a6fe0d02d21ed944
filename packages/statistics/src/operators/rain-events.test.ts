import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { rainEvents } from "./rain-events.ts";

const minute = 60_000;
const options = { period: 10 * minute, dry: 360 * minute, window: 60 * minute };
/** Totals of ten minutes, the first labelled 10 min. */
const rain = (text: string) =>
  parseSeries(text).flatMap((value, i) => (value == null ? [] : [{ time: (i + 1) * 10 * minute, value }]));

test("the heaviest 60 minutes of 0 2 8 15 20 12 5 1 are 62 mm", () => {
  const [event] = rainEvents(rain("0 2 8 15 20 12 5 1"), options);
  expect(event).toEqual({ start: 10 * minute, end: 80 * minute, total: 63, most: 62 });
});

test("six dry hours part two events, one interval less does not; missing intervals count as dry", () => {
  expect(rainEvents(rain("5 0x35 5"), options).map(({ total }) => total)).toEqual([5, 5]);
  expect(rainEvents(rain("5 _x36 5"), options).map(({ total }) => total)).toEqual([5, 5]);
  expect(rainEvents(rain("5 0x34 5"), options)).toEqual([{ start: 0, end: 370 * minute, total: 10, most: 5 }]);
});

test("no rain, no event", () => {
  expect(rainEvents(rain("0x20"), options)).toEqual([]);
});
