import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { Transaction } from "kysely";
import { IncidentReader } from "./incident-reader.ts";
import { IncidentWriter } from "./incident-writer.ts";
import type { AlertChange, WriterOptions } from "./incident-writer.ts";
import { Outbox } from "./outbox.ts";
import { migrations } from "./schema.ts";
import type { NoticeSchema } from "./schema.ts";

/** Incidents and notices of a city. */
export interface NoticeStore {
  incidents: IncidentReader;
  outbox: Outbox;
  /** Brings incidents in step with events of alerts and writes what is to be told, in the transaction that writes the events. */
  alongside<Schema>(trx: Transaction<Schema>, changes: readonly AlertChange[]): Promise<void>;
  /** Takes what is due of ladders and repeat notices at city time `now`, ms. */
  tick(now: number): Promise<void>;
  /** Ids of incidents that may have changed since the last call. */
  takeChanged(): string[];
}

/** Brings the tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openNoticeStore(db: Database, options: WriterOptions): NoticeStore {
  migrate(db, "notifications", migrations);
  const kysely = kyselyOf<NoticeSchema>(db);
  const writer = new IncidentWriter(options);
  const touched = new Set<string>();
  return {
    incidents: new IncidentReader(kysely),
    outbox: new Outbox(kysely),
    async alongside(trx, changes) {
      const own = trx as unknown as Transaction<NoticeSchema>;
      for (const id of await writer.observe(own, changes)) touched.add(id);
    },
    async tick(now) {
      const ids = await kysely.transaction().execute((trx) => writer.tick(trx, now));
      for (const id of ids) touched.add(id);
    },
    takeChanged() {
      const ids = [...touched];
      touched.clear();
      return ids;
    },
  };
}
