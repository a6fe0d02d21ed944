import type { Database } from "@ioc/database";
import { DAY_MS, ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import { QuantileSketch } from "../codec/quantile-sketch.ts";
import type { BucketColumns, Readings, SeriesInfo, SeriesSource } from "../readings.ts";
import { dayEnd } from "./days.ts";
import { concatenateBuckets, emptyBuckets, mergeColumns, rollUpColumns } from "./roll-up-columns.ts";
import { RollupBlocks } from "./rollup-blocks.ts";
import { StoredSeries } from "./stored-series.ts";

type Part = (from: number, to: number) => void;

/**
 * Reads single series out of blocks, journal and stored rollups. Rollups are used where they equal the readings; for days
 * that are not over, or changed since, everything is made of the readings, so that every answer is exact at every moment.
 */
export class BlockSource implements SeriesSource {
  readonly stored: StoredSeries;
  readonly #db: Database;
  readonly #rollups: RollupBlocks;
  /** ms that the days which are asked begin before those of UTC. */
  readonly #dayOffset: number;
  #infos = new Map<number, SeriesInfo>();

  constructor(db: Database, dayOffset: number) {
    this.#db = db;
    this.#dayOffset = dayOffset;
    this.stored = new StoredSeries(db);
    this.#rollups = new RollupBlocks(db, this.stored.dayOffset);
    this.reload();
  }

  /** Reads the known datastreams again. */
  reload(): void {
    const rows = this.#db
      .prepare<[], SeriesInfo>(`SELECT id, datastream, unit, kind, period_seconds AS "periodSeconds" FROM series`)
      .all();
    this.#infos = new Map(rows.map((row) => [row.id, row]));
  }

  /** Runs `read` over one snapshot of the file. */
  snapshot<T>(read: () => T): T {
    return this.#db.transaction(() => {
      this.stored.follow();
      return read();
    })();
  }

  info(series: number): SeriesInfo {
    const info = this.#infos.get(series);
    if (!info) throw new Error(`series ${series} is not known`);
    return info;
  }

  readings(series: number, from: number, to: number, validOnly: boolean): Readings {
    return this.stored.readings(series, from, to, validOnly);
  }

  countAtMost(series: number, from: number, to: number): number {
    return this.stored.countAtMost(series, from, to);
  }

  rawSince(series: number): number {
    return this.stored.rawSince(series);
  }

  /** Widths below an hour are stored only for days of which the readings were dropped. */
  buckets(series: number, from: number, to: number, width: RollupWidth): BucketColumns {
    const ms = ROLLUP_WIDTHS[width];
    const offset = width === "1d" ? this.#dayOffset : 0;
    const [start, end] = [lastEdge(from, ms, offset), lastEdge(to, ms, offset)];
    const since = Math.min(Math.max(start, this.rawSince(series)), end);
    // Days that begin at another hour than those of the blocks are made of the readings, or of what is left of them.
    const fits = (offset - this.stored.dayOffset) % ms === 0;
    const parts: BucketColumns[] = [];
    const read: Part = (a, b) => parts.push(this.#rollups.read(series, fits ? ms : ROLLUP_WIDTHS["15min"], a, b));
    const make: Part = (a, b) => parts.push(rollUpColumns(this.readings(series, a, b, true), ms, offset));
    if (since > start) read(start, since);
    if (fits && ms >= ROLLUP_WIDTHS["1h"]) this.#byDays(series, since, end, read, make);
    else if (end > since) make(since, end);
    const all = parts.length === 0 ? emptyBuckets() : concatenateBuckets(parts);
    return fits ? all : mergeColumns(all, ms, offset);
  }

  /** Stored sketches of days; the readings of days that changed since, and of the parts of days at the ends. */
  sketchQuantile(series: readonly number[], from: number, to: number, q: number): number | null {
    const all = new QuantileSketch();
    for (const id of series) {
      const read: Part = (a, b) => all.merge(this.#rollups.sketch(id, a, b));
      const make: Part = (a, b) => all.merge(QuantileSketch.of(this.readings(id, a, b, true).value));
      const since = Math.min(Math.max(from, this.rawSince(id)), to);
      if (since > from) read(from, since);
      const first = Math.min(-lastEdge(-since, DAY_MS, -this.stored.dayOffset), to);
      const last = Math.max(first, lastEdge(to, DAY_MS, this.stored.dayOffset));
      if (first > since) make(since, first);
      this.#byDays(id, first, last, read, make);
      if (to > last) make(last, to);
    }
    return all.quantile(q);
  }

  /** Divides a span into parts of which the stored rollups can be read, and parts whose readings must be used. */
  #byDays(series: number, from: number, to: number, read: Part, make: Part): void {
    if (to <= from) return;
    const changed = [...this.stored.changedDays(series, from, to)].sort((a, b) => a - b);
    let at = from;
    for (let i = 0; i < changed.length; i++) {
      const start = Math.max(from, dayEnd(changed[i]! - 1, this.stored.dayOffset));
      while (changed[i + 1] === changed[i]! + 1) i++;
      const end = Math.min(to, dayEnd(changed[i]!, this.stored.dayOffset));
      if (start > at) read(at, start);
      if (end > start) make(start, end);
      at = end;
    }
    if (to > at) read(at, to);
  }
}

/** The last edge of a bucket at or before a time. */
function lastEdge(time: number, width: number, offset: number): number {
  return Math.floor((time + offset) / width) * width - offset;
}
