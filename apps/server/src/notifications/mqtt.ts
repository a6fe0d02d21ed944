import type { MqttBroker } from "../mqtt/broker.ts";
import { noticeTopics } from "../mqtt/topics.ts";
import { cloudEventOf, type EventSource } from "./cloud-event.ts";
import { DeliveryError, type Sender } from "./delivery.ts";

/** The program's own broker: a CloudEvent on `city/notifications/<contact>`, QoS 1. @param broker null until it has started */
export function mqttSender(broker: () => Pick<MqttBroker, "publish"> | null, source: EventSource): Sender {
  return async (delivery) => {
    const own = broker();
    if (!own) throw new DeliveryError("the broker is not running");
    await own.publish(`${noticeTopics}/${delivery.contact.id}`, JSON.stringify(cloudEventOf(delivery, source)));
  };
}
