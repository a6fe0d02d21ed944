import { crc32 } from "node:zlib";
import { DamagedBlock } from "../codec/damaged-block.ts";
import type { ObservationColumns } from "./messages.ts";

/**
 * Packed readings of one journal row. Little-endian; columns follow each other from the widest to the narrowest, so that
 * each is aligned; a column that is the same for all common readings is left out and its flag is not set.
 *
 * ```
 * 0 u32 CRC-32 of all that follows · 4 u8 version · 5 u8 flags · 8 u32 count · 16 f64 time of the first
 * 24 f64 values · [f64 times] · [f64 delays] · i32 times since the first · u16 or i32 series · [u16 reasons] · [u8 quality]
 * ```
 */
const VERSION = 1;
const HEADER = 24;
const WIDE_TIMES = 1;
const DELAYS = 2;
const WIDE_SERIES = 4;
const REASONS = 8;
const QUALITIES = 16;

/** Packs the readings at `indexes` in that order. */
export function packJournal(columns: ObservationColumns, indexes: Uint32Array): Uint8Array {
  const n = indexes.length;
  if (n === 0) return new Uint8Array();
  const flags = flagsOf(columns, indexes);
  const { bytes, value, wideTime, delay, time, series, reasons, quality } = layout(n, flags);
  const base = columns.time[indexes[0]!]!;
  for (let k = 0; k < n; k++) {
    const i = indexes[k]!;
    value[k] = columns.value[i]!;
    series[k] = columns.series[i]!;
    if (time) time[k] = columns.time[i]! - base;
  }
  if (wideTime) gather(wideTime, columns.time, indexes);
  if (delay) gather(delay, columns.delay, indexes);
  if (reasons) gather(reasons, columns.reasons, indexes);
  if (quality) gather(quality, columns.quality, indexes);
  const header = new DataView(bytes.buffer);
  header.setUint8(4, VERSION);
  header.setUint8(5, flags);
  header.setUint32(8, n, true);
  header.setFloat64(16, base, true);
  header.setUint32(0, crc32(bytes.subarray(4)), true);
  return bytes;
}

/** @throws {DamagedBlock} when version, length or checksum do not fit. */
export function unpackJournal(packed: Uint8Array): ObservationColumns {
  if (packed.length === 0) return columnsOf(0);
  // A copy, because what a database hands out need not be aligned.
  const own = new Uint8Array(packed);
  const header = new DataView(own.buffer);
  if (own.length < HEADER) throw new DamagedBlock("a journal row is too short");
  if (header.getUint32(0, true) !== crc32(own.subarray(4))) throw new DamagedBlock("checksum of a journal row");
  const [version, flags, n] = [header.getUint8(4), header.getUint8(5), header.getUint32(8, true)];
  if (version !== VERSION) throw new DamagedBlock(`unknown version ${version} of a journal row`);
  if (own.length !== sizeOf(n, flags)) throw new DamagedBlock("a journal row has the wrong length");
  const { value, wideTime, delay, time, series, reasons, quality } = layout(n, flags, own);
  const columns = columnsOf(n);
  const base = header.getFloat64(16, true);
  columns.value.set(value);
  columns.series.set(series);
  if (wideTime) columns.time.set(wideTime);
  else for (let k = 0; k < n; k++) columns.time[k] = base + time![k]!;
  if (delay) columns.delay.set(delay);
  if (reasons) columns.reasons.set(reasons);
  if (quality) columns.quality.set(quality);
  else columns.quality.fill(1);
  return columns;
}

function flagsOf(columns: ObservationColumns, indexes: Uint32Array): number {
  const base = columns.time[indexes[0]!]!;
  let flags = 0;
  for (let k = 0; k < indexes.length; k++) {
    const i = indexes[k]!;
    const since = columns.time[i]! - base;
    if (since !== (since | 0) || base + since !== columns.time[i]) flags |= WIDE_TIMES;
    if (columns.delay[i] !== 0) flags |= DELAYS;
    if (columns.series[i]! > 65_535) flags |= WIDE_SERIES;
    if (columns.reasons[i] !== 0) flags |= REASONS;
    if (columns.quality[i] !== 1) flags |= QUALITIES;
  }
  return flags;
}

function sizeOf(n: number, flags: number): number {
  const wide = 8 + (flags & WIDE_TIMES ? 8 : 4) + (flags & DELAYS ? 8 : 0);
  const narrow = (flags & WIDE_SERIES ? 4 : 2) + (flags & REASONS ? 2 : 0) + (flags & QUALITIES ? 1 : 0);
  return HEADER + n * (wide + narrow);
}

/** Views of the columns that the flags say are there. */
function layout(n: number, flags: number, bytes = new Uint8Array(sizeOf(n, flags))) {
  const { buffer } = bytes;
  let at = HEADER;
  const next = (size: number) => (at += n * size) - n * size;
  const value = new Float64Array(buffer, next(8), n);
  const wideTime = flags & WIDE_TIMES ? new Float64Array(buffer, next(8), n) : null;
  const delay = flags & DELAYS ? new Float64Array(buffer, next(8), n) : null;
  const time = wideTime ? null : new Int32Array(buffer, next(4), n);
  const series = flags & WIDE_SERIES ? new Int32Array(buffer, next(4), n) : new Uint16Array(buffer, next(2), n);
  const reasons = flags & REASONS ? new Uint16Array(buffer, next(2), n) : null;
  const quality = flags & QUALITIES ? new Uint8Array(buffer, next(1), n) : null;
  return { bytes, value, wideTime, delay, time, series, reasons, quality };
}

type Column = Float64Array | Uint16Array | Uint8Array;

function gather(into: Column, from: Column, indexes: Uint32Array): void {
  for (let k = 0; k < indexes.length; k++) into[k] = from[indexes[k]!]!;
}

function columnsOf(n: number): ObservationColumns {
  return {
    series: new Int32Array(n),
    time: new Float64Array(n),
    delay: new Float64Array(n),
    value: new Float64Array(n),
    quality: new Uint8Array(n),
    reasons: new Uint16Array(n),
  };
}
