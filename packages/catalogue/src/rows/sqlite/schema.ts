import type { Migration } from "@ioc/database";

/** What is kept of a dataset besides its rows. */
export interface DatasetRow {
  id: string;
  /** Columns that its table has, as {@link KeptColumn}s in JSON. */
  columns: string;
  rows: number;
  /** Rows that are made up. */
  made_up: number;
  updated_at: number | null;
  /** What the rows were made from, when they were brought as a whole. */
  source: string | null;
}

/**
 * The tables of the rows themselves are made from the definitions (`row-tables.ts`), one for each dataset: their layout is that
 * of the pack, not of a version of the program.
 */
export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "datasets",
    up: `
      CREATE TABLE dataset (
        id TEXT PRIMARY KEY,
        columns TEXT NOT NULL,
        rows INTEGER NOT NULL DEFAULT 0,
        made_up INTEGER NOT NULL DEFAULT 0,
        updated_at INTEGER,
        source TEXT
      ) STRICT, WITHOUT ROWID
    `,
  },
];
