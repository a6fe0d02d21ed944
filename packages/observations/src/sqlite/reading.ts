import type { Database } from "@ioc/database";
import type { QualityFlag } from "@ioc/contracts";
import { DAY_MS, keptWidths, mergeBuckets, KEPT_WIDTHS, ROLLUP_WIDTHS, rollUp } from "../buckets.ts";
import type { Bucket, KeptWidth, RollupWidth } from "../buckets.ts";
import type { SeriesRow } from "./messages.ts";
import { ROLLUP_TABLES } from "./schema.ts";
import { selectSeries } from "./series-table.ts";

type Span = [series: number, from: number, to: number];
export type RawRow = [time: number, value: number | null, quality: QualityFlag];
export type ValidRow = [time: number, value: number, quality: QualityFlag, reasons: number];
export type BucketRow = [
  time: number,
  count: number,
  sum: number,
  min: number,
  max: number,
  last: number,
  lastTime: number,
];

const ROLLUP_COLUMNS = "t, count, sum, min, max, last, last_t";

/** Reads single series. Spans are (from, to] of phenomenonTime, or of bucket ends. */
export class SeriesReading {
  readonly #rawAll;
  readonly #rawValid;
  readonly #rawCount;
  readonly #newestValid;
  readonly #kept;
  readonly #keptCount;
  readonly #selectSeries;
  #series = new Map<number, SeriesRow>();

  constructor(db: Database) {
    const where = "FROM observation WHERE series = ? AND t > ? AND t <= ?";
    this.#rawAll = db.prepare<Span, RawRow>(`SELECT t, value, quality ${where} ORDER BY t`).raw();
    this.#rawValid = db
      .prepare<Span, RawRow>(`SELECT t, value, quality ${where} AND quality <= 2 AND value IS NOT NULL ORDER BY t`)
      .raw();
    this.#rawCount = db.prepare<[...Span, number], number>(bounded(where)).pluck();
    this.#newestValid = db
      .prepare<[number, number], ValidRow>(
        `SELECT t, value, quality, reasons FROM observation
         WHERE series = ? AND t <= ? AND quality <= 2 AND value IS NOT NULL ORDER BY t DESC LIMIT 1`,
      )
      .raw();
    const kept = (width: KeptWidth) => `FROM ${ROLLUP_TABLES[width]} WHERE series = ? AND t > ? AND t <= ?`;
    const select = (width: KeptWidth) =>
      db.prepare<Span, BucketRow>(`SELECT ${ROLLUP_COLUMNS} ${kept(width)} ORDER BY t`).raw();
    const count = (width: KeptWidth) => db.prepare<[...Span, number], number>(bounded(kept(width))).pluck();
    this.#kept = { "15min": select("15min"), "1h": select("1h") };
    this.#keptCount = { "15min": count("15min"), "1h": count("1h") };
    this.#selectSeries = selectSeries(db);
    this.reload();
  }

  reload(): void {
    this.#series = new Map(this.#selectSeries.all().map((row) => [row.id, row]));
  }

  row(series: number): SeriesRow {
    const row = this.#series.get(series);
    if (!row) throw new Error(`series ${series} is not known`);
    return row;
  }

  raw(series: number, from: number, to: number, validOnly: boolean): RawRow[] {
    return (validOnly ? this.#rawValid : this.#rawAll).all(series, from, to);
  }

  newestValid(series: number, time: number): ValidRow | undefined {
    return this.#newestValid.get(series, time);
  }

  buckets(series: number, from: number, to: number, width: "1min" | KeptWidth): Bucket[] {
    if (width !== "1min" && this.#keeps(series, width)) return this.#kept[width].all(series, from, to).map(bucketOf);
    return this.#rolledUp(series, from, to, ROLLUP_WIDTHS[width], 0);
  }

  /** The same as rows, which is quicker for many series. */
  bucketRows(series: number, from: number, to: number, width: RollupWidth, dayOffset: number): BucketRow[] {
    if (width === "1d") return this.days(series, from, to, dayOffset).map(rowOf);
    if (width !== "1min" && this.#keeps(series, width)) return this.#kept[width].all(series, from, to);
    return this.#rolledUp(series, from, to, ROLLUP_WIDTHS[width], 0).map(rowOf);
  }

  /** Days of local time, `offset` ms ahead of UTC. */
  days(series: number, from: number, to: number, offset: number): Bucket[] {
    const hour = KEPT_WIDTHS["1h"];
    if (offset % hour !== 0 || !this.#keeps(series, "1h")) return this.#rolledUp(series, from, to, DAY_MS, offset);
    const start = firstEdge(from, DAY_MS, offset);
    const end = lastEdge(to, DAY_MS, offset);
    return mergeBuckets(this.#kept["1h"].all(series, start, end).map(bucketOf), DAY_MS, offset);
  }

  /** Whether there are more than `limit` readings, without counting further. */
  hasMoreRaw(series: number, from: number, to: number, limit: number): boolean {
    return (this.#rawCount.get(series, from, to, limit + 1) ?? 0) > limit;
  }

  hasMoreBuckets(series: number, from: number, to: number, width: KeptWidth, limit: number): boolean {
    if (this.#keeps(series, width)) return (this.#keptCount[width].get(series, from, to, limit + 1) ?? 0) > limit;
    return this.buckets(series, from, to, width).length > limit;
  }

  #keeps(series: number, width: KeptWidth): boolean {
    return keptWidths(this.row(series).periodSeconds).includes(width);
  }

  #rolledUp(series: number, from: number, to: number, width: number, offset: number): Bucket[] {
    const rows = this.#rawValid.all(series, firstEdge(from, width, offset), lastEdge(to, width, offset));
    return rollUp(rows as unknown as [number, number][], width, offset);
  }
}

function bounded(where: string): string {
  return `SELECT count(*) FROM (SELECT 1 ${where} LIMIT ?)`;
}

/** Start of the first bucket whose END is after `from`. */
function firstEdge(from: number, width: number, offset: number): number {
  return Math.floor((from + offset) / width) * width - offset;
}

/** Last edge at or before `to`: buckets end there or earlier. */
function lastEdge(to: number, width: number, offset: number): number {
  return firstEdge(to, width, offset);
}

function bucketOf([time, count, sum, min, max, last, lastTime]: BucketRow): Bucket {
  return { time, count, sum, min, max, last, lastTime };
}

function rowOf({ time, count, sum, min, max, last, lastTime }: Bucket): BucketRow {
  return [time, count, sum, min, max, last, lastTime];
}
