import type { Migration } from "@ioc/database";

/** A board as it was saved last; `updated_at` is ms of city time. */
export interface BoardRow {
  id: string;
  version: number;
  name: string;
  description: string;
  /** The cards as JSON. */
  cards: string;
  updated_at: number;
}

export interface BoardSchema {
  board: BoardRow;
}

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "boards of statistics",
    up: `
      CREATE TABLE board (
        id TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        cards TEXT NOT NULL,
        updated_at INTEGER NOT NULL
      ) WITHOUT ROWID;
    `,
  },
];
