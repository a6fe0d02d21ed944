import { expect, test } from "vitest";
import { makeForecast } from "./make.ts";

const hour = 3_600_000;
/** M2, K1 and O1 near Da Nang in m, degrees an hour, and a surge of 30 cm that began five hours ago. */
const harmonics = [
  [0.17, 28.9841042],
  [0.2, 15.0410686],
  [0.14, 13.9430356],
] as const;
const tideAt = (t: number) =>
  harmonics.reduce((sum, [amplitude, speed]) => sum + amplitude * Math.cos((speed * t * Math.PI) / 180), 0.9);
const values = Array.from({ length: 672 }, (_, t) => tideAt(t) + (t >= 667 ? 0.3 : 0));

test("harmonic-tide competes where it is named, beats the lunar day on a tide, and its surge falls off", () => {
  const task = { values, periods: [25], leads: 48, baseline: 25, step: hour, scale: "linear", limits: {} } as const;
  const methods = ["seasonal-naive", "seasonal-average"];
  const made = makeForecast({ ...task, methods, also: ["harmonic-tide"] })!;
  expect([made.method, made.absent]).toEqual(["harmonic-tide", []]);
  const above = (lead: number) => made.points[lead - 1]!.median - tideAt(671 + lead);
  expect(above(1)).toBeCloseTo(0.3 * Math.exp(-1 / 12), 1);
  // The surge has also moved the constituents that were found a little.
  expect(Math.abs(above(48))).toBeLessThan(0.06);
  expect(makeForecast({ ...task, methods })!.backtestMase).toBeGreaterThan(2 * made.backtestMase!);
});
