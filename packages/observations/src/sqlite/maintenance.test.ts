import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { migrate, openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import { DAY_MS, rollUp, ROLLUP_WIDTHS } from "../buckets.ts";
import type { Bucket } from "../buckets.ts";
import type { BucketColumns, Readings } from "../readings.ts";
import { REMOVED, emptyReadings } from "../readings.ts";
import { merged } from "./columns-of-readings.ts";
import { dayEnd, dayOf } from "./days.ts";
import { Maintenance } from "./maintenance.ts";
import type { MaintenanceOptions } from "./maintenance.ts";
import { RollupBlocks } from "./rollup-blocks.ts";
import { migrations } from "./schema.ts";
import { flushInto, OFFSET, openTables } from "./test-blocks.ts";

const { "1min": MINUTE, "15min": QUARTER, "1h": HOUR, "1d": DAY } = ROLLUP_WIDTHS;
/** The end of a city day. */
const START = dayEnd(dayOf(Date.UTC(2026, 0, 15), OFFSET), OFFSET);
const START_DAY = dayOf(START, OFFSET);
const FOR_EVER: [number, number] = [-8e15, 8e15];

type Row = [time: number, value: number, quality: number];

function columnsOf(rows: readonly Row[]): Readings {
  const sorted = [...new Map(rows.map((row) => [row[0], row])).values()].sort(([a], [b]) => a - b);
  const readings = emptyReadings(sorted.length);
  for (const [i, [time, value, quality]] of sorted.entries()) {
    readings.time[i] = time;
    readings.value[i] = value;
    readings.quality[i] = quality;
  }
  return readings;
}

/** The plain roll-up of all that counts, which stored buckets must equal to the last bit. */
function naive(readings: Readings, width: number): Bucket[] {
  const valid: [number, number][] = [];
  for (let i = 0; i < readings.time.length; i++) {
    const quality = readings.quality[i]!;
    if (quality !== REMOVED && quality <= 2 && !Number.isNaN(readings.value[i]!)) {
      valid.push([readings.time[i]!, readings.value[i]!]);
    }
  }
  return rollUp(valid, width, width === DAY ? OFFSET : 0);
}

function bucketsOf(columns: BucketColumns): Bucket[] {
  return Array.from(columns.time, (time, i) => ({
    time,
    count: columns.count[i]!,
    sum: columns.sum[i]!,
    min: columns.min[i]!,
    max: columns.max[i]!,
    last: columns.last[i]!,
    lastTime: columns.lastTime[i]!,
  }));
}

function dirtyDays(db: Database, series: number): Set<number> {
  return new Set(db.prepare<[number], number>("SELECT day FROM dirty WHERE series = ?").pluck().all(series));
}

function runAll(maintenance: Maintenance, now: number): void {
  for (let steps = 0; maintenance.step(now, 5); steps++) if (steps > 10_000) throw new Error("it never ends");
}

function regular(days: number, period: number, from = START): Readings {
  const random = seededRandom(days);
  const count = Math.floor((days * DAY_MS) / period);
  return columnsOf(
    Array.from({ length: count }, (_, i): Row => [from + (i + 1) * period, Math.round(random() * 400) / 10, 1]),
  );
}

function maintenanceOf(db: Database, given: Partial<MaintenanceOptions> = {}): Maintenance {
  return new Maintenance(db, { dayOffset: OFFSET, ...given });
}

describe("rollups of days that are over", () => {
  const row = fc.tuple(
    fc.integer({ min: 1, max: 100 * 24 * 4 }).map((quarter) => START + quarter * QUARTER - (quarter % 3) * 1000),
    fc.oneof(
      fc.integer({ min: -300, max: 300 }).map((tenths) => tenths / 10),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constant(NaN),
    ),
    fc.constantFrom(1, 1, 1, 2, 3, 4, REMOVED),
  );
  const action = fc.oneof(
    { weight: 3, arbitrary: fc.array(row, { minLength: 1, maxLength: 40 }) },
    { weight: 2, arbitrary: fc.record({ now: fc.integer({ min: 0, max: 110 }), budgetMs: fc.constantFrom(0, 3) }) },
  );

  test("of clean days always equal a plain roll-up, after any sequence of flushes, late data and steps", () => {
    const property = fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
      using folder = temporaryFolder();
      const db = openTables(folder.path, [900]);
      const maintenance = maintenanceOf(db);
      const rollups = new RollupBlocks(db, OFFSET);
      let all = emptyReadings();
      for (const one of actions) {
        if (Array.isArray(one)) {
          const readings = columnsOf(one);
          flushInto(db, 1, readings);
          all = merged(all, readings);
        } else maintenance.step(START + one.now * DAY_MS, one.budgetMs);
        const dirty = dirtyDays(db, 1);
        for (const width of [HOUR, DAY]) {
          const clean = ({ time }: Bucket) => !dirty.has(dayOf(time, OFFSET));
          const stored = bucketsOf(rollups.read(1, width, ...FOR_EVER)).filter(clean);
          expect(stored).toEqual(naive(all, width).filter(clean));
        }
      }
      runAll(maintenance, START + 200 * DAY_MS);
      expect(dirtyDays(db, 1).size).toBe(0);
      db.close();
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("a day that is not over stays dirty", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(3, QUARTER));
    runAll(maintenanceOf(db), START + 2 * DAY_MS + HOUR);
    expect([...dirtyDays(db, 1)]).toEqual([START_DAY + 3]);
    const hours = new RollupBlocks(db, OFFSET).read(1, HOUR, ...FOR_EVER);
    expect(hours.time.at(-1)).toBe(START + 2 * DAY_MS);
    db.close();
  });

  test("a month of back-fill writes each row of rollups once", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(30, QUARTER, dayEnd(Math.ceil(START_DAY / 64) * 64, OFFSET)));
    db.exec(`
      CREATE TABLE written (width INTEGER);
      CREATE TRIGGER log_insert AFTER INSERT ON rollup BEGIN INSERT INTO written VALUES (new.width); END;
      CREATE TRIGGER log_update AFTER UPDATE ON rollup BEGIN INSERT INTO written VALUES (new.width); END;
    `);
    runAll(maintenanceOf(db), START + 400 * DAY_MS);
    expect(db.prepare("SELECT width, count(*) AS n FROM written GROUP BY width").all()).toEqual([
      { width: HOUR, n: 1 },
      { width: DAY, n: 1 },
    ]);
    db.close();
  });

  test("a step of no time still gets on, and says whether there is more", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900, 900, 900]);
    for (const series of [1, 2, 3]) flushInto(db, series, regular(1, QUARTER));
    const maintenance = maintenanceOf(db);
    let steps = 1;
    while (maintenance.step(START + 10 * DAY_MS, 0)) steps++;
    expect(steps).toBeGreaterThanOrEqual(3);
    expect([1, 2, 3].map((series) => dirtyDays(db, series).size)).toEqual([0, 0, 0]);
    expect(maintenance.step(START + 10 * DAY_MS, 0)).toBe(false);
    db.close();
  });

  test("a damaged block keeps what is stored for its day, and stays dirty without stopping the others", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(3, QUARTER));
    const maintenance = maintenanceOf(db);
    runAll(maintenance, START + 10 * DAY_MS);
    const before = bucketsOf(new RollupBlocks(db, OFFSET).read(1, HOUR, ...FOR_EVER));
    db.prepare("UPDATE chunk SET readings = x'0102030405060708' WHERE day = ?").run(START_DAY + 2);
    db.exec("INSERT OR IGNORE INTO dirty SELECT series, day FROM chunk");
    runAll(maintenance, START + 10 * DAY_MS);
    expect([...dirtyDays(db, 1)]).toEqual([START_DAY + 2]);
    expect(bucketsOf(new RollupBlocks(db, OFFSET).read(1, HOUR, ...FOR_EVER))).toEqual(before);
    db.close();
  });

  test("a damaged row of rollups is made anew, with all its days", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    const from = dayEnd(Math.ceil(START_DAY / 64) * 64, OFFSET);
    const readings = regular(20, QUARTER, from);
    flushInto(db, 1, readings);
    const maintenance = maintenanceOf(db);
    runAll(maintenance, START + 200 * DAY_MS);
    db.exec("UPDATE rollup SET buckets = x'00'");
    flushInto(db, 1, regular(1, QUARTER, from));
    runAll(maintenance, START + 200 * DAY_MS);
    const stored = new RollupBlocks(db, OFFSET);
    const rolled = merged(readings, regular(1, QUARTER, from));
    for (const width of [HOUR, DAY])
      expect(bucketsOf(stored.read(1, width, ...FOR_EVER))).toEqual(naive(rolled, width));
    db.close();
  });

  test("the sketch of a day is within 1 % of its quantiles", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [60]);
    const readings = regular(4, MINUTE);
    flushInto(db, 1, readings);
    runAll(maintenanceOf(db), START + 100 * DAY_MS);
    const sketch = new RollupBlocks(db, OFFSET).sketch(1, START + DAY_MS, START + 3 * DAY_MS);
    const values = readings.value.slice(1440, 3 * 1440).sort();
    expect(sketch.count).toBe(values.length);
    for (const q of [0.05, 0.5, 0.95]) {
      const exact = values[Math.floor(q * (values.length - 1))]!;
      expect(Math.abs(sketch.quantile(q)! - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9);
    }
    db.close();
  });
});

