import { calendarOf } from "@ioc/contracts";
import { expect, test } from "vitest";
import { firstDayOf, periodAt } from "./periods.ts";

test("a period begins with its first day", () => {
  expect(firstDayOf("date", "2024-02-29")).toEqual([2024, 2, 29]);
  expect(firstDayOf("month", "2026-12")).toEqual([2026, 12, 1]);
  expect(firstDayOf("quarter", "2026-Q4")).toEqual([2026, 10, 1]);
  // 1 January 2026 is a Thursday: its week is the first, and begins in December.
  expect(firstDayOf("isoweek", "2026-W01")).toEqual([2025, 12, 29]);
  expect(firstDayOf("isoweek", "2026-W53")).toEqual([2026, 12, 28]);
  // 1 January 2027 is a Friday, of the last week of 2026.
  expect(firstDayOf("isoweek", "2027-W01")).toEqual([2027, 1, 4]);
});

test.each([
  ["date", "2026-02-29"],
  ["date", "2026-13-01"],
  ["date", "2026-1-1"],
  ["date", "0999-01-01"],
  ["month", "2026-13"],
  ["month", "2026-00"],
  ["month", "2026-10-01"],
  ["quarter", "2026-Q5"],
  ["quarter", "2026-q1"],
  ["isoweek", "2027-W53"],
  ["isoweek", "2026-W00"],
  ["isoweek", "2026W01"],
] as const)("%s %s is none", (type, text) => {
  expect(firstDayOf(type, text)).toBeNull();
});

test("an instant lies in the periods of the city's clock", () => {
  const city = calendarOf("Asia/Ho_Chi_Minh");
  // 00:30 on Friday, 1 January 2027 in Da Nang; still 2026 in UTC.
  const time = Date.parse("2026-12-31T17:30:00Z");
  expect(periodAt("date", time, city)).toBe("2027-01-01");
  expect(periodAt("month", time, city)).toBe("2027-01");
  expect(periodAt("quarter", time, city)).toBe("2027-Q1");
  expect(periodAt("isoweek", time, city)).toBe("2026-W53");
});

test("the period of its own beginning is the period", () => {
  const city = calendarOf("Asia/Ho_Chi_Minh");
  for (const [type, text] of [
    ["date", "2026-03-01"],
    ["month", "2026-09"],
    ["quarter", "2025-Q2"],
    ["isoweek", "2020-W53"],
  ] as const) {
    const [year, month, day] = firstDayOf(type, text) ?? [0, 0, 0];
    expect(periodAt(type, city.dateStart(year, month, day), city)).toBe(text);
    expect(periodAt(type, city.dateStart(year, month, day) - 1, city)).not.toBe(text);
  }
});
