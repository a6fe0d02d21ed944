import { z } from "zod";
import { endpoints, observationInput, problem, type Endpoint } from "@ioc/contracts";

interface JsonSchema {
  [key: string]: unknown;
  properties?: Record<string, JsonSchema>;
}

const at = "#/components/schemas/";

/** The OpenAPI 3.1 document of the REST API, made from the contract. */
export function openApiDocument(version: string): Record<string, unknown> {
  const names = new Map<z.ZodType, string>();
  const { bodies, answers } = components(names);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, one] of Object.entries(endpoints)) {
    (paths[`/api/v1${one.path}`] ??= {})[one.method] = operation(id, one, names);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "City IOC",
      version,
      summary: "Stations, readings, statistics, warnings and alerts of a city.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(Object.values(endpoints).map((one) => one.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...answers, ...bodies },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key of this server." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-ioc",
          description: "Session of a signed-in person; over plain http the cookie is named `ioc`.",
        },
        csrfToken: {
          type: "apiKey",
          in: "header",
          name: "X-CSRF-Token",
          description: "From `GET /api/v1/session`; with the cookie, for everything that changes something.",
        },
      },
    },
  };
}

/** Schemas of bodies and answers by name; fills `names` with the name of each. */
function components(names: Map<z.ZodType, string>): {
  bodies: Record<string, JsonSchema>;
  answers: Record<string, JsonSchema>;
} {
  const inputs = z.registry<{ id: string }>();
  const outputs = z.registry<{ id: string }>();
  const name = (registry: typeof inputs, schema: z.ZodType, id: string) => {
    // The same schema may serve several operations: it is named once, after the first.
    if (names.has(schema)) return;
    names.set(schema, id);
    registry.add(schema, { id });
  };
  name(outputs, problem, "Problem");
  for (const [id, one] of Object.entries<Endpoint>(endpoints)) {
    if (one.body) name(inputs, one.body, `${capital(id)}Body`);
    if (isJson(one)) name(outputs, one.response, `${capital(id)}Response`);
  }
  name(inputs, observationInput, "ObservationInput");
  const bodies = schemasOf(inputs, "input");
  // Items of a batch are checked one by one, so the contract leaves them open; a sender wants to know their shape.
  const items = bodies["PostObservationsBody"]?.properties?.["observations"];
  if (items) items["items"] = { $ref: `${at}ObservationInput` };
  return { bodies, answers: schemasOf(outputs, "output") };
}

function isJson(one: Endpoint): boolean {
  return !one.produces || one.produces.endsWith("json");
}

function schemasOf(registry: z.core.$ZodRegistry<{ id: string }>, io: "input" | "output"): Record<string, JsonSchema> {
  const made = z.toJSONSchema(registry, { io, unrepresentable: "any", uri: (id) => `${at}${id}` });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, schema]) => [id, withoutHeader(schema)]));
}

function withoutHeader(schema: object): JsonSchema {
  const { $id: _id, $schema: _schema, id: _name, ...rest } = schema as JsonSchema;
  return rest;
}

function operation(id: string, one: Endpoint, names: ReadonlyMap<z.ZodType, string>): Record<string, unknown> {
  const problemAnswer = { $ref: `${at}Problem` };
  const failure = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: problemAnswer } },
  });
  return {
    operationId: id,
    tags: [one.tag],
    summary: one.summary,
    parameters: [...pathParameters(one.path), ...queryParameters(one)],
    ...(one.body
      ? { requestBody: { required: true, content: { "application/json": { schema: named(names, one.body) } } } }
      : {}),
    ...securityOf(one),
    responses: {
      [String(one.status ?? 200)]: { description: one.summary, content: successContent(one, names) },
      ...(one.query || one.body ? { "400": failure("The request does not fit") } : {}),
      ...(one.key
        ? {
            "401": failure("An API key or a session is required"),
            "403": failure("The key or the person may not do this"),
          }
        : {}),
      ...(one.session ? { "401": failure("Not signed in"), "403": failure("Sent by a page of another site") } : {}),
      ...(one.path.includes("{") ? { "404": failure("There is none with this id") } : {}),
      ...(one.method === "put"
        ? { "409": failure("Made from another version than the one in force"), "422": failure("It cannot be used") }
        : {}),
      ...(one.body ? { "413": failure("The body is too large"), "415": failure("The body is not JSON") } : {}),
      "429": failure("Too many requests; see Retry-After"),
    },
  };
}

/** A key, or a session; with a session, changes need the token against forged requests too. */
function securityOf({ key, session, method }: Endpoint): { security?: Record<string, []>[] } {
  if (!key && session !== "needed") return {};
  const person = method === "get" ? { session: [] as [] } : { session: [] as [], csrfToken: [] as [] };
  return { security: [...(key ? [{ apiKey: [] as [] }] : []), person] };
}

function successContent(one: Endpoint, names: ReadonlyMap<z.ZodType, string>): Record<string, unknown> {
  const schema = isJson(one) ? named(names, one.response) : { type: "string" };
  return { [one.produces ?? "application/json"]: { schema } };
}

function named(names: ReadonlyMap<z.ZodType, string>, schema: z.ZodType): { $ref: string } {
  return { $ref: `${at}${names.get(schema)}` };
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(one: Endpoint): unknown[] {
  if (!(one.query instanceof z.ZodObject)) return [];
  const shape = one.query.shape as Record<string, z.ZodType>;
  return Object.entries(shape).map(([name, schema]) => {
    const made = withoutHeader(z.toJSONSchema(schema, { unrepresentable: "any" }));
    return { name, in: "query", required: !schema.safeParse(undefined).success, schema: made };
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
