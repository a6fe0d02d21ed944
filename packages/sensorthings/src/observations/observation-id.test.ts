import * as fc from "fast-check";
import { expect, test } from "vitest";
import { placeOfReading, readingId, timeSpanOfId } from "./observation-id.ts";

/** From 1970 to the last second that an id has room for, in May 2109. */
const times = fc.integer({ min: 86_400_000, max: timeSpanOfId - 1000 });
const seed = 20_261_020;

test("an id leads back to its stream and time, and what is advertised in JSON is the same id", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), times, (stream, time) => {
      const id = readingId(stream, time);
      expect(Number(JSON.stringify(id))).toBe(id);
      expect(String(id)).toMatch(/^\d+$/);
      const place = placeOfReading(id);
      expect(place?.stream).toBe(stream);
      expect(time).toBeGreaterThan(place?.from ?? Infinity);
      expect(time).toBeLessThanOrEqual(place?.to ?? -Infinity);
    }),
    { seed, numRuns: 2000 },
  );
});

test("ids are exact for every millisecond below stream 2,048 and for whole seconds below 16,384", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2047 }), times, (stream, time) => {
      expect(BigInt(readingId(stream, time))).toBe(BigInt(stream) * BigInt(timeSpanOfId) + BigInt(time));
    }),
    { seed },
  );
  fc.assert(
    fc.property(fc.integer({ min: 2048, max: 16_383 }), times, (stream, time) => {
      const second = Math.floor(time / 1000) * 1000;
      expect(BigInt(readingId(stream, second))).toBe(BigInt(stream) * BigInt(timeSpanOfId) + BigInt(second));
    }),
    { seed },
  );
});

test("at one time, ids are in the order of the streams", () => {
  expect(readingId(3, 5000)).toBeLessThan(readingId(4, 5000));
  expect(placeOfReading(timeSpanOfId - 1)).toBeNull();
});
