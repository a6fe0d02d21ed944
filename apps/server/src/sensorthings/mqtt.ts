import { isOurTopic, SensorThingsProblem, topicPrefix, type SensorThings } from "@ioc/sensorthings";
import type { QuarantineReason } from "@ioc/contracts";
import type { Intake } from "../intake.ts";
import type { OtherTopics } from "../mqtt/topics.ts";

/** Largest payload that can be one Observation. */
const largestPayload = 65_536;

/**
 * Topics of SensorThings (18-088, chapters 13 and 14): `v1.1/Datastreams(5)/Observations` and its like are listened to for
 * new and changed entities, and published to for new Observations. What cannot be created ends in quarantine.
 * @param root address of the service, for the links of entities
 */
export function sensorThingsTopics(
  service: SensorThings,
  intake: Pick<Intake, "quarantine">,
  root: () => string,
): OtherTopics {
  const refuse = (client: string, reason: QuarantineReason, message: string, sample: string) =>
    intake.quarantine(`mqtt:${client}`.slice(0, 80), [{ reason, message, sample: sample.slice(0, 500) }]);
  return {
    isOurs: isOurTopic,
    connect: (publish) => service.updates.connect(publish),
    subscribe: (topic, client) => service.updates.subscribe(topic, client),
    unsubscribe: (topic, client) => service.updates.unsubscribe(topic, client),
    leave: (client) => service.updates.leave(client),
    async receive(topic, payload, client) {
      const sample = `${topic} ${payload.subarray(0, 500).toString("utf8")}`;
      const path = topic.slice(topicPrefix.length);
      if (!/(?:^|\/)Observations$/.test(path)) {
        return refuse(client, "bad-item", "only Observations are created by MQTT", sample);
      }
      if (payload.length > largestPayload) {
        return refuse(client, "too-large", `${payload.length} bytes are no single Observation`, sample);
      }
      const body = parsed(payload);
      if (body === undefined) return refuse(client, "bad-json", "the payload is not JSON in UTF-8", sample);
      try {
        await service.create(path, body, root(), `mqtt:${client}`.slice(0, 80));
      } catch (error) {
        if (!(error instanceof SensorThingsProblem)) throw error;
        await refuse(client, "bad-item", error.message, sample);
      }
    },
  };
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
