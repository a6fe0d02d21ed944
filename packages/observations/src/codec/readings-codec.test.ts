import { crc32 } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import type { Readings } from "../readings.ts";
import { DamagedBlock, decodeReadings, encodeReadings } from "./index.ts";

const T0 = Date.UTC(2026, 9, 1);

function readingsOf(time: readonly number[], value: readonly number[], given: Partial<Readings> = {}): Readings {
  return {
    time: Float64Array.from(time),
    value: Float64Array.from(value),
    quality: new Uint8Array(time.length).fill(1),
    reasons: new Uint16Array(time.length),
    delay: new Float64Array(time.length),
    ...given,
  };
}

function every(period: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => T0 + (i + 1) * period);
}

function expectSame(actual: Readings, expected: Readings): void {
  for (const key of ["time", "value", "quality", "reasons", "delay"] as const) {
    expect(actual[key].constructor).toBe(expected[key].constructor);
    expect(actual[key].length).toBe(expected[key].length);
    const differs = actual[key].findIndex((number, i) => !Object.is(number, expected[key][i]));
    expect(differs, `${key}[${differs}] is ${actual[key][differs]}, was ${expected[key][differs]}`).toBe(-1);
  }
}

function roundTrip(readings: Readings): Uint8Array {
  const bytes = encodeReadings(readings);
  expectSame(decodeReadings(bytes), readings);
  return bytes;
}

const decimal = (places: number) =>
  fc.integer({ min: -1e7, max: 1e7 }).map((whole) => (whole === 0 ? 0 : whole / 10 ** places));
const extremes = fc.constantFrom(
  NaN,
  0,
  -0,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 50,
  2 ** 50 + 1,
  -(2 ** 50),
  2 ** 30,
  0.1 + 0.2,
  1e-7,
  1e21,
);
const values = fc.oneof(
  fc.array(fc.oneof({ weight: 20, arbitrary: decimal(1) }, { weight: 1, arbitrary: fc.constant(NaN) })),
  fc.nat(6).chain((places) => fc.array(decimal(places))),
  fc.array(fc.integer({ min: -100, max: 100 }).map((whole) => whole + 0)),
  fc.array(fc.double()),
  fc.array(
    fc.oneof(
      extremes,
      decimal(2),
      fc.maxSafeInteger().map((whole) => whole + 0),
    ),
  ),
  fc.array(fc.integer({ min: 0, max: 2 ** 50 })),
);
const intervals = fc.oneof(
  fc.constantFrom(1, 250, 1000, 60_000, 120_000, 900_000),
  fc.integer({ min: 1, max: 10_000 }),
  fc.integer({ min: 1, max: 100_000 }).map((seconds) => seconds * 1000),
);

const anyReadings = fc
  .tuple(
    values.filter((all) => all.length > 0),
    fc.integer({ min: -1e14, max: 1e14 }),
    fc.boolean(),
    fc.infiniteStream(intervals),
    fc.infiniteStream(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constantFrom(0, 2, 3, 4, 9))),
    fc.infiniteStream(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(65_535))),
    fc.infiniteStream(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -1e6, max: 1e12 }))),
  )
  .map(([value, start, regular, steps, quality, reasons, delay]): Readings => {
    let at = start;
    const step = Number(steps.next().value);
    const time = value.map(() => (at += regular ? step : Number(steps.next().value)));
    return readingsOf(time, value, {
      quality: Uint8Array.from(value, () => Number(quality.next().value)),
      reasons: Uint16Array.from(value, () => Number(reasons.next().value)),
      delay: Float64Array.from(value, () => Number(delay.next().value) + 0),
    });
  });

describe("a block of readings", () => {
  test("gives back every bit of any readings", () => {
    fc.assert(
      fc.property(anyReadings, (readings) => void roundTrip(readings)),
      { numRuns: 500 },
    );
  });

  test.each([0, 1, 2, 63, 64, 65, 127, 128, 129, 1440, 100_000])("holds %i readings", (count) => {
    const random = seededRandom(count);
    const value = every(1000, count).map(() => Math.round(random() * 1000) / 10);
    roundTrip(readingsOf(every(1000, count), value));
  });

  test("keeps times that are no whole milliseconds or not in order", () => {
    roundTrip(readingsOf([0.5, 1.25, 9e15, 1e300], [1, 2, 3, 4]));
    roundTrip(readingsOf([3, 1, 1], [1, 2, 3]));
    roundTrip(readingsOf([-(2 ** 52), 2 ** 52], [1, 2]));
  });

  test("keeps numbers of any width, up to 53 bits, beside small ones", () => {
    const value = Array.from({ length: 128 }, (_, i) => (i % 3 === 0 ? Math.floor(2 ** ((i * 50) / 128)) : i % 2));
    roundTrip(readingsOf(every(1000, value.length), value));
  });

  test("a day of equal values at a fixed period takes next to nothing", () => {
    const bytes = roundTrip(readingsOf(every(120_000, 720), Array<number>(720).fill(21.3)));
    expect(bytes.length).toBeLessThan(50);
  });

  test("21.3-like decimals of a wandering value at 120 s, a tenth of them a second off, take at most 0.85 bytes", () => {
    const random = seededRandom(42);
    let wander = 0;
    const time = every(120_000, 720).map((at) => at + (random() < 0.1 ? 1000 : 0));
    const value = time.map((_, i) => {
      wander = 0.9 * wander + (random() + random() + random() - 1.5) * 0.6;
      return Math.round((25 + 5 * Math.sin((i / 720) * 2 * Math.PI) + wander) * 10) / 10;
    });
    expect(roundTrip(readingsOf(time, value)).length / 720).toBeLessThanOrEqual(0.85);
  });

  test("doubles that are no decimals take no more than themselves", () => {
    const random = seededRandom(3);
    const value = every(1000, 1000).map(() => random() * 100);
    expect(roundTrip(readingsOf(every(1000, 1000), value)).length).toBeLessThan(8 * 1000 + 40);
  });
});

describe("bytes that are no block", () => {
  const readings = readingsOf(
    every(60_000, 300),
    every(1, 300).map((_, i) => (i % 7) / 10),
  );

  test("rubbish is refused", () => {
    const rubbish = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(() => decodeReadings(bytes)).toThrow(DamagedBlock);
    });
    fc.assert(rubbish, { numRuns: 500 });
  });

  test("one changed or missing byte anywhere is noticed", () => {
    const good = encodeReadings(readings);
    for (let i = 0; i < good.length; i++) {
      const changed = good.slice();
      changed[i] = changed[i]! ^ (1 << (i % 8));
      expect(() => decodeReadings(changed)).toThrow(DamagedBlock);
      expect(() => decodeReadings(good.subarray(0, i))).toThrow(DamagedBlock);
    }
  });

  test("another version is named", () => {
    const other = encodeReadings(readings);
    other[0] = 9;
    expect(() => decodeReadings(other)).toThrow("the block is damaged: its version is 9, not 1");
  });

  test("even with a right checksum it is refused or read, without hanging or taking much memory", () => {
    const forged = fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), (body, plausible) => {
      body[0] = 1;
      if (plausible && body.length > 8) body.set([100, 0, 1, 2, 1, 1], 1);
      const bytes = new Uint8Array(body.length + 4);
      bytes.set(body);
      new DataView(bytes.buffer).setUint32(body.length, crc32(body), true);
      try {
        expect(decodeReadings(bytes).time.length).toBeLessThan(64 * 2 * 200);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedBlock);
      }
    });
    fc.assert(forged, { numRuns: 5000 });
  });
});
