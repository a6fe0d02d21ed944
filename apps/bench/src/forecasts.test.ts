import { expect, test } from "vitest";
import { originsOf } from "./forecasts.ts";

const series = (length: number, periods: number[]) => ({ values: Array.from({ length }, () => 1), periods });

test("origins lie over the last quarter, leave the horizon, and begin at every hour of the day", () => {
  const origins = originsOf(series(8760, [24, 168]), { horizon: 24, origins: 40 });
  expect(origins).toHaveLength(40);
  expect(origins[0]).toBe(6570);
  expect(origins.at(-1)).toBeLessThanOrEqual(8736);
  expect(origins.at(-1)).toBeGreaterThan(8600);
  expect(new Set(origins.map((origin) => origin % 24)).size).toBe(24);
});

test("a short record has as many as it has steps for", () => {
  expect(originsOf(series(40, []), { horizon: 4, origins: 60 })).toEqual([30, 31, 32, 33, 34, 35, 36]);
});
