import { observationBatch } from "@ioc/contracts";
import { z } from "zod";
import { invalidRequest, ProblemError } from "../api/problem.ts";
import { parseItems, type ParsedBatch } from "./http-json.ts";

/** Attributes that every event has (CloudEvents 1.0.2, section "Required Attributes"), and the optional ones that are used. */
const attributes = z.object({
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(500),
  source: z.string().min(1).max(2000),
  type: z.string().min(1).max(500),
  time: z.iso.datetime({ offset: true }).optional(),
  datacontenttype: z
    .string()
    .regex(/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i, "must be application/json")
    .optional(),
});

/** JSON format: exactly one of `data` and `data_base64`. */
const event = attributes
  .extend({ data: z.unknown().optional(), data_base64: z.string().optional() })
  .refine((one) => (one.data === undefined) !== (one.data_base64 === undefined), {
    path: ["data"],
    message: "give either `data` or `data_base64`",
  });

/** Readings of all events together at most, as in one batch of our own. */
const mostObservations = 50_000;

/**
 * Reads the readings of CloudEvents: binary mode when there are `ce-` headers, else one event or a batch of events in the JSON
 * format. An event's data is a batch of observations or a single one. Of the same event again the readings are the same.
 * @throws {ProblemError} 400 that names the place.
 */
export function parseCloudEvents(
  body: unknown,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ParsedBatch {
  const data = dataOf(body, headers);
  const batch: ParsedBatch = { inputs: [], refused: [] };
  let first = 0;
  for (const { value, path } of data) {
    const { observations, unparsable } = batchOf(value, path);
    first += observations.length + unparsable.length;
    if (first > mostObservations) {
      throw new ProblemError(
        413,
        "too-large",
        `The events hold more than ${mostObservations} observations; send fewer.`,
      );
    }
    const start = first - observations.length - unparsable.length;
    const { inputs, refused } = parseItems(observations, start);
    for (const input of inputs) batch.inputs.push(input);
    for (const one of refused) batch.refused.push(one);
    for (const [i, one] of unparsable.entries()) {
      batch.refused.push({ index: start + observations.length + i, ...one });
    }
  }
  return batch;
}

interface EventData {
  value: unknown;
  /** Where it stands in the body. */
  path: string[];
}

function dataOf(body: unknown, headers: Readonly<Record<string, string | string[] | undefined>>): EventData[] {
  if (headers["ce-specversion"] !== undefined) {
    const named = Object.entries(headers).filter(([name]) => name.startsWith("ce-"));
    const parsed = attributes.safeParse(
      Object.fromEntries(named.map(([name, value]) => [name.slice(3), decoded(value)])),
    );
    if (!parsed.success) throw inHeaders(parsed.error);
    return [{ value: body, path: [] }];
  }
  const events: unknown[] = Array.isArray(body) ? body : [body];
  return events.map((one, i): EventData => {
    const path = Array.isArray(body) ? [String(i)] : [];
    const parsed = event.safeParse(one);
    if (!parsed.success) throw below(path, parsed.error);
    const { data, data_base64: base64 } = parsed.data;
    return base64 === undefined
      ? { value: data, path: [...path, "data"] }
      : { value: jsonOf(base64, path), path: [...path, "data_base64"] };
  });
}

/** Header values are percent-encoded (HTTP protocol binding 1.0.2, section 3.1.3.2). */
function decoded(value: string | string[] | undefined): unknown {
  if (typeof value !== "string") return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function jsonOf(base64: string, path: readonly string[]): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    const errors = [{ path: ["body", ...path, "data_base64"].join("."), message: "holds no JSON" }];
    throw new ProblemError(400, "invalid-request", "The body does not fit.", { errors });
  }
}

interface Batch {
  observations: unknown[];
  unparsable: NonNullable<z.infer<typeof observationBatch>["unparsable"]>;
}

function batchOf(value: unknown, path: readonly string[]): Batch {
  const single = typeof value === "object" && value !== null && "phenomenonTime" in value;
  const parsed = observationBatch.safeParse(single ? { observations: [value] } : value);
  if (!parsed.success) throw below(path, parsed.error);
  return { observations: parsed.data.observations, unparsable: parsed.data.unparsable ?? [] };
}

function below(path: readonly string[], error: z.ZodError): ProblemError {
  return invalidRequest(
    "body",
    new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))),
  );
}

function inHeaders(error: z.ZodError): ProblemError {
  const errors = error.issues.map((issue) => ({ path: `header.ce-${issue.path.join(".")}`, message: issue.message }));
  return new ProblemError(400, "invalid-request", "The headers are not those of a CloudEvent 1.0.", { errors });
}
