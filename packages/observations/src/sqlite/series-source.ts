import type { Database } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { decodeReadings } from "../codec/readings-codec.ts";
import type { BucketColumns, Readings, SeriesInfo, SeriesSource } from "../readings.ts";
import { concatenate, copyOf, emptyReadings, merged, part, spanOf, visible } from "./columns-of-readings.ts";
import { dayEnd, dayOf, firstDayAfter } from "./days.ts";
import { ReaderTails } from "./reader-tails.ts";
import { concatenateBuckets, emptyBuckets, rollUpColumns } from "./roll-up-columns.ts";

/** Rollups as maintenance has stored them. */
export interface StoredRollups {
  /** Buckets whose END lies in (from, to]; `width` in ms. */
  read(series: number, width: number, from: number, to: number): BucketColumns;
}

interface StateRow {
  n: number;
  oldest: number | null;
  newest: number | null;
  bytes: number;
}
type Span = [series: number, firstDay: number, lastDay: number];

/** Reads single series out of blocks, journal and stored rollups. Everything between two calls of `begin` is one snapshot. */
export class BlockSource implements SeriesSource {
  readonly #db: Database;
  readonly #blocks;
  readonly #count;
  readonly #dirty;
  readonly #rawFrom;
  readonly #state;
  readonly #rollupBytes;
  readonly #firstDay;
  readonly #lastDay;
  readonly #tails: ReaderTails;
  readonly #rollups: StoredRollups | null;
  /** ms that a day of a block begins before that of UTC. */
  readonly blockOffset: number;
  /** The same for the days that are asked. */
  readonly #dayOffset: number;
  readonly #infos = new Map<number, SeriesInfo>();

  constructor(db: Database, dayOffset: number, rollups: StoredRollups | null) {
    this.#db = db;
    this.#rollups = rollups;
    this.#dayOffset = dayOffset;
    this.blockOffset = db.prepare<[], number>("SELECT value FROM meta WHERE name = 'day_offset'").pluck().get()!;
    this.#tails = new ReaderTails(db);
    const where = "FROM chunk WHERE series = ? AND day BETWEEN ? AND ?";
    this.#blocks = db.prepare<Span, [number, Uint8Array]>(`SELECT day, readings ${where} ORDER BY day`).raw();
    this.#count = db.prepare<Span, number>(`SELECT coalesce(sum(n), 0) ${where}`).pluck();
    this.#dirty = db
      .prepare<Span, number>("SELECT day FROM dirty WHERE series = ? AND day BETWEEN ? AND ? ORDER BY day")
      .pluck();
    this.#rawFrom = db.prepare<[number], number | null>("SELECT raw_from FROM series_state WHERE series = ?").pluck();
    this.#state = db.prepare<[number], StateRow>("SELECT n, oldest, newest, bytes FROM series_state WHERE series = ?");
    this.#rollupBytes = db
      .prepare<[number], number>("SELECT coalesce(sum(length(buckets)), 0) FROM rollup WHERE series = ?")
      .pluck();
    const day = "SELECT day FROM chunk WHERE series = ? AND n > 0";
    this.#firstDay = db.prepare<[number, number], number>(`${day} AND day >= ? ORDER BY day LIMIT 1`).pluck();
    this.#lastDay = db.prepare<[number, number], number>(`${day} AND day <= ? ORDER BY day DESC LIMIT 1`).pluck();
    this.reload();
  }

  /** Reads the known datastreams again. */
  reload(): void {
    const rows = this.#db
      .prepare<[], SeriesInfo>(`SELECT id, datastream, unit, kind, period_seconds AS "periodSeconds" FROM series`)
      .all();
    for (const row of rows) this.#infos.set(row.id, row);
  }

