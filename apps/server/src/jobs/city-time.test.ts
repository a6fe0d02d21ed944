import { expect, test } from "vitest";
import { keepCityTime } from "./city-time.ts";

function settingsOf(values: Map<string, string>) {
  return { get: (key: string) => values.get(key), set: (key: string, value: string) => void values.set(key, value) };
}

/** A machine whose two clocks run alike. */
function machine(start: number) {
  const at = { wall: start };
  return { at, clocks: { wall: () => at.wall, steady: () => at.wall - start } };
}

test("city time goes on after a clean stop and never runs backwards after a kill", () => {
  const settings = settingsOf(new Map());
  const { at, clocks } = machine(1_000_000);
  const first = keepCityTime(settings, { speed: 3600, played: true }, clocks);
  at.wall += 10_000;
  const reached = first.clock.now();
  expect(reached).toBe(1_000_000 + 36_000_000);
  first.stop();

  const second = keepCityTime(settings, { speed: 3600, played: true }, clocks);
  expect(second.clock.now()).toBe(reached);
  second.note();
  at.wall += 999;
  const atKill = second.clock.now();

  const third = keepCityTime(settings, { speed: 1, played: false }, clocks);
  expect(third.mistrusted).toBeNull();
  expect(third.clock.now()).toBeGreaterThanOrEqual(atKill);
  expect(third.clock.now()).toBeLessThanOrEqual(atKill + 3 * 3_600_000);
});

test("a city that stood still for long starts at real time", () => {
  const settings = settingsOf(new Map([["city-time", "5000"]]));
  const { clocks } = machine(9_000_000);
  expect(keepCityTime(settings, { speed: 1, played: false }, clocks).clock.now()).toBe(9_000_000);
});

test("a real city does not go on from a time that a wrong clock noted", () => {
  const settings = settingsOf(new Map([["city-time", String(9_000_000 + 400 * 86_400_000)]]));
  const { clocks } = machine(9_000_000);
  const kept = keepCityTime(settings, { speed: 1, played: false }, clocks);
  expect(kept.mistrusted).toMatch(/9600 hours ahead/);
  expect(kept.clock.now()).toBe(9_000_000);
});

test("a real city that is a little ahead loses its lead at half speed, and never stands still or runs backwards", () => {
  const start = 1_800_000_000_000;
  const lead = 40 * 60_000;
  const settings = settingsOf(new Map([["city-time", String(start + lead)]]));
  const { at, clocks } = machine(start);
  const kept = keepCityTime(settings, { speed: 1, played: false }, clocks);
  expect(kept.mistrusted).toMatch(/2400 s ahead of the system clock; city time runs at half speed/);
  let before = kept.clock.now();
  expect(before).toBe(start + lead);
  for (let minute = 1; minute <= 90; minute++) {
    at.wall += 60_000;
    expect(kept.note()).toBeNull();
    const now = kept.clock.now();
    expect(now - before).toBe(minute <= 80 ? 30_000 : 60_000);
    before = now;
  }
  expect(before).toBe(at.wall);
});

test("a played city keeps its lead: its time runs as it pleases", () => {
  const start = 1_800_000_000_000;
  const settings = settingsOf(
    new Map([
      ["city-time", String(start + 60_000)],
      ["city-time-played", "yes"],
    ]),
  );
  const { at, clocks } = machine(start);
  const kept = keepCityTime(settings, { speed: 1, played: true }, clocks);
  expect(kept.mistrusted).toBeNull();
  at.wall += 600_000;
  expect(kept.clock.now()).toBe(at.wall + 60_000);
});
