import { setImmediate as nextTurn } from "node:timers/promises";
import type { RowTable } from "./port.ts";
import { keyOf } from "./row.ts";
import type { RowShape } from "./row.ts";
import type { Stored } from "./row-types.ts";
import { ColumnsBuilder, mergedColumns } from "./table-columns.ts";
import type { TableColumns } from "./table-columns.ts";

/** A dataset as the cache reads it. */
export interface TableSource {
  readonly id: string;
  readonly shape: RowShape;
  /** Committed rows behind a key, in the order of keys. */
  slice(after: readonly Stored[] | null, limit: number): Stored[][];
  /** What is committed now. */
  state(): Pick<RowTable, "version" | "updatedAt" | "synthetic">;
}

interface Entry {
  source: TableSource;
  columns: TableColumns | null;
  table: RowTable | null;
  /** Rows that were committed since `columns`, the newest of each key. */
  waiting: Map<string, readonly Stored[]>;
  /** Making the next table. */
  working: Promise<void> | null;
  /** Rises when rows went, which `waiting` cannot tell. */
  epoch: number;
}

/** Rows that are read before other work gets a turn. */
const sliceLength = 500;
/** With more rows waiting for a table that nobody asks for, the table is forgotten instead. */
const mostWaiting = 20_000;

/** Tables in memory: loaded when asked for, brought up to date by what is put, the least recently used forgotten. */
export class TableCache {
  readonly #mostCells: number;
  /** The most recently used last. */
  readonly #entries = new Map<string, Entry>();

  /** @param mostCells values in all tables together; the table that was asked for last may be larger */
  constructor(mostCells: number) {
    this.#mostCells = mostCells;
  }

  /** Every row that was committed before the call. */
  async table(source: TableSource): Promise<RowTable> {
    const entry = this.#used(source);
    // What is being made may lack the newest commits; what is begun after it does not.
    if (entry.working) await entry.working.catch(() => undefined);
    // Forgotten meanwhile, so nobody tells it of commits.
    if (this.#entries.get(source.id) !== entry) return await this.table(source);
    if (entry.table === null || entry.waiting.size > 0) {
      entry.working ??= this.#work(entry).finally(() => (entry.working = null));
      await entry.working;
    }
    // None when rows went in the same moment.
    return entry.table ?? (await this.table(source));
  }

  /** To be called after the commit, in the same turn. */
  changed(id: string, rows: Iterable<readonly [string, readonly Stored[]]>): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (!entry.columns && !entry.working) return;
    for (const [key, row] of rows) entry.waiting.set(key, row);
    if (entry.waiting.size > mostWaiting && !entry.working) this.#entries.delete(id);
  }

  /** To be called after a commit that removed rows, in the same turn. */
  removed(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.epoch += 1;
    entry.columns = null;
    entry.table = null;
    entry.waiting.clear();
  }

  /** Waits until nothing is read any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ working }) => working));
  }

  #used(source: TableSource): Entry {
    const entry = this.#entries.get(source.id) ?? {
      source,
      columns: null,
      table: null,
      waiting: new Map<string, readonly Stored[]>(),
      working: null,
      epoch: 0,
    };
    this.#entries.delete(source.id);
    this.#entries.set(source.id, entry);
    return entry;
  }

  async #work(entry: Entry): Promise<void> {
    const { source } = entry;
    for (;;) {
      const { epoch } = entry;
      const loaded = entry.columns ?? (await load(source, () => entry.epoch === epoch));
      if (entry.epoch !== epoch) continue;
      // From here to the next wait: what is committed is what was loaded and these rows.
      const rows = [...entry.waiting.values()];
      const state = source.state();
      entry.waiting.clear();
      const columns = rows.length > 0 ? await mergedColumns(loaded, rows, source.shape) : loaded;
      if (entry.epoch !== epoch) continue;
      entry.columns = columns;
      entry.table = tableOf(source, columns, state);
      this.#makeRoom(entry);
      return;
    }
  }

  #makeRoom(kept: Entry): void {
    let cells = 0;
    for (const entry of this.#entries.values()) cells += cellsOf(entry);
    for (const [id, entry] of this.#entries) {
      if (cells <= this.#mostCells) return;
      if (entry === kept || entry.working) continue;
      cells -= cellsOf(entry);
      this.#entries.delete(id);
    }
  }
}

function cellsOf({ columns }: Entry): number {
  return columns === null ? 0 : columns.length * columns.values.length;
}

/** Reads all rows; rows that are committed meanwhile may be in it or not. Ends early when it is no longer wanted. */
async function load(source: TableSource, isWanted: () => boolean): Promise<TableColumns> {
  const builder = new ColumnsBuilder(source.shape);
  let after: Stored[] | null = null;
  while (isWanted()) {
    const rows = source.slice(after, sliceLength);
    builder.add(rows);
    const last = rows.at(-1);
    if (rows.length < sliceLength || !last) break;
    after = keyOf(source.shape, last);
    await nextTurn();
  }
  return builder.columns();
}

function tableOf(
  source: TableSource,
  columns: TableColumns,
  state: Pick<RowTable, "version" | "updatedAt" | "synthetic">,
): RowTable {
  return {
    dataset: source.id,
    length: columns.length,
    columns: new Map(source.shape.fields.map(({ name }, at) => [name, columns.values[at] ?? []])),
    ...state,
  };
}
