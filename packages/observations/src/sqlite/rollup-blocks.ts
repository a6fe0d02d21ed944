import type { Database } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { decodeBuckets, encodeBuckets } from "../codec/buckets-codec.ts";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { QuantileSketch } from "../codec/quantile-sketch.ts";
import type { BucketColumns } from "../readings.ts";
import { countUpTo } from "./columns-of-readings.ts";
import { dayEnd, dayOf, firstDayAfter } from "./days.ts";
import { BUCKET_COLUMNS, concatenateBuckets, emptyBuckets } from "./roll-up-columns.ts";

const { "1min": MINUTE, "15min": QUARTER, "1h": HOUR, "1d": DAY } = ROLLUP_WIDTHS;

/** Days in one row of `rollup`, by width in ms: a row is then a few KB and is rewritten in well under a millisecond. */
export const SPAN_DAYS: Readonly<Record<number, number>> = { [MINUTE]: 1, [QUARTER]: 8, [HOUR]: 32, [DAY]: 64 };

/** Sketches, one for each bucket; null where there is none. */
type Sketches = (QuantileSketch | null)[];

/** The buckets of one day. */
export interface DayBuckets {
  day: number;
  buckets: BucketColumns;
  /** Buckets of one or two readings need none: their minimum and maximum tell all. */
  sketches: Sketches | null;
}

interface Row {
  block: number;
  buckets: Uint8Array;
}

/**
 * Stored buckets: rows of `rollup`, each a number of days of one series and width. Blocks are numbered like days: block b
 * holds the days (b - 1) span + 1 to b span. Widths are in ms; a bucket belongs to the day that its END belongs to.
 */
export class RollupBlocks {
  readonly #dayOffset: number;
  readonly #select;
  readonly #upsert;
  readonly #remove;
  readonly #removeBefore;
  readonly #markDirty;

