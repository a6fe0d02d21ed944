import { severities, severityRank } from "@ioc/contracts";
import type { Alert, AlertEvent, Channel } from "@ioc/contracts";
import type { Transaction } from "kysely";
import { changed, due, newIncident } from "../incident/incident.ts";
import type { Facts, Step } from "../incident/incident.ts";
import type { Directory } from "../routing/directory.ts";
import { ladderOf } from "../routing/ladder.ts";
import type { Timing } from "../routing/ladder.ts";
import { mergeStorm } from "./merge-storm.ts";
import { NoticeWriter } from "./notice-writer.ts";
import { columnsOf, memberOf, stateOf } from "./rows.ts";
import type { About } from "./rows.ts";
import type { IncidentRow, MemberRow, NoticeSchema } from "./schema.ts";

/** An event of an alert's log with the alert as it is after it. */
export interface AlertChange {
  event: AlertEvent;
  alert: Omit<Alert, "sequence" | "evidence">;
}

export interface WriterOptions {
  directory: Directory;
  timing: Timing;
  /** Channels that are configured; nothing is written for others. */
  enabled: ReadonlySet<Channel>;
}

type Trx = Transaction<NoticeSchema>;

/** Keeps incidents in step with the alerts and writes what is to be told, inside the transaction that it is given. */
export class IncidentWriter {
  private readonly options: WriterOptions;

  constructor(options: WriterOptions) {
    this.options = options;
  }

  /** Answers the ids of the incidents that have changed. */
  async observe(trx: Trx, changes: readonly AlertChange[]): Promise<Set<string>> {
    const touched = new Set<string>();
    const last = new Map(changes.map((change) => [change.alert.id, change]));
    for (const change of changes) {
      // What began and ended in one piece of history is over when it becomes known: nobody is told of it.
      const over = last.get(change.alert.id)?.alert.condition === "cleared";
      const incident = await this.member(trx, change, over);
      if (incident === null) continue;
      await this.step(trx, incident, change.event.processedAt, change.event.sequence);
      touched.add(incident);
      for (const id of await this.storm(trx, change)) touched.add(id);
    }
    return touched;
  }

  /** Takes what is due of ladders and repeat notices. Answers the ids of the incidents that have changed. */
  async tick(trx: Trx, now: number): Promise<string[]> {
    const rows = await trx
      .selectFrom("incident")
      .selectAll()
      .where((eb) => eb.or([eb("step_at", "<=", now), eb("repeat_at", "<=", now)]))
      .execute();
    for (const row of rows) {
      const ladder = ladderOf(this.options.directory.route(row.route));
      await this.keep(trx, row, due(stateOf(row), { ladder }, this.options.timing, now), now);
    }
    return rows.map(({ id }) => id);
  }

  /**
   * Notes the alert as a member of its incident; null when it belongs to none. One that is suppressed joins none until it is not; in
   * an incident it stays with the level that it had, and nobody is told of it.
   */
  private async member(trx: Trx, { alert, event }: AlertChange, over: boolean): Promise<string | null> {
    const known = await trx
      .selectFrom("incident_member")
      .select(["incident", "joined_at", "severity_rank", "level"])
      .where("alert", "=", alert.id)
      .executeTakeFirst();
    const suppressed = alert.suppressedBy.length > 0;
    if (!known && (over || suppressed || alert.condition === "pending" || alert.condition === "cleared")) return null;
    const now = event.processedAt;
    const incident = known?.incident ?? (await this.incidentFor(trx, alert, now, event.sequence));
    const open = alert.condition !== "cleared";
    const joinedAt = known?.joined_at ?? now;
    const member = suppressed && known ? asKnown(alert, known) : alert;
    const row: MemberRow = {
      alert: alert.id,
      incident,
      definition: alert.definition,
      open: open ? 1 : 0,
      fresh: open && alert.work === "new" && !suppressed ? 1 : 0,
      severity_rank: severityRank(member.severity),
      level: member.level,
      joined_at: joinedAt,
      member: JSON.stringify(memberOf(member, joinedAt)),
    };
    await trx
      .insertInto("incident_member")
      .values(row)
      .onConflict((conflict) =>
        conflict.column("alert").doUpdateSet((eb) => ({
          open: eb.ref("excluded.open"),
          fresh: eb.ref("excluded.fresh"),
          severity_rank: eb.ref("excluded.severity_rank"),
          level: eb.ref("excluded.level"),
          member: eb.ref("excluded.member"),
        })),
      )
      .execute();
    return incident;
  }

