import type { Database } from "@ioc/database";
import type { Flush, Flushed } from "./flush.ts";
import { dayEnd } from "./days.ts";
import type { JournalTable } from "./journal-table.ts";
import type { KnownSeries } from "./known-series.ts";
import type { SeriesMemory } from "./series-memory.ts";
import { isCorrupt } from "./store-error.ts";

/**
 * Writes tails into blocks in transactions of their own: full ones a few at a time between commits; the oldest ones when
 * journal or tails have grown over their limit, so that old rows of the journal can go.
 */
export class TailFlusher {
  readonly #known: KnownSeries;
  readonly #journal: JournalTable;
  readonly #flush: Flush;
  readonly #limit: number;
  readonly #dayOffset: number;
  readonly #transaction;
  /** Series in line, in order. */
  readonly #due = new Set<SeriesMemory>();
  flushes = 0;

  constructor(options: {
    db: Database;
    known: KnownSeries;
    journal: JournalTable;
    flush: Flush;
    limit: number;
    dayOffset: number;
  }) {
    this.#known = options.known;
    this.#journal = options.journal;
    this.#flush = options.flush;
    this.#limit = options.limit;
    this.#dayOffset = options.dayOffset;
    this.#transaction = options.db.transaction((work: () => void) => work());
  }

  get waiting(): boolean {
    return this.#due.size > 0;
  }

  /** To be called after each commit with the readings it added to the tails. */
  noticeFull(ids: Int32Array, indexes: Uint32Array): void {
    let last = -1;
    for (let k = 0; k < indexes.length; k++) {
      const id = ids[indexes[k]!]!;
      if (id === last) continue;
      last = id;
      const series = this.#known.of(id);
      if (series.full) this.#add(series);
    }
    if (this.#journal.readings <= this.#limit || this.waiting) return;
    const sequence = this.#journal.sequenceBeyond(0.75 * this.#limit);
    for (const series of this.#known.all()) if (series.tail.firstSequence <= sequence) this.#add(series);
  }

  /** Writes series that wait, for about `budget` ms. */
  some(budget: number): void {
    const end = performance.now() + budget;
    this.#write(() => performance.now() > end);
  }

  /** Before a commit: makes room for `more` readings in the tails. */
  makeRoom(more: number): void {
    if (this.#known.tail === 0 || this.#known.tail + more <= this.#limit) return;
    const byAge = [...this.#known.all()].filter(({ tail }) => tail.length > 0);
    byAge.sort((a, b) => a.tail.firstSequence - b.tail.firstSequence);
    this.#due.clear();
    for (const series of byAge) this.#add(series);
    const enough = Math.max(0, 0.75 * this.#limit - more);
    while (this.#due.size > 0 && this.#known.tail > enough) {
      try {
        this.#write((flushed) => this.#known.tail - flushed <= enough);
      } catch (error) {
        if (!isCorrupt(error)) throw error;
      }
    }
    for (const series of this.#due) if (!series.full) this.#due.delete(series);
  }

  /** Deletes journal rows that no tail needs; true when there are more of them. */
  trim(): boolean {
    const needed = this.#oldestNeeded();
    let trimmed = Infinity;
    this.#transaction.immediate(() => {
      trimmed = this.#journal.trim(needed);
    });
    this.#journal.trimmed(trimmed);
    return this.#journal.oldest < Math.min(needed, this.#journal.head);
  }

  /** Tries damaged series again. */
  retry(): void {
    for (const series of this.#known.all()) series.stuck = false;
  }

  /** Puts the series whose tail holds readings of days before `day` in line; true when there are any. */
  noticeClosed(day: number): boolean {
    const end = dayEnd(day - 1, this.#dayOffset);
    for (const series of this.#known.all()) if (series.tail.length > 0 && series.tail.oldest <= end) this.#add(series);
    return this.waiting;
  }

  #add(series: SeriesMemory): void {
    if (!series.stuck && series.tail.length > 0) this.#due.add(series);
  }

  #write(enough: (flushed: number) => boolean): void {
    const done = new Map<SeriesMemory, Flushed>();
    let trimmed = -Infinity;
    this.#transaction.immediate(() => {
      let readings = 0;
      for (const series of this.#due) {
        done.set(series, this.#flushed(series));
        readings += series.tail.length;
        if (enough(readings)) break;
      }
      trimmed = this.#journal.trim(this.#oldestNeeded(done));
    });
    this.#journal.trimmed(trimmed);
    for (const flushed of done.values()) this.take(flushed);
  }

  /** A series whose pages are damaged must not keep the others from being written. */
  #flushed(series: SeriesMemory): Flushed {
    try {
      return this.#flush.series(series, this.#journal.head);
    } catch (error) {
      series.stuck = isCorrupt(error);
      if (series.stuck) this.#due.delete(series);
      throw error;
    }
  }

  /** After the commit of a flush, also of one in someone else's transaction. */
  take(flushed: Flushed): void {
    this.#known.tail -= flushed.series.tail.length;
    this.#flush.done(flushed);
    this.#due.delete(flushed.series);
    this.flushes++;
  }

  /** Rows before this sequence are needed by no tail, those left out that were written into blocks. */
  #oldestNeeded(written?: ReadonlyMap<SeriesMemory, unknown>): number {
    let oldest = Infinity;
    for (const series of this.#known.all()) {
      if (series.tail.firstSequence < oldest && !written?.has(series)) oldest = series.tail.firstSequence;
    }
    return oldest;
  }
}
