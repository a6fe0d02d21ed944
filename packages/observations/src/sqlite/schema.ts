import type { Migration } from "@ioc/database";

/**
 * Tables of the observation store. Times are ms since 1970 (UTC). `observation` and the rollups are b-trees in the order
 * (series, time): one span of one datastream lies together. `reasons` names a row of `reason_set` (0 = none); `delay` is
 * resultTime - phenomenonTime in ms; a value of NULL is a reading without a result.
 */
export const MIGRATIONS: Migration[] = [
  {
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
  },
];

export const ROLLUP_TABLES = { "15min": "rollup_15min", "1h": "rollup_1h" } as const;
