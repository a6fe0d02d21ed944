import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { DeliveryError, type Sender } from "./delivery.ts";

const timeoutMs = 15_000;

/**
 * E-mail over SMTP. A notice that is sent twice carries the same Message-ID, which mail programs show once.
 * @param url `smtp://user:password@host:587`, or `smtps://…`
 */
export function emailSender(url: string, from: string): Sender {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? "ioc.invalid";
  return async ({ key, contact, message, incident }) => {
    if (contact.email === undefined) throw new DeliveryError(`${contact.id} has no e-mail address`, true);
    const urgent = incident !== null && (incident.severity === "Extreme" || incident.severity === "Severe");
    try {
      await transport.sendMail({
        from,
        to: contact.email,
        subject: message.title,
        text: message.text,
        messageId: `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-IOC-Notification-Key": key },
        ...(urgent ? { priority: "high" as const } : {}),
      });
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

/** Of the answers of a mail server, 5xx to the address or the message are final; one to the sign-in is a setting that can be mended. */
function refusalOf(error: unknown): DeliveryError {
  const { message, responseCode, code } = error as Error & { responseCode?: number; code?: string };
  return new DeliveryError(message, (responseCode ?? 0) >= 500 && code !== "EAUTH");
}
