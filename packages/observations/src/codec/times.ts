import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packIntegers, unpackIntegers } from "./integers.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";
import { scratch } from "./scratch.ts";

/**
 * Times in ms in rising order. All are the first one plus multiples of a unit (their greatest common divisor, mostly whole
 * seconds); what is kept is by how much each differs from the expected one, a period after the one before. `GRID` expects it
 * a period after where the one before was expected, so that one message that is a second late costs once and not twice; a
 * gap of more than half a period begins the grid anew.
 */
const DELTA = 0;
const GRID = 1;
/** Not whole milliseconds, or too far apart. */
const PLAIN = 2;
const LARGEST = 2 ** 51;
/** Intervals that are looked at to find the period. */
const SAMPLE = 9;

export function packTimes(writer: ByteWriter, time: Float64Array): void {
  const count = time.length;
  if (count === 0) return;
  const unit = unitOf(time);
  if (unit === 0) {
    writer.byte(PLAIN);
    packNumbers(writer, time);
    return;
  }
  const period = periodOf(time, unit);
  const deltas = scratch(0, count);
  const grid = scratch(1, count);
  const cheaper = fillDeltas(time, unit, period, deltas) <= fillGrid(time, unit, period, grid) ? DELTA : GRID;
  writer.byte(cheaper);
  writer.signed(time[0]!);
  if (count === 1) return;
  writer.varint(unit);
  writer.varint(period);
  packIntegers(writer, cheaper === DELTA ? deltas : grid, count - 1);
}

/** @throws {DamagedBlock} or RangeError */
export function unpackTimes(reader: ByteReader, count: number): Float64Array {
  if (count === 0) return new Float64Array(0);
  const mode = reader.byte();
  if (mode === PLAIN) return unpackNumbers(reader, count);
  if (mode > PLAIN) throw new DamagedBlock(`there is no kind of times ${mode}`);
  const time = new Float64Array(count);
  const first = (time[0] = reader.signed());
  if (count === 1) return time;
  const unit = reader.varint();
  const period = reader.varint();
  const residuals = scratch(0, count);
  unpackIntegers(reader, residuals, count - 1);
  if (mode === DELTA) {
    let at = first;
    for (let i = 1; i < count; i++) time[i] = at += (residuals[i - 1]! + period) * unit;
    return time;
  }
  let expected = 0;
  for (let i = 1; i < count; i++) {
    const residual = residuals[i - 1]!;
    expected += period;
    time[i] = first + (expected + residual) * unit;
    if (!staysOnGrid(residual, period)) expected += residual;
  }
  return time;
}

/** Greatest common divisor of the intervals; 0 when times are not whole ms in strictly rising order. */
function unitOf(time: Float64Array): number {
  const first = time[0]!;
  const span = time[time.length - 1]! - first;
  if (!Number.isSafeInteger(first) || first > LARGEST || first < -LARGEST || !(span < LARGEST)) return 0;
  let unit = 0;
  let known = 0;
  for (let i = 1; i < time.length; i++) {
    const interval = time[i]! - time[i - 1]!;
    if (interval === known) continue;
    if (!(interval > 0) || interval !== Math.floor(interval)) return 0;
    known = interval;
    if (unit !== 1 && (unit === 0 || interval % unit !== 0)) unit = commonDivisor(interval, unit);
  }
  return unit || 1;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The middle one of some intervals, in units. */
function periodOf(time: Float64Array, unit: number): number {
  const last = time.length - 1;
  if (last < 1) return 0;
  const step = Math.max(1, Math.floor(last / SAMPLE));
  const sample: number[] = [];
  for (let i = last; i > 0 && sample.length < SAMPLE; i -= step) sample.push(time[i]! - time[i - 1]!);
  sample.sort((a, b) => a - b);
  return sample[sample.length >> 1]! / unit;
}

/** Fills the residuals and returns the sum of their sizes. */
function fillDeltas(time: Float64Array, unit: number, period: number, residuals: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < time.length; i++) {
    const residual = (time[i]! - time[i - 1]!) / unit - period;
    residuals[i - 1] = residual;
    sum += Math.abs(residual);
  }
  return sum;
}

function fillGrid(time: Float64Array, unit: number, period: number, residuals: Float64Array): number {
  const first = time[0]!;
  let sum = 0;
  let expected = 0;
  for (let i = 1; i < time.length; i++) {
    expected += period;
    const residual = (time[i]! - first) / unit - expected;
    residuals[i - 1] = residual;
    sum += Math.abs(residual);
    if (!staysOnGrid(residual, period)) expected += residual;
  }
  return sum;
}

function staysOnGrid(residual: number, period: number): boolean {
  return 2 * Math.abs(residual) <= period;
}
