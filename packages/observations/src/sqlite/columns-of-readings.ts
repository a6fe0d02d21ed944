import type { Readings } from "../readings.ts";
import { emptyReadings, REMOVED } from "../readings.ts";

/** Number of times that are at most `time`: the index of the first that is later. */
export function countUpTo(times: Float64Array, time: number, length = times.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the reading at exactly `time`; -1 when there is none. */
export function indexAt(times: Float64Array, time: number, length = times.length): number {
  const at = countUpTo(times, time, length) - 1;
  return at >= 0 && times[at] === time ? at : -1;
}

/** The readings [from, to) of the columns, without copying. */
export function part(readings: Readings, from: number, to: number): Readings {
  return {
    time: readings.time.subarray(from, to),
    value: readings.value.subarray(from, to),
    quality: readings.quality.subarray(from, to),
    reasons: readings.reasons.subarray(from, to),
    delay: readings.delay.subarray(from, to),
  };
}

/** The readings of a span (from, to], without copying. */
export function spanOf(readings: Readings, from: number, to: number): Readings {
  const { time } = readings;
  if (time.length === 0 || (time[0]! > from && time[time.length - 1]! <= to)) return readings;
  return part(readings, countUpTo(time, from), countUpTo(time, to));
}

/** The readings of quality 3 and 4. */
export function flaggedOf(readings: Readings): Readings {
  const places: number[] = [];
  for (let i = 0; i < readings.quality.length; i++) {
    if (readings.quality[i] === 3 || readings.quality[i] === 4) places.push(i);
  }
  const found = emptyReadings(places.length);
  for (const [at, i] of places.entries()) copyInto(found, at, part(readings, i, i + 1));
  return found;
}

/** Copies `from` into `into` at `at`. */
export function copyInto(into: Readings, at: number, from: Readings): void {
  into.time.set(from.time, at);
  into.value.set(from.value, at);
  into.quality.set(from.quality, at);
  into.reasons.set(from.reasons, at);
  into.delay.set(from.delay, at);
}

export function concatenate(parts: readonly Readings[]): Readings {
  if (parts.length === 1) return parts[0]!;
  let length = 0;
  for (const one of parts) length += one.time.length;
  const all = emptyReadings(length);
  let at = 0;
  for (const one of parts) {
    copyInto(all, at, one);
    at += one.time.length;
  }
  return all;
}

/** Both in time order; where both have a reading at the same time, that of `newer` stands. */
export function merged(older: Readings, newer: Readings): Readings {
  const n = older.time.length;
  const m = newer.time.length;
  if (n === 0) return newer;
  if (m === 0) return older;
  if (newer.time[0]! > older.time[n - 1]!) return concatenate([older, newer]);
  const all = emptyReadings(n + m);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    const ofOlder = i < n ? older.time[i]! : Infinity;
    const ofNewer = j < m ? newer.time[j]! : Infinity;
    if (ofOlder < ofNewer) copyOne(all, length++, older, i++);
    else {
      if (ofOlder === ofNewer) i++;
      copyOne(all, length++, newer, j++);
    }
  }
  return length === n + m ? all : part(all, 0, length);
}

function copyOne(into: Readings, at: number, from: Readings, i: number): void {
  into.time[at] = from.time[i]!;
  into.value[at] = from.value[i]!;
  into.quality[at] = from.quality[i]!;
  into.reasons[at] = from.reasons[i]!;
  into.delay[at] = from.delay[i]!;
}

/** Number of readings that were not removed. */
export function countKept(readings: Readings): number {
  let removed = 0;
  const { quality } = readings;
  for (let i = 0; i < quality.length; i++) if (quality[i] === REMOVED) removed++;
  return quality.length - removed;
}

/** Whether reading i counts in statistics: quality 1 or 2, with a result. */
export function isValid(readings: Readings, i: number): boolean {
  const quality = readings.quality[i]!;
  return quality !== REMOVED && quality <= 2 && !Number.isNaN(readings.value[i]!);
}

/** Without the removed readings, and with `validOnly` only what counts in statistics. The same columns when that is all. */
export function visible(readings: Readings, validOnly: boolean): Readings {
  const n = readings.time.length;
  const first = validOnly ? firstInvalid(readings) : readings.quality.indexOf(REMOVED);
  if (first < 0 || first === n) return readings;
  const kept = emptyReadings(n - 1);
  copyInto(kept, 0, part(readings, 0, first));
  let length = first;
  for (let i = first + 1; i < n; i++) {
    if (validOnly ? isValid(readings, i) : readings.quality[i] !== REMOVED) copyOne(kept, length++, readings, i);
  }
  return part(kept, 0, length);
}

/** Index of the first reading that does not count in statistics; the length when all do. */
function firstInvalid({ quality, value }: Readings): number {
  const n = quality.length;
  for (let i = 0; i < n; i++) {
    // Qualities 1 and 2; a NaN is not equal to itself.
    const q = quality[i]!;
    const v = value[i]!;
    if ((q !== 1 && q !== 2) || v !== v) return i;
  }
  return n;
}

export function copyOf(readings: Readings): Readings {
  const copy = emptyReadings(readings.time.length);
  copyInto(copy, 0, readings);
  return copy;
}
