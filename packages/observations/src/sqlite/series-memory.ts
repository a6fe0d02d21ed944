import { Tail } from "./tail.ts";

/** What the blocks of one series hold; a row of `series_state`. Removed readings are not counted. */
export interface StoredState {
  /** Journal rows up to this sequence are in the blocks, as far as this series is concerned. */
  flushed: number;
  n: number;
  /** Bytes of the blocks. */
  bytes: number;
  /** phenomenonTime of the oldest and newest reading; null without readings. */
  oldest: number | null;
  newest: number | null;
  /** Readings of days before this day were dropped; null when none were. */
  rawFrom: number | null;
}

export const NOTHING_STORED: StoredState = {
  flushed: 0,
  n: 0,
  bytes: 0,
  oldest: null,
  newest: null,
  rawFrom: null,
};

/** A tail of this many readings is written into blocks, plus a part of STAGGER that differs from series to series. */
const TAIL_READINGS = 192;
const STAGGER = 128;

/** What the writer thread keeps in memory of one series. */
export class SeriesMemory {
  readonly id: number;
  readonly tail = new Tail();
  stored: StoredState = NOTHING_STORED;
  /** Newest phenomenonTime of all, removed readings included: what is newer can be nothing but new. */
  top = -Infinity;
  /** Readings at or before this time are no longer taken: those of their day were dropped. */
  keptSince = -Infinity;
  /** Its blocks cannot be written because a page of the file is damaged; tried again by the next maintenance. */
  stuck = false;
  #limit: number;

  constructor(id: number) {
    this.id = id;
    this.#limit = this.#least();
  }

  get full(): boolean {
    return this.tail.length >= this.#limit;
  }

  /**
   * After a flush. A tail waits until it has a quarter of the readings of the largest block it was last written into: each
   * reading is then rewritten a bounded number of times however many of one day arrive.
   */
  flushed(largestBlock: number): void {
    this.#limit = Math.max(this.#least(), Math.ceil(largestBlock / 4));
  }

  #least(): number {
    return TAIL_READINGS + ((this.id * 37) % STAGGER);
  }
}
