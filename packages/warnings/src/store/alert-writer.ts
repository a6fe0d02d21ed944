import type { Alert, AlertEvent } from "@ioc/contracts";
import type { Kysely, Transaction } from "kysely";
import type { WorkDeed } from "../state/work.ts";
import type { SuppressionCity } from "../suppression/suppress.ts";
import { chunks, project, standing } from "./alert-rows.ts";
import { SuppressionGuard } from "./guard.ts";
import { Ledger } from "./ledger.ts";
import type { Deed } from "./ledger.ts";
import { alertOf, eventRow } from "./projection.ts";
import type { LogLine, NewAlertEvent } from "./projection.ts";
import type { AlertSchema } from "./schema.ts";
import type { SuppressionStore } from "./suppression-store.ts";

/** What somebody wants to do about an alert. */
export interface WorkRequest {
  readonly id: string;
  /** Sequence of the alert that it was decided on; null for what goes with any. */
  readonly sequence: number | null;
  readonly deed: WorkDeed & { comment?: string | undefined };
}

/** What came of it. `conflict`: the alert is another than the one it was decided on, `sequence` says which. */
export type WorkOutcome =
  | { outcome: "done"; alert: Alert }
  | { outcome: "missing" }
  | { outcome: "conflict"; sequence: number }
  | { outcome: "refused"; reason: string };

/**
 * Writes what follows from events, in the transaction that writes them: both are there or neither. Each event comes with its alert
 * as it is after the transaction.
 */
type Alongside = (
  trx: Transaction<AlertSchema>,
  changes: readonly { event: AlertEvent; alert: LogLine["after"] }[],
) => Promise<void>;

export interface AlertStoreOptions {
  /** Every alert that is written is marked as part of an exercise. */
  exercise?: boolean;
  /** Called within each transaction that writes events. */
  alongside?: Alongside;
}

/** Appends to the log and keeps the projection in step, both in one transaction. */
export class AlertWriter {
  private readonly db: Kysely<AlertSchema>;
  private readonly suppressions: SuppressionStore;
  private readonly options: AlertStoreOptions;
  /** Null until the city is known: then nothing is suppressed. */
  private city: SuppressionCity | null = null;
  private guard: SuppressionGuard | undefined;

  constructor(db: Kysely<AlertSchema>, suppressions: SuppressionStore, options: AlertStoreOptions = {}) {
    this.db = db;
    this.suppressions = suppressions;
    this.options = options;
  }

  /** From now on each commit says what suppresses the alerts that are open. */
  suppressIn(city: SuppressionCity): void {
    this.city = city;
  }

  /**
   * Numbers the events in the order given. Resolves after the commit with the alerts as they are then, one each, in order of
   * their first event. Rejects, having written nothing, when a second alert of a (definition, subject) would be open.
   */
  async append(events: readonly NewAlertEvent[]): Promise<Alert[]> {
    if (events.length === 0) return [];
    const ids = events.map(({ after }) => after.id);
    const now = Math.max(...events.map(({ event }) => event.processedAt));
    const { alerts } = await this.commit(ids, now, (ledger) => {
      for (const event of events) ledger.told(this.marked(event));
    });
    return alerts;
  }

  /** Does each of these, in one transaction; one that is not possible leaves the others alone. Resolves after the commit. */
  async work(requests: readonly WorkRequest[], by: Deed): Promise<{ outcomes: WorkOutcome[]; alerts: Alert[] }> {
    const ids = requests.map(({ id }) => id);
    const { alerts, result } = await this.commit(ids, by.now, (ledger) =>
      requests.map((request) => attempt(ledger, request, by)),
    );
    const changed = new Map(alerts.map((alert) => [alert.id, alert]));
    const outcomes = result.map((one) =>
      one.outcome === "done" ? { ...one, alert: changed.get(one.alert.id) ?? one.alert } : one,
    );
    return { outcomes, alerts };
  }

