import { expect, test } from "vitest";
import { ridge, solvePositive } from "./linear.ts";

const column = (...values: number[]) => Float64Array.from(values);

test("solves two equations: 4x + 2y = 2, 2x + 3y = 5", () => {
  const [x, y] = solvePositive(column(4, 2, 2, 3), column(2, 5));
  expect(x).toBeCloseTo(-0.5, 12);
  expect(y).toBeCloseTo(2, 12);
});

test("a direction without any weight is left at 0", () => {
  expect([...solvePositive(column(4, 0, 0, 0), column(8, 0))]).toEqual([2, 0]);
});

test("ridge works on standardised columns: y = 2x over 1, 2, 3 with penalty 1 keeps 3/4 of the slope", () => {
  // standard x = ∓√1.5, 0; Σxy = 2·2·√1.5; Σx² = 3; 4√1.5 / (3 + 1) = √1.5 a standard deviation of √(2/3)
  const { intercept, weights } = ridge([column(1, 2, 3)], column(2, 4, 6), 1);
  expect(weights[0]).toBeCloseTo(1.5, 12);
  expect(intercept).toBeCloseTo(1, 12);
});

test("without penalty it is least squares, whatever the units of the columns", () => {
  const a = column(1, 2, 3, 4, 5);
  const b = column(1e6, 4e6, 1e6, 3e6, 2e6);
  const { intercept, weights } = ridge(
    [a, b],
    a.map((x, i) => 3 + 2 * x - 1e-6 * b[i]!),
    0,
  );
  expect(weights[0]).toBeCloseTo(2, 9);
  expect(weights[1]! * 1e6).toBeCloseTo(-1, 9);
  expect(intercept).toBeCloseTo(3, 9);
});

test("a column that does not vary has no weight; two equal columns share", () => {
  const x = column(-1, 0, 1);
  const { weights } = ridge([column(7, 7, 7), x, x], column(-2, 0, 2), 0.001);
  expect(weights[0]).toBe(0);
  expect(weights[1]).toBeCloseTo(weights[2]!, 9);
  expect(weights[1]! + weights[2]!).toBeCloseTo(2, 2);
});
