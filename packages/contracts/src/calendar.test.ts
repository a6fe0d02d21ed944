import { expect, test } from "vitest";
import { calendarOf } from "./calendar.ts";

const city = calendarOf("Asia/Ho_Chi_Minh");
const at = (text: string) => Date.parse(text);

test("days and months of the city begin at 17:00 UTC", () => {
  expect(city.dayStart(at("2026-10-22T16:59:59Z"))).toBe(at("2026-10-21T17:00:00Z"));
  expect(city.dayStart(at("2026-10-22T17:00:00Z"))).toBe(at("2026-10-22T17:00:00Z"));
  expect(city.monthStart(at("2026-10-31T18:00:00Z"))).toBe(at("2026-10-31T17:00:00Z"));
  expect(city.monthStart(at("2026-10-31T16:00:00Z"))).toBe(at("2026-09-30T17:00:00Z"));
  expect(city.addDays(at("2026-10-22T16:59:59Z"), -1)).toBe(at("2026-10-20T17:00:00Z"));
});

test("a date is found from its numbers, also beyond the end of a month and where the day begins before noon UTC of the day before", () => {
  expect(city.dateStart(2026, 10, 22)).toBe(at("2026-10-21T17:00:00Z"));
  expect(city.dateStart(2026, 12, 32)).toBe(at("2026-12-31T17:00:00Z"));
  expect(calendarOf("Pacific/Kiritimati").dateStart(2026, 1, 1)).toBe(at("2025-12-31T10:00:00Z"));
  expect(calendarOf("America/Los_Angeles").dateStart(2026, 7, 1)).toBe(at("2026-07-01T07:00:00Z"));
});

test("weekday, hour and date are local", () => {
  const monday0130 = at("2026-10-18T18:30:00Z");
  expect([city.weekday(monday0130), city.hour(monday0130), city.date(monday0130)]).toEqual([0, 1, "2026-10-19"]);
});

test("a day of a zone with daylight saving may have 23 or 25 hours", () => {
  const berlin = calendarOf("Europe/Berlin");
  const spring = at("2026-03-29T10:00:00Z");
  expect((berlin.addDays(spring, 1) - berlin.dayStart(spring)) / 3_600_000).toBe(23);
  const autumn = at("2026-10-25T10:00:00Z");
  expect((berlin.addDays(autumn, 1) - berlin.dayStart(autumn)) / 3_600_000).toBe(25);
});
