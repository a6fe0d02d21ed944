import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packIntegers, unpackIntegers } from "./integers.ts";
import { packRuns, unpackRuns } from "./runs.ts";
import { scratch } from "./scratch.ts";

/**
 * A column of doubles, never with loss. Sensors give decimals such as 21.3: as whole tenths they are small numbers, while
 * their doubles are noise. So a column is kept as whole numbers of 10^-d with the smallest d of 0 to 6 that gives every
 * double back exactly, each less what the ones before foretell; and as plain doubles when there is no such d.
 *
 * The first byte: 0 to 6 is d, plus 8 × order of the prediction (0: the middle value, 1: the value before, 2: the line
 * through the two before), 64 for doubles, 65 for doubles in planes of equal bytes, deflated; plus 128 when there are NaN,
 * whose places follow as runs.
 */
const MAX_DECIMALS = 6;
const ORDER_STEP = 8;
const DOUBLES = 64;
const DEFLATED = 65;
const HAS_NAN = 128;
/** Scaled numbers stay in ±2^50, so that second differences stay in ±2^52. */
const LARGEST = 2 ** 50;
/** Deflated only when it is smaller than this share: a tenth is not worth the time of reading it. */
const WORTH_DEFLATING = 0.9;
/** Numbers that are looked at, about, to choose the prediction. */
const JUDGED = 128;

export function packNumbers(writer: ByteWriter, values: Float64Array): void {
  const present = withoutNaN(values);
  const flag = present === values ? 0 : HAS_NAN;
  const start = writer.length;
  if (packScaled(writer, present, values, flag)) {
    if (writer.length - start <= 8 * values.length + 8) return;
    writer.cutTo(start);
  }
  packDoubles(writer, values, flag);
}

/** Fills all of `values`. @throws {DamagedBlock} or RangeError */
export function unpackNumbers(reader: ByteReader, values: Float64Array): void {
  const mode = reader.byte();
  if (!(mode & HAS_NAN)) return unpackMode(reader, mode, values);
  const absent = new Uint8Array(values.length);
  unpackRuns(reader, absent);
  unpackMode(reader, mode - HAS_NAN, values);
  for (let i = 0; i < values.length; i++) if (absent[i]) values[i] = NaN;
}

function unpackMode(reader: ByteReader, mode: number, values: Float64Array): void {
  if (mode === DOUBLES) return fillDoubles(reader.take(8 * values.length), values);
  if (mode === DEFLATED) return unpackDeflated(reader, values);
  const order = Math.floor(mode / ORDER_STEP);
  const decimals = mode % ORDER_STEP;
  if (order > 2 || decimals > MAX_DECIMALS) throw new DamagedBlock(`there is no kind of column ${mode}`);
  unpackScaled(reader, values, order, 10 ** decimals);
}

/** The same column where nothing is missing, otherwise one with the value before in place of each NaN. */
function withoutNaN(values: Float64Array): Float64Array {
  let at = 0;
  while (at < values.length && values[at] === values[at]) at++;
  if (at === values.length) return values;
  const filled = values.slice();
  let before = filled.find((value) => !Number.isNaN(value)) ?? 0;
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(filled[i])) filled[i] = before;
    before = filled[i]!;
  }
  return filled;
}

function packMode(writer: ByteWriter, mode: number, values: Float64Array): void {
  writer.byte(mode);
  if (mode & HAS_NAN)
    packRuns(
      writer,
      Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
    );
}

/** False when the doubles are no decimals of at most six places. */
function packScaled(writer: ByteWriter, present: Float64Array, values: Float64Array, flag: number): boolean {
  const count = present.length;
  const scaled = scratch(0, count);
  const decimals = scale(present, scaled);
  if (decimals < 0) return false;
  const residuals = scratch(1, count);
  const { order, base } = choosePrediction(scaled, count);
  packMode(writer, flag + decimals + ORDER_STEP * order, values);
  if (count === 0) return true;
  writer.signed(base);
  const length = fillResiduals(scaled, count, order, base, residuals);
  packIntegers(writer, residuals, length);
  return true;
}

/** Fills `scaled` and returns the number of decimals, or -1. */
function scale(values: Float64Array, scaled: Float64Array): number {
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    if (scaledBy(10 ** decimals, values, scaled)) return decimals;
  }
  return -1;
}

