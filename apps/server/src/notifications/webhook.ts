import { createHash, createHmac } from "node:crypto";
import { cloudEventOf, type EventSource } from "./cloud-event.ts";
import { DeliveryError, type Sender } from "./delivery.ts";
import { sendGuarded, type Allowed } from "./guarded-request.ts";

/**
 * CloudEvents 1.0 in structured JSON over HTTP POST, signed by Standard Webhooks 1.0: `webhook-id` (the same for each attempt),
 * `webhook-timestamp` and `webhook-signature` (HMAC-SHA256 over `id.timestamp.body`).
 *
 * @param secret `whsec_` and the key in base64
 */
export function webhookSender(secret: string, source: EventSource, allowed: Allowed): Sender {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return async (delivery) => {
    const { contact } = delivery;
    if (contact.webhook === undefined) throw new DeliveryError(`${contact.id} has no webhook`, true);
    const body = JSON.stringify(cloudEventOf(delivery, source));
    // The signed text has full stops between its parts, so the id must have none.
    const id = `msg_${createHash("sha256").update(delivery.key).digest("base64url")}`;
    const timestamp = Math.floor(delivery.at / 1000);
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const { status } = await sendGuarded(
      contact.webhook,
      {
        method: "POST",
        headers: {
          "Content-Type": "application/cloudevents+json; charset=utf-8",
          "webhook-id": id,
          "webhook-timestamp": String(timestamp),
          "webhook-signature": `v1,${signature}`,
        },
        body,
      },
      allowed,
    );
    if (status >= 200 && status < 300) return;
    // 410 Gone is the receiver's way to end a subscription.
    throw new DeliveryError(`the receiver answered ${status}`, status === 410);
  };
}
