import type { Channel, Incident, IncidentMember, Notice } from "@ioc/contracts";
import type { Directory, Message, NoticeStore } from "@ioc/notifications";
import { messageOf as textOf } from "../log.ts";
import { DeliveryError, type Sender } from "./delivery.ts";

/** Notices that are under way at once. */
const atOnce = 8;
/** Real ms after which an attempt that nothing was heard of is made again; longer than any sender waits. */
const claimMs = 120_000;
const firstPauseMs = 5000;
const longestPauseMs = 15 * 60_000;
/** With doubling pauses the last attempt comes about an hour and a half after the first. */
const mostAttempts = 14;

interface WorkerOptions {
  store: NoticeStore;
  directory: Directory;
  senders: ReadonlyMap<Channel, Sender>;
  write(
    notice: Pick<Notice, "reason">,
    incident: Incident,
    members: readonly IncidentMember[],
    language: "vi" | "en",
  ): Message;
  now(): number;
  wallNow(): number;
  /** Called after each notice that was sent or has failed. */
  onDone(notice: Notice): void;
}

/** Pause in ms before the attempt after `attempts`: doubling from 5 s to 15 min. */
export function pauseAfter(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
}

/**
 * Sends what is due in the outbox. A notice counts as sent when the other side has taken it: a program that is killed in between sends
 * it again at its next start, with the same key.
 */
export class OutboxWorker {
  private readonly options: WorkerOptions;

  constructor(options: WorkerOptions) {
    this.options = options;
  }

  /** Sends until nothing is due. */
  async run(): Promise<void> {
    const { store, now, wallNow } = this.options;
    for (;;) {
      const due = await store.outbox.claim({ now: now(), wall: wallNow(), limit: atOnce, claimMs });
      if (due.length === 0) return;
      await Promise.all(due.map((notice) => this.send(notice)));
    }
  }

  private async send(notice: Notice): Promise<void> {
    const { store, wallNow } = this.options;
    try {
      const message = await this.attempt(notice);
      await store.outbox.sent(notice.id, wallNow(), message);
    } catch (error) {
      const final = (error instanceof DeliveryError && error.permanent) || notice.attempts >= mostAttempts;
      await store.outbox.failed(notice.id, textOf(error), final ? null : wallNow() + pauseAfter(notice.attempts));
    }
    const after = await store.outbox.get(notice.id);
    if (after) this.options.onDone(after);
  }

  private async attempt(notice: Notice): Promise<Message> {
    const { store, directory, senders, wallNow } = this.options;
    const send = senders.get(notice.channel);
    if (!send) throw new DeliveryError(`the channel ${notice.channel} is not configured`);
    const contact = directory.contact(notice.recipient);
    if (!contact) throw new DeliveryError(`the city pack has no contact ${notice.recipient} any more`, true);
    const incident = await store.incidents.get(notice.incident);
    if (!incident) throw new DeliveryError(`there is no incident ${notice.incident}`, true);
    const members = await store.incidents.members(incident.id);
    const message = this.options.write(notice, incident, members, contact.language);
    const { key, reason } = notice;
    await send({ key, reason, contact, message, incident, members, time: notice.createdAt, at: wallNow() });
    return message;
  }
}
