import { createECDH, createHash } from "node:crypto";
import type { PushSubscription } from "@ioc/contracts";
import webPush from "web-push";
import { DeliveryError, type Delivery, type Sender } from "./delivery.ts";
import { sendGuarded, type Allowed } from "./guarded-request.ts";

/** A push service keeps a message this long for a browser that is not there, seconds. */
const keepSeconds = 4 * 3600;

/** Key pair by which push services know the sender (RFC 8292). */
export interface Vapid {
  privateKey: string;
  publicKey: string;
  /** `mailto:` or `https:` address of the operator. */
  subject: string;
}

/** @param privateKey 32 bytes of a P-256 key in base64url; the public key follows from it */
export function vapidOf(privateKey: string, subject: string): Vapid {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(Buffer.from(privateKey, "base64url"));
  return { privateKey, publicKey: pair.getPublicKey("base64url"), subject };
}

/** What the service worker of the console shows. */
function payloadOf({ key, message, incident }: Delivery): string {
  const [, ...rest] = message.short.split("\n");
  return JSON.stringify({
    title: message.title,
    body: rest.filter((line) => line !== message.link).join("\n"),
    link: incident ? `/console/incidents/${encodeURIComponent(incident.id)}` : "/console/notifications",
    tag: incident?.id ?? key,
  });
}

/**
 * Web Push (RFC 8030) with encrypted contents (RFC 8291) and VAPID. A subscription that the push service no longer knows is removed.
 * A notice that is sent twice replaces itself: both carry the same `Topic`.
 */
export function pushSender(
  vapid: Vapid,
  subscriptions: {
    of(contact: string): Promise<PushSubscription[]>;
    remove(endpoint: string): Promise<void>;
  },
  allowed: Allowed,
): Sender {
  return async (delivery) => {
    const { contact, incident, key } = delivery;
    const found = await subscriptions.of(contact.id);
    let taken = 0;
    const failures: string[] = [];
    for (const subscription of found) {
      const details = webPush.generateRequestDetails(subscription, payloadOf(delivery), {
        vapidDetails: vapid,
        TTL: keepSeconds,
        contentEncoding: "aes128gcm",
        urgency: incident?.severity === "Extreme" || incident?.severity === "Severe" ? "high" : "normal",
        topic: createHash("sha256").update(key).digest("base64url").slice(0, 32),
      });
      const headers = details.headers as Record<string, string | number>;
      try {
        const { status } = await sendGuarded(
          details.endpoint,
          { method: "POST", headers, body: details.body ?? Buffer.alloc(0) },
          allowed,
        );
        if (status === 404 || status === 410) await subscriptions.remove(subscription.endpoint);
        else if (status >= 200 && status < 300) taken += 1;
        else failures.push(`the push service answered ${status}`);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    if (failures.length > 0) throw new DeliveryError(failures.join("; "));
    if (taken === 0) throw new DeliveryError(`no browser is subscribed for ${contact.id}`, true);
  };
}
