import type { Channel, Contact } from "@ioc/contracts";
import type { Transaction } from "kysely";
import type { Tell } from "../incident/incident.ts";
import { channelsOf } from "../routing/directory.ts";
import type { Directory } from "../routing/directory.ts";
import type { LadderStep } from "../routing/ladder.ts";
import type { NoticeSchema } from "./schema.ts";

/** What is told of. */
interface Subject {
  id: string;
  /** Worst member. */
  alert: string;
  centre: string;
}

/**
 * Name of a notice that stays the same however often it is sent: alert, transition, channel and recipient.
 * @param mark sequence of the event in the log of alerts, or the time at which a step of the ladder was due
 */
export function noticeKey(alert: string, reason: string, mark: number, channel: Channel, recipient: string): string {
  return `${alert}/${reason}-${mark}/${channel}/${recipient}`;
}

/** Writes rows of the outbox. */
export class NoticeWriter {
  private readonly trx: Transaction<NoticeSchema>;
  private readonly directory: Directory;
  private readonly enabled: ReadonlySet<Channel>;

  constructor(
    trx: Transaction<NoticeSchema>,
    { directory, enabled }: { directory: Directory; enabled: ReadonlySet<Channel> },
  ) {
    this.trx = trx;
    this.directory = directory;
    this.enabled = enabled;
  }

  /**
   * A row for each channel and recipient. What is still held says the newest state when it is sent, so nothing is added to it: at
   * most it is sent sooner.
   */
  async write(subject: Subject, { reason, to, dueAt, mark }: Tell, now: number): Promise<void> {
    const recipients = to === "told" ? await this.told(subject.id) : await this.reached(to, subject.centre, now);
    for (const { channel, recipient } of recipients) {
      const held = await this.trx
        .selectFrom("notice")
        .select(["id", "due_at"])
        .where("incident", "=", subject.id)
        .where("channel", "=", channel)
        .where("recipient", "=", recipient)
        .where("state", "=", "waiting")
        .where("attempts", "=", 0)
        .executeTakeFirst();
      if (held) {
        if (dueAt >= held.due_at) continue;
        await this.trx.updateTable("notice").set({ due_at: dueAt }).where("id", "=", held.id).execute();
        continue;
      }
      await this.trx
        .insertInto("notice")
        .values({
          key: noticeKey(subject.alert, reason, mark, channel, recipient),
          incident: subject.id,
          alert: subject.alert,
          reason,
          channel,
          recipient,
          state: "waiting",
          created_at: now,
          due_at: dueAt,
          retry_at: 0,
          sent_at: null,
          attempts: 0,
          error: null,
          title: null,
          text: null,
        })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
    }
  }

  /** Everybody who was told of the incident, or of one that has become part of it. */
  private async told(incident: string): Promise<{ channel: Channel; recipient: string }[]> {
    const rows = await this.trx
      .selectFrom("notice")
      .select(["channel", "recipient"])
      .distinct()
      .where((eb) =>
        eb.or([
          eb("incident", "=", incident),
          eb("incident", "in", eb.selectFrom("incident").select("incident.id").where("merged_into", "=", incident)),
        ]),
      )
      .where("state", "<>", "superseded")
      .execute();
    return rows.flatMap(({ channel, recipient }) => {
      const one = channel as Channel;
      return this.enabled.has(one) ? [{ channel: one, recipient }] : [];
    });
  }

  private async reached(
    steps: readonly LadderStep[],
    centre: string,
    now: number,
  ): Promise<{ channel: Channel; recipient: string }[]> {
    const found = new Map<string, { channel: Channel; recipient: string }>();
    for (const step of steps) {
      for (const contact of this.directory.targets(step.to, centre, now)) {
        const ways = channelsOf(contact, await this.isPushed(contact));
        for (const channel of step.channels) {
          if (!this.enabled.has(channel) || !ways.includes(channel)) continue;
          found.set(`${channel} ${contact.id}`, { channel, recipient: contact.id });
        }
      }
    }
    return [...found.values()];
  }

  private async isPushed({ id }: Contact): Promise<boolean> {
    const row = await this.trx
      .selectFrom("push_subscription")
      .select("endpoint")
      .where("contact", "=", id)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
