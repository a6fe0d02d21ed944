import type { Database } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { decodeReadings } from "../codec/readings-codec.ts";
import type { Readings } from "../readings.ts";
import { REMOVED } from "../readings.ts";
import { rollUpDay } from "./day-rollups.ts";
import { dayEnd, dayOf } from "./days.ts";
import type { MaintenanceOptions } from "./maintenance.ts";
import type { RollupBlocks } from "./rollup-blocks.ts";

const { "1min": MINUTE, "15min": QUARTER, "1h": HOUR, "1d": DAY } = ROLLUP_WIDTHS;
const RAW_DAYS = 5 * 366;
const ROLLUP_DAYS = 10 * 366;
/** Readings rolled up and dropped in one transaction. */
const READINGS_A_TRANSACTION = 20_000;

interface SeriesLimits {
  id: number;
  periodSeconds: number;
  rawDays: number | null;
  rollupDays: number | null;
}

/**
 * Drops what is older than its datastream is to be kept. Before the readings of a day go, its rollups of all widths are
 * stored, with sketches, for afterwards nobody can compute them. Days are counted back from the newest reading of the store
 * when the clock is ahead of it: a clock that runs wrong drops nothing.
 */
export class RetentionWork {
  readonly #rollups: RollupBlocks;
  readonly #options: Required<MaintenanceOptions>;
  readonly #allSeries;
  readonly #newest;
  readonly #oldDays;
  readonly #firstKept;
  readonly #dropBlock;
  readonly #dropDirty;
  readonly #writeState;
  readonly #transaction;
  /** Series that the pass has still to look at; the day of the pass; whether it left any for later. */
  #left: SeriesLimits[] = [];
  #today = -Infinity;
  #postponed = false;
  #done = -Infinity;

  constructor(db: Database, rollups: RollupBlocks, options: MaintenanceOptions) {
    this.#rollups = rollups;
    this.#options = {
      rawDays: RAW_DAYS,
      rollupDays: ROLLUP_DAYS,
      oldestInTail: () => Infinity,
      changed: () => undefined,
      ...options,
    };
    this.#allSeries = db.prepare<[], SeriesLimits>(
      `SELECT id, period_seconds AS "periodSeconds", raw_days AS "rawDays", rollup_days AS "rollupDays" FROM series`,
    );
    this.#newest = db.prepare<[], number | null>("SELECT max(newest) FROM series_state").pluck();
    this.#oldDays = db.prepare<[number, number], { day: number; n: number; readings: Uint8Array }>(
      "SELECT day, n, readings FROM chunk WHERE series = ? AND day < ? ORDER BY day",
    );
    this.#firstKept = db
      .prepare<[number, number], Uint8Array>(
        "SELECT readings FROM chunk WHERE series = ? AND day >= ? AND n > 0 ORDER BY day LIMIT 1",
      )
      .pluck();
    this.#dropBlock = db.prepare<[number, number]>("DELETE FROM chunk WHERE series = ? AND day = ?");
    this.#dropDirty = db.prepare<[number, number]>("DELETE FROM dirty WHERE series = ? AND day = ?");
    this.#writeState = db.prepare(
      `UPDATE series_state SET n = n - ?, bytes = bytes - ?, oldest = ?, newest = iif(? IS NULL, NULL, newest),
       raw_from = max(coalesce(raw_from, ?), ?) WHERE series = ?`,
    );
    this.#transaction = db.transaction((work: () => void) => work());
  }

  /** Looks at the next series; false when all have been seen on this day. */
  next(clockDay: number): boolean {
    if (this.#left.length === 0 && !this.#begin(clockDay)) return false;
    const series = this.#left.at(-1)!;
    if (!this.#dropReadings(series)) {
      this.#dropRollups(series);
      this.#left.pop();
    }
    if (this.#left.length > 0) return true;
    if (!this.#postponed) this.#done = this.#today;
    return false;
  }

  /** False when there is nothing to begin. */
  #begin(clockDay: number): boolean {
    const newest = this.#newest.get();
    if (newest === null || newest === undefined) return false;
    this.#today = Math.min(clockDay, dayOf(newest, this.#options.dayOffset));
    if (this.#today === this.#done) return false;
    this.#left = this.#allSeries.all();
    this.#postponed = false;
    return this.#left.length > 0;
  }

  /** Drops some days of a series; false when none is left to drop. */
  #dropReadings(series: SeriesLimits): boolean {
    const first = this.#today - (series.rawDays ?? this.#options.rawDays);
    if (first === -Infinity) return false;
    const days: { day: number; n: number; readings: Uint8Array }[] = [];
    let readings = 0;
    for (const row of this.#oldDays.iterate(series.id, first)) {
      days.push(row);
      readings += row.n;
      if (readings > READINGS_A_TRANSACTION) break;
    }
    if (days.length === 0) return false;
    if (this.#options.oldestInTail(series.id) <= dayEnd(first - 1, this.#options.dayOffset)) {
      // Late readings of these days are still to come into their blocks.
      this.#postponed = true;
      return false;
    }
    this.#transaction.immediate(() => this.#drop(series, days));
    this.#options.changed(series.id);
    return true;
  }

  #drop(series: SeriesLimits, days: readonly { day: number; n: number; readings: Uint8Array }[]): void {
    // What cannot be read keeps the rollups it has.
    const read = days.map(({ day, readings }) => ({ day, readings: readingsOf(readings) }));
    for (const width of [MINUTE, QUARTER, HOUR, DAY]) {
      if (width === MINUTE && series.periodSeconds >= 60) continue;
      const options = { dayOffset: this.#options.dayOffset, sketches: width !== MINUTE };
      const made = read.flatMap(({ day, readings }) => (readings ? [rollUpDay(readings, day, width, options)] : []));
      this.#rollups.write(series.id, width, made);
    }
    let [n, bytes] = [0, 0];
    for (const one of days) {
      n += one.n;
      bytes += one.readings.length;
      this.#dropBlock.run(series.id, one.day);
      this.#dropDirty.run(series.id, one.day);
    }
    const rawFrom = days.at(-1)!.day + 1;
    const oldest = this.#oldestFrom(series.id, rawFrom);
    this.#writeState.run(n, bytes, oldest, oldest, rawFrom, rawFrom, series.id);
  }

  #oldestFrom(series: number, day: number): number | null {
    const bytes = this.#firstKept.get(series, day);
    const readings = bytes && readingsOf(bytes);
    return readings?.time[readings.quality.findIndex((quality) => quality !== REMOVED)] ?? null;
  }

  #dropRollups(series: SeriesLimits): void {
    const rawDays = series.rawDays ?? this.#options.rawDays;
    const first = this.#today - Math.max(rawDays, series.rollupDays ?? this.#options.rollupDays);
    if (first === -Infinity) return;
    for (const width of [MINUTE, QUARTER, HOUR, DAY]) this.#rollups.dropBefore(series.id, width, first);
  }
}

function readingsOf(bytes: Uint8Array): Readings | null {
  try {
    return decodeReadings(bytes);
  } catch (error) {
    if (error instanceof DamagedBlock) return null;
    throw error;
  }
}