function scaledBy(factor: number, values: Float64Array, scaled: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const whole = Math.round(value * factor);
    if (whole / factor !== value || whole > LARGEST || whole < -LARGEST) return false;
    // A whole number cannot tell -0 from 0.
    if (whole === 0 && 1 / value < 0) return false;
    scaled[i] = whole;
  }
  return true;
}

/** The order whose residuals are smallest in sum, judged by some of them. */
function choosePrediction(scaled: Float64Array, count: number): { order: number; base: number } {
  const first = scaled[0] ?? 0;
  const middle = Math.round((first + scaled[count >> 1]! + scaled[count - 1]!) / 3);
  const step = Math.max(1, Math.floor(count / JUDGED));
  let level = 0;
  let change = 0;
  let bend = 0;
  for (let i = 2; i < count; i += step) {
    const delta = scaled[i]! - scaled[i - 1]!;
    level += Math.abs(scaled[i]! - middle);
    change += Math.abs(delta);
    bend += Math.abs(delta - (scaled[i - 1]! - scaled[i - 2]!));
  }
  if (change <= level && change <= bend) return { order: 1, base: first };
  return level <= bend ? { order: 0, base: middle } : { order: 2, base: first };
}

function fillResiduals(
  scaled: Float64Array,
  count: number,
  order: number,
  base: number,
  residuals: Float64Array,
): number {
  if (order === 0) {
    for (let i = 0; i < count; i++) residuals[i] = scaled[i]! - base;
    return count;
  }
  let delta = 0;
  for (let i = 1; i < count; i++) {
    const next = scaled[i]! - scaled[i - 1]!;
    residuals[i - 1] = next - delta;
    if (order === 2) delta = next;
  }
  return count - 1;
}

function unpackScaled(reader: ByteReader, values: Float64Array, order: number, factor: number): void {
  const count = values.length;
  if (count === 0) return;
  const base = reader.signed();
  if (order === 0) {
    unpackIntegers(reader, values, count);
    for (let i = 0; i < count; i++) values[i] = (values[i]! + base) / factor;
    return;
  }
  const residuals = scratch(0, count);
  unpackIntegers(reader, residuals, count - 1);
  let level = base;
  values[0] = level / factor;
  if (order === 1) {
    for (let i = 1; i < count; i++) values[i] = (level += residuals[i - 1]!) / factor;
    return;
  }
  let delta = 0;
  for (let i = 1; i < count; i++) values[i] = (level += delta += residuals[i - 1]!) / factor;
}

function packDoubles(writer: ByteWriter, values: Float64Array, flag: number): void {
  const bytes = littleEndian(values);
  const deflated = deflateRawSync(planes(bytes, values.length));
  if (deflated.length < WORTH_DEFLATING * bytes.length) {
    packMode(writer, flag + DEFLATED, values);
    writer.varint(deflated.length);
    writer.append(deflated);
  } else {
    packMode(writer, flag + DOUBLES, values);
    writer.append(bytes);
  }
}

/** First bytes of all doubles, then second bytes: neighbours are alike in sign and exponent. */
function planes(bytes: Uint8Array, count: number): Uint8Array {
  const planes = new Uint8Array(bytes.length);
  for (let i = 0; i < count; i++) for (let b = 0; b < 8; b++) planes[b * count + i] = bytes[8 * i + b]!;
  return planes;
}

function unpackDeflated(reader: ByteReader, values: Float64Array): void {
  const deflated = reader.take(reader.varint());
  const count = values.length;
  let inflated: Uint8Array;
  try {
    inflated = inflateRawSync(deflated, { maxOutputLength: Math.max(1, 8 * count) });
  } catch (error) {
    throw new DamagedBlock(
      `its doubles cannot be inflated (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  if (inflated.length !== 8 * count) throw new DamagedBlock("its doubles have another length");
  const bytes = new Uint8Array(8 * count);
  for (let i = 0; i < count; i++) for (let b = 0; b < 8; b++) bytes[8 * i + b] = inflated[b * count + i]!;
  fillDoubles(bytes, values);
}

function littleEndian(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i]!, true);
  return bytes;
}

function fillDoubles(bytes: Uint8Array, values: Float64Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i, true);
}
