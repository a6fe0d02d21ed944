import { expect, test } from "vitest";
import { fireLevel, nextDryness, saturationDeficit } from "./forest-fire.ts";

test("34 Cel at 50 % lack 26.55 hPa; P goes from 4,500 to 5,403, and rain of 12 mm in June ends it", () => {
  const deficit = saturationDeficit(34, 50);
  expect(deficit).toBeCloseTo(26.55, 2);
  const p = nextDryness(4500, 34 * deficit, 0, 10);
  expect(Math.round(p)).toBe(5403);
  expect(nextDryness(p, 34 * deficit, 12, 10)).toBe(0);
  expect(nextDryness(p, 34 * deficit, 10, 10)).toBe(0);
  expect(nextDryness(p, 34 * deficit, 9.9, 10)).toBeGreaterThan(p);
});

test("an upper bound belongs to the level it ends; the last level has none", () => {
  const levels = [
    { id: "I", to: 5000 },
    { id: "II", to: 10_000 },
    { id: "III", to: null },
  ];
  expect([0, 5000, 5000.1, 10_000, 99_999].map((p) => levels[fireLevel(p, levels)]?.id)).toEqual([
    "I",
    "I",
    "II",
    "II",
    "III",
  ]);
});

test("frost does not make the forest wetter than wet", () => {
  expect(nextDryness(10, -50, 0, 5)).toBe(0);
});
