import { join } from "node:path";
import { migrate, openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import { decodeReadings } from "../codec/readings-codec.ts";
import { encodeReadings } from "../codec/readings-codec.ts";
import type { Readings } from "../readings.ts";
import { REMOVED, emptyReadings } from "../readings.ts";
import { countUpTo, merged, part } from "./columns-of-readings.ts";
import { dayEnd, dayOf } from "./days.ts";
import { migrations } from "./schema.ts";

export const OFFSET = 7 * 3_600_000;

/** A file with the tables of the store and nothing in them but these series. */
export function openTables(folder: string, periods: readonly number[], name = "observations.db"): Database {
  const db = openDatabase(join(folder, name));
  migrate(
    db,
    "observations",
    migrations(OFFSET, () => undefined),
  );
  for (const [i, period] of periods.entries()) {
    db.prepare("INSERT INTO series (datastream, unit, kind, period_seconds) VALUES (?, 'Cel', 'mean', ?)").run(
      `station-${i + 1}:x`,
      period,
    );
  }
  return db;
}

/** Writes readings into the blocks of their days as a flush does: merged, marked dirty, counted in `series_state`. */
export function flushInto(db: Database, series: number, readings: Readings): void {
  db.transaction(() => {
    for (let from = 0; from < readings.time.length;) {
      const day = dayOf(readings.time[from]!, OFFSET);
      const to = countUpTo(readings.time, dayEnd(day, OFFSET));
      writeBlock(db, series, day, merged(blockOf(db, series, day), part(readings, from, to)));
      from = to;
    }
    writeState(db, series);
  })();
}

export function blockOf(db: Database, series: number, day: number): Readings {
  const bytes = db
    .prepare<[number, number], Uint8Array>("SELECT readings FROM chunk WHERE series = ? AND day = ?")
    .pluck()
    .get(series, day);
  return bytes ? decodeReadings(bytes) : emptyReadings();
}

function writeBlock(db: Database, series: number, day: number, readings: Readings): void {
  const n = readings.quality.filter((quality) => quality !== REMOVED).length;
  db.prepare(
    `INSERT INTO chunk VALUES (?, ?, ?, ?)
     ON CONFLICT (series, day) DO UPDATE SET n = excluded.n, readings = excluded.readings`,
  ).run(series, day, n, encodeReadings(readings));
  db.prepare("INSERT OR IGNORE INTO dirty VALUES (?, ?)").run(series, day);
}

function writeState(db: Database, series: number): void {
  const rows = db
    .prepare<[number], { n: number; readings: Uint8Array }>(
      "SELECT n, readings FROM chunk WHERE series = ? ORDER BY day",
    )
    .all(series);
  const times = rows.flatMap(({ readings }) => {
    const block = decodeReadings(readings);
    return [...block.time].filter((_, i) => block.quality[i] !== REMOVED);
  });
  const rawFrom = db
    .prepare<[number], number | null>("SELECT raw_from FROM series_state WHERE series = ?")
    .pluck()
    .get(series);
  db.prepare("INSERT OR REPLACE INTO series_state VALUES (?, 0, ?, ?, ?, ?, ?)").run(
    series,
    rows.reduce((sum, { n }) => sum + n, 0),
    rows.reduce((sum, { readings }) => sum + readings.length, 0),
    times[0] ?? null,
    times.at(-1) ?? null,
    rawFrom ?? null,
  );
}
