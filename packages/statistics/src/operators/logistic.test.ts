import { expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { logisticFit } from "./logistic.ts";

type Point = Parameters<typeof logisticFit>[0][number];
const points = (y: 0 | 1, ...xs: number[]) => xs.map((x): Point => ({ x, y }));

test("points that mirror each other around 30 put the half at 30, though nothing overlaps", () => {
  const fit = logisticFit([...points(0, 10, 15, 20, 25), ...points(1, 35, 40, 45, 50)], 0.01);
  expect(-(fit?.a ?? 0) / (fit?.b ?? 0)).toBeCloseTo(30, 9);
  // The penalty keeps b finite; without it b would grow without end.
  expect(fit?.b).toBeGreaterThan(0.2);
  expect(fit?.b).toBeLessThan(10);
});

test("at the fit the derivatives of the penalised likelihood are 0", () => {
  const random = seededRandom(11);
  const made = Array.from({ length: 200 }, (): Point => {
    const x = 60 * random();
    return { x, y: random() < 1 / (1 + Math.exp(-(0.2 * x - 6))) ? 1 : 0 };
  });
  const { a, b } = logisticFit(made, 0.01) ?? { a: 0, b: 0 };
  const residual = made.map(({ x, y }) => ({ x, r: 1 / (1 + Math.exp(-(a + b * x))) - y }));
  expect(residual.reduce((sum, { r }) => sum + r, 0)).toBeCloseTo(0, 8);
  expect(residual.reduce((sum, { x, r }) => sum + x * r, 0) + 0.02 * b).toBeCloseTo(0, 6);
  // made with a = -6 and b = 0.2: half of the time at 30
  expect(-a / b).toBeGreaterThan(25);
  expect(-a / b).toBeLessThan(35);
});

test("two groups without penalty have the closed form: b is the difference of the log odds", () => {
  // x = 0: 1 of 4; x = 1: 3 of 4
  const fit = logisticFit([...points(1, 0), ...points(0, 0, 0, 0), ...points(1, 1, 1, 1), ...points(0, 1)], 0);
  expect(fit?.a).toBeCloseTo(Math.log(1 / 3), 9);
  expect(fit?.b).toBeCloseTo(2 * Math.log(3), 9);
});

test("more rain with fewer floods gives a falling curve; one kind of outcome gives none", () => {
  expect(logisticFit([...points(1, 1, 2, 3), ...points(0, 4, 5, 6)], 0.01)?.b).toBeLessThan(0);
  expect(logisticFit(points(1, 1, 2, 3), 0.01)).toBeNull();
  expect(logisticFit([], 0.01)).toBeNull();
});
