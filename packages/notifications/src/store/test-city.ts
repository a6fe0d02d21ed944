import { join } from "node:path";
import type { Channel } from "@ioc/contracts";
import { kyselyOf, openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import type { Kysely } from "kysely";
import { createDirectory } from "../routing/directory.ts";
import { timingOf } from "../routing/ladder.ts";
import { city, minute, plan } from "../testing.ts";
import type { AlertChange } from "./incident-writer.ts";
import { openNoticeStore } from "./notice-store.ts";
import type { NoticeSchema } from "./schema.ts";

export const page = { limit: 1000, offset: 0 };

/** The stores of a city with two centres in a folder of their own; ended with `using`. */
export function openTemporary(enabled: Channel[] = ["in-app", "email", "mqtt"]) {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  const directory = createDirectory(plan, city);
  const options = { directory, timing: timingOf(plan.grouping), enabled: new Set(enabled) };
  const store = openNoticeStore(db, options);
  const kysely: Kysely<NoticeSchema> = kyselyOf(db);
  const told = async () => {
    const { items } = await store.outbox.list(page);
    return items.toReversed().map((one) => `${one.reason} ${one.channel} ${one.recipient} ${one.state}`);
  };
  return {
    ...store,
    append: (...changes: AlertChange[]) => kysely.transaction().execute((trx) => store.alongside(trx, changes)),
    /** Everything due is sent. */
    async send(now: number) {
      const due = await store.outbox.claim({ now, wall: now, limit: 1000, claimMs: minute });
      for (const { id } of due) await store.outbox.sent(id, now, { title: "t", text: "x" });
      return due.map((one) => `${one.reason} ${one.channel} ${one.recipient}`);
    },
    told,
    incidents: async () => (await store.incidents.list({ state: "all", ...page })).items,
    members: (id: string) => store.incidents.members(id),
    kysely,
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}
