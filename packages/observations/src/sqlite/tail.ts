import type { Readings } from "../readings.ts";
import { countUpTo, emptyReadings, indexAt, part } from "./columns-of-readings.ts";

const FIRST_CAPACITY = 16;

/**
 * Readings of one series that only the journal holds, in time order, each with the sequence of the commit that brought it.
 * Most are appended; a late one is inserted, and one for a time that is there already takes its place.
 */
export class Tail {
  #length = 0;
  #columns: Readings = emptyReadings();
  #sequence = new Float64Array();
  /** No journal row before this sequence is needed for this tail; Infinity when it is empty. */
  firstSequence = Infinity;

  get length(): number {
    return this.#length;
  }

  get oldest(): number {
    return this.#columns.time[0]!;
  }

  get newest(): number {
    return this.#columns.time[this.#length - 1]!;
  }

  /** Adds a reading, or puts it in the place of the one at the same time. Sequences never fall from call to call. */
  put(time: number, value: number, quality: number, reasons: number, delay: number, sequence: number): void {
    if (this.#length === 0) this.firstSequence = sequence;
    let at = this.#length;
    if (at > 0 && time <= this.#columns.time[at - 1]!) {
      at = countUpTo(this.#columns.time, time, at);
      if (at > 0 && this.#columns.time[at - 1] === time) at--;
      else this.#openGap(at);
    } else this.#openGap(at);
    const columns = this.#columns;
    columns.time[at] = time;
    columns.value[at] = value;
    columns.quality[at] = quality;
    columns.reasons[at] = reasons;
    columns.delay[at] = delay;
    this.#sequence[at] = sequence;
  }

  /** Index of the reading at exactly `time`; -1 when there is none. */
  find(time: number): number {
    return indexAt(this.#columns.time, time, this.#length);
  }

  /** All readings. The columns are those of the tail: they must not be kept over the next change. */
  all(): Readings {
    return part(this.#columns, 0, this.#length);
  }

  /** The readings in (from, to]; not to be kept either. */
  span(from: number, to: number): Readings {
    const { time } = this.#columns;
    return part(this.#columns, countUpTo(time, from, this.#length), countUpTo(time, to, this.#length));
  }

  clear(): void {
    this.#length = 0;
    this.firstSequence = Infinity;
  }

  /** Drops what came with a commit up to `sequence`. */
  dropUpTo(sequence: number): void {
    if (this.firstSequence > sequence) return;
    const { time, value, quality, reasons, delay } = this.#columns;
    const sequences = this.#sequence;
    let kept = 0;
    let first = Infinity;
    for (let i = 0; i < this.#length; i++) {
      if (sequences[i]! <= sequence) continue;
      time[kept] = time[i]!;
      value[kept] = value[i]!;
      quality[kept] = quality[i]!;
      reasons[kept] = reasons[i]!;
      delay[kept] = delay[i]!;
      sequences[kept] = sequences[i]!;
      if (sequences[kept]! < first) first = sequences[kept]!;
      kept++;
    }
    this.#length = kept;
    this.firstSequence = first;
  }

  #openGap(at: number): void {
    if (this.#length === this.#sequence.length) this.#grow();
    const { time, value, quality, reasons, delay } = this.#columns;
    if (at < this.#length) {
      for (const column of [time, value, quality, reasons, delay, this.#sequence]) {
        column.copyWithin(at + 1, at, this.#length);
      }
    }
    this.#length++;
  }

  #grow(): void {
    const capacity = Math.max(FIRST_CAPACITY, Math.ceil(this.#length * 1.5));
    const grown = emptyReadings(capacity);
    for (const name of ["time", "value", "quality", "reasons", "delay"] as const) grown[name].set(this.#columns[name]);
    this.#columns = grown;
    const sequence = new Float64Array(capacity);
    sequence.set(this.#sequence);
    this.#sequence = sequence;
  }
}
