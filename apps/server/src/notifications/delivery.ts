import type { Contact, Incident, IncidentMember, Notice } from "@ioc/contracts";
import type { Message } from "@ioc/notifications";

/** Everything that a channel may send of a notice. */
export interface Delivery {
  /** Idempotency key: the same for each attempt. */
  key: string;
  reason: Notice["reason"] | "test";
  contact: Contact;
  message: Message;
  /** Null for a test message. */
  incident: Incident | null;
  members: readonly IncidentMember[];
  /** City time, ms, of what is told of. */
  time: number;
  /** Real time of the attempt, ms. */
  at: number;
}

/** Sends one notice; resolves when the other side has taken it over. @throws {DeliveryError} */
export type Sender = (delivery: Delivery) => Promise<void>;

/** A notice that was not taken. `permanent`: another attempt would end the same way. */
export class DeliveryError extends Error {
  readonly permanent: boolean;
  constructor(message: string, permanent = false) {
    super(message);
    this.name = "DeliveryError";
    this.permanent = permanent;
  }
}
