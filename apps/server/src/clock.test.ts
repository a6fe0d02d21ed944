import { expect, test } from "vitest";
import { createCityClock } from "./clock.ts";

test("runs at its speed from its origin and never backwards", () => {
  let wall = 1000;
  const clock = createCityClock({ cityOrigin: 500_000, wallOrigin: 1000, speed: 60 }, () => wall);
  expect(clock.now()).toBe(500_000);
  wall = 2000;
  expect(clock.now()).toBe(560_000);
  wall = 1500;
  expect(clock.now()).toBe(560_000);
  wall = 2100;
  expect(clock.now()).toBe(566_000);
});
