import type { Database } from "@ioc/database";
import { readable } from "./journal-table.ts";
import { Tail } from "./tail.ts";

/** From this many journal rows on, it is worth knowing beforehand what is in blocks already. */
const MANY_ROWS = 200;
/** Tails are swept when they have grown by this many readings and to twice what the last sweep left. */
const SWEEP = 50_000;

/**
 * What the journal brought and no block may hold yet, as a reader sees it. Each snapshot first follows the journal. A reading
 * goes once its series was written into blocks: seen for the series that are asked, and swept now and then for all.
 */
export class ReaderTails {
  readonly #rows;
  readonly #flushed;
  readonly #allFlushed;
  readonly #tails = new Map<number, Tail>();
  #seen = 0;
  #readings = 0;
  #afterSweep = 0;

  constructor(db: Database) {
    this.#rows = db.prepare<[number], { sequence: number; readings: Uint8Array }>(
      "SELECT sequence, readings FROM journal WHERE sequence > ? ORDER BY sequence",
    );
    this.#flushed = db.prepare<[number], number>("SELECT flushed FROM series_state WHERE series = ?").pluck();
    this.#allFlushed = db.prepare<[], [number, number]>("SELECT series, flushed FROM series_state").raw();
  }

  /** Reads what the journal has got since; inside the transaction that the answer is read in. */
  follow(): void {
    const rows = this.#rows.all(this.#seen);
    const flushed = rows.length > MANY_ROWS ? new Map(this.#allFlushed.all()) : undefined;
    for (const { sequence, readings } of rows) {
      this.#seen = sequence;
      const columns = readable(readings);
      // The writer puts a damaged row aside and says so.
      if (!columns) continue;
      const { series, time, value, quality, reasons, delay } = columns;
      for (let i = 0; i < series.length; i++) {
        const id = series[i]!;
        if (flushed && (flushed.get(id) ?? 0) >= sequence) continue;
        let tail = this.#tails.get(id);
        if (!tail) this.#tails.set(id, (tail = new Tail()));
        if (tail.put(time[i]!, value[i]!, quality[i]!, reasons[i]!, delay[i]!, sequence)) this.#readings++;
      }
    }
    if (this.#readings > 2 * this.#afterSweep + SWEEP) this.#sweep();
  }

  /** The tail of a series without what is in blocks; undefined when there is nothing. */
  of(series: number): Tail | undefined {
    const tail = this.#tails.get(series);
    if (!tail || tail.length === 0) return undefined;
    this.#drop(tail, this.#flushed.get(series) ?? 0);
    return tail.length === 0 ? undefined : tail;
  }

  #sweep(): void {
    for (const [series, flushed] of this.#allFlushed.iterate()) {
      const tail = this.#tails.get(series);
      if (tail) this.#drop(tail, flushed);
    }
    this.#afterSweep = this.#readings;
  }

  #drop(tail: Tail, flushed: number): void {
    const before = tail.length;
    tail.dropUpTo(flushed);
    this.#readings += tail.length - before;
  }
}
