import { setImmediate as nextTurn } from "node:timers/promises";
import type { DatasetDefinition } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import { keyText } from "../key-order.ts";
import { keyOf, rowShape } from "../row.ts";
import type { RowShape } from "../row.ts";
import type { Stored } from "../row-types.ts";
import type { TableSource } from "../table-cache.ts";
import type { DatasetRow } from "./schema.ts";
import { rowReading, rowWriting } from "./statements.ts";
import type { RowReading, RowWriting } from "./statements.ts";

/** What is committed of a dataset besides its rows. */
export interface Held {
  rows: number;
  madeUp: number;
  updatedAt: number | null;
  source: string | null;
}

/** A row that passed the check. */
export interface CheckedRow {
  row: Stored[];
  synthetic: boolean;
}

/** What a transaction did to a dataset. */
export interface Changes {
  held: Held;
  stored: number;
  unchanged: number;
  removed: number;
  /** New and changed rows by the text of their key. */
  rows: Map<string, Stored[]>;
}

/** Rows that are looked at before other work gets a turn. */
const sliceLength = 200;

/** One dataset: what is committed of it, and changes to it inside a transaction of the caller's. */
export class DatasetRows implements TableSource {
  readonly id: string;
  readonly definition: DatasetDefinition;
  readonly shape: RowShape;
  held: Held;
  version = 0;
  readonly #reading: RowReading;
  readonly #writing: RowWriting;
  readonly #note: (held: Held) => void;

  /** @param writing connection that transactions are made on; `reading` sees only what they have committed */
  constructor(
    definition: DatasetDefinition,
    timeZone: string,
    { reading, writing }: Record<"reading" | "writing", Database>,
  ) {
    const { id } = definition;
    this.id = id;
    this.definition = definition;
    this.shape = rowShape(definition.columns, timeZone);
    this.#reading = rowReading(reading, id, this.shape);
    this.#writing = rowWriting(writing, id, this.shape);
    const { rows, made_up, updated_at, source } = writing
      .prepare<[string], DatasetRow>("SELECT * FROM dataset WHERE id = ?")
      .get(id)!;
    this.held = { rows, madeUp: made_up, updatedAt: updated_at, source };
    const note = writing.prepare("UPDATE dataset SET rows = ?, made_up = ?, updated_at = ?, source = ? WHERE id = ?");
    this.#note = ({ rows, madeUp, updatedAt, source }) => void note.run(rows, madeUp, updatedAt, source, id);
  }

  slice(after: readonly Stored[] | null, limit: number): Stored[][] {
    return this.#reading.slice(after, limit);
  }

  state(): { version: number; updatedAt: number | null; synthetic: boolean } {
    return { version: this.version, updatedAt: this.held.updatedAt, synthetic: this.held.madeUp > 0 };
  }

  /** Adds rows, or replaces those of their keys. */
  async put(rows: readonly CheckedRow[], now: number): Promise<Changes> {
    const changes = this.#nothing();
    await this.#write(rows, now, changes);
    if (changes.rows.size === 0) return changes;
    changes.held.updatedAt = now;
    this.#note(changes.held);
    return changes;
  }

  /** Makes these the rows. */
  async replace(rows: readonly CheckedRow[], now: number, source: string | null): Promise<Changes> {
    const changes = this.#nothing();
    await this.#write(rows, now, changes);
    const wanted = new Set(rows.map(({ row }) => keyText(keyOf(this.shape, row))));
    for await (const keys of this.#keySlices()) {
      for (const key of keys) if (!wanted.has(keyText(key))) this.#remove(key, changes);
    }
    const isChanged = changes.rows.size > 0 || changes.removed > 0;
    changes.held.source = source;
    if (isChanged) changes.held.updatedAt = now;
    if (isChanged || source !== this.held.source) this.#note(changes.held);
    return changes;
  }

  /** Removes up to `limit` rows whose field is below a bound. That is no news of the rows: they stay as old as they are. */
  forget(field: string, bound: Stored, limit: number): Changes {
    const changes = this.#nothing();
    for (const key of this.#writing.below(field, bound, limit)) this.#remove(key, changes);
    if (changes.removed > 0) this.#note(changes.held);
    return changes;
  }

  greatest(field: string): Stored {
    return this.#writing.greatest(field);
  }

  #nothing(): Changes {
    return { held: { ...this.held }, stored: 0, unchanged: 0, removed: 0, rows: new Map() };
  }

  async #write(rows: readonly CheckedRow[], now: number, changes: Changes): Promise<void> {
    const { held } = changes;
    const marked = this.shape.fields.length;
    for (const [at, { row, synthetic }] of rows.entries()) {
      if (at % sliceLength === sliceLength - 1) await nextTurn();
      const key = keyOf(this.shape, row);
      const before = this.#writing.get(key);
      const wasMadeUp = before?.[marked] === 1;
      if (before && wasMadeUp === synthetic && row.every((value, field) => value === before[field])) {
        changes.unchanged += 1;
        continue;
      }
      this.#writing.put(row, synthetic, now);
      changes.stored += 1;
      changes.rows.set(keyText(key), row);
      if (!before) held.rows += 1;
      held.madeUp += Number(synthetic) - Number(wasMadeUp);
    }
  }

  async *#keySlices(): AsyncGenerator<Stored[][]> {
    let last: Stored[] | null = null;
    for (;;) {
      const keys: Stored[][] = this.#writing.keys(last, sliceLength);
      yield keys;
      last = keys.at(-1) ?? null;
      if (keys.length < sliceLength) return;
      await nextTurn();
    }
  }

  #remove(key: Stored[], changes: Changes): void {
    if (this.#writing.remove(key)) changes.held.madeUp -= 1;
    changes.held.rows -= 1;
    changes.removed += 1;
  }
}
