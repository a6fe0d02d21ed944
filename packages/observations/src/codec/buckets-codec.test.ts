import { crc32 } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { rollUp } from "../buckets.ts";
import type { BucketColumns } from "../readings.ts";
import { DamagedBlock, decodeBuckets, encodeBuckets, QuantileSketch } from "./index.ts";

const T0 = Date.UTC(2026, 9, 1);
const HOUR = 3_600_000;
const COLUMNS = ["time", "count", "sum", "min", "max", "last", "lastTime"] as const;

function columnsOf(readings: readonly (readonly [number, number])[], width = HOUR): BucketColumns {
  const buckets = rollUp(readings, width);
  const column = (key: (typeof COLUMNS)[number]) => Float64Array.from(buckets, (bucket) => bucket[key]);
  return {
    time: column("time"),
    count: column("count"),
    sum: column("sum"),
    min: column("min"),
    max: column("max"),
    last: column("last"),
    lastTime: column("lastTime"),
  };
}

function expectSame(actual: BucketColumns, expected: BucketColumns): void {
  for (const key of COLUMNS) {
    const differs = expected[key].findIndex((number, i) => !Object.is(number, actual[key][i]));
    expect(differs, `${key}[${differs}] is ${actual[key][differs]}, was ${expected[key][differs]}`).toBe(-1);
    expect(actual[key].length).toBe(expected[key].length);
  }
}

const decimals = fc.integer({ min: 0, max: 6 }).chain((places) =>
  fc.array(
    fc.integer({ min: -1e5, max: 1e5 }).map((whole) => whole / 10 ** places + 0),
    { maxLength: 400 },
  ),
);
const values = fc.oneof(
  decimals,
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 100 }),
  fc.array(fc.constantFrom(0, 0.1, -0.1, 1e-300, -1e-17, 1e300, 0.3, 123_456_789.1), { maxLength: 100 }),
);

function readingsOf(values: readonly number[], period: number): [number, number][] {
  return values.map((value, i) => [T0 + (i + 1) * period, value]);
}

describe("a block of buckets", () => {
  test("gives back every bit, sums too", () => {
    const property = fc.property(values, fc.integer({ min: 1, max: 2 * HOUR }), (values, period) => {
      const buckets = columnsOf(readingsOf(values, period));
      const decoded = decodeBuckets(encodeBuckets(buckets));
      expectSame(decoded.buckets, buckets);
      expect(decoded.sketches).toBeNull();
    });
    fc.assert(property, { numRuns: 500 });
  });

  test("sums of decimals take two bytes rather than eight", () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 30 * 24 * 32 }, () => Math.round(200 + 30 * random()) / 10);
    const buckets = columnsOf(readingsOf(values, 120_000));
    const bytes = encodeBuckets(buckets);
    expect(buckets.sum.some((sum) => sum !== Math.round(sum * 10) / 10)).toBe(true);
    expectSame(decodeBuckets(bytes).buckets, buckets);
    expect(bytes.length / buckets.time.length).toBeLessThan(7);
  });

  test("keeps a sketch for each bucket, and that there is none", () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 17) - 5);
    const buckets = columnsOf(readingsOf(values, 120_000));
    const sketches = Array.from(buckets.time, (_, i) =>
      i === 2 ? null : QuantileSketch.of(Float64Array.from(values.slice(i * 30, i * 30 + 30))),
    );
    const decoded = decodeBuckets(encodeBuckets(buckets, sketches)).sketches!;
    expect(decoded.map((sketch) => sketch?.count ?? null)).toEqual(sketches.map((sketch) => sketch?.count ?? null));
    for (const [i, sketch] of sketches.entries()) {
      for (const q of [0, 0.2, 0.5, 1]) expect(decoded[i]?.quantile(q)).toBe(sketch?.quantile(q));
    }
  });

  test("keeps sketches of the smallest and largest doubles", () => {
    const values = [Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 0];
    const buckets = columnsOf([[T0, 0]]);
    const sketch = QuantileSketch.of(Float64Array.from(values));
    const [decoded] = decodeBuckets(encodeBuckets(buckets, [sketch])).sketches!;
    expect(decoded?.count).toBe(5);
    expect(decoded?.quantile(0)).toBe(sketch.quantile(0));
  });

  test("of nothing is a block too", () => {
    expect(decodeBuckets(encodeBuckets(columnsOf([]))).buckets.time).toHaveLength(0);
  });
});

describe("bytes that are no block of buckets", () => {
  test("rubbish and changed bytes are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => decodeBuckets(bytes)).toThrow(DamagedBlock);
      }),
    );
    const good = encodeBuckets(columnsOf(readingsOf([1, 2, 3, 4.5], HOUR)), [null, null, null, null]);
    for (let i = 0; i < good.length; i++) {
      const changed = good.slice();
      changed[i] = changed[i]! ^ (1 << (i % 8));
      expect(() => decodeBuckets(changed)).toThrow(DamagedBlock);
    }
  });

  test("with a right checksum they are refused or read, without hanging or taking much memory", () => {
    const good = encodeBuckets(columnsOf(readingsOf([1, 2, 3, 4.5], HOUR)), [
      null,
      QuantileSketch.of(Float64Array.of(1, -2)),
      null,
      null,
    ]);
    const forged = fc.property(fc.nat(good.length - 5), fc.uint8Array({ maxLength: 8 }), (at, rubbish) => {
      const bytes = good.slice();
      bytes.set(rubbish.subarray(0, good.length - 4 - at), at);
      bytes[0] = good[0]!;
      new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
      try {
        expect(decodeBuckets(bytes).buckets.time.length).toBeLessThan(1e5);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedBlock);
      }
    });
    fc.assert(forged, { numRuns: 5000 });
  });
});
