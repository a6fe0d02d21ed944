import type { Migration } from "@ioc/database";

/** A definition that was saved here. Times are ms of city time. */
export interface SavedRow {
  statistic: string;
  version: number;
  at: number;
  /** Name of the API key that saved it. */
  author: string;
  note: string;
  /** The definition as JSON. */
  definition: string;
  /** When and by whom it was taken back; null while it was not. Only the newest version of a statistic can be. */
  withdrawn_at: number | null;
  withdrawn_by: string | null;
}

export interface SavedSchema {
  statistic_definition: SavedRow;
}

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "saved definitions of statistics",
    up: `
      CREATE TABLE statistic_definition (
        statistic TEXT NOT NULL,
        version INTEGER NOT NULL,
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        note TEXT NOT NULL,
        definition TEXT NOT NULL,
        withdrawn_at INTEGER,
        withdrawn_by TEXT,
        PRIMARY KEY (statistic, version)
      );
      CREATE TRIGGER statistic_definition_keep BEFORE DELETE ON statistic_definition
        BEGIN SELECT RAISE(ABORT, 'versions of definitions are kept'); END;
    `,
  },
];
