import type { Database } from "@ioc/database";
import type { ObservationColumns } from "./messages.ts";
import type { SeriesTable } from "./series-table.ts";

const STORED = 0;
const DUPLICATE = 1;
const CORRECTED = 2;

export interface Written {
  stored: number;
  corrected: number;
  /** Oldest and newest phenomenonTime of new rows; null when there are none. */
  oldest: number | null;
  newest: number | null;
}

/** Writes rows, latest values and rollups inside the transaction of its caller. */
export class RowWriter {
  readonly #series: SeriesTable;
  readonly #insert;
  readonly #valueAt;
  readonly #correct;
  readonly #upsertLatest;
  readonly #latestTime: Map<number, number>;
  /** Latest times written by the transaction under way. */
  readonly #pending = new Map<number, number>();

  constructor(db: Database, series: SeriesTable) {
    this.#series = series;
    this.#insert = db.prepare<[number, number, number | null, number, number, number]>(
      "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#valueAt = db
      .prepare<[number, number], number | null>("SELECT value FROM observation WHERE series = ? AND t = ?")
      .pluck();
    this.#correct = db.prepare<[number | null, number, number, number, number, number]>(
      "UPDATE observation SET value = ?, quality = ?, reasons = ?, delay = ? WHERE series = ? AND t = ?",
    );
    this.#upsertLatest = db.prepare<[number, number, number | null, number, number]>(
      "INSERT OR REPLACE INTO latest VALUES (?, ?, ?, ?, ?)",
    );
    const latest = db.prepare<[], [number, number]>("SELECT series, t FROM latest").raw().all();
    this.#latestTime = new Map(latest);
  }

  /**
   * Writes the readings in `order`, which must be by series and time.
   * @param outcomes filled with an index into OUTCOMES for each reading
   */
  write(columns: ObservationColumns, order: Uint32Array, outcomes: Uint8Array): Written {
    const written: Written = { stored: 0, corrected: 0, oldest: null, newest: null };
    let from = 0;
    while (from < order.length) {
      const series = columns.series[order[from]!]!;
      let to = from + 1;
      while (to < order.length && columns.series[order[to]!] === series) to++;
      this.#writeSeries(series, columns, order.subarray(from, to), outcomes, written);
      from = to;
    }
    return written;
  }

  /** To be called after the commit. */
  keep(): void {
    for (const [series, time] of this.#pending) this.#latestTime.set(series, time);
    this.#pending.clear();
  }

  /** To be called after a rollback. */
  forget(): void {
    this.#pending.clear();
  }

  #writeSeries(
    series: number,
    columns: ObservationColumns,
    order: Uint32Array,
    outcomes: Uint8Array,
    written: Written,
  ): void {
    const added: [number, number][] = [];
    const corrected: number[] = [];
    let newest = -1;
    for (const i of order) {
      const time = columns.time[i]!;
      const outcome = this.#writeRow(series, time, i, columns);
      outcomes[i] = outcome;
      if (outcome === DUPLICATE) continue;
      newest = i;
      if (outcome === CORRECTED) {
        written.corrected++;
        corrected.push(time);
        continue;
      }
      written.stored++;
      if (written.oldest === null || time < written.oldest) written.oldest = time;
      if (written.newest === null || time > written.newest) written.newest = time;
      const value = columns.value[i]!;
      if (columns.quality[i]! <= 2 && !Number.isNaN(value)) added.push([time, value]);
    }
    if (newest < 0) return;
    this.#writeLatest(series, newest, columns);
    for (const table of this.#series.rollupsOf(series)) table.update(series, added, corrected);
  }

  #writeRow(series: number, time: number, i: number, columns: ObservationColumns): 0 | 1 | 2 {
    const value = nullable(columns.value[i]!);
    const quality = columns.quality[i]!;
    const reasons = columns.reasons[i]!;
    const delay = columns.delay[i]!;
    if (this.#insert.run(series, time, value, quality, reasons, delay).changes === 1) return STORED;
    if (this.#valueAt.get(series, time) === value) return DUPLICATE;
    this.#correct.run(value, quality, reasons, delay, series, time);
    return CORRECTED;
  }

  #writeLatest(series: number, i: number, columns: ObservationColumns): void {
    const time = columns.time[i]!;
    if (time < (this.#latestTime.get(series) ?? -Infinity)) return;
    this.#upsertLatest.run(series, time, nullable(columns.value[i]!), columns.quality[i]!, columns.reasons[i]!);
    this.#pending.set(series, time);
  }
}

function nullable(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
