import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import { AlertReader } from "./alert-reader.ts";
import { AlertWriter } from "./alert-writer.ts";
import type { AlertStoreOptions } from "./alert-writer.ts";
import { migrations } from "./schema.ts";
import { SuppressionStore } from "./suppression-store.ts";
import type { AlertSchema } from "./schema.ts";

/** Alerts of a city: the store answers questions; the warning engine and people write, through `writer`. */
export class AlertStore extends AlertReader {
  readonly writer: AlertWriter;
  readonly suppressions: SuppressionStore;

  constructor(db: Database, options: AlertStoreOptions) {
    const kysely = kyselyOf<AlertSchema>(db);
    super(kysely);
    this.suppressions = new SuppressionStore(kysely);
    this.writer = new AlertWriter(kysely, this.suppressions, options);
  }
}

/** Brings the alert tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openAlertStore(db: Database, options: AlertStoreOptions = {}): AlertStore {
  migrate(db, "alerts", migrations);
  return new AlertStore(db, options);
}
