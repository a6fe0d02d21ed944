import type { BucketColumns } from "../readings.ts";
import { sealed, unsealed } from "./block.ts";
import { ByteWriter } from "./bytes.ts";
import type { ByteReader } from "./bytes.ts";
import { countOf } from "./count-of.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";
import { QuantileSketch } from "./quantile-sketch.ts";
import { packSums, unpackSums } from "./sums.ts";
import { packTimes, unpackTimes } from "./times.ts";

/**
 * Layout: version, number of buckets (varint), 1 when there are sketches or 0, times, counts, sums, minima, maxima, last
 * values, the seconds from the last reading to the end of its bucket, sketches, CRC-32.
 */
const VERSION = 0x81;
/** Of a sketch's first number: 0 there is none, otherwise 1 + values that are zero. */
const NO_SKETCH = 0;
/** Bins of the smallest and the largest double. */
const FURTHEST_BIN = 40_000;
const SECOND = 1000;

const writer = new ByteWriter();

/**
 * Buckets in rising order as a block that {@link decodeBuckets} gives back bit by bit.
 * @param sketches one for each bucket, null where there is none
 */
export function encodeBuckets(buckets: BucketColumns, sketches?: readonly (QuantileSketch | null)[]): Uint8Array {
  const { time, count, sum, min, max, last, lastTime } = buckets;
  writer.cutTo(0);
  writer.byte(VERSION);
  writer.varint(time.length);
  writer.byte(sketches ? 1 : 0);
  packTimes(writer, time);
  packNumbers(writer, count);
  packSums(writer, sum);
  for (const column of [min, max, last]) packNumbers(writer, column);
  // As seconds, so that whole ones are small numbers and ms are three decimals of them.
  packNumbers(
    writer,
    lastTime.map((at, i) => (time[i]! - at) / SECOND),
  );
  for (const sketch of sketches ?? []) packSketch(writer, sketch);
  return sealed(writer);
}

/** @throws {DamagedBlock} when these are not the bytes of {@link encodeBuckets} */
export function decodeBuckets(bytes: Uint8Array): {
  buckets: BucketColumns;
  sketches: (QuantileSketch | null)[] | null;
} {
  return unsealed(bytes, VERSION, (reader) => {
    const length = countOf(reader);
    const hasSketches = reader.byte() === 1;
    const column = () => new Float64Array(length);
    const buckets: BucketColumns = {
      time: column(),
      count: column(),
      sum: column(),
      min: column(),
      max: column(),
      last: column(),
      lastTime: column(),
    };
    const { time, count, sum, min, max, last, lastTime } = buckets;
    unpackTimes(reader, time);
    unpackNumbers(reader, count);
    unpackSums(reader, sum);
    for (const column of [min, max, last, lastTime]) unpackNumbers(reader, column);
    for (let i = 0; i < length; i++) lastTime[i] = time[i]! - Math.round(lastTime[i]! * SECOND);
    const sketches = hasSketches ? Array.from(time, () => unpackSketch(reader)) : null;
    return { buckets, sketches };
  });
}

function packSketch(writer: ByteWriter, sketch: QuantileSketch | null): void {
  if (!sketch) return writer.varint(NO_SKETCH);
  writer.varint(sketch.zeros + 1);
  for (const bins of [sketch.positive, sketch.negative]) {
    writer.varint(bins.size);
    let before = 0;
    for (const [index, count] of [...bins].sort(([a], [b]) => a - b)) {
      writer.signed(index - before);
      writer.varint(count);
      before = index;
    }
  }
}

function unpackSketch(reader: ByteReader): QuantileSketch | null {
  const first = reader.varint();
  if (first === NO_SKETCH) return null;
  return QuantileSketch.ofBins(first - 1, unpackBins(reader), unpackBins(reader));
}

function unpackBins(reader: ByteReader): Map<number, number> {
  const bins = new Map<number, number>();
  let index = 0;
  for (let left = reader.varint(); left > 0; left--) {
    index += reader.signed();
    if (Math.abs(index) > FURTHEST_BIN) throw new DamagedBlock(`a sketch has no bin ${index}`);
    bins.set(index, reader.varint());
  }
  return bins;
}
