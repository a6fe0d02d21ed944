import { Kysely, SqliteDialect } from "kysely";
import type { Database } from "./open.ts";

/** Query builder over an open database; closing it closes the database. */
export function kyselyOf<Schema>(db: Database): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: db }) });
}