  /**
   * Lets the time pass for suppressions and shelves, and takes in suppressions that were made or ended: to be called once a second
   * and after each such change. Answers the alerts that changed.
   */
  async review(now: number): Promise<Alert[]> {
    const guard = await this.guarded();
    if (!guard) return [];
    const over = guard.shelvedBefore(now);
    if (over.length === 0 && guard.differences([], await this.suppressions.inForce(), now).size === 0) return [];
    const { alerts } = await this.commit(over, now, (ledger) => {
      for (const id of over) ledger.expire(id, now);
    });
    return alerts;
  }

  /** One transaction: `work` on the alerts of these ids, then what suppresses all that are open after it. */
  private async commit<T>(
    ids: readonly string[],
    now: number,
    work: (ledger: Ledger) => T,
  ): Promise<{ alerts: Alert[]; result: T }> {
    const guard = await this.guarded();
    const rules = await this.suppressions.inForce();
    try {
      return await this.db.transaction().execute(async (trx) => {
        const ledger = new Ledger(await standing(trx, [...new Set(ids)]));
        const result = work(ledger);
        const differences = guard?.differences(ledger.changed(), rules, now) ?? new Map<string, never>();
        const others = [...differences.keys()].filter((id) => !ledger.has(id));
        ledger.include(await standing(trx, others));
        for (const [id, by] of differences) ledger.suppress(id, by, now);
        const alerts = await this.write(trx, ledger.lines);
        // Before the next transaction can begin.
        guard?.take(alerts);
        return { alerts, result };
      });
    } catch (error) {
      // What is in memory may be ahead of the file now.
      this.guard = undefined;
      throw error;
    }
  }

  /** Numbers the lines, appends them, keeps the projection in step and writes what follows from them. */
  private async write(trx: Transaction<AlertSchema>, lines: readonly LogLine[]): Promise<Alert[]> {
    if (lines.length === 0) return [];
    const head = await trx
      .selectFrom("alert_event")
      .select((eb) => eb.fn.max("sequence").as("sequence"))
      .executeTakeFirst();
    const first = Number(head?.sequence ?? 0) + 1;
    const rows = lines.map((line, index) => eventRow(line, first + index));
    for (const part of chunks(rows)) await trx.insertInto("alert_event").values(part).execute();
    const projected = await project(trx, rows);
    const newest = new Map(lines.map(({ after }) => [after.id, after]));
    const changes = lines.map(({ event, after }, index) => ({
      event: { ...event, sequence: first + index },
      alert: newest.get(after.id) ?? after,
    }));
    await this.options.alongside?.(trx, changes);
    return projected;
  }

  private marked(event: NewAlertEvent): NewAlertEvent {
    return this.options.exercise ? { ...event, after: { ...event.after, exercise: true } } : event;
  }

  private async guarded(): Promise<SuppressionGuard | undefined> {
    if (this.guard || !this.city) return this.guard;
    const rows = await this.db.selectFrom("alert").select("alert").where("condition", "<>", "cleared").execute();
    return (this.guard ??= new SuppressionGuard(this.city, rows.map(alertOf)));
  }

  /** Makes the projection anew from the log; for repair, and to prove that the log alone is enough. */
  async rebuild(): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx.deleteFrom("alert_area").execute();
      await trx.deleteFrom("alert").execute();
      for (let after = 0; ;) {
        const rows = await trx
          .selectFrom("alert_event")
          .selectAll()
          .where("sequence", ">", after)
          .orderBy("sequence")
          .limit(1000)
          .execute();
        if (rows.length === 0) return;
        await project(trx, rows);
        after = rows.at(-1)?.sequence ?? after;
      }
    });
  }
}

function attempt(ledger: Ledger, { id, sequence, deed }: WorkRequest, by: Deed): WorkOutcome {
  const found = ledger.get(id);
  if (!found) return { outcome: "missing" };
  if (sequence !== null && sequence !== found.alert.sequence) {
    return { outcome: "conflict", sequence: found.alert.sequence };
  }
  const reason = ledger.work(id, deed, by);
  return reason === null ? { outcome: "done", alert: found.alert } : { outcome: "refused", reason };
}
