import type { Channel, List, Notice, NoticeState, PushSubscription } from "@ioc/contracts";
import type { Kysely } from "kysely";
import { noticeOf } from "./rows.ts";
import type { NoticeSchema } from "./schema.ts";

export interface NoticeFilter {
  state?: NoticeState | undefined;
  channel?: Channel | undefined;
  incident?: string | undefined;
  /** The alert that caused it, or any member of the incident that it tells of. */
  alert?: string | undefined;
  limit: number;
  offset: number;
}

export interface ChannelCounts {
  waiting: number;
  sent: number;
  failed: number;
  /** Newest error among what waits or has failed. */
  lastError: string | null;
}

/** What is to be sent, what was, and subscriptions to push messages. `IncidentWriter` writes new notices. */
export class Outbox {
  private readonly db: Kysely<NoticeSchema>;

  constructor(db: Kysely<NoticeSchema>) {
    this.db = db;
  }

  /** Newest first. */
  async list({ state, channel, incident, alert, limit, offset }: NoticeFilter): Promise<List<Notice>> {
    let found = this.db.selectFrom("notice");
    if (state) found = found.where("state", "=", state);
    if (channel) found = found.where("channel", "=", channel);
    if (incident) found = found.where("incident", "=", incident);
    if (alert) {
      found = found.where((eb) =>
        eb.or([
          eb("alert", "=", alert),
          eb("incident", "in", eb.selectFrom("incident_member").select("incident").where("alert", "=", alert)),
        ]),
      );
    }
    const rows = await found.selectAll().orderBy("id", "desc").limit(limit).offset(offset).execute();
    const count = await found.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirst();
    return { items: rows.map(noticeOf), total: Number(count?.n ?? 0) };
  }

  async get(id: number): Promise<Notice | null> {
    const row = await this.db.selectFrom("notice").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? noticeOf(row) : null;
  }

  async counts(channel: Channel): Promise<ChannelCounts> {
    const rows = await this.db
      .selectFrom("notice")
      .select(["state", (eb) => eb.fn.countAll<number>().as("n")])
      .where("channel", "=", channel)
      .groupBy("state")
      .execute();
    const of = (state: NoticeState) => Number(rows.find((row) => row.state === state)?.n ?? 0);
    const failed = await this.db
      .selectFrom("notice")
      .select("error")
      .where("channel", "=", channel)
      .where("state", "in", ["waiting", "failed"])
      .where("error", "is not", null)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return { waiting: of("waiting"), sent: of("sent"), failed: of("failed"), lastError: failed?.error ?? null };
  }

  /**
   * Takes up to `limit` notices whose time has come, oldest first, and counts the attempt. A program that is killed before it says
   * how the attempt went takes the notice again at its next start, or once `claimMs` have passed.
   *
   * @param now city time, ms
   * @param wall real time, ms: attempts after the first go by it
   */
  async claim({
    now,
    wall,
    limit,
    claimMs,
  }: {
    now: number;
    wall: number;
    limit: number;
    claimMs: number;
  }): Promise<Notice[]> {
    return await this.db.transaction().execute(async (trx) => {
      const rows = await trx
        .selectFrom("notice")
        .selectAll()
        .where("state", "=", "waiting")
        .where("due_at", "<=", now)
        .where("retry_at", "<=", wall)
        .orderBy("id")
        .limit(limit)
        .execute();
      if (rows.length === 0) return [];
      await trx
        .updateTable("notice")
        .set((eb) => ({ attempts: eb("attempts", "+", 1), retry_at: wall + claimMs }))
        .where(
          "id",
          "in",
          rows.map(({ id }) => id),
        )
        .execute();
      return rows.map((row) => noticeOf({ ...row, attempts: row.attempts + 1 }));
    });
  }

  /** To be called at the start: what was taken and not reported by the program before is due at once. */
  async releaseClaims(): Promise<void> {
    await this.db.updateTable("notice").set({ retry_at: 0 }).where("state", "=", "waiting").execute();
  }

  async sent(id: number, wall: number, { title, text }: { title: string; text: string }): Promise<void> {
    await this.db
      .updateTable("notice")
      .set({ state: "sent", sent_at: wall, error: null, title, text })
      .where("id", "=", id)
      .execute();
  }

  /** @param retryAt real time of the next attempt; null: given up, it has failed */
  async failed(id: number, error: string, retryAt: number | null): Promise<void> {
    await this.db
      .updateTable("notice")
      .set(retryAt === null ? { state: "failed", error } : { error, retry_at: retryAt })
      .where("id", "=", id)
      .execute();
  }

  /** Lets a notice that has failed wait for another round of attempts. False when it has not failed. */
  async retry(id: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable("notice")
      .set({ state: "waiting", retry_at: 0, attempts: 1 })
      .where("id", "=", id)
      .where("state", "=", "failed")
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async subscribe(contact: string, subscription: PushSubscription): Promise<void> {
    const row = { endpoint: subscription.endpoint, contact, subscription: JSON.stringify(subscription) };
    await this.db
      .insertInto("push_subscription")
      .values(row)
      .onConflict((conflict) => conflict.column("endpoint").doUpdateSet(row))
      .execute();
  }

  async unsubscribe(endpoint: string): Promise<void> {
    await this.db.deleteFrom("push_subscription").where("endpoint", "=", endpoint).execute();
  }

  async subscriptions(contact: string): Promise<PushSubscription[]> {
    const rows = await this.db
      .selectFrom("push_subscription")
      .select("subscription")
      .where("contact", "=", contact)
      .execute();
    return rows.map((row) => JSON.parse(row.subscription) as PushSubscription);
  }

  /** Contacts that browsers have subscribed for. */
  async pushed(): Promise<Set<string>> {
    const rows = await this.db.selectFrom("push_subscription").select("contact").distinct().execute();
    return new Set(rows.map(({ contact }) => contact));
  }
}
