import type { Delivery } from "./delivery.ts";

/** Identity of the program in events that leave it. */
export interface EventSource {
  /** URI reference: the public address, or `urn:ioc:<city>` without one. */
  source: string;
}

/** A notice as a CloudEvent 1.0 in structured JSON: the incident, all of its alerts and the words for people. */
export function cloudEventOf(
  { key, reason, contact, message, incident, members, time }: Delivery,
  { source }: EventSource,
) {
  return {
    specversion: "1.0",
    id: key,
    source,
    type: `org.city-ioc.${incident ? "incident" : "notification"}.${reason}`,
    ...(incident ? { subject: incident.id } : {}),
    time: new Date(time).toISOString(),
    datacontenttype: "application/json",
    data: {
      recipient: contact.id,
      language: contact.language,
      title: message.title,
      text: message.text,
      link: message.link,
      exercise: incident?.exercise ?? false,
      incident,
      alerts: members,
    },
  };
}
