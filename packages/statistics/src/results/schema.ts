import type { Migration } from "@ioc/database";

/** A kept headline. Times are ms UTC; `at` is the city time of its calculation. */
export interface ResultRow {
  statistic: string;
  at: number;
  value: number | null;
  as_of: number | null;
  coverage: number | null;
  status: string;
  window_from: number;
  window_to: number;
}

export interface ResultSchema {
  statistic_result: ResultRow;
}

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "results of statistics",
    up: `
      CREATE TABLE statistic_result (
        statistic TEXT NOT NULL,
        at INTEGER NOT NULL,
        value REAL,
        as_of INTEGER,
        coverage REAL,
        status TEXT NOT NULL,
        window_from INTEGER NOT NULL,
        window_to INTEGER NOT NULL,
        PRIMARY KEY (statistic, at)
      ) WITHOUT ROWID;
      CREATE INDEX statistic_result_at ON statistic_result (at);
    `,
  },
];
