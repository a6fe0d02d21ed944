import { expect, test } from "vitest";
import { createIntakeRate } from "./intake-rate.ts";

const minute = 60_000;

test("the last hour by whole minutes; before the start there is nothing, and the minute of the start is not whole", () => {
  let wall = 1000 * minute + 30_000;
  const rate = createIntakeRate(() => wall);
  rate.add(600);
  expect(rate.lastHour().every((one) => one.perSecond === null)).toBe(true);
  wall += minute;
  rate.add(1200);
  wall += minute;
  rate.add(60);
  const now = rate.lastHour();
  expect(now).toHaveLength(60);
  expect(now.at(-1)).toEqual({ end: 1002 * minute, perSecond: 20 });
  expect(now.at(-2)).toEqual({ end: 1001 * minute, perSecond: null });
  wall += 61 * minute;
  expect(rate.lastHour().every((one) => one.perSecond === 0)).toBe(true);
});

test("a wall clock that is set back changes nothing and loses nothing", () => {
  let wall = 500 * minute;
  const rate = createIntakeRate(() => wall);
  wall += 2 * minute;
  rate.add(60);
  wall -= 10 * minute;
  rate.add(60);
  wall += 11 * minute;
  expect(rate.lastHour().at(-1)).toEqual({ end: 503 * minute, perSecond: 2 });
});
