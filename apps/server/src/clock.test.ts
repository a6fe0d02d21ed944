import { expect, test } from "vitest";
import { createCityClock } from "./clock.ts";

const minute = 60_000;

/** A clock at the given speed, on a machine whose two clocks are set by hand. */
function setUp(speed = 1) {
  const at = { wall: 1000, steady: 77 };
  const clocks = { wall: () => at.wall, steady: () => at.steady };
  const { clock, follow } = createCityClock({ cityOrigin: 500_000, wallOrigin: 1000, speed }, clocks);
  const pass = (ms: number) => {
    at.wall += ms;
    at.steady += ms;
  };
  return { at, clock, follow, pass };
}

test("runs at its speed from its origin", () => {
  const { clock, pass, follow } = setUp(60);
  expect(clock.now()).toBe(500_000);
  pass(1000);
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(560_000);
});

test("a small correction is followed, forwards at once and backwards by standing still", () => {
  const { at, clock, pass, follow } = setUp();
  at.wall += 2000;
  expect(clock.now()).toBe(500_000);
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(502_000);
  at.wall -= 3000;
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(502_000);
  pass(2999);
  expect(clock.now()).toBe(502_000);
  pass(1001);
  expect(clock.now()).toBe(503_000);
});

test("a jump forward is believed when it lasts: the machine was asleep", () => {
  const { at, clock, pass, follow } = setUp();
  at.wall += 60 * minute;
  expect(follow()).toMatch(/jumped 3600 s ahead/);
  expect(clock.now()).toBe(500_000);
  pass(9999);
  expect(follow()).toMatch(/jumped/);
  pass(1);
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(500_000 + 60 * minute + 10_000);
});

test("a slip forward that is put right again changes nothing", () => {
  const { at, clock, pass, follow } = setUp();
  at.wall += 365 * 24 * 60 * minute;
  expect(follow()).toMatch(/jumped/);
  pass(5000);
  at.wall -= 365 * 24 * 60 * minute;
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(505_000);
  at.wall += 10 * minute;
  expect(follow(), "counted anew").toMatch(/jumped/);
});

test("a clock set far back does not stop the city", () => {
  const { at, clock, pass, follow } = setUp();
  pass(5000);
  at.wall -= 24 * 60 * minute;
  expect(follow()).toMatch(/set back by 86400 s/);
  pass(7000);
  expect(follow()).toMatch(/set back/);
  expect(clock.now()).toBe(512_000);
  at.wall += 24 * 60 * minute;
  expect(follow()).toBeNull();
  expect(clock.now()).toBe(512_000);
});
