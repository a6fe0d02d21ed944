import { expect, test } from "vitest";
import { Calendar } from "../world/calendar.ts";
import type { PeriodUnit } from "./periods.ts";
import { periodIndex, periodOf } from "./periods.ts";

const calendar = new Calendar("Asia/Ho_Chi_Minh", Date.UTC(2026, 0, 1));
const at = (unit: PeriodUnit, date: string) =>
  periodOf(calendar, unit, periodIndex(calendar, unit, Date.parse(date) / 86_400_000));

test("periods are named as rows write them", () => {
  expect(at("day", "2026-02-28").label).toBe("2026-02-28");
  expect(at("month", "2026-02-28")).toMatchObject({ label: "2026-02", days: 28, month: 1, year: 2026 });
  expect(at("quarter", "2026-12-31")).toMatchObject({ label: "2026-Q4", days: 92, month: 9 });
  expect(at("year", "2024-05-01")).toMatchObject({ label: "2024", days: 366 });
});

test("ISO weeks begin on Monday and belong to the year of their Thursday", () => {
  expect(at("week", "2021-01-03").label).toBe("2020-W53");
  expect(at("week", "2021-01-04").label).toBe("2021-W01");
  expect(at("week", "2027-01-03")).toMatchObject({ label: "2026-W53", year: 2026 });
});

test("a period ends where the next begins, in local time", () => {
  const october = at("month", "2026-10-15");
  expect(new Date(october.start).toISOString()).toBe("2026-09-30T17:00:00.000Z");
  expect(october.end).toBe(periodOf(calendar, "month", october.index + 1).start);
});
