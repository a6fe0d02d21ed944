import { expect, test } from "vitest";
import { AutoRegression } from "./auto-regression.ts";
import { gamma, gaussian, keyOf, stream, uniform } from "./keyed.ts";

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values: number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
};

test("a draw depends on seed, purpose and index only", () => {
  const key = keyOf(1, "rain", "rg-1");
  expect(uniform(key, 7)).toBe(uniform(keyOf(1, "rain", "rg-1"), 7));
  expect(uniform(key, 7)).not.toBe(uniform(key, 8));
  expect(uniform(key, 7)).not.toBe(uniform(keyOf(2, "rain", "rg-1"), 7));
  expect(uniform(key, 7)).not.toBe(uniform(keyOf(1, "rain", "rg-2"), 7));
});

test("uniform and gaussian draws have the moments of their distributions", () => {
  const key = keyOf(3, "moments");
  const flat = Array.from({ length: 20_000 }, (_, i) => uniform(key, i));
  expect(mean(flat)).toBeCloseTo(0.5, 1);
  expect(Math.min(...flat)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...flat)).toBeLessThan(1);
  const normal = Array.from({ length: 20_000 }, (_, i) => gaussian(key, i));
  expect(Math.abs(mean(normal))).toBeLessThan(0.03);
  expect(deviation(normal)).toBeGreaterThan(0.97);
  expect(deviation(normal)).toBeLessThan(1.03);
});

test("gamma variates have the asked mean also for shapes below one", () => {
  for (const shape of [0.45, 2]) {
    const values = Array.from({ length: 8000 }, (_, i) => gamma(stream(keyOf(4, "gamma"), i), shape, 12));
    expect(mean(values)).toBeGreaterThan(11);
    expect(mean(values)).toBeLessThan(13);
  }
});

test("an AR(1) process does not remember where reading it began", () => {
  const key = keyOf(5, "ar");
  const early = new AutoRegression(key, 0.9, 2, 3_600_000);
  const late = new AutoRegression(key, 0.9, 2, 3_600_000);
  early.at(0);
  const time = 1500.25 * 3_600_000;
  expect(late.at(time)).toBeCloseTo(early.at(time), 3);
});

test("an AR(1) process has the asked deviation and memory", () => {
  const process = new AutoRegression(keyOf(6, "ar"), 0.9, 2, 1000);
  const values = Array.from({ length: 20_000 }, (_, i) => process.at(i * 1000));
  expect(deviation(values)).toBeGreaterThan(1.8);
  expect(deviation(values)).toBeLessThan(2.2);
  const next = values.slice(1).map((v, i) => v * (values[i] ?? 0));
  expect(mean(next) / deviation(values) ** 2).toBeGreaterThan(0.86);
});
