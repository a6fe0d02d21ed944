import { endpoints, type Endpoint } from "@ioc/contracts";
import { Reply, type Call, type Handlers, type OperationId } from "./handlers.ts";
import { invalidRequest, notFound, ProblemError } from "./problem.ts";

/** An endpoint that a path leads to. */
export interface Match {
  id: OperationId;
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
}

interface Route {
  id: OperationId;
  endpoint: Endpoint;
  segments: readonly string[];
}

const routes: readonly Route[] = Object.entries(endpoints).map(([id, endpoint]) => ({
  id: id as OperationId,
  endpoint,
  segments: endpoint.path.split("/").slice(1),
}));

/**
 * Finds the endpoint of a path below `/api/v1`. A literal segment wins over a parameter.
 * @throws {ProblemError} 404 when no endpoint has the path, 405 when only other methods have it.
 */
export function matchEndpoint(method: string, path: string): Match {
  const parts = path.split("/").slice(1);
  const found = routes.flatMap((route) => {
    const params = paramsOf(route.segments, parts);
    return params ? [{ route, params }] : [];
  });
  const wanted = method.toLowerCase() === "head" ? "get" : method.toLowerCase();
  const fitting = found
    .filter(({ route }) => route.endpoint.method === wanted)
    .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
  if (fitting) return { id: fitting.route.id, endpoint: fitting.route.endpoint, params: fitting.params };
  if (found.length === 0) throw notFound(`No endpoint of the API is at ${path}.`);
  const allow = [...new Set(found.map(({ route }) => route.endpoint.method.toUpperCase()))].join(", ");
  throw new ProblemError(405, "method-not-allowed", `${path} answers ${allow}.`, { headers: { Allow: allow } });
}

function paramsOf(segments: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (segments.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    const part = parts[i] ?? "";
    if (segment.startsWith("{")) {
      const value = decode(part);
      if (value === null || value === "") return null;
      params[segment.slice(1, -1)] = value;
    } else if (segment !== part) return null;
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Whom a call comes from. */
type Caller = Pick<Call, "headers" | "address" | "secure">;
const nobody: Caller = { headers: {}, address: "", secure: false };

/** Calls handlers with checked input; the same for HTTP and for pages that are rendered inside the server. */
export interface Dispatcher {
  /** @param url Path with query below `/api/v1`. @throws {ProblemError} */
  call(match: Match, url: string, body: unknown, caller?: Caller): Promise<Reply<unknown>>;
  /** Value of a GET endpoint that needs no key. @param path for example `/api/v1/statistics?limit=10`; the prefix may be left out */
  get(path: string): Promise<unknown>;
}

export function createDispatcher(handlers: Handlers): Dispatcher {
  const call: Dispatcher["call"] = async ({ id, endpoint, params }, url, body, caller = nobody) => {
    const input: Call = {
      params,
      query: endpoint.query ? checked("query", endpoint.query, queryOf(url)) : {},
      body: endpoint.body ? checked("body", endpoint.body, body) : undefined,
      url: `/api/v1${url}`,
      headers: caller.headers,
      address: caller.address,
      secure: caller.secure,
    };
    const handler = handlers[id] as (call: Call) => unknown;
    const answer = await handler(input);
    return answer instanceof Reply ? answer : new Reply(answer);
  };
  return {
    call,
    async get(path) {
      const url = path.startsWith("/api/v1/") ? path.slice("/api/v1".length) : path;
      const match = matchEndpoint("get", url.split("?", 1)[0] ?? "");
      if (match.endpoint.key || match.endpoint.session)
        throw new ProblemError(401, "key-required", `${path} needs an API key.`);
      return (await call(match, url, undefined)).value;
    },
  };
}

/** Parameters by name; one that is repeated has all its values. */
function queryOf(url: string): Record<string, string | string[]> {
  const question = url.indexOf("?");
  if (question < 0) return {};
  const byName = Map.groupBy(new URLSearchParams(url.slice(question + 1)), ([name]) => name);
  return Object.fromEntries(
    Array.from(byName, ([name, pairs]) => {
      const values = pairs.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function checked(where: "query" | "body", schema: NonNullable<Endpoint["query"]>, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidRequest(where, parsed.error);
  return parsed.data;
}
