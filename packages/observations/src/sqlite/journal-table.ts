import type { Database } from "@ioc/database";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { packJournal, unpackJournal } from "./journal-codec.ts";
import type { ObservationColumns } from "./messages.ts";

/** A transaction must not take long, however much there is to delete. */
const ROWS_A_TRIM = 5000;

/** The journal, as its only writer sees it. */
export class JournalTable {
  readonly #insert;
  readonly #trim;
  readonly #putAside;
  /** Rows, oldest first, with the readings they hold. */
  #rows: { sequence: number; readings: number }[] = [];
  #first = 0;
  #readings = 0;
  #head: number;

  constructor(db: Database) {
    this.#insert = db.prepare<[number, number, Uint8Array]>(
      "INSERT INTO journal VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER), ?, ?)",
    );
    this.#trim = db.prepare<[number]>("DELETE FROM journal WHERE sequence < ?");
    this.#putAside = db.prepare<[number]>(
      `INSERT OR IGNORE INTO damaged_journal
       SELECT sequence, readings, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM journal WHERE sequence = ?`,
    );
    this.#head = db.prepare<[], number>("SELECT coalesce(max(sequence), 0) FROM journal").pluck().get() ?? 0;
  }

  /** Sequence of the newest commit. */
  get head(): number {
    return this.#head;
  }

  /** Sequence of the oldest row; Infinity without one. */
  get oldest(): number {
    return this.#rows[this.#first]?.sequence ?? Infinity;
  }

  get rows(): number {
    return this.#rows.length - this.#first;
  }

  /** Readings in all rows, those included that are in blocks already. */
  get readings(): number {
    return this.#readings;
  }

  /**
   * Adds the row of a commit inside its transaction; {@link committed} follows.
   * @param changed readings that the commit changes
   * @param indexes those of them that are only here
   */
  add(changed: number, columns: ObservationColumns, indexes: Uint32Array): number {
    const sequence = this.#head + 1;
    this.#insert.run(sequence, changed, packJournal(columns, indexes));
    return sequence;
  }

  committed(sequence: number, readings: number): void {
    this.#head = sequence;
    this.#rows.push({ sequence, readings });
    this.#readings += readings;
  }

  /** The sequence up to which rows must go so that at most `readings` stay. */
  sequenceBeyond(readings: number): number {
    let left = this.#readings;
    let at = this.#first;
    while (left > readings) left -= this.#rows[at++]!.readings;
    return at === this.#first ? 0 : this.#rows[at - 1]!.sequence;
  }

  /**
   * Deletes rows before `sequence`, a bounded number at a time, inside a transaction; {@link trimmed} follows with what is
   * returned. The newest row always stays.
   */
  trim(sequence: number): number {
    const first = this.oldest;
    const end = Math.min(sequence, first + ROWS_A_TRIM, this.#head);
    if (first < end) this.#trim.run(end);
    return end;
  }

  trimmed(end: number): void {
    while (this.#first < this.#rows.length && this.#rows[this.#first]!.sequence < end) {
      this.#readings -= this.#rows[this.#first++]!.readings;
    }
    if (this.#first > 1024 && this.#first > this.#rows.length / 2) {
      this.#rows = this.#rows.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Reads all rows, oldest first, when the file is opened. Damaged ones are put aside and left out. */
  replay(db: Database, take: (sequence: number, columns: ObservationColumns) => void): void {
    const rows = db.prepare<[], { sequence: number; readings: Uint8Array }>(
      "SELECT sequence, readings FROM journal ORDER BY sequence",
    );
    const damaged: number[] = [];
    for (const { sequence, readings } of rows.iterate()) {
      const columns = readable(readings);
      if (columns) take(sequence, columns);
      else damaged.push(sequence);
      this.committed(sequence, columns?.series.length ?? 0);
    }
    for (const sequence of damaged) {
      process.emitWarning(`observations: journal row ${sequence} is damaged and was put aside`);
      this.#putAside.run(sequence);
    }
  }
}

/** The readings of a journal row; undefined when they are damaged. */
export function readable(row: Uint8Array): ObservationColumns | undefined {
  try {
    return unpackJournal(row);
  } catch (error) {
    if (error instanceof DamagedBlock) return undefined;
    throw error;
  }
}
