import * as fc from "fast-check";
import { expect, test } from "vitest";
import { quantilesOf } from "./select.ts";

function sortedQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)]!;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
}

test("random values, many of them equal: the same as sorting", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
  const shares = fc.uniqueArray(fc.double({ noNaN: true, min: 0, max: 1 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), shares, (values, shares) => {
      shares.sort((a, b) => a - b);
      const found = quantilesOf(Float64Array.from(values), values.length, shares);
      for (const [i, share] of shares.entries()) expect(found[i]).toBe(sortedQuantile(values, share));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("values behind the length do not count; no values give no quantile", () => {
  expect(quantilesOf(Float64Array.of(3, 1, 2, 100), 3, [0, 0.5, 1])).toEqual([1, 2, 3]);
  expect(quantilesOf(new Float64Array(4), 0, [0.5])).toEqual([NaN]);
});

test("long columns in orders that mislead the choice of pivots", () => {
  const count = 5000;
  const orders: ((i: number) => number)[] = [
    (i) => i,
    (i) => count - i,
    (i) => Math.min(i, count - i),
    (i) => Math.abs(i - count / 2),
    (i) => i % 3,
    () => 7,
    // Places that a sample of every 39th value meets hold the lowest.
    (i) => (i % 39 === 0 ? -1 : i),
    // D. R. Musser, "Introspective Sorting and Selection Algorithms", 1997, section 2: against the median of three.
    (i) => (i % 2 === 1 ? count / 2 + (i - 1) / 2 : i < count / 2 ? i + 1 : count - i),
  ];
  for (const order of orders) {
    const values = Array.from({ length: count }, (_, i) => order(i));
    for (const share of [0, 0.05, 0.5, 0.95, 1]) {
      const [found] = quantilesOf(Float64Array.from(values), count, [share]);
      expect(found).toBe(sortedQuantile(values, share));
    }
  }
});
