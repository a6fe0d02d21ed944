import { emptyReadings } from "../readings.ts";
import type { Database } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { decodeReadings } from "../codec/readings-codec.ts";
import type { Readings } from "../readings.ts";
import { rollUpDay } from "./day-rollups.ts";
import { dayOf } from "./days.ts";
import { RetentionWork } from "./retention.ts";
import { RollupBlocks, SPAN_DAYS } from "./rollup-blocks.ts";

const { "1h": HOUR, "1d": DAY } = ROLLUP_WIDTHS;
/** Readings rolled up in one transaction: a few ms of work. */
const READINGS_A_TRANSACTION = 50_000;
/** Corrections and removals that are kept. */
const KEPT_CORRECTIONS = 1_000_000;
const CORRECTIONS_A_TRANSACTION = 5_000;
const BEGINNING = { series: -1, day: -Infinity };

export interface MaintenanceOptions {
  /** ms that a day of a block begins before that of UTC: `day_offset` of the file. */
  dayOffset: number;
  /** Days that readings and rollups are kept where a datastream says nothing; Infinity for ever. Default 5 and 10 years. */
  rawDays?: number;
  rollupDays?: number;
  /** phenomenonTime of the oldest reading of a series that only the journal holds; Infinity when there is none. */
  oldestInTail?: (series: number) => number;
  /** Called after blocks of a series were dropped, or its state was changed otherwise. */
  changed?: (series: number) => void;
}

/**
 * What can be done later than a commit: hourly and daily rollups of days that are over, retention, trimming. Runs on the one
 * connection that writes, in transactions of a few ms. Nothing is lost or wrong when it never runs: whoever reads computes
 * the buckets of dirty days from their readings.
 */
export class Maintenance {
  readonly #dayOffset: number;
  readonly #rollups: RollupBlocks;
  readonly #retention: RetentionWork;
  readonly #nextDirty;
  readonly #dirtyOf;
  readonly #block;
  readonly #clean;
  readonly #trimCorrections;
  readonly #transaction;
  /** Where the pass over dirty days stands, and the days it has cleaned so far. */
  #place = BEGINNING;
  #cleaned = 0;

  constructor(db: Database, options: MaintenanceOptions) {
    this.#dayOffset = options.dayOffset;
    this.#rollups = new RollupBlocks(db, options.dayOffset);
    this.#retention = new RetentionWork(db, this.#rollups, options);
    this.#nextDirty = db.prepare<[number, number, number], { series: number; day: number }>(
      "SELECT series, day FROM dirty WHERE (series, day) > (?, ?) AND day < ? ORDER BY series, day LIMIT 1",
    );
    this.#dirtyOf = db.prepare<[number, number, number], { day: number; n: number | null }>(
      `SELECT dirty.day AS day, n FROM dirty LEFT JOIN chunk ON chunk.series = dirty.series AND chunk.day = dirty.day
       WHERE dirty.series = ? AND dirty.day BETWEEN ? AND ? ORDER BY dirty.day`,
    );
    this.#block = db
      .prepare<[number, number], Uint8Array>("SELECT readings FROM chunk WHERE series = ? AND day = ?")
      .pluck();
    this.#clean = db.prepare<[number, number]>("DELETE FROM dirty WHERE series = ? AND day = ?");
    this.#trimCorrections = db.prepare(
      `DELETE FROM correction WHERE id IN (SELECT id FROM correction
       WHERE id <= (SELECT max(id) FROM correction) - ${KEPT_CORRECTIONS} LIMIT ${CORRECTIONS_A_TRANSACTION})`,
    );
    this.#transaction = db.transaction((work: () => void) => work());
  }

  /**
   * Works for about `budgetMs`; true when there is more to do.
   * @param now city time, ms: days that end before it are over
   */
  step(now: number, budgetMs = 15): boolean {
    const end = performance.now() + budgetMs;
    const today = dayOf(now, this.#dayOffset);
    let more = true;
    do more = this.#rollUpNext(today) || this.#retention.next(today) || this.#trim();
    while (more && performance.now() < end);
    return more;
  }

  /** Rolls up the next days of one series; false at the end of a pass that found nothing it could clean. */
  #rollUpNext(today: number): boolean {
    const next = this.#nextDirty.get(this.#place.series, this.#place.day, today);
    if (!next) {
      const again = this.#cleaned > 0;
      this.#place = BEGINNING;
      this.#cleaned = 0;
      return again;
    }
    const span = SPAN_DAYS[HOUR]!;
    const lastOfRow = Math.min(today - 1, Math.ceil(next.day / span) * span);
    const days: number[] = [];
    let readings = 0;
    for (const { day, n } of this.#dirtyOf.all(next.series, next.day, lastOfRow)) {
      if (days.length > 0 && readings + (n ?? 0) > READINGS_A_TRANSACTION) break;
      days.push(day);
      readings += n ?? 0;
    }
    this.#transaction.immediate(() => this.#rollUp(next.series, days));
    this.#place = { series: next.series, day: days.at(-1)! };
    return true;
  }

  #rollUp(series: number, days: readonly number[]): void {
    const read = days.map((day) => ({ day, readings: this.#readings(series, day) }));
    // A damaged day stays dirty: what was stored for it may be all that is left of it.
    const whole = read.filter((one): one is { day: number; readings: Readings } => one.readings !== null);
    for (const [width, sketches] of [
      [HOUR, false],
      [DAY, true],
    ] as const) {
      const made = whole.map(({ day, readings }) =>
        rollUpDay(readings, day, width, { dayOffset: this.#dayOffset, sketches }),
      );
      this.#rollups.write(series, width, made);
    }
    for (const { day } of whole) this.#clean.run(series, day);
    this.#cleaned += whole.length;
  }

  #readings(series: number, day: number): Readings | null {
    const bytes = this.#block.get(series, day);
    try {
      return bytes ? decodeReadings(bytes) : emptyReadings();
    } catch (error) {
      if (error instanceof DamagedBlock) return null;
      throw error;
    }
  }

  #trim(): boolean {
    return this.#trimCorrections.run().changes === CORRECTIONS_A_TRANSACTION;
  }
}