test("where a day begins at half an hour, that of the blocks begins at a whole one", () => {
  using folder = temporaryFolder();
  for (const [minutes, hours] of [
    [330, 5],
    [345, 5],
    [-210, -4],
    [420, 7],
  ] as const) {
    const db = openDatabase(join(folder.path, `${minutes}.db`));
    migrate(
      db,
      "observations",
      migrations(minutes * MINUTE, () => undefined),
    );
    expect(db.prepare("SELECT value FROM meta WHERE name = 'day_offset'").pluck().get()).toBe(hours * HOUR);
    db.close();
  }
});

describe("retention", () => {
  const chunkDays = (db: Database, series: number) =>
    db.prepare<[number], number>("SELECT day FROM chunk WHERE series = ? ORDER BY day").pluck().all(series);
  const stateOf = (db: Database, series: number) =>
    db.prepare("SELECT n, bytes, oldest, newest, raw_from FROM series_state WHERE series = ?").get(series);

  test("drops nothing with the defaults", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(5, QUARTER));
    flushInto(db, 1, regular(1, QUARTER, START + 4 * 365 * DAY_MS));
    runAll(maintenanceOf(db), START + 4 * 365 * DAY_MS + 2 * DAY_MS);
    expect(chunkDays(db, 1)).toHaveLength(6);
    db.close();
  });

  test("stores all widths of a day before its readings go, and sets since when readings are kept", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [30, 900]);
    const often = regular(10, 30_000);
    flushInto(db, 1, often);
    flushInto(db, 2, regular(10, QUARTER));
    const changed: number[] = [];
    runAll(maintenanceOf(db, { rawDays: 4, changed: (series) => changed.push(series) }), START + 10 * DAY_MS);
    expect(chunkDays(db, 1)).toEqual([6, 7, 8, 9, 10].map((day) => START_DAY + day));
    const rollups = new RollupBlocks(db, OFFSET);
    const dropped = (bucket: Bucket) => bucket.time <= START + 5 * DAY_MS;
    for (const width of [MINUTE, QUARTER, HOUR, DAY]) {
      const stored = bucketsOf(rollups.read(1, width, START, START + 5 * DAY_MS));
      expect(stored).toEqual(naive(often, width).filter(dropped));
    }
    expect(rollups.read(2, MINUTE, ...FOR_EVER).time).toHaveLength(0);
    expect(stateOf(db, 1)).toMatchObject({
      n: 5 * 2880,
      oldest: START + 5 * DAY_MS + 30_000,
      newest: START + 10 * DAY_MS,
      raw_from: START_DAY + 6,
    });
    const bytes = db.prepare("SELECT sum(length(readings)) FROM chunk WHERE series = 1").pluck().get();
    expect(stateOf(db, 1)).toMatchObject({ bytes });
    expect(new Set(changed)).toEqual(new Set([1, 2]));
    const part = rollups.sketch(1, START + 20 * HOUR + QUARTER, START + 2 * DAY_MS + 3 * QUARTER);
    expect(part.count).toBe((27 * HOUR + (3 * HOUR) / 2) / 30_000);
    db.close();
  });

  test("of a datastream goes before that of the store, and may be for ever", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900, 900, 900]);
    for (const series of [1, 2, 3]) flushInto(db, series, regular(10, QUARTER));
    db.exec(
      "UPDATE series SET raw_days = 2, rollup_days = 7 WHERE id = 1; UPDATE series SET raw_days = 9e999 WHERE id = 2",
    );
    runAll(maintenanceOf(db, { rawDays: 5, rollupDays: 5 }), START + 10 * DAY_MS);
    expect([1, 2, 3].map((series) => chunkDays(db, series).length)).toEqual([3, 10, 6]);
    const quarters = new RollupBlocks(db, OFFSET).read(1, QUARTER, ...FOR_EVER);
    // Rows of eight days go when their last day has gone.
    expect(dayOf(quarters.time[0]!, OFFSET)).toBeLessThanOrEqual(START_DAY + 3);
    expect(dayOf(quarters.time[0]!, OFFSET)).toBeGreaterThan(START_DAY + 3 - 8);
    db.close();
  });

  test("waits for late readings of those days that only the journal holds", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(10, QUARTER));
    let oldest = START + 2 * DAY_MS;
    const maintenance = maintenanceOf(db, { rawDays: 5, oldestInTail: () => oldest });
    runAll(maintenance, START + 10 * DAY_MS);
    expect(chunkDays(db, 1)).toHaveLength(10);
    oldest = Infinity;
    runAll(maintenance, START + 10 * DAY_MS);
    expect(chunkDays(db, 1)).toHaveLength(6);
    db.close();
  });

  test("a clock far ahead drops nothing", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900]);
    flushInto(db, 1, regular(10, QUARTER));
    runAll(maintenanceOf(db, { rawDays: 20 }), START + 20_000 * DAY_MS);
    expect(chunkDays(db, 1)).toHaveLength(10);
    db.close();
  });

  test("of everything leaves no readings and no oldest one", () => {
    using folder = temporaryFolder();
    const db = openTables(folder.path, [900, 900]);
    flushInto(db, 1, regular(2, QUARTER));
    flushInto(db, 2, regular(1, QUARTER, START + 50 * DAY_MS));
    runAll(maintenanceOf(db, { rawDays: 5 }), START + 60 * DAY_MS);
    expect(stateOf(db, 1)).toEqual({ n: 0, bytes: 0, oldest: null, newest: null, raw_from: START_DAY + 3 });
    db.close();
  });
});