  /** @param dayOffset that of the blocks: ms that a day begins before that of UTC, a multiple of every width below a day */
  constructor(db: Database, dayOffset: number) {
    this.#dayOffset = dayOffset;
    this.#select = db.prepare<[series: number, width: number, from: number, to: number], Row>(
      "SELECT block, buckets FROM rollup WHERE series = ? AND width = ? AND block BETWEEN ? AND ? ORDER BY block",
    );
    this.#upsert = db.prepare<[number, number, number, Uint8Array]>(
      `INSERT INTO rollup VALUES (?, ?, ?, ?)
       ON CONFLICT (series, width, block) DO UPDATE SET buckets = excluded.buckets`,
    );
    this.#remove = db.prepare<[number, number, number]>(
      "DELETE FROM rollup WHERE series = ? AND width = ? AND block = ?",
    );
    this.#removeBefore = db.prepare<[number, number, number]>(
      "DELETE FROM rollup WHERE series = ? AND width = ? AND block < ?",
    );
    this.#markDirty = db.prepare<[number, number, number]>(
      "INSERT OR IGNORE INTO dirty SELECT series, day FROM chunk WHERE series = ? AND day BETWEEN ? AND ?",
    );
  }

  /**
   * Stored buckets whose END lies in (from, to], in rising order. Those of dirty days may be old.
   * @throws {DamagedBlock}
   */
  read(series: number, width: number, from: number, to: number): BucketColumns {
    const parts: BucketColumns[] = [];
    for (const { buckets } of this.#rows(series, width, from, to)) parts.push(spanOfBuckets(buckets, from, to));
    return parts.length === 0 ? emptyBuckets() : concatenateBuckets(parts);
  }

  /** The sketches of the same buckets; null where none is stored. @throws {DamagedBlock} */
  sketches(series: number, width: number, from: number, to: number): { time: number; sketch: QuantileSketch | null }[] {
    return this.#rows(series, width, from, to).flatMap(({ buckets, sketches }) => {
      const [first, end] = placesOf(buckets, from, to);
      return Array.from({ length: end - first }, (_, i) => ({
        time: buckets.time[first + i]!,
        sketch: sketches?.[first + i] ?? sketchOfFew(buckets, first + i),
      }));
    });
  }

  /**
   * One sketch of a span (from, to]: of whole days, and at its ends of the whole hours and quarters of an hour that lie
   * inside and have one. What is left at the ends is not in it.
   * @throws {DamagedBlock}
   */
  sketch(series: number, from: number, to: number): QuantileSketch {
    const all = new QuantileSketch();
    const add = (width: number, start: number, end: number) => {
      for (const { sketch } of this.sketches(series, width, start, end)) if (sketch) all.merge(sketch);
    };
    const offset = this.#dayOffset;
    const innermost = edges(from, to, DAY, offset);
    if (innermost) add(DAY, ...innermost);
    for (const [start, end] of around(from, to, innermost)) {
      const hours = edges(start, end, HOUR, 0);
      if (hours) add(HOUR, ...hours);
      for (const [first, last] of around(start, end, hours)) {
        const quarters = edges(first, last, QUARTER, 0);
        if (quarters) add(QUARTER, ...quarters);
      }
    }
    return all;
  }

  /**
   * Puts the buckets of these days in the place of what was stored for them, inside the transaction of the caller. A row that
   * is damaged is made anew; its other days become dirty.
   */
  write(series: number, width: number, days: readonly DayBuckets[]): void {
    const blocks = Map.groupBy(days, ({ day }) => this.#block(day, width));
    for (const [block, own] of blocks) this.#writeBlock(series, width, block, own);
  }

  /** Deletes the rows that hold nothing but days before `day`. */
  dropBefore(series: number, width: number, day: number): void {
    this.#removeBefore.run(series, width, this.#block(day, width));
  }

  #writeBlock(series: number, width: number, block: number, days: readonly DayBuckets[]): void {
    const stored = this.#stored(series, width, block);
    const replaced = new Set(days.map(({ day }) => day));
    const kept = stored.filter(({ day }) => !replaced.has(day));
    const all = [...kept, ...days].filter(({ buckets }) => buckets.time.length > 0).sort((a, b) => a.day - b.day);
    if (all.length === 0) {
      this.#remove.run(series, width, block);
      return;
    }
    const sketches = all.flatMap(({ buckets, sketches }) => sketches ?? Array<null>(buckets.time.length).fill(null));
    const buckets = concatenateBuckets(all.map(({ buckets }) => buckets));
    this.#upsert.run(series, width, block, encodeBuckets(buckets, sketches.some(Boolean) ? sketches : undefined));
  }

  /** What a row holds, day by day. */
  #stored(series: number, width: number, block: number): DayBuckets[] {
    const row = this.#select.get(series, width, block, block);
    if (!row) return [];
    try {
      return this.#byDay(decodeBuckets(row.buckets));
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      const span = SPAN_DAYS[width]!;
      this.#markDirty.run(series, (block - 1) * span + 1, block * span);
      return [];
    }
  }

  #byDay({ buckets, sketches }: { buckets: BucketColumns; sketches: Sketches | null }): DayBuckets[] {
    const days: DayBuckets[] = [];
    for (let from = 0; from < buckets.time.length;) {
      const day = dayOf(buckets.time[from]!, this.#dayOffset);
      const to = countUpTo(buckets.time, dayEnd(day, this.#dayOffset));
      days.push({ day, buckets: part(buckets, from, to), sketches: sketches?.slice(from, to) ?? null });
      from = to;
    }
    return days;
  }

  #rows(series: number, width: number, from: number, to: number) {
    const first = this.#block(firstDayAfter(from, this.#dayOffset), width);
    const last = this.#block(dayOf(to, this.#dayOffset), width);
    return this.#select.all(series, width, first, last).map(({ buckets }) => decodeBuckets(buckets));
  }

  #block(day: number, width: number): number {
    const span = SPAN_DAYS[width];
    if (span === undefined) throw new RangeError(`there are no rollups of ${width} ms`);
    return Math.ceil(day / span);
  }
}

/** Values of a bucket that has no sketch, when its extremes are all of them. */
function sketchOfFew({ count, min, max }: BucketColumns, i: number): QuantileSketch | null {
  if (count[i] === 1) return QuantileSketch.of(Float64Array.of(min[i]!));
  return count[i] === 2 ? QuantileSketch.of(Float64Array.of(min[i]!, max[i]!)) : null;
}

/** The first and last edge of a width inside a span; undefined when there is no whole bucket between them. */
function edges(from: number, to: number, width: number, offset: number): [number, number] | undefined {
  const first = Math.ceil((from + offset) / width) * width - offset;
  const last = Math.floor((to + offset) / width) * width - offset;
  return first < last ? [first, last] : undefined;
}

/** What is left of a span on both sides of its inner part. */
function around(from: number, to: number, inner: [number, number] | undefined): [number, number][] {
  return inner
    ? [
        [from, inner[0]],
        [inner[1], to],
      ]
    : [[from, to]];
}

function placesOf({ time }: BucketColumns, from: number, to: number): [number, number] {
  return [countUpTo(time, from), countUpTo(time, to)];
}

function spanOfBuckets(buckets: BucketColumns, from: number, to: number): BucketColumns {
  const [first, end] = placesOf(buckets, from, to);
  return part(buckets, first, end);
}

function part(buckets: BucketColumns, from: number, to: number): BucketColumns {
  if (from === 0 && to === buckets.time.length) return buckets;
  const cut = emptyBuckets();
  for (const name of BUCKET_COLUMNS) cut[name] = buckets[name].subarray(from, to);
  return cut;
}
