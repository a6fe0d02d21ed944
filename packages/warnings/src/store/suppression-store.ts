import type { LocalCalendar, Suppression, SuppressionRule } from "@ioc/contracts";
import type { Kysely } from "kysely";
import { lastEnd, windowAt } from "../suppression/windows.ts";
import type { AlertSchema, SuppressionRow } from "./schema.ts";

/** A suppression as it is kept. Times are ms. */
export type KeptSuppression = Omit<Suppression, "state" | "alerts">;

/** Suppressions that an installation keeps at most at a time, those that are over left out. */
export const mostSuppressions = 500;

/** What keeps alerts from being told. Those that may still apply are in memory too. */
export class SuppressionStore {
  private readonly db: Kysely<AlertSchema>;
  private current: KeptSuppression[] | undefined;

  constructor(db: Kysely<AlertSchema>) {
    this.db = db;
  }

  /** Those that nobody has ended, whether their time has come or not; in the order they were made. */
  async inForce(): Promise<readonly KeptSuppression[]> {
    if (this.current) return this.current;
    const rows = await this.db
      .selectFrom("suppression")
      .selectAll()
      .where("ended_at", "is", null)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return (this.current = rows.map(keptOf));
  }

  /** All that were ever made, newest first. */
  async all(): Promise<KeptSuppression[]> {
    const rows = await this.db
      .selectFrom("suppression")
      .selectAll()
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .execute();
    return rows.map(keptOf);
  }

  /** @param by who makes it, and when */
  async add(id: string, rule: SuppressionRule, by: { actor: string; now: number }): Promise<KeptSuppression> {
    const made: KeptSuppression = {
      id,
      rule,
      createdAt: by.now,
      createdBy: by.actor,
      endedAt: null,
      endedBy: null,
    };
    await this.db
      .insertInto("suppression")
      .values({
        id,
        rule: JSON.stringify(rule),
        created_at: by.now,
        created_by: by.actor,
        ended_at: null,
        ended_by: null,
      })
      .execute();
    this.current = undefined;
    return made;
  }

  /** Ends one that nobody has ended; null when there is none. */
  async end(id: string, by: { actor: string; now: number }): Promise<KeptSuppression | null> {
    const row = await this.db
      .updateTable("suppression")
      .set({ ended_at: by.now, ended_by: by.actor })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .returningAll()
      .executeTakeFirst();
    this.current = undefined;
    return row ? keptOf(row) : null;
  }
}

/** Whether it applies at a time, will do so, or is over. */
export function stateOf(
  { rule, endedAt }: KeptSuppression,
  now: number,
  calendar: LocalCalendar,
): Suppression["state"] {
  if (endedAt !== null) return "over";
  switch (rule.kind) {
    case "inhibition":
      return "active";
    case "silence":
      return now < rule.from ? "waiting" : now < rule.until ? "active" : "over";
    case "maintenance":
      if (windowAt(rule, now, calendar) !== null) return "active";
      return now < lastEnd(rule) ? "waiting" : "over";
  }
}

function keptOf(row: SuppressionRow): KeptSuppression {
  return {
    id: row.id,
    rule: JSON.parse(row.rule) as SuppressionRule,
    createdAt: row.created_at,
    createdBy: row.created_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
  };
}