  /** Runs `read` over one snapshot of the file. */
  snapshot<T>(read: () => T): T {
    return this.#db.transaction(() => {
      this.#tails.follow();
      return read();
    })();
  }

  info(series: number): SeriesInfo {
    const info = this.#infos.get(series);
    if (!info) throw new Error(`series ${series} is not known`);
    return info;
  }

  readings(series: number, from: number, to: number, validOnly: boolean): Readings {
    return visible(this.#merged(series, from, to), validOnly);
  }

  /** The newest reading at or before `time` that counts in statistics; none or one. */
  newestValid(series: number, time: number): Readings {
    for (let bound = time; ;) {
      const inTail = this.#tails.of(series)?.span(-Infinity, bound).time.at(-1) ?? -Infinity;
      const inBlocks = this.#lastDay.get(series, dayOf(bound, this.blockOffset)) ?? -Infinity;
      const day = Math.max(inBlocks, dayOf(inTail, this.blockOffset));
      if (day === -Infinity) return emptyReadings();
      const start = dayEnd(day - 1, this.blockOffset);
      const valid = this.readings(series, start, Math.min(bound, dayEnd(day, this.blockOffset)), true);
      if (valid.time.length > 0) return part(valid, valid.time.length - 1, valid.time.length);
      bound = start;
    }
  }

  /** The first or last day from `day` on, towards earlier ones with `back`, in which a series may have readings. */
  nextDay(series: number, day: number, back: boolean): number | undefined {
    const inBlocks = (back ? this.#lastDay : this.#firstDay).get(series, day);
    const tail = this.#tails.of(series);
    const times = back
      ? tail?.span(-Infinity, dayEnd(day, this.blockOffset)).time.at(-1)
      : tail?.span(dayEnd(day - 1, this.blockOffset), Infinity).time[0];
    if (times === undefined) return inBlocks;
    const inTail = dayOf(times, this.blockOffset);
    if (inBlocks === undefined) return inTail;
    return back ? Math.max(inBlocks, inTail) : Math.min(inBlocks, inTail);
  }

  countAtMost(series: number, from: number, to: number): number {
    const inTail = this.#tails.of(series)?.span(from, to).time.length ?? 0;
    return this.#count.get(series, firstDayAfter(from, this.blockOffset), dayOf(to, this.blockOffset))! + inTail;
  }

  rawSince(series: number): number {
    const day = this.#rawFrom.get(series);
    return day === null || day === undefined ? -Infinity : dayEnd(day - 1, this.blockOffset);
  }

  /**
   * Stored rollups where they equal the readings, else made of the readings: those of the days that are not over, that
   * changed since, or whose edges are not edges of such buckets.
   */
  buckets(series: number, from: number, to: number, width: RollupWidth): BucketColumns {
    const ms = ROLLUP_WIDTHS[width];
    const offset = width === "1d" ? this.#dayOffset : 0;
    const start = Math.floor((from + offset) / ms) * ms - offset;
    const end = Math.floor((to + offset) / ms) * ms - offset;
    const since = Math.max(start, this.rawSince(series));
    const parts: BucketColumns[] = [];
    const stored = (a: number, b: number) => {
      if (b > a && this.#rollups) parts.push(this.#rollups.read(series, ms, a, b));
    };
    const made = (a: number, b: number) => {
      if (b > a) parts.push(rollUpColumns(this.readings(series, a, b, true), ms, offset));
    };
    stored(start, Math.min(since, end));
    const fits = (offset - this.blockOffset) % ms === 0;
    if (!this.#rollups || !fits || ms < ROLLUP_WIDTHS["1h"]) made(since, end);
    else {
      let at = since;
      for (const [a, b] of this.#changedDays(series, since, end)) {
        stored(at, Math.max(at, a));
        made(Math.max(at, a), Math.min(b, end));
        at = b;
      }
      stored(at, end);
    }
    return parts.length === 0 ? emptyBuckets() : concatenateBuckets(parts);
  }

  /** What is stored of a series. */
  profile(series: number): { count: number; oldest: number | null; newest: number | null; bytes: number } {
    const { n, oldest, newest, bytes } = this.#state.get(series) ?? { n: 0, oldest: null, newest: null, bytes: 0 };
    const all = { count: n, oldest, newest, bytes: bytes + (this.#rollupBytes.get(series) ?? 0) };
    const tail = this.#tails.of(series);
    if (!tail) return all;
    all.oldest = Math.min(oldest ?? Infinity, tail.oldest);
    all.newest = Math.max(newest ?? -Infinity, tail.newest);
    const late = newest === null ? emptyReadings() : tail.span(-Infinity, newest);
    all.count += tail.length - late.time.length;
    if (late.time.length === 0) return all;
    // What is no newer than the blocks may have taken the place of a reading in them.
    const [from, to] = [late.time[0]! - 1, late.time.at(-1)!];
    const before = visible(this.#inBlocks(series, from, to), false).time.length;
    all.count += this.readings(series, from, to, false).time.length - before;
    return all;
  }

  sketchQuantile(): number | null {
    return null;
  }

  /** Spans of whole days whose stored rollups cannot be used, in order. */
  #changedDays(series: number, from: number, to: number): [start: number, end: number][] {
    const first = firstDayAfter(from, this.blockOffset);
    const last = dayOf(to, this.blockOffset);
    const days = new Set(this.#dirty.all(series, first, last));
    const times = this.#tails.of(series)?.span(from, to).time ?? [];
    for (const time of times) days.add(dayOf(time, this.blockOffset));
    const spans: [number, number][] = [];
    for (const day of [...days].sort((a, b) => a - b)) {
      const start = dayEnd(day - 1, this.blockOffset);
      const before = spans.at(-1);
      if (before && before[1] === start) before[1] = dayEnd(day, this.blockOffset);
      else spans.push([start, dayEnd(day, this.blockOffset)]);
    }
    return spans;
  }

  /** What blocks and tail hold of a span, removed readings included. */
  #merged(series: number, from: number, to: number): Readings {
    const inBlocks = this.#inBlocks(series, from, to);
    const tail = this.#tails.of(series)?.span(from, to);
    if (!tail || tail.time.length === 0) return inBlocks;
    // The tail's own columns are never handed out: an answer moves to another thread.
    return inBlocks.time.length === 0 ? copyOf(tail) : merged(inBlocks, tail);
  }

  #inBlocks(series: number, from: number, to: number): Readings {
    const rows = this.#blocks.all(series, firstDayAfter(from, this.blockOffset), dayOf(to, this.blockOffset));
    const parts = rows.map(([day, bytes]) => spanOf(decoded(series, day, bytes), from, to));
    return parts.length === 0 ? emptyReadings() : concatenate(parts);
  }
}

function decoded(series: number, day: number, bytes: Uint8Array): Readings {
  try {
    return decodeReadings(bytes);
  } catch (error) {
    if (error instanceof DamagedBlock) throw new DamagedBlock(`series ${series}, day ${day}: ${error.message}`);
    throw error;
  }
}
