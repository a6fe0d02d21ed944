import type { Database } from "@ioc/database";
import { addToBucket, bucketEnd, KEPT_WIDTHS, rollUp, startBucket } from "../buckets.ts";
import type { Bucket, KeptWidth } from "../buckets.ts";
import { ROLLUP_TABLES } from "./schema.ts";

type BucketRow = [t: number, count: number, sum: number, min: number, max: number, last: number, lastTime: number];
type Reading = [time: number, value: number];

/**
 * Writes one width of rollup. A bucket always equals a plain roll-up of its valid readings in time order, to the last bit:
 * newer readings are added to it; when a late or corrected one touches it, it is made again from the rows.
 */
export class RollupTable {
  readonly #width: number;
  readonly #select;
  readonly #replace;
  readonly #remove;
  readonly #readings;
  readonly #clear;

  constructor(db: Database, width: KeptWidth) {
    const table = ROLLUP_TABLES[width];
    this.#width = KEPT_WIDTHS[width];
    this.#select = db
      .prepare<[number, number], BucketRow>(
        `SELECT t, count, sum, min, max, last, last_t FROM ${table} WHERE series = ? AND t = ?`,
      )
      .raw();
    this.#replace = db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#remove = db.prepare(`DELETE FROM ${table} WHERE series = ? AND t = ?`);
    this.#clear = db.prepare(`DELETE FROM ${table} WHERE series = ?`);
    this.#readings = db
      .prepare<[number, number, number], Reading>(
        "SELECT t, value FROM observation WHERE series = ? AND t > ? AND t <= ? AND quality <= 2 AND value IS NOT NULL ORDER BY t",
      )
      .raw();
  }

  /**
   * Brings the buckets up to date after rows of one series were written.
   * @param added new valid readings in rising time order, their rows being written already
   * @param corrected times of rows that were changed
   */
  update(series: number, added: readonly Reading[], corrected: readonly number[]): void {
    const remade = new Set<number>();
    for (const time of corrected) this.#remake(series, bucketEnd(time, this.#width), remade);
    let current: Bucket | undefined;
    for (const [time, value] of added) {
      const end = bucketEnd(time, this.#width);
      if (remade.has(end)) continue;
      if (current?.time === end) {
        addToBucket(current, time, value);
        continue;
      }
      if (current) this.#save(series, current);
      const stored = this.#load(series, end);
      if (stored && stored.lastTime >= time) {
        current = undefined;
        this.#remake(series, end, remade);
      } else if (stored) {
        addToBucket((current = stored), time, value);
      } else {
        current = startBucket(end, time, value);
      }
    }
    if (current) this.#save(series, current);
  }

  /** Makes all buckets of a series again; `kept` false removes them. */
  rebuild(series: number, kept: boolean): void {
    this.#clear.run(series);
    if (!kept) return;
    const readings = this.#readings.all(series, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    for (const bucket of rollUp(readings, this.#width)) this.#save(series, bucket);
  }

  #remake(series: number, end: number, remade: Set<number>): void {
    if (remade.has(end)) return;
    remade.add(end);
    const [bucket] = rollUp(this.#readings.all(series, end - this.#width, end), this.#width);
    if (bucket) this.#save(series, bucket);
    else this.#remove.run(series, end);
  }

  #load(series: number, end: number): Bucket | undefined {
    const row = this.#select.get(series, end);
    if (!row) return undefined;
    const [time, count, sum, min, max, last, lastTime] = row;
    return { time, count, sum, min, max, last, lastTime };
  }

  #save(series: number, b: Bucket): void {
    this.#replace.run(series, b.time, b.count, b.sum, b.min, b.max, b.last, b.lastTime);
  }
}
