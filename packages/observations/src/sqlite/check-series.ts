import type { Database } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { decodeBuckets } from "../codec/buckets-codec.ts";
import { decodeReadings } from "../codec/readings-codec.ts";
import type { BucketColumns, Readings } from "../readings.ts";
import { REMOVED } from "../readings.ts";
import { countKept } from "./columns-of-readings.ts";
import { rollUpDay } from "./day-rollups.ts";
import { dayEnd, dayOf } from "./days.ts";
import { BUCKET_COLUMNS } from "./roll-up-columns.ts";
import { RESTORE } from "./store-problem.ts";
import type { StoreProblem } from "./store-problem.ts";

const { "1h": HOUR, "1d": DAY } = ROLLUP_WIDTHS;
const AGAIN = "import the day again from a backup or from the source; the other days can be used";
const REBUILD = "run ioc store maintain --rebuild, which makes the rollups again";

interface Found {
  blocks: number;
  readings: number;
  rollupRows: number;
}

interface State {
  flushed: number;
  n: number;
  bytes: number;
  oldest: number | null;
  newest: number | null;
  rawFrom: number | null;
}

/** Looks at everything that is stored of one series. */
export class SeriesCheck {
  readonly #dayOffset: number;
  readonly #report;
  readonly #chunks;
  readonly #state;
  readonly #dirty;
  readonly #rollups;
  readonly #reasonSets: Set<number>;
  #datastream = "";

