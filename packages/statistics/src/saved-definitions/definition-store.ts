import type { List, StatisticDefinition, StatisticVersion } from "@ioc/contracts";
import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { Kysely } from "kysely";
import { migrations } from "./schema.ts";
import type { SavedSchema } from "./schema.ts";

/** What is in force of the definitions saved here, as it was stored: a later program may find that it no longer fits. */
export interface SavedDefinition {
  statistic: string;
  version: number;
  definition: unknown;
}

/** Versions of definitions that were saved in this installation. None is ever changed or dropped. */
export class DefinitionStore {
  private readonly db: Kysely<SavedSchema>;

  constructor(db: Kysely<SavedSchema>) {
    this.db = db;
  }

  /** Keeps a version; its number is the definition's own. Rejects when the statistic has that version already. */
  async save({ definition, version, at, by, note }: StatisticVersion): Promise<void> {
    await this.db
      .insertInto("statistic_definition")
      .values({
        statistic: definition.id,
        version,
        at,
        author: by,
        note,
        definition: JSON.stringify(definition),
        withdrawn_at: null,
        withdrawn_by: null,
      })
      .execute();
  }

  /** Takes back what is in force of the definitions saved here; false when nothing is. */
  async withdraw(statistic: string, { at, by }: { at: number; by: string }): Promise<boolean> {
    const done = await this.db
      .updateTable("statistic_definition")
      .set({ withdrawn_at: at, withdrawn_by: by })
      .where("statistic", "=", statistic)
      .where("withdrawn_at", "is", null)
      .where("version", "=", (eb) =>
        eb
          .selectFrom("statistic_definition as newest")
          .select((inner) => inner.fn.max("newest.version").as("version"))
          .where("newest.statistic", "=", statistic),
      )
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }

  /** The newest version of each statistic, unless it was taken back; in the order of their ids. */
  async inForce(): Promise<SavedDefinition[]> {
    const rows = await this.db
      .selectFrom("statistic_definition")
      .select(["statistic", "version", "definition"])
      .where("withdrawn_at", "is", null)
      .where("version", "=", (eb) =>
        eb
          .selectFrom("statistic_definition as newest")
          .select((inner) => inner.fn.max("newest.version").as("version"))
          .whereRef("newest.statistic", "=", "statistic_definition.statistic"),
      )
      .orderBy("statistic")
      .execute();
    return rows.map(({ statistic, version, definition }) => {
      return { statistic, version, definition: JSON.parse(definition) as unknown };
    });
  }

  /** Highest number that a version of the statistic was given here, one that was taken back too; 0 when there is none. */
  async highest(statistic: string): Promise<number> {
    const row = await this.db
      .selectFrom("statistic_definition")
      .select((eb) => eb.fn.max("version").as("version"))
      .where("statistic", "=", statistic)
      .executeTakeFirst();
    return row?.version ?? 0;
  }

  /** Newest first; those that were taken back are among them. */
  async versions(statistic: string, page: { limit: number; offset: number }): Promise<List<StatisticVersion>> {
    const found = this.db.selectFrom("statistic_definition").where("statistic", "=", statistic);
    const rows = await found.selectAll().orderBy("version", "desc").limit(page.limit).offset(page.offset).execute();
    const count = await found.select((eb) => eb.fn.countAll().as("n")).executeTakeFirst();
    const items = rows.map(({ version, at, author, note, definition }) => {
      return { version, at, by: author, note, definition: JSON.parse(definition) as StatisticDefinition };
    });
    return { items, total: Number(count?.n ?? 0) };
  }
}

/** Brings the tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openDefinitionStore(db: Database): DefinitionStore {
  migrate(db, "statistic definitions", migrations);
  return new DefinitionStore(kyselyOf<SavedSchema>(db));
}
