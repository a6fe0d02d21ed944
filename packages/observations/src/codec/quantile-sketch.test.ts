import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { QuantileSketch } from "./index.ts";

const QUANTILES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

/** The value at rank floor(q (n - 1)), which the sketch is asked for. */
function exact(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))]!;
}

function expectWithinOnePercent(sketch: QuantileSketch, values: readonly number[]): void {
  expect(sketch.count).toBe(values.length);
  for (const q of QUANTILES) {
    const expected = exact(values, q);
    const answer = sketch.quantile(q)!;
    // A millionth of the allowed error for the rounding of logarithms.
    expect(Math.abs(answer - expected), `p${q} of ${values.length}: ${answer} for ${expected}`).toBeLessThanOrEqual(
      Math.abs(expected) * 0.010_000_01,
    );
  }
}

/** Normal doubles; those below 2.2e-308 have themselves fewer digits than 1 %. */
const value = fc.oneof(
  fc.constant(0),
  fc.double({ min: 2.3e-308, noNaN: true, noDefaultInfinity: true }),
  fc.double({ max: -2.3e-308, noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1000, max: 1000 }).map((tenths) => tenths / 10),
);

describe("a sketch of quantiles", () => {
  test("is within 1 % of the exact value, whatever the values", () => {
    const property = fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) =>
      expectWithinOnePercent(QuantileSketch.of(Float64Array.from(values)), values),
    );
    fc.assert(property, { numRuns: 500 });
  });

  test("is within 1 % for values over many magnitudes and both signs", () => {
    const random = seededRandom(7);
    const values = Array.from({ length: 50_000 }, () => (random() - 0.3) * 10 ** Math.floor(random() * 12 - 4));
    expectWithinOnePercent(QuantileSketch.of(Float64Array.from(values)), values);
  });

  test("merged in any order and grouping is the sketch of all values", () => {
    const property = fc.property(fc.array(fc.array(value, { maxLength: 50 }), { maxLength: 8 }), (parts) => {
      const merged = new QuantileSketch();
      for (const part of parts.toReversed()) merged.merge(QuantileSketch.of(Float64Array.from(part)));
      const whole = QuantileSketch.of(Float64Array.from(parts.flat()));
      expect(merged.count).toBe(whole.count);
      for (const q of QUANTILES) expect(merged.quantile(q)).toBe(whole.quantile(q));
    });
    fc.assert(property);
  });

  test("merging leaves the other as it was", () => {
    const other = QuantileSketch.of(Float64Array.of(1, 2, 3));
    const sketch = QuantileSketch.of(Float64Array.of(-5));
    sketch.merge(other);
    sketch.add(100);
    expect([other.count, sketch.count]).toEqual([3, 5]);
  });

  test("has no quantile without values, and leaves out what is no number", () => {
    const sketch = QuantileSketch.of(Float64Array.of(NaN, Infinity, -Infinity));
    expect(sketch.count).toBe(0);
    expect(sketch.quantile(0.5)).toBeNull();
  });

  test("takes the first values of a longer column", () => {
    expect(QuantileSketch.of(Float64Array.of(1, 1, 1000), 2).quantile(1)).toBeCloseTo(1, 1);
  });

  test("a share outside 0 to 1 is the lowest or the highest value", () => {
    const sketch = QuantileSketch.of(Float64Array.of(0, 8, 16));
    expect(sketch.quantile(-1)).toBe(0);
    expect(sketch.quantile(7)).toBe(sketch.quantile(1));
  });
});