  constructor(db: Database, dayOffset: number, report: (problem: StoreProblem) => void) {
    this.#dayOffset = dayOffset;
    this.#report = report;
    this.#chunks = db.prepare<[number], { day: number; n: number; readings: Uint8Array }>(
      "SELECT day, n, readings FROM chunk WHERE series = ? ORDER BY day",
    );
    this.#state = db.prepare<[number], State>(
      `SELECT flushed, n, bytes, oldest, newest, raw_from AS "rawFrom" FROM series_state WHERE series = ?`,
    );
    this.#dirty = db.prepare<[number], number>("SELECT day FROM dirty WHERE series = ?").pluck();
    this.#rollups = db.prepare<[number], { width: number; block: number; buckets: Uint8Array }>(
      "SELECT width, block, buckets FROM rollup WHERE series = ? ORDER BY width, block",
    );
    this.#reasonSets = new Set(db.prepare<[], number>("SELECT id FROM reason_set").pluck().all()).add(0);
  }

  run(id: number, datastream: string): Found {
    this.#datastream = datastream;
    const state = this.#state.get(id);
    const dirty = new Set(this.#dirty.all(id));
    const stored = this.#storedDays(id);
    const sums = { blocks: 0, readings: 0, bytes: 0, oldest: null as number | null, newest: null as number | null };
    const seen = new Set<number>();
    for (const { day, n, readings: bytes } of this.#chunks.iterate(id)) {
      sums.blocks++;
      sums.readings += n;
      sums.bytes += bytes.length;
      seen.add(day);
      const readings = this.#decoded(day, bytes);
      if (!readings) continue;
      this.#checkBlock(day, n, readings);
      const kept = readings.time.filter((_, i) => readings.quality[i] !== REMOVED);
      sums.oldest ??= kept[0] ?? null;
      sums.newest = kept.at(-1) ?? sums.newest;
      if (!dirty.has(day)) this.#compare(day, readings, stored.days);
    }
    this.#checkState(state, sums, seen);
    for (const day of stored.days.keys()) {
      if (seen.has(day) || dirty.has(day) || day < (state?.rawFrom ?? -Infinity)) continue;
      this.#problem(day, "there are rollups of a day without readings", REBUILD);
    }
    return { blocks: sums.blocks, readings: sums.readings, rollupRows: stored.rows };
  }

  #decoded(day: number, bytes: Uint8Array): Readings | null {
    try {
      return decodeReadings(bytes);
    } catch (error) {
      this.#problem(day, error instanceof Error ? error.message : String(error), AGAIN);
      return null;
    }
  }

  #checkBlock(day: number, n: number, readings: Readings): void {
    const { time } = readings;
    if (n !== countKept(readings)) this.#problem(day, `it has ${countKept(readings)} readings, not ${n}`, RESTORE);
    if (time.some((at, i) => i > 0 && !(at > time[i - 1]!))) this.#problem(day, "times do not rise", RESTORE);
    if (time.some((at) => dayOf(at, this.#dayOffset) !== day)) {
      this.#problem(day, "it holds readings of another day", RESTORE);
    }
    if (readings.reasons.some((id) => !this.#reasonSets.has(id))) {
      this.#problem(day, "a reading has a quality reason that is not known", RESTORE);
    }
  }

  #checkState(
    state: State | undefined,
    sums: { readings: number; bytes: number; oldest: number | null; newest: number | null },
    days: ReadonlySet<number>,
  ): void {
    if (!state) {
      if (days.size > 0) this.#problem(null, "the figures of its blocks are missing", RESTORE);
      return;
    }
    const expected = { n: sums.readings, bytes: sums.bytes, oldest: sums.oldest, newest: sums.newest };
    for (const key of ["n", "bytes", "oldest", "newest"] as const) {
      if (state[key] === expected[key]) continue;
      this.#problem(null, `${key} is kept as ${state[key]}, its blocks say ${expected[key]}`, RESTORE);
    }
    const dropped = [...days].filter((day) => day < (state.rawFrom ?? -Infinity));
    for (const day of dropped) this.#problem(day, "it lies before the first day that is kept", RESTORE);
  }

  /** Stored buckets of an hour and a day by city day, and the number of rows of all widths. */
  #storedDays(id: number): { rows: number; days: Map<number, Map<number, BucketColumns>> } {
    const days = new Map<number, Map<number, BucketColumns>>();
    let rows = 0;
    for (const { width, block, buckets: bytes } of this.#rollups.iterate(id)) {
      rows++;
      try {
        const { buckets } = decodeBuckets(bytes);
        if (width === HOUR || width === DAY) this.#addDays(days, width, buckets);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#problem(null, `rollups of ${width / 1000} s, row ${block}: ${reason}`, REBUILD);
      }
    }
    return { rows, days };
  }

  #addDays(days: Map<number, Map<number, BucketColumns>>, width: number, buckets: BucketColumns): void {
    const places = Map.groupBy(buckets.time.keys(), (i) => dayOf(buckets.time[i]!, this.#dayOffset));
    for (const [day, indexes] of places) {
      const [from, to] = [indexes[0]!, indexes.at(-1)! + 1];
      const own = Object.fromEntries(BUCKET_COLUMNS.map((name) => [name, buckets[name].subarray(from, to)]));
      const widths = days.get(day) ?? new Map<number, BucketColumns>();
      days.set(day, widths.set(width, own as unknown as BucketColumns));
    }
  }

  #compare(day: number, readings: Readings, stored: ReadonlyMap<number, ReadonlyMap<number, BucketColumns>>): void {
    for (const [width, name] of [
      [HOUR, "hourly"],
      [DAY, "daily"],
    ] as const) {
      const { buckets } = rollUpDay(readings, day, width, { dayOffset: this.#dayOffset, sketches: false });
      const kept = stored.get(day)?.get(width);
      const same = kept
        ? BUCKET_COLUMNS.every((column) => sameNumbers(kept[column], buckets[column]))
        : buckets.time.length === 0;
      if (!same) this.#problem(day, `its ${name} rollups are not those of its readings`, REBUILD);
    }
  }

  #problem(day: number | null, problem: string, advice: string): void {
    const date = day === null ? null : new Date(dayEnd(day, 0) - 1).toISOString().slice(0, 10);
    this.#report({ datastream: this.#datastream, day: date, problem, advice });
  }
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((number, i) => Object.is(number, b[i]));
}
