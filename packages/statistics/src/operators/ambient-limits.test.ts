import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { dayExceedance, limitIn } from "./ambient-limits.ts";

const series = (text: string) => parseSeries(text).map((value) => value ?? null);
const quiet = series("_x7");

test("hours strictly above the limit count one by one", () => {
  const hours = series("200 201 _ 350 199x19");
  expect(hours).toHaveLength(24);
  expect(dayExceedance("h1", 200, hours, quiet, 0.75)).toEqual({ over: 2, valid: 23, expected: 24 });
});

test("a day counts once by its mean, with 18 of 24 hours", () => {
  // 18 hours of mean 46
  expect(dayExceedance("h24", 45, series("46x17 _x6"), quiet, 0.75)).toEqual({ over: 1, valid: 1, expected: 1 });
  expect(dayExceedance("h24", 46, series("46x17 _x6"), quiet, 0.75)).toEqual({ over: 0, valid: 1, expected: 1 });
  expect(dayExceedance("h24", 45, series("99x16 _x7"), quiet, 0.75)).toEqual({ over: 0, valid: 0, expected: 1 });
});

test("eight hours: the largest running mean, reaching into the day before", () => {
  // The first mean of the day is of 7 hours of 150 before and one of 30: 135.
  expect(dayExceedance("h8", 120, series("30x23"), series("150x6"), 0.75)).toEqual({ over: 1, valid: 1, expected: 1 });
  expect(dayExceedance("h8", 135, series("30x23"), series("150x6"), 0.75)).toEqual({ over: 0, valid: 1, expected: 1 });
  // Without the hours before, the first mean is that of six hours: 19 means; two hours later it is 17, and 18 are needed.
  expect(dayExceedance("h8", 20, series("30x23"), quiet, 0.75).valid).toBe(1);
  expect(dayExceedance("h8", 20, series("_ _ 30x21"), quiet, 0.75).valid).toBe(0);
});

test("the limit of a year", () => {
  const pm25 = { h24: 45, h24_before_2026: 50, h24_before_2024: 60, year: 25 };
  expect([2023, 2024, 2025, 2026, 2030].map((year) => limitIn(pm25, "h24", year))).toEqual([60, 50, 50, 45, 45]);
  expect(limitIn(pm25, "h1", 2026)).toBeNull();
});
