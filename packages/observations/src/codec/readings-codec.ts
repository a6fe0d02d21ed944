import { emptyReadings, type Readings } from "../readings.ts";
import { sealed, unsealed } from "./block.ts";
import { ByteWriter } from "./bytes.ts";
import { countOf } from "./count-of.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";
import { packRuns, unpackRuns } from "./runs.ts";
import { packTimes, unpackTimes } from "./times.ts";

/**
 * Layout: version, number of readings (varint), flags, times, values, then those of quality, reasons and delay that are not
 * the usual ones, CRC-32. A block of readings that are all good and came in time has none of the three.
 */
const VERSION = 1;
const HAS_QUALITY = 1;
const HAS_REASONS = 2;
const HAS_DELAY = 4;
const GOOD = 1;

const writer = new ByteWriter();

/** Readings in strictly rising time order as a block that {@link decodeReadings} gives back bit by bit (any NaN as NaN). */
export function encodeReadings(readings: Readings): Uint8Array {
  const { time, value, quality, reasons, delay } = readings;
  const flags =
    (allGood(quality) ? 0 : HAS_QUALITY) +
    (withoutReasons(reasons) ? 0 : HAS_REASONS) +
    (withoutDelay(delay) ? 0 : HAS_DELAY);
  writer.cutTo(0);
  writer.byte(VERSION);
  writer.varint(time.length);
  writer.byte(flags);
  packTimes(writer, time);
  packNumbers(writer, value);
  if (flags & HAS_QUALITY) packRuns(writer, quality);
  if (flags & HAS_REASONS) packRuns(writer, reasons);
  if (flags & HAS_DELAY) packNumbers(writer, delay);
  return sealed(writer);
}

/** @throws {DamagedBlock} when these are not the bytes of {@link encodeReadings} */
export function decodeReadings(bytes: Uint8Array): Readings {
  return unsealed(bytes, VERSION, (reader) => {
    const count = countOf(reader);
    const flags = reader.byte();
    if (flags > HAS_QUALITY + HAS_REASONS + HAS_DELAY) throw new DamagedBlock(`its flags are ${flags}`);
    const readings = emptyReadings(count);
    unpackTimes(reader, readings.time);
    unpackNumbers(reader, readings.value);
    if (flags & HAS_QUALITY) unpackRuns(reader, readings.quality);
    else readings.quality.fill(GOOD);
    if (flags & HAS_REASONS) unpackRuns(reader, readings.reasons);
    if (flags & HAS_DELAY) unpackNumbers(reader, readings.delay);
    return readings;
  });
}

function allGood(quality: Uint8Array): boolean {
  for (let i = 0; i < quality.length; i++) if (quality[i] !== GOOD) return false;
  return true;
}

function withoutReasons(reasons: Uint16Array): boolean {
  for (let i = 0; i < reasons.length; i++) if (reasons[i] !== 0) return false;
  return true;
}

function withoutDelay(delay: Float64Array): boolean {
  for (let i = 0; i < delay.length; i++) if (delay[i] !== 0) return false;
  return true;
}
