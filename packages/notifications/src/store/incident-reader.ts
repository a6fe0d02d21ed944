import type { Incident, IncidentMember, List } from "@ioc/contracts";
import type { Kysely } from "kysely";
import { incidentOf } from "./rows.ts";
import type { NoticeSchema } from "./schema.ts";

export interface IncidentFilter {
  state: Incident["state"] | "all";
  definition?: string | undefined;
  centre?: string | undefined;
  /** An alert that is a member. */
  alert?: string | undefined;
  limit: number;
  offset: number;
}

/** Questions about incidents. */
export class IncidentReader {
  private readonly incidents: Kysely<NoticeSchema>;

  constructor(db: Kysely<NoticeSchema>) {
    this.incidents = db;
  }

  /** Worst first, then the newest. */
  async list({ state, definition, centre, alert, limit, offset }: IncidentFilter): Promise<List<Incident>> {
    let found = this.incidents.selectFrom("incident");
    if (state !== "all") found = found.where("state", "=", state);
    if (definition) found = found.where("definition", "=", definition);
    if (centre) found = found.where("centre", "=", centre);
    if (alert) {
      found = found.where("id", "in", (eb) =>
        eb.selectFrom("incident_member").select("incident").where("alert", "=", alert),
      );
    }
    const rows = await found
      .selectAll()
      .orderBy("severity_rank", "desc")
      .orderBy("opened_at", "desc")
      .orderBy("id")
      .limit(limit)
      .offset(offset)
      .execute();
    const count = await found.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirst();
    return { items: rows.map(incidentOf), total: Number(count?.n ?? 0) };
  }

  async get(id: string): Promise<Incident | null> {
    const row = await this.incidents.selectFrom("incident").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? incidentOf(row) : null;
  }

  /** All alerts of an incident: open ones first, the worst first. */
  async members(id: string): Promise<IncidentMember[]> {
    const rows = await this.incidents
      .selectFrom("incident_member")
      .select("member")
      .where("incident", "=", id)
      .orderBy("open", "desc")
      .orderBy("severity_rank", "desc")
      .orderBy("level", "desc")
      .orderBy("joined_at")
      .orderBy("alert")
      .execute();
    return rows.map((row) => JSON.parse(row.member) as IncidentMember);
  }
}
