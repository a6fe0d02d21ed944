import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packIntegers, unpackIntegers } from "./integers.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";
import { scratch } from "./scratch.ts";

/**
 * Times in ms in rising order. All are the first one plus multiples of a unit (their greatest common divisor, mostly whole
 * seconds); what is kept is by how many units they differ from what is expected. Stations report at a fixed period, some a
 * little late: `GRID` expects each time a period after where the one before was expected, and keeps only the places and
 * sizes of differences; a difference of more than half a period begins the grid anew. Where most times differ, `DELTA` keeps
 * for each how far it is from a period after the one before.
 */
const GRID = 0;
const DELTA = 1;
/** Not whole milliseconds, not rising, or too far apart. */
const PLAIN = 2;
const LARGEST = 2 ** 51;
/** Intervals that are looked at to find the period. */
const SAMPLE = 9;
/** Largest share of times off the grid: each takes two numbers. */
const GRID_SHARE = 1 / 3;

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
  const start = writer.length;
  writer.byte(GRID);
  writer.signed(time[0]!);
  writer.varint(unit);
  writer.varint(period);
  if (packGrid(writer, time, unit, period)) return;
  writer.cutTo(start);
  writer.byte(DELTA);
  writer.signed(time[0]!);
  writer.varint(unit);
  writer.varint(period);
  const residuals = scratch(0, count);
  for (let i = 1; i < count; i++) residuals[i - 1] = (time[i]! - time[i - 1]!) / unit - period;
  packIntegers(writer, residuals, count - 1);
}

/** @throws {DamagedBlock} or RangeError */
export function unpackTimes(reader: ByteReader, time: Float64Array): void {
  if (time.length === 0) return;
  const mode = reader.byte();
  if (mode === PLAIN) return unpackNumbers(reader, time);
  if (mode > PLAIN) throw new DamagedBlock(`there are no times of kind ${mode}`);
  time[0] = reader.signed();
  const unit = reader.varint();
  const period = reader.varint();
  if (mode === GRID) unpackGrid(reader, time, unit, period);
  else unpackDeltas(reader, time, unit, period);
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

/** False, with nothing written, when too many times are off the grid. */
function packGrid(writer: ByteWriter, time: Float64Array, unit: number, period: number): boolean {
  const most = Math.floor(time.length * GRID_SHARE);
  const gaps = scratch(0, most);
  const residuals = scratch(1, most);
  const step = unit * period;
  let expected = time[0]!;
  let found = 0;
  let before = 0;
  for (let i = 1; i < time.length; i++) {
    expected += step;
    const difference = time[i]! - expected;
    if (difference === 0) continue;
    if (found === most) return false;
    gaps[found] = i - before - 1;
    residuals[found++] = difference / unit;
    before = i;
    if (beginsAnew(difference, step)) expected = time[i]!;
  }
  writer.varint(found);
  packIntegers(writer, gaps, found);
  packIntegers(writer, residuals, found);
  return true;
}

function unpackGrid(reader: ByteReader, time: Float64Array, unit: number, period: number): void {
  const count = time.length;
  const found = reader.varint();
  if (found >= count) throw new DamagedBlock("more times differ than there are");
  const gaps = scratch(0, found);
  const residuals = scratch(1, found);
  unpackIntegers(reader, gaps, found);
  unpackIntegers(reader, residuals, found);
  const step = unit * period;
  let expected = time[0]!;
  let at = 1;
  for (let n = 0; n < found; n++) {
    const next = at + gaps[n]!;
    if (!(next >= at && next < count)) throw new DamagedBlock("a time lies behind the last one");
    for (; at < next; at++) time[at] = expected += step;
    expected += step;
    const difference = residuals[n]! * unit;
    time[at++] = expected + difference;
    if (beginsAnew(difference, step)) expected += difference;
  }
  for (; at < count; at++) time[at] = expected += step;
}

function beginsAnew(difference: number, step: number): boolean {
  return 2 * Math.abs(difference) > step;
}

function unpackDeltas(reader: ByteReader, time: Float64Array, unit: number, period: number): void {
  const residuals = scratch(0, time.length);
  unpackIntegers(reader, residuals, time.length - 1);
  let at = time[0]!;
  for (let i = 1; i < time.length; i++) time[i] = at += (residuals[i - 1]! + period) * unit;
}
