import type { Database, Migration } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { blocksFromRows } from "./from-rows.ts";

const HOUR = ROLLUP_WIDTHS["1h"];

/**
 * Tables of the observation store. Times are ms since 1970 (UTC); a day is one of the city, numbered as in days.ts.
 *
 * - `journal`: one row a commit. `sequence` is the change log's; `readings` (journal-codec.ts) holds what is in no block yet
 *   and may be empty; `count` is how many readings the commit changed. Rows that no series needs are deleted, but never the
 *   newest.
 * - `chunk`: one city day of one series as a block (../codec); `n` counts its readings without the removed ones.
 * - `series_state`: what the blocks of a series hold. The journal's rows up to `flushed` are in them; readings of days before
 *   `raw_from` were dropped.
 * - `dirty`: days whose stored rollups do not exist yet or do not equal the block.
 * - `rollup`: buckets of one width (ms) for a fixed number of days.
 * - `damaged_chunk`, `damaged_journal`: blocks that could not be decoded, put aside when new readings of their day came, and
 *   journal rows that could not be read at a start.
 * - `correction`: what was stored before something else took its place. A quality of NULL in `after` is a removal.
 *
 * `chunk` and `rollup` have a rowid: such a table keeps blobs of up to one page whole, where one without a rowid would cut
 * those above a quarter of a page and give the rest a page of its own.
 */
export function migrations(dayOffset: number, onProgress: (message: string) => void): Migration[] {
  return [ROWS, { id: 2, name: "blocks in the place of rows", up: (db) => toBlocks(db, dayOffset, onProgress) }];
}

const HOUR_MS = 3_600_000;

function toBlocks(db: Database, cityOffset: number, onProgress: (message: string) => void): void {
  // Hourly buckets end at whole hours of UTC and must not lie in two blocks: where the city's day begins at half an hour, that
  // of its blocks begins up to an hour beside it.
  const dayOffset = Math.floor(cityOffset / HOUR) * HOUR;
  db.exec(`
    CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    ALTER TABLE series ADD COLUMN raw_days REAL;
    ALTER TABLE series ADD COLUMN rollup_days REAL;
    CREATE TABLE journal (
      sequence INTEGER PRIMARY KEY, committed_at INTEGER NOT NULL, count INTEGER NOT NULL, readings BLOB NOT NULL
    );
    CREATE TABLE chunk (
      series INTEGER NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL, readings BLOB NOT NULL, PRIMARY KEY (series, day)
    );
    CREATE TABLE series_state (
      series INTEGER PRIMARY KEY, flushed INTEGER NOT NULL, n INTEGER NOT NULL, bytes INTEGER NOT NULL, oldest INTEGER,
      newest INTEGER, raw_from INTEGER
    );
    CREATE TABLE dirty (series INTEGER NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (series, day)) WITHOUT ROWID;
    CREATE TABLE rollup (
      series INTEGER NOT NULL, width INTEGER NOT NULL, block INTEGER NOT NULL, buckets BLOB NOT NULL,
      PRIMARY KEY (series, width, block)
    );
    CREATE TABLE correction (
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL, t INTEGER NOT NULL, kind TEXT NOT NULL, before_value REAL,
      before_quality INTEGER NOT NULL, after_value REAL, after_quality INTEGER, by TEXT NOT NULL, reason TEXT NOT NULL,
      sequence INTEGER NOT NULL, changed_at INTEGER NOT NULL
    );
    CREATE TABLE damaged_chunk (
      series INTEGER NOT NULL, day INTEGER NOT NULL, readings BLOB NOT NULL, found_at INTEGER NOT NULL
    );
    CREATE TABLE damaged_journal (sequence INTEGER PRIMARY KEY, readings BLOB NOT NULL, found_at INTEGER NOT NULL);
    CREATE INDEX correction_place ON correction (series, t);
  `);
  // Whole hours, so that no hour lies in two blocks; other days are made of smaller buckets.
  const blockOffset = Math.ceil(dayOffset / HOUR_MS) * HOUR_MS;
  const setting = db.prepare("INSERT INTO meta VALUES (?, ?)");
  setting.run("day_offset", blockOffset);
  setting.run("format", 1);
  blocksFromRows(db, blockOffset, onProgress);
  db.exec(`
    INSERT INTO journal SELECT sequence, committed_at, count, x'' FROM change ORDER BY sequence DESC LIMIT 1;
    DELETE FROM total WHERE name <> 'quarantined';
    DROP TABLE observation; DROP TABLE latest; DROP TABLE rollup_15min; DROP TABLE rollup_1h; DROP TABLE change;
  `);
}

/** The layout of version 0.1: a row for each reading. */
const ROWS: Migration = {
  id: 1,
  name: "rows, latest values, rollups, change log and quarantine",
  up: `
    CREATE TABLE series (
      id INTEGER PRIMARY KEY, datastream TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, kind TEXT NOT NULL,
      period_seconds REAL NOT NULL
    );
    CREATE TABLE reason_set (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
    CREATE TABLE observation (
      series INTEGER NOT NULL, t INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, reasons INTEGER NOT NULL,
      delay INTEGER NOT NULL, PRIMARY KEY (series, t)
    ) WITHOUT ROWID;
    CREATE TABLE latest (
      series INTEGER PRIMARY KEY, t INTEGER NOT NULL, value REAL, quality INTEGER NOT NULL, reasons INTEGER NOT NULL
    );
    CREATE TABLE rollup_15min (
      series INTEGER NOT NULL, t INTEGER NOT NULL, count INTEGER NOT NULL, sum REAL NOT NULL, min REAL NOT NULL,
      max REAL NOT NULL, last REAL NOT NULL, last_t INTEGER NOT NULL, PRIMARY KEY (series, t)
    ) WITHOUT ROWID;
    CREATE TABLE rollup_1h (
      series INTEGER NOT NULL, t INTEGER NOT NULL, count INTEGER NOT NULL, sum REAL NOT NULL, min REAL NOT NULL,
      max REAL NOT NULL, last REAL NOT NULL, last_t INTEGER NOT NULL, PRIMARY KEY (series, t)
    ) WITHOUT ROWID;
    CREATE TABLE change (sequence INTEGER PRIMARY KEY, committed_at INTEGER NOT NULL, count INTEGER NOT NULL);
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
      message TEXT NOT NULL, sample TEXT NOT NULL
    );
    CREATE INDEX quarantine_reason ON quarantine (reason, id);
    CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  `,
};
