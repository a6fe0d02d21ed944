import type { Database } from "@ioc/database";
import { packJournal, unpackJournal } from "./journal-codec.ts";
import type { ObservationColumns } from "./messages.ts";

/** The journal, as its only writer sees it. */
export class JournalTable {
  readonly #insert;
  readonly #trim;
  /** Rows, oldest first, with the readings they hold. */
  #rows: { sequence: number; readings: number }[] = [];
  #first = 0;
  #readings = 0;
  #head: number;

  constructor(db: Database) {
    this.#insert = db.prepare<[number, number, Uint8Array]>(
      "INSERT INTO journal VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER), ?, ?)",
    );
    this.#trim = db.prepare<[number]>(
      "DELETE FROM journal WHERE sequence < min(?, (SELECT max(sequence) FROM journal))",
    );
    this.#head = db.prepare<[], number>("SELECT coalesce(max(sequence), 0) FROM journal").pluck().get() ?? 0;
  }

  /** Sequence of the newest commit. */
  get head(): number {
    return this.#head;
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

  /** Deletes the rows before `sequence`, inside a transaction; {@link trimmed} follows. The newest row always stays. */
  trim(sequence: number): void {
    if (this.#first < this.#rows.length && this.#rows[this.#first]!.sequence < sequence) this.#trim.run(sequence);
  }

  trimmed(sequence: number): void {
    while (this.#first < this.#rows.length && this.#rows[this.#first]!.sequence < sequence) {
      this.#readings -= this.#rows[this.#first++]!.readings;
    }
    if (this.#first > 1024 && this.#first > this.#rows.length / 2) {
      this.#rows = this.#rows.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Reads all rows, oldest first, when the file is opened. */
  replay(db: Database, take: (sequence: number, columns: ObservationColumns) => void): void {
    const rows = db.prepare<[], { sequence: number; readings: Uint8Array }>(
      "SELECT sequence, readings FROM journal ORDER BY sequence",
    );
    for (const { sequence, readings } of rows.iterate()) {
      const columns = unpackJournal(readings);
      take(sequence, columns);
      this.committed(sequence, columns.series.length);
    }
  }
}
