import { expect, test } from "vitest";
import { DAY, HOUR } from "../test-store.ts";
import { calendarEdges } from "./city-days.ts";

function edges(zone: string, unit: "day" | "week" | "month" | "year", from: string, to: string): string[] {
  const found = calendarEdges(zone, unit, Date.parse(from), Date.parse(to), 1000);
  return found.map((time) => new Date(time).toISOString().slice(0, 16));
}

test("days of Da Nang end at 17:00 UTC; the first and the last bucket end inside (from, to]", () => {
  expect(edges("Asia/Ho_Chi_Minh", "day", "2026-10-01T17:00:00Z", "2026-10-03T17:00:00Z")).toEqual([
    "2026-10-01T17:00",
    "2026-10-02T17:00",
    "2026-10-03T17:00",
  ]);
  expect(edges("Asia/Ho_Chi_Minh", "day", "2026-10-01T17:00:01Z", "2026-10-03T16:59:59Z")).toHaveLength(2);
  expect(edges("Asia/Ho_Chi_Minh", "day", "2026-10-01T17:00:01Z", "2026-10-02T16:59:59Z")).toHaveLength(1);
});

test("weeks begin on Monday, months and years on their first day", () => {
  expect(edges("Asia/Ho_Chi_Minh", "week", "2026-10-01T00:00:00Z", "2026-10-12T00:00:00Z")).toEqual([
    "2026-09-27T17:00",
    "2026-10-04T17:00",
    "2026-10-11T17:00",
  ]);
  expect(edges("Asia/Ho_Chi_Minh", "month", "2024-01-15T00:00:00Z", "2024-03-31T17:00:00Z")).toEqual([
    "2023-12-31T17:00",
    "2024-01-31T17:00",
    "2024-02-29T17:00",
    "2024-03-31T17:00",
  ]);
  expect(edges("Asia/Ho_Chi_Minh", "year", "1971-06-01T00:00:00Z", "1973-01-01T00:00:00Z")).toEqual([
    "1970-12-31T16:00",
    "1971-12-31T16:00",
    "1972-12-31T16:00",
  ]);
});

test("a day in London has 23 hours when summer time begins and 25 when it ends", () => {
  const spring = calendarEdges("Europe/London", "day", Date.UTC(2026, 2, 27), Date.UTC(2026, 2, 31), 10);
  expect(spring.slice(1).map((edge, i) => (edge - spring[i]!) / HOUR)).toEqual([24, 24, 23, 24]);
  expect(spring[0]).toBe(Date.UTC(2026, 2, 27));
  const autumn = calendarEdges("Europe/London", "day", Date.UTC(2026, 9, 23, 23), Date.UTC(2026, 9, 27), 10);
  expect(autumn.slice(1).map((edge, i) => (edge - autumn[i]!) / HOUR)).toEqual([24, 25, 24]);
  const months = calendarEdges("Europe/London", "month", Date.UTC(2026, 1, 1), Date.UTC(2026, 10, 1), 10);
  expect(months.slice(2, 4).map((edge) => new Date(edge).getUTCHours())).toEqual([23, 23]);
  expect((months.at(-1)! - months.at(-2)!) / DAY).toBeCloseTo(31 + 1 / 24, 9);
});

test("where midnight is skipped the day begins with the change, where it comes twice with the first", () => {
  // Beirut set its clocks from 0:00 to 1:00 on 27 March 2022; Havana sets them from 1:00 back to 0:00 on 6 November 2022.
  expect(edges("Asia/Beirut", "day", "2022-03-26T00:00:00Z", "2022-03-28T00:00:00Z")).toEqual([
    "2022-03-25T22:00",
    "2022-03-26T22:00",
    "2022-03-27T21:00",
  ]);
  expect(edges("America/Havana", "day", "2022-11-05T05:00:00Z", "2022-11-07T06:00:00Z")).toEqual([
    "2022-11-05T04:00",
    "2022-11-06T04:00",
    "2022-11-07T05:00",
  ]);
});

test("a zone that is not known is an error", () => {
  expect(() => calendarEdges("Mars/Base", "day", 0, DAY, 10)).toThrow(RangeError);
});
