import { expect, test } from "vitest";
import { poissonTail } from "./poisson.ts";

// Beside the first two, which are exp(-2) times a sum of 2^i / i!, the values are those of scipy.stats.poisson.sf(count - 1, mean).
test.each<[number, number, number]>([
  [9, 2, 0.0002374473282611617],
  [8, 2, 0.0010967189678587025],
  [30, 0.5, 2.1644672981498848e-42],
  [200, 250, 0.9995177872404065],
  [3, 3, 0.5768099188731566],
  [100, 30, 7.338468632878367e-24],
])("P(X >= %i) of mean %f", (count, mean, expected) => {
  expect(Math.abs((poissonTail(count, mean) ?? 0) / expected - 1)).toBeLessThan(1e-11);
});

test("what is always reached, counts between whole numbers, and means that are none", () => {
  expect([
    poissonTail(0, 2),
    poissonTail(-3, 0),
    poissonTail(1, 0),
    poissonTail(1, -1),
    poissonTail(1, Number.NaN),
  ]).toEqual([1, 1, null, null, null]);
  expect(poissonTail(2.5, 2)).toBe(poissonTail(3, 2));
});

test("a count far out of a large mean is 0 rather than an error", () => {
  expect(poissonTail(5000, 1)).toBe(0);
  expect(poissonTail(900, 1000)).toBeCloseTo(0.9994, 3);
});
