import type { Channel } from "@ioc/contracts";
import type { Outbox } from "@ioc/notifications";
import type { Config } from "../config/config.ts";
import { settings } from "../config/env.ts";
import type { MqttBroker } from "../mqtt/broker.ts";
import type { EventSource } from "./cloud-event.ts";
import type { Sender } from "./delivery.ts";
import { emailSender } from "./email.ts";
import { allowedHosts } from "./guarded-request.ts";
import { mqttSender } from "./mqtt.ts";
import { pushSender, vapidOf } from "./push.ts";
import { smsSender } from "./sms.ts";
import { webhookSender } from "./webhook.ts";

/** Settings that each channel needs; those without any are always there. */
export const needs: Readonly<Record<Channel, readonly string[]>> = {
  "in-app": [],
  mqtt: [settings.mqttPort.variable],
  email: [settings.smtpUrl.variable, settings.smtpFrom.variable],
  webhook: [settings.webhookSecret.variable],
  push: [settings.vapidPrivateKey.variable, settings.vapidSubject.variable],
  sms: [settings.smsUrl.variable],
};

/** Channels that are configured: without settings only those that stay inside. */
export function enabledChannels(config: Config): Set<Channel> {
  const enabled = new Set<Channel>(["in-app"]);
  if (config.mqttPort !== "off") enabled.add("mqtt");
  if (config.smtpUrl !== "" && config.smtpFrom !== "") enabled.add("email");
  if (config.webhookSecret !== "") enabled.add("webhook");
  if (config.vapidPrivateKey !== "" && config.vapidSubject !== "") enabled.add("push");
  if (config.smsUrl !== "") enabled.add("sms");
  return enabled;
}

/** Key that browsers subscribe with; null when push messages are not configured. */
export function pushKey(config: Config): string | null {
  if (!enabledChannels(config).has("push")) return null;
  return vapidOf(config.vapidPrivateKey, config.vapidSubject).publicKey;
}

/** One sender for each channel that is configured. In-app notices are there once they are written: the console reads them. */
export function createSenders(
  config: Config,
  parts: { outbox: Outbox; broker(): MqttBroker | null; source: EventSource },
): ReadonlyMap<Channel, Sender> {
  const { outbox, broker, source } = parts;
  const allowed = allowedHosts(config.notifyAllow);
  const enabled = enabledChannels(config);
  const makers: Record<Channel, () => Sender> = {
    "in-app": () => async () => {},
    mqtt: () => mqttSender(broker, source),
    email: () => emailSender(config.smtpUrl, config.smtpFrom),
    webhook: () => webhookSender(config.webhookSecret, source, allowed),
    push: () =>
      pushSender(
        vapidOf(config.vapidPrivateKey, config.vapidSubject),
        { of: (contact) => outbox.subscriptions(contact), remove: (endpoint) => outbox.unsubscribe(endpoint) },
        allowed,
      ),
    sms: () => smsSender({ url: config.smsUrl, body: config.smsBody, authorization: config.smsAuthorization }),
  };
  return new Map([...enabled].map((channel) => [channel, makers[channel]()]));
}
