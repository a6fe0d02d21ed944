import { emptyReadings } from "../readings.ts";
import type { Readings } from "../readings.ts";

/** Numbers of one reading, which lie together: a commit touches many tails, and each must cost one line of the cache. */
const TIME = 0;
const VALUE = 1;
const QUALITY = 2;
const REASONS = 3;
const DELAY = 4;
const SEQUENCE = 5;
const STRIDE = 6;
const FIRST_CAPACITY = 16;

/**
 * Readings of one series that only the journal holds, in time order, each with the sequence of the commit that brought it.
 * Most are appended; a late one is inserted, and one for a time that is there already takes its place.
 */
export class Tail {
  #length = 0;
  #rows = new Float64Array();
  /** No journal row before this sequence is needed for this tail; Infinity when it is empty. */
  firstSequence = Infinity;

  get length(): number {
    return this.#length;
  }

  get oldest(): number {
    return this.timeAt(0);
  }

  get newest(): number {
    return this.timeAt(this.#length - 1);
  }

  timeAt(i: number): number {
    return this.#rows[i * STRIDE + TIME]!;
  }

  valueAt(i: number): number {
    return this.#rows[i * STRIDE + VALUE]!;
  }

  qualityAt(i: number): number {
    return this.#rows[i * STRIDE + QUALITY]!;
  }

  /**
   * Adds a reading, or puts it in the place of the one at the same time. Sequences never fall from call to call.
   * @returns whether it is one more
   */
  put(time: number, value: number, quality: number, reasons: number, delay: number, sequence: number): boolean {
    if (this.#length === 0) this.firstSequence = sequence;
    let at = this.#length;
    let more = true;
    if (at > 0 && time <= this.timeAt(at - 1)) {
      at = this.countUpTo(time);
      more = at === 0 || this.timeAt(at - 1) !== time;
      if (!more) at--;
    }
    if (more) this.#openGap(at);
    const rows = this.#rows;
    const row = at * STRIDE;
    rows[row + TIME] = time;
    rows[row + VALUE] = value;
    rows[row + QUALITY] = quality;
    rows[row + REASONS] = reasons;
    rows[row + DELAY] = delay;
    rows[row + SEQUENCE] = sequence;
    return more;
  }

  /** Number of readings whose time is at most `time`. */
  countUpTo(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.timeAt(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of the reading at exactly `time`; -1 when there is none. */
  find(time: number): number {
    const at = this.countUpTo(time) - 1;
    return at >= 0 && this.timeAt(at) === time ? at : -1;
  }

  /** A copy of all readings. */
  all(): Readings {
    return this.#copy(0, this.#length);
  }

  /** A copy of the readings in (from, to]. */
  span(from: number, to: number): Readings {
    const first = this.countUpTo(from);
    return this.#copy(first, Math.max(first, this.countUpTo(to)));
  }

  clear(): void {
    this.#length = 0;
    this.firstSequence = Infinity;
  }

  /** Drops what came with a commit up to `sequence`. */
  dropUpTo(sequence: number): void {
    if (this.firstSequence > sequence) return;
    const rows = this.#rows;
    let kept = 0;
    let first = Infinity;
    for (let i = 0; i < this.#length; i++) {
      const own = rows[i * STRIDE + SEQUENCE]!;
      if (own <= sequence) continue;
      rows.copyWithin(kept * STRIDE, i * STRIDE, (i + 1) * STRIDE);
      first = Math.min(first, own);
      kept++;
    }
    this.#length = kept;
    this.firstSequence = first;
  }

  #copy(from: number, to: number): Readings {
    const copy = emptyReadings(to - from);
    const rows = this.#rows;
    for (let i = from, row = from * STRIDE; i < to; i++, row += STRIDE) {
      copy.time[i - from] = rows[row + TIME]!;
      copy.value[i - from] = rows[row + VALUE]!;
      copy.quality[i - from] = rows[row + QUALITY]!;
      copy.reasons[i - from] = rows[row + REASONS]!;
      copy.delay[i - from] = rows[row + DELAY]!;
    }
    return copy;
  }

  #openGap(at: number): void {
    if ((this.#length + 1) * STRIDE > this.#rows.length) this.#grow();
    if (at < this.#length) this.#rows.copyWithin((at + 1) * STRIDE, at * STRIDE, this.#length * STRIDE);
    this.#length++;
  }

  #grow(): void {
    const grown = new Float64Array(STRIDE * Math.max(FIRST_CAPACITY, Math.ceil(this.#length * 1.5)));
    grown.set(this.#rows);
    this.#rows = grown;
  }
}
