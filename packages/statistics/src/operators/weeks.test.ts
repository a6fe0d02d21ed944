import { calendarOf } from "@ioc/contracts";
import { expect, test } from "vitest";
import { sameWeeksBefore } from "./weeks.ts";

const calendar = calendarOf("Asia/Ho_Chi_Minh");
const weekMs = 7 * 86_400_000;
/** Monday of 2018-W01, and the weeks from there: 2018 and 2019 have 52, 2020 has 53. */
const first = Date.parse("2018-01-01T00:00:00+07:00");
const starts = Array.from({ length: 52 * 3 + 1 + 53 }, (_, i) => first + i * weekMs);
const same = sameWeeksBefore(starts, 2, 1, calendar.date);

test("the same week and its neighbours in the two years before, the nearest year first", () => {
  expect(same[104 + 9]).toEqual([60, 61, 62, 8, 9, 10]);
});

test("week 53 uses week 52, and years that are not there are left out", () => {
  expect(same[104 + 52]).toEqual([102, 103, 104, 50, 51, 52]);
  expect(same[52]).toEqual([0, 1]);
  expect(same[10]).toEqual([]);
  // 2021-W02 stands behind the 53 weeks of 2020.
  expect(same[157 + 1]).toEqual([104, 105, 106, 52, 53, 54]);
});
