import { createRequire } from "node:module";
import type * as KyselyModule from "kysely";
import type { Database } from "./open.ts";

const load = createRequire(import.meta.url);

/** Query builder over an open database; closing it closes the database. */
export function kyselyOf<Schema>(db: Database): KyselyModule.Kysely<Schema> {
  // Loaded at first use: it takes longer than all else here, and threads that write plain SQL do not need it.
  const { Kysely, SqliteDialect } = load("kysely") as typeof KyselyModule;
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: db }) });
}
