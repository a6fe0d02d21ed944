import { expect, test } from "vitest";
import { keepCityTime } from "./city-time.ts";

function settingsOf(values: Map<string, string>) {
  return { get: (key: string) => values.get(key), set: (key: string, value: string) => void values.set(key, value) };
}

test("city time goes on after a clean stop and never runs backwards after a kill", () => {
  const settings = settingsOf(new Map());
  let wall = 1_000_000;
  const first = keepCityTime(settings, 3600, () => wall);
  wall += 10_000;
  const reached = first.clock.now();
  expect(reached).toBe(1_000_000 + 36_000_000);
  first.stop();

  const second = keepCityTime(settings, 3600, () => wall);
  expect(second.clock.now()).toBe(reached);
  second.note();
  wall += 999;
  const atKill = second.clock.now();

  const third = keepCityTime(settings, 1, () => wall);
  expect(third.clock.now()).toBeGreaterThanOrEqual(atKill);
  expect(third.clock.now()).toBeLessThanOrEqual(atKill + 3 * 3_600_000);
});

test("a city that stood still for long starts at real time", () => {
  const settings = settingsOf(new Map([["city-time", "5000"]]));
  expect(keepCityTime(settings, 1, () => 9_000_000).clock.now()).toBe(9_000_000);
});
