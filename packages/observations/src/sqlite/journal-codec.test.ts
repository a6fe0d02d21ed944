import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { packJournal, unpackJournal } from "./journal-codec.ts";
import type { ObservationColumns } from "./messages.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 4);
const usual = fc.record({
  series: fc.integer({ min: 1, max: 3000 }),
  time: fc.integer({ min: 1.7e12, max: 1.7e12 + 1e6 }),
  delay: fc.constant(0),
  value: fc.integer({ min: -500, max: 500 }).map((n) => n / 10),
  quality: fc.constant(1),
  reasons: fc.constant(0),
});
const strange = fc.record({
  series: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  time: fc
    .oneof(fc.integer({ min: -1e13, max: 4e15 }), fc.double({ min: -1e12, max: 1e12, noNaN: true }))
    .map((time) => time + 0),
  delay: fc.oneof(fc.integer(), fc.double({ noNaN: true })),
  value: fc.double(),
  quality: fc.integer({ min: 0, max: 9 }),
  reasons: fc.integer({ min: 0, max: 65_535 }),
});

function columnsOf(rows: readonly Record<keyof ObservationColumns, number>[]): ObservationColumns {
  return {
    series: Int32Array.from(rows, (row) => row.series),
    time: Float64Array.from(rows, (row) => row.time),
    delay: Float64Array.from(rows, (row) => row.delay),
    value: Float64Array.from(rows, (row) => row.value),
    quality: Uint8Array.from(rows, (row) => row.quality),
    reasons: Uint16Array.from(rows, (row) => row.reasons),
  };
}

test.each([
  ["usual", usual],
  ["strange", strange],
  ["mixed", fc.oneof(usual, strange)],
])("%s readings come back as they were, in the order asked", (_, reading) => {
  const property = fc.property(
    fc.array(reading, { minLength: 1, maxLength: 60 }),
    fc.infiniteStream(fc.nat()),
    (rows, picks) => {
      const indexes = Uint32Array.from(picks.take(rows.length), (pick) => pick % rows.length);
      const expected = columnsOf(Array.from(indexes, (i) => rows[i]!));
      expect(unpackJournal(packJournal(columnsOf(rows), indexes))).toEqual(expected);
    },
  );
  fc.assert(property, { seed: SEED, numRuns: 200 });
});

test("usual readings take 14 bytes each, and none takes none", () => {
  const rows = Array.from({ length: 33 }, (_, i) => ({
    series: i,
    time: i,
    delay: 0,
    value: i,
    quality: 1,
    reasons: 0,
  }));
  const all = Uint32Array.from(rows.keys());
  expect(packJournal(columnsOf(rows), all)).toHaveLength(24 + 33 * 14);
  expect(packJournal(columnsOf(rows), new Uint32Array())).toHaveLength(0);
  expect(unpackJournal(new Uint8Array()).series).toHaveLength(0);
});

test("every changed byte, every cut and any rubbish is noticed", () => {
  const rows = Array.from({ length: 5 }, (_, i) => ({
    series: i,
    time: i,
    delay: i,
    value: i,
    quality: 3,
    reasons: 2,
  }));
  const packed = packJournal(columnsOf(rows), Uint32Array.from(rows.keys()));
  for (let at = 0; at < packed.length; at++) {
    const changed = packed.slice();
    changed[at]! ^= 0x10;
    expect(() => unpackJournal(changed)).toThrow(DamagedBlock);
  }
  for (let length = 1; length < packed.length; length++) {
    expect(() => unpackJournal(packed.subarray(0, length))).toThrow(DamagedBlock);
  }
  const rubbish = fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
    expect(() => unpackJournal(bytes)).toThrow(DamagedBlock);
  });
  fc.assert(rubbish, { seed: SEED, numRuns: 500 });
});
