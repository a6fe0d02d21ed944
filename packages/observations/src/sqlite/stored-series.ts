import { emptyReadings } from "../readings.ts";
import type { Database } from "@ioc/database";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { decodeReadings } from "../codec/readings-codec.ts";
import type { Readings } from "../readings.ts";
import { concatenate, merged, part, spanOf, visible } from "./columns-of-readings.ts";
import { dayEnd, dayOf, firstDayAfter } from "./days.ts";
import { ReaderTails } from "./reader-tails.ts";

interface StateRow {
  n: number;
  oldest: number | null;
  newest: number | null;
  bytes: number;
}
type Span = [series: number, firstDay: number, lastDay: number];

/** Readings of single series out of blocks and journal. Everything between two calls of `follow` is one snapshot. */
export class StoredSeries {
  readonly #blocks;
  readonly #count;
  readonly #dirty;
  readonly #rawFrom;
  readonly #state;
  readonly #rollupBytes;
  readonly #firstDay;
  readonly #lastDay;
  readonly #tails: ReaderTails;
  /** ms that a day of a block begins before that of UTC. */
  readonly dayOffset: number;

  constructor(db: Database) {
    this.dayOffset = db.prepare<[], number>("SELECT value FROM meta WHERE name = 'day_offset'").pluck().get()!;
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
    const day = "SELECT day FROM chunk WHERE series = ?";
    this.#firstDay = db.prepare<[number, number], number>(`${day} AND day >= ? ORDER BY day LIMIT 1`).pluck();
    this.#lastDay = db.prepare<[number, number], number>(`${day} AND day <= ? ORDER BY day DESC LIMIT 1`).pluck();
  }

  /** Reads what the journal has got since; inside the transaction that the answer is read in. */
  follow(): void {
    this.#tails.follow();
  }

  readings(series: number, from: number, to: number, validOnly: boolean): Readings {
    return visible(this.#merged(series, from, to), validOnly);
  }

  /** The newest reading at or before `time` that counts in statistics; none or one. */
  newestValid(series: number, time: number): Readings {
    for (let bound = time; ;) {
      const inTail = this.#tails.of(series)?.span(-Infinity, bound).time.at(-1) ?? -Infinity;
      const inBlocks = this.#lastDay.get(series, dayOf(bound, this.dayOffset)) ?? -Infinity;
      const day = Math.max(inBlocks, dayOf(inTail, this.dayOffset));
      if (day === -Infinity) return emptyReadings();
      const start = dayEnd(day - 1, this.dayOffset);
      const valid = this.readings(series, start, Math.min(bound, dayEnd(day, this.dayOffset)), true);
      if (valid.time.length > 0) return part(valid, valid.time.length - 1, valid.time.length);
      bound = start;
    }
  }

  /** The first or last day from `day` on, towards earlier ones with `back`, in which a series may have readings. */
  nextDay(series: number, day: number, back: boolean): number | undefined {
    const inBlocks = (back ? this.#lastDay : this.#firstDay).get(series, day);
    const tail = this.#tails.of(series);
    const times = back
      ? tail?.span(-Infinity, dayEnd(day, this.dayOffset)).time.at(-1)
      : tail?.span(dayEnd(day - 1, this.dayOffset), Infinity).time[0];
    if (times === undefined) return inBlocks;
    const inTail = dayOf(times, this.dayOffset);
    if (inBlocks === undefined) return inTail;
    return back ? Math.max(inBlocks, inTail) : Math.min(inBlocks, inTail);
  }

  countAtMost(series: number, from: number, to: number): number {
    const inTail = this.#tails.of(series)?.span(from, to).time.length ?? 0;
    return this.#count.get(series, firstDayAfter(from, this.dayOffset), dayOf(to, this.dayOffset))! + inTail;
  }

  rawSince(series: number): number {
    const day = this.#rawFrom.get(series);
    return day === null || day === undefined ? -Infinity : dayEnd(day - 1, this.dayOffset);
  }

  /** Days of a span that the blocks were changed in since their rollups were stored, or that the tail has readings of. */
  changedDays(series: number, from: number, to: number): Set<number> {
    const days = new Set(this.#dirty.all(series, firstDayAfter(from, this.dayOffset), dayOf(to, this.dayOffset)));
    const times = this.#tails.of(series)?.span(from, to).time ?? [];
    for (const time of times) days.add(dayOf(time, this.dayOffset));
    return days;
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

  /** What blocks and tail hold of a span, removed readings included. */
  #merged(series: number, from: number, to: number): Readings {
    const inBlocks = this.#inBlocks(series, from, to);
    const tail = this.#tails.of(series)?.span(from, to);
    if (!tail || tail.time.length === 0) return inBlocks;
    return merged(inBlocks, tail);
  }

  #inBlocks(series: number, from: number, to: number): Readings {
    const rows = this.#blocks.all(series, firstDayAfter(from, this.dayOffset), dayOf(to, this.dayOffset));
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
