import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import { AlertReader } from "./alert-reader.ts";
import { AlertWriter } from "./alert-writer.ts";
import type { AlertStoreOptions } from "./alert-writer.ts";
import { migrations } from "./schema.ts";
import type { AlertSchema } from "./schema.ts";

/** Alerts of a city: the store answers questions; only the warning engine writes, through `writer`. */
export class AlertStore extends AlertReader {
  readonly writer: AlertWriter;

  constructor(db: Database, options: AlertStoreOptions) {
    const kysely = kyselyOf<AlertSchema>(db);
    super(kysely);
    this.writer = new AlertWriter(kysely, options);
  }
}

/** Brings the alert tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openAlertStore(db: Database, options: AlertStoreOptions = {}): AlertStore {
  migrate(db, "alerts", migrations);
  return new AlertStore(db, options);
}
