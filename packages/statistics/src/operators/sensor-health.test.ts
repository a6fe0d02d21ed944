import { expect, test } from "vitest";
import { driftingMeans, flatRatio, isBlocked, outOfRangeShare, spikes, supplyRatio } from "./sensor-health.ts";

const hour = 3_600_000;
const flagged = (hours: number, reasons: string[], value = 1, bad = false) => ({
  time: hours * hour,
  value,
  bad,
  reasons,
});

test("out of range counts against what was due, or marked when that is more", () => {
  const bad = Array.from({ length: 30 }, (_, i) => flagged(i, ["range"], 99, true));
  expect(outOfRangeShare(bad, 100)).toBe(30);
  expect(outOfRangeShare(bad, 10)).toBe(100);
  expect(outOfRangeShare([flagged(1, ["spike"])], 100)).toBe(0);
  expect(spikes([flagged(1, ["spike"]), flagged(2, ["gap", "spike"]), flagged(3, ["flat"])])).toBe(2);
});

test("a flat line is 1 when it is marked and grows with the time since the last value that was not", () => {
  const flat = [flagged(6, ["flat"]), flagged(24, ["flat"])];
  const property = { flatHours: 6, periodSeconds: 600 };
  expect(flatRatio(flat, 6 * hour, property)).toBe(4);
  expect(flatRatio(flat, null, property)).toBe(1);
  // Values that move again end it, and another mark is none.
  expect(flatRatio(flat, 25 * hour, property)).toBe(0);
  expect(flatRatio([flagged(24, ["spike"])], 6 * hour, property)).toBe(0);
  // Without hours of its own: six, or 48 periods of a slow one.
  expect(flatRatio(flat, 6 * hour, { periodSeconds: 300 })).toBe(4);
  expect(flatRatio(flat, 0, { periodSeconds: 3600 })).toBe(1.5);
});

test("means of what drifts leave out what is spoilt otherwise", () => {
  const drift = [flagged(0.5, ["drift"], 10), flagged(1, ["drift"], 20), flagged(1.5, ["drift"], 40)];
  expect(driftingMeans([...drift, flagged(1.6, ["drift", "spike"], 900), flagged(1.7, ["range"], 900, true)])).toEqual([
    15, 40,
  ]);
});

test("a dry gauge is blocked when it rained around it, and a supply is measured by the nearest nominal voltage", () => {
  expect([isBlocked(0, [34, 22, 51], 20), isBlocked(0.2, [34, 22, 51], 20), isBlocked(0, [19, 34, 5], 20)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([supplyRatio(10.8, [12, 24]), supplyRatio(18, [12, 24]), supplyRatio(16, [12, 24])]).toEqual([
    expect.closeTo(0.9),
    0.75,
    expect.closeTo(16 / 12),
  ]);
  expect(supplyRatio(0, [12])).toBe(0);
});
