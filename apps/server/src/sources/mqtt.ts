import { observationInput } from "@ioc/contracts";
import type { ObservationInput } from "@ioc/observations";
import type { QuarantineReason } from "@ioc/contracts";

export type ParsedMessage =
  | { ok: true; input: Omit<ObservationInput, "index"> }
  | { ok: false; reason: QuarantineReason; message: string };

/** Largest payload that can be one reading. */
const largestPayload = 4096;

/** Ids as they may stand in a topic. */
const topicForm = /^city\/([a-z0-9-]{1,80})\/([a-z0-9-]{1,120})\/([A-Za-z0-9_.-]{1,80})$/;

/**
 * Reads a message on `city/{kind}/{station}/{property}`. The payload is a bare number in text, or JSON
 * `{ "result": 25.5, "phenomenonTime"?: "2026-10-22T02:00:24Z", "unit"?: "Cel" }`; `null` says that there is no value.
 * @param kindOf Kind of a station; undefined for an unknown one.
 * @param now Time of arrival, ms: the phenomenonTime of a reading that names none.
 */
export function parseMessage(
  topic: string,
  payload: Uint8Array,
  kindOf: (station: string) => string | undefined,
  now: number,
): ParsedMessage {
  const place = topicForm.exec(topic);
  if (!place)
    return refuse("bad-item", `the topic must be city/{kind}/{station}/{property}, not ${topic.slice(0, 200)}`);
  const [, kind = "", station = "", property = ""] = place;
  const known = kindOf(station);
  if (known === undefined) return refuse("unknown-station", `there is no station ${station}`);
  if (known !== kind) return refuse("unknown-station", `station ${station} is of kind ${known}, not ${kind}`);
  if (payload.length > largestPayload) return refuse("too-large", `${payload.length} bytes are no single reading`);
  const text = textOf(payload);
  if (text === null) return refuse("bad-json", "the payload is not UTF-8");
  return readPayload(text, { station, property }, now);
}

function readPayload(text: string, place: { station: string; property: string }, now: number): ParsedMessage {
  if (/^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(text)) {
    const result = Number(text);
    if (!Number.isFinite(result)) return refuse("not-a-number", "the number is too large");
    return { ok: true, input: { ...place, phenomenonTime: now, result } };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse("bad-json", "the payload is neither a number nor JSON");
  }
  if (json === null) return { ok: true, input: { ...place, phenomenonTime: now, result: null } };
  if (typeof json !== "object") return refuse("not-a-number", "the payload is neither a number nor an object");
  const time = new Date(now).toISOString();
  const parsed = observationInput.safeParse({ phenomenonTime: time, ...json, ...place, datastream: undefined });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse("bad-item", [issue?.path.join("."), issue?.message].filter(Boolean).join(": "));
  }
  const { phenomenonTime, resultTime, result, unit, quality } = parsed.data;
  return {
    ok: true,
    input: {
      ...place,
      phenomenonTime: Date.parse(phenomenonTime),
      result,
      ...(resultTime === undefined ? {} : { resultTime: Date.parse(resultTime) }),
      ...(unit === undefined ? {} : { unit }),
      ...(quality === undefined ? {} : { quality }),
    },
  };
}

function refuse(reason: QuarantineReason, message: string): ParsedMessage {
  return { ok: false, reason, message };
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function textOf(payload: Uint8Array): string | null {
  try {
    return decoder.decode(payload);
  } catch {
    return null;
  }
}
