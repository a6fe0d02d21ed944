import { expect, test } from "vitest";
import { turnDays } from "./queue.ts";

test("10 a day: 15 due on day 1, 10 on day 2 and 5 on day 3 are done by day 3", () => {
  const due = [...Array<number>(15).fill(1), ...Array<number>(10).fill(2), ...Array<number>(5).fill(3)];
  const days = turnDays(due, 10);
  const late = due.map((day, i) => (days[i] as number) > day);
  expect([1, 2, 3].map((day) => late.filter((is, i) => is && due[i] === day).length)).toEqual([5, 5, 0]);
});

test("the earliest comes first, of equals the one given first", () => {
  expect(turnDays([30, 10, 20, 10], 1)).toEqual([4, 1, 3, 2]);
});

test("fractions of a file a day, and a queue nobody works on", () => {
  expect(turnDays([1, 2, 3], 0.1)).toEqual([10, 20, 30]);
  expect(turnDays([1, 2], 0)).toEqual([null, null]);
  expect(turnDays([1], null)).toEqual([null]);
  expect(turnDays([], 5)).toEqual([]);
});
