import { setImmediate as nextTurn } from "node:timers/promises";
import { calendarOf } from "@ioc/contracts";
import type { DatasetDefinition, DatasetItem, LocalCalendar, RowReceipt } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import { cursorOf, keyOfCursor } from "../cursor.ts";
import type { Datasets, RowChange, RowPage, RowTable, WholeRow } from "../port.ts";
import { agingOf } from "../retention.ts";
import { keyOf } from "../row.ts";
import type { TableCache } from "../table-cache.ts";
import type { Changes, CheckedRow, DatasetRows } from "./dataset-rows.ts";
import { Transactions } from "./transactions.ts";

/** Rows that are checked, or forgotten, before other work gets a turn. */
const sliceLength = 500;
const mostProblems = 100;

interface Parts {
  rows: readonly DatasetRows[];
  connections: Record<"reading" | "writing", Database>;
  cache: TableCache;
  timeZone: string;
}

/** Datasets in an open file. The connections are closed with it. */
export class SqliteDatasets implements Datasets {
  readonly #rows: ReadonlyMap<string, DatasetRows>;
  readonly #connections: Parts["connections"];
  readonly #transactions: Transactions;
  readonly #cache: TableCache;
  readonly #calendar: LocalCalendar;
  readonly #listeners = new Set<(change: RowChange) => void>();
  /** Changes that must end before the file is closed. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor({ rows, connections, cache, timeZone }: Parts) {
    this.#rows = new Map(rows.map((one) => [one.id, one]));
    this.#connections = connections;
    this.#transactions = new Transactions(connections.writing);
    this.#cache = cache;
    this.#calendar = calendarOf(timeZone);
  }

  definition(id: string): DatasetDefinition | undefined {
    return this.#rows.get(id)?.definition;
  }

  async table(id: string): Promise<RowTable> {
    return this.#cache.table(this.#known(id));
  }

  page(id: string, { limit, after }: { limit: number; after?: string | undefined }): RowPage {
    const dataset = this.#known(id);
    const { shape, held } = dataset;
    const rows = dataset.slice(after === undefined ? null : keyOfCursor(after, shape), limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const items = shown.map((row) => shape.json(row));
    return { items, total: held.rows, next: last ? cursorOf(keyOf(shape, last)) : null };
  }

  items(): DatasetItem[] {
    return [...this.#rows.values()].map(itemOf);
  }

  async put(
    id: string,
    rows: readonly unknown[],
    { synthetic, now }: { synthetic: boolean; now: number },
  ): Promise<RowReceipt> {
    const dataset = this.#known(id);
    const whole = rows.map((row): WholeRow => ({ row, synthetic }));
    return this.#tracked(async () => {
      const { checked, receipt } = await check(dataset, whole);
      if (checked.length === 0) return receipt;
      const { stored, unchanged } = await this.#change(dataset, now, () => dataset.put(checked, now));
      return { ...receipt, stored, unchanged };
    });
  }

  async replace(
    id: string,
    rows: readonly WholeRow[],
    { now, source = null }: { now: number; source?: string | null | undefined },
  ): Promise<RowReceipt> {
    const dataset = this.#known(id);
    return this.#tracked(async () => {
      const { checked, receipt } = await check(dataset, rows);
      if (receipt.refused > 0) return receipt;
      const { stored, unchanged } = await this.#change(dataset, now, () => dataset.replace(checked, now, source));
      return { ...receipt, stored, unchanged };
    });
  }

  source(id: string): string | null {
    return this.#known(id).held.source;
  }

  async forget(now: number): Promise<number> {
    return this.#tracked(async () => {
      let forgotten = 0;
      for (const dataset of this.#rows.values()) forgotten += await this.#forget(dataset, now);
      return forgotten;
    });
  }

  subscribe(listener: (change: RowChange) => void): () => void {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const own = (change: RowChange) => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#cache.settled();
    this.#connections.reading.close();
    this.#connections.writing.close();
  }

  #known(id: string): DatasetRows {
    const dataset = this.#rows.get(id);
    if (!dataset) throw new Error(`there is no dataset ${id}`);
    return dataset;
  }

  async #tracked<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  async #forget(dataset: DatasetRows, now: number): Promise<number> {
    const aging = agingOf(dataset.definition, this.#calendar);
    if (!aging) return 0;
    const { field } = aging;
    let forgotten = 0;
    for (;;) {
      const { removed } = await this.#change(dataset, now, async () => {
        const newest = dataset.greatest(field);
        return dataset.forget(field, newest === null ? null : aging.bound(now, newest), sliceLength);
      });
      forgotten += removed;
      if (removed < sliceLength) return forgotten;
      await nextTurn();
    }
  }

  #change(dataset: DatasetRows, now: number, work: () => Promise<Changes>): Promise<Changes> {
    return this.#transactions.run(work, (changes) => this.#take(dataset, changes, now));
  }

  /** In the turn of the commit, so that what is told here and what is read from the file never differ. */
  #take(dataset: DatasetRows, { held, rows, removed }: Changes, now: number): void {
    dataset.held = held;
    if (rows.size === 0 && removed === 0) return;
    dataset.version += 1;
    if (removed > 0) this.#cache.removed(dataset.id);
    else this.#cache.changed(dataset.id, rows);
    this.#announce({ dataset: dataset.id, at: now });
  }

  /** A subscriber that throws does not keep the change from the others or from its sender. */
  #announce(change: RowChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
}

function itemOf({ definition, held }: DatasetRows): DatasetItem {
  const { anchors: _anchors, rows: _rows, ...told } = definition;
  return { ...told, count: held.rows, updatedAt: held.updatedAt, madeUp: held.madeUp > 0 };
}

/** Rows that may be stored, and the receipt as far as it is known before they are. */
async function check(
  { shape }: DatasetRows,
  rows: readonly WholeRow[],
): Promise<{ checked: CheckedRow[]; receipt: RowReceipt }> {
  const checked: CheckedRow[] = [];
  const problems: RowReceipt["problems"] = [];
  for (const [index, { row, synthetic }] of rows.entries()) {
    if (index % sliceLength === sliceLength - 1) await nextTurn();
    const read = shape.read(row);
    if (Array.isArray(read)) checked.push({ row: read, synthetic });
    else if (problems.length < mostProblems) problems.push({ index, ...read });
  }
  const received = rows.length;
  return { checked, receipt: { received, stored: 0, unchanged: 0, refused: received - checked.length, problems } };
}