  /** The open incident that an alert joins: a storm of its rule, or the one of its centre; else a new one. */
  private async incidentFor(trx: Trx, alert: AlertChange["alert"], now: number, mark: number): Promise<string> {
    const { directory, timing } = this.options;
    const centre = directory.ownerOf(alert);
    const found = await trx
      .selectFrom("incident")
      .select("id")
      .where("definition", "=", alert.definition)
      .where("exercise", "=", alert.exercise ? 1 : 0)
      .where("state", "=", "open")
      .where("joined_at", ">=", now - timing.joinWithin)
      .where((eb) => eb.or([eb("storm", "=", 1), eb("centre", "=", centre)]))
      .orderBy("storm", "desc")
      .orderBy("joined_at", "desc")
      .limit(1)
      .executeTakeFirst();
    if (found) return found.id;
    const { name, domain, scale } = alert;
    const row: IncidentRow = {
      id: `${alert.definition}.${mark}`,
      definition: alert.definition,
      centre,
      about: JSON.stringify({ name, domain, scale } satisfies About),
      exercise: alert.exercise ? 1 : 0,
      storm: 0,
      merged_into: null,
      worst: alert.id,
      headline: JSON.stringify(alert.headline),
      ...columnsOf(newIncident(now)),
    };
    await trx.insertInto("incident").values(row).execute();
    return row.id;
  }

  private async storm(trx: Trx, { alert, event }: AlertChange): Promise<string[]> {
    const now = event.processedAt;
    const merged = await mergeStorm(trx, alert, { now, mark: event.sequence, ...this.options });
    if (merged.length > 0) await this.step(trx, merged[0] ?? "", now, event.sequence);
    return merged;
  }

  /** Brings an incident in step with its members and writes what is to be told of the change. */
  private async step(trx: Trx, id: string, now: number, mark: number): Promise<void> {
    const row = await trx.selectFrom("incident").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const counted = await trx
      .selectFrom("incident_member")
      .select((eb) => [
        eb.fn.countAll<number>().as("members"),
        eb.fn.sum<number>("open").as("open"),
        eb.fn.sum<number>("fresh").as("fresh"),
      ])
      .where("incident", "=", id)
      .executeTakeFirstOrThrow();
    const worst = await trx
      .selectFrom("incident_member")
      .selectAll()
      .where("incident", "=", id)
      .orderBy("open", "desc")
      .orderBy("severity_rank", "desc")
      .orderBy("level", "desc")
      .orderBy("joined_at")
      .limit(1)
      .executeTakeFirstOrThrow();
    const member = JSON.parse(worst.member) as ReturnType<typeof memberOf>;
    const { domain } = JSON.parse(row.about) as About;
    const { definition } = row;
    const { level, severity } = member;
    const route = this.options.directory.routeOf({ definition, domain, level, severity }, row.centre, now);
    const before = stateOf(row);
    const rises = worst.severity_rank > before.severityRank || level > before.level;
    // Where it does not rise it stays with the route that it has begun with.
    const taken = rises || before.members === 0 || before.state === "cleared" ? (route?.id ?? null) : row.route;
    const facts: Facts = {
      members: Number(counted.members),
      openMembers: Number(counted.open ?? 0),
      newMembers: Number(counted.fresh ?? 0),
      severityRank: worst.severity_rank,
      level,
      route: taken,
      ladder: ladderOf(this.options.directory.route(taken)),
    };
    const shown = { ...row, worst: worst.alert, headline: JSON.stringify(member.headline) };
    await this.keep(trx, shown, changed(before, facts, this.options.timing, now, mark), now);
  }

  private async keep(trx: Trx, row: IncidentRow, { after, tell }: Step, now: number): Promise<void> {
    await trx
      .updateTable("incident")
      .set({ ...columnsOf(after), worst: row.worst, headline: row.headline })
      .where("id", "=", row.id)
      .execute();
    const writer = new NoticeWriter(trx, this.options);
    for (const one of tell) await writer.write({ id: row.id, alert: row.worst, centre: row.centre }, one, now);
  }
}

/** An alert on the level on which it was known. */
function asKnown(alert: AlertChange["alert"], known: Pick<MemberRow, "severity_rank" | "level">): AlertChange["alert"] {
  return { ...alert, level: known.level, severity: severities[known.severity_rank - 1] ?? alert.severity };
}
