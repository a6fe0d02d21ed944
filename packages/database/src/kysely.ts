import { createRequire } from "node:module";
import type * as KyselyModule from "kysely";
import type { Database } from "./open.ts";

const load = createRequire(import.meta.url);

const builders = new WeakMap<Database, KyselyModule.Kysely<never>>();

/**
 * Query builder over an open database; closing it closes the database. There is one for each open database, whatever tables a
 * caller knows: so transactions of several stores in one file wait for each other instead of becoming part of each other.
 */
export function kyselyOf<Schema>(db: Database): KyselyModule.Kysely<Schema> {
  let builder = builders.get(db);
  if (!builder) {
    // Loaded at first use: it takes longer than all else here, and threads that write plain SQL do not need it.
    const { Kysely, SqliteDialect } = load("kysely") as typeof KyselyModule;
    builder = new Kysely<never>({ dialect: new SqliteDialect({ database: db }) });
    builders.set(db, builder);
  }
  return builder as unknown as KyselyModule.Kysely<Schema>;
}
