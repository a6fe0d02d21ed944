import { expect, test } from "vitest";
import { RecentReadings } from "./recent-readings.ts";

function filled(): RecentReadings {
  const readings = new RecentReadings(new Map([["a:x", 1000]]));
  for (const time of [10, 20, 30, 40]) readings.put("a:x", time, time / 10);
  return readings;
}

test("withdrawn readings are gone, and the oldest time among them is told", () => {
  const readings = filled();
  expect(readings.withdraw("a:x", 10, 30)).toBe(20);
  expect(readings.within("a:x", 0, 100)).toEqual([
    { time: 10, value: 1 },
    { time: 40, value: 4 },
  ]);
  expect(readings.latest("a:x", 39)).toEqual({ time: 10, value: 1 });
});

test("nothing to withdraw changes nothing", () => {
  const readings = filled();
  for (const [id, from, to] of [["a:x", 40, 90] as const, ["a:x", 11, 19] as const, ["b:y", 0, 90] as const]) {
    expect(readings.withdraw(id, from, to)).toBeNull();
  }
  expect(readings.within("a:x", 0, 100)).toHaveLength(4);
});
