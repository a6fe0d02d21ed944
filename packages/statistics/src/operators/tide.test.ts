import { expect, test } from "vitest";
import { centredMean, highestTide, tideLevel } from "./tide.ts";

const hour = 3_600_000;
const start = Date.parse("2000-01-01T00:00:00Z");

test("one constituent: high water when speed · t equals the phase, low water half a period later", () => {
  const sun = { mean_level: 1, constituents: [{ amp: 0.4, phase: 60, speed: 30 }] };
  expect(tideLevel(sun, start + 2 * hour)).toBeCloseTo(1.4, 12);
  expect(tideLevel(sun, start + 8 * hour)).toBeCloseTo(0.6, 12);
  expect(tideLevel(sun, start + 5 * hour)).toBeCloseTo(1, 12);
});

const daNang = {
  mean_level: 0.9,
  constituents: [
    { amp: 0.17, phase: 310, speed: 28.9841042 },
    { amp: 0.06, phase: 350, speed: 30 },
    { amp: 0.035, phase: 290, speed: 28.4397295 },
    { amp: 0.2, phase: 300, speed: 15.0410686 },
    { amp: 0.14, phase: 250, speed: 13.9430356 },
    { amp: 0.065, phase: 295, speed: 14.9589314 },
  ],
};

test.each([2025, 2026, 2027])("95 %% of the high waters of %d lie below the 1.35 m of the pack's table", (year) => {
  const step = hour / 6;
  const highs: number[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += step) {
    const level = tideLevel(daNang, time);
    if (level > tideLevel(daNang, time - step) && level >= tideLevel(daNang, time + step)) highs.push(level);
  }
  highs.sort((a, b) => a - b);
  expect(highs[Math.round(0.95 * (highs.length - 1))]).toBeCloseTo(1.35, 2);
});

test("the six constants of the pack at the epoch and six hours later", () => {
  expect(tideLevel(daNang, start)).toBeCloseTo(1.16, 3);
  expect(tideLevel(daNang, start + 6 * hour)).toBeCloseTo(0.333, 3);
});

test("a centred mean of three places each way, with what is there at the ends, never over a hole", () => {
  expect(centredMean([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([2.5, 3, 3.5, 4, 4.5, 5, 5.5]);
  // Four of seven are enough, three are not.
  expect(centredMean([null, null, 3, 4, 5, 6, null], 3)).toEqual([null, null, 4.5, 4.5, 4.5, 4.5, null]);
  expect(centredMean([null, null, null, 4, 5, 6, null], 3)[3]).toBeNull();
});

test("the highest tide of one constituent is its amplitude, of several less than their sum", () => {
  const sun = { amp: 0.4, phase: 60, speed: 30 };
  expect(highestTide({ mean_level: 1, constituents: [sun] })).toBeCloseTo(1.4, 9);
  // Twice as fast, and half a cycle off when the other is highest: they never stand highest together.
  const never = { amp: 0.1, phase: 300, speed: 60 };
  expect(highestTide({ mean_level: 1, constituents: [sun, never] })).toBeLessThan(1.4);
});
