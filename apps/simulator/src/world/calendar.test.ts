import { expect, test } from "vitest";
import { Calendar, shapeAt } from "./calendar.ts";

const calendar = new Calendar("Asia/Ho_Chi_Minh", Date.UTC(2026, 10, 1));

test("local day, hour and weekday of Da Nang", () => {
  const time = Date.parse("2026-11-22T01:30:00+07:00");
  expect(calendar.hour(time)).toBeCloseTo(1.5);
  const day = calendar.day(time);
  expect(calendar.startOfDay(day)).toBe(Date.parse("2026-11-22T00:00:00+07:00"));
  expect(calendar.weekday(day)).toBe(0);
  expect(calendar.isWeekend(day)).toBe(true);
  expect(calendar.month(day)).toBe(10);
  expect(calendar.year(day)).toBe(2026);
});

test("a monthly table is met in the middle of the month and linear between", () => {
  const table = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
  const on = (text: string): number => calendar.seasonal(table, calendar.day(Date.parse(`${text}T12:00:00+07:00`)));
  expect(on("2026-06-15")).toBeCloseTo(60, 0);
  expect(on("2026-07-01")).toBeCloseTo(65, 0);
  expect(on("2026-01-01")).toBeGreaterThan(60);
});

test("a shape runs on over midnight", () => {
  const shape = Array.from({ length: 24 }, (_, i) => i);
  expect(shapeAt(shape, 6.5)).toBeCloseTo(6.5);
  expect(shapeAt(shape, 23.5)).toBeCloseTo(11.5);
});
