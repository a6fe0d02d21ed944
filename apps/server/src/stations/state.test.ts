import { expect, test } from "vitest";
import { stateOf } from "./state.ts";

const minute = 60_000;
const now = 1_000_000_000;

function aged(minutes: number, quality: 1 | 3 = 1) {
  return { time: now - minutes * minute, periodMs: 10 * minute, quality };
}

test.each([
  [0, "normal"],
  [15, "normal"],
  [15.1, "late"],
  [30, "late"],
  [30.1, "stale"],
  [100, "stale"],
  [100.1, "offline"],
] as const)("%d minutes at a period of 10 is %s", (minutes, state) => {
  expect(stateOf(aged(minutes), [], now, 0)).toBe(state);
});

test("never heard of is unknown", () => {
  expect(stateOf(null, [], now, 0)).toBe("unknown");
});

test("a station that still sends something is not offline, but its shown value is stale", () => {
  expect(stateOf(aged(500), [{ time: now - minute, periodMs: minute }], now, 0)).toBe("stale");
  expect(stateOf(null, [{ time: now - minute, periodMs: minute }], now, 0)).toBe("stale");
});

test("a fast heartbeat that stopped does not make a slow primary value old", () => {
  expect(stateOf(aged(12), [{ time: now - 12 * minute, periodMs: minute }], now, 0)).toBe("normal");
});

test("a doubtful value shows until its age is worse", () => {
  expect(stateOf(aged(5, 3), [], now, 0)).toBe("doubtful");
  expect(stateOf(aged(20, 3), [], now, 0)).toBe("doubtful");
  expect(stateOf(aged(31, 3), [], now, 0)).toBe("stale");
});

test("the time of delivery is no age", () => {
  expect(stateOf(aged(20), [], now, 5 * minute)).toBe("normal");
});
