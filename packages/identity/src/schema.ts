import type { Migration } from "@ioc/database";

/** Tables of identity in `city.db`. Times in ms since 1970 (UTC). */
export const identityMigrations: Migration[] = [
  {
    id: 1,
    name: "API keys",
    up: `
      CREATE TABLE api_key (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, prefix TEXT NOT NULL, hash BLOB NOT NULL UNIQUE,
        scopes TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER, revoked_at INTEGER
      );
      CREATE INDEX api_key_prefix ON api_key (prefix);
    `,
  },
  {
    id: 2,
    name: "accounts and sessions",
    up: `
      CREATE TABLE account (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user_name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'disabled')), grants TEXT NOT NULL,
        password_hash TEXT NOT NULL, created_at INTEGER NOT NULL, password_changed_at INTEGER NOT NULL
      );
      CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        hash BLOB NOT NULL UNIQUE, address TEXT NOT NULL, agent TEXT NOT NULL,
        created_at INTEGER NOT NULL, last_used_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
      );
      CREATE INDEX session_account ON session (account);
    `,
  },
];
