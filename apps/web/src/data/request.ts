import type { Endpoints, Problem } from "@ioc/contracts";

/** Answer of one operation of the REST API, as its contract says. */
export type Answer<K extends keyof Endpoints> = Endpoints[K]["response"]["_zod"]["output"];

export type QueryValue = string | number | boolean | null | undefined;

/** A request that was answered with a problem document, or not answered at all (`status` 0). */
export class RequestFailed extends Error {
  readonly problem: Problem;
  /** Short id that a reader can quote; the same text gives the same id. */
  readonly code: string;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "RequestFailed";
    this.problem = problem;
    this.code = shortCode(`${problem.status} ${problem.instance ?? ""} ${problem.title}`);
  }
}

function shortCode(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (hash & 0xffff).toString(16).toUpperCase().padStart(4, "0");
}

/** Address below `/api/v1`; undefined and null parameters are left out. */
export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(key, String(value));
  }
  const search = parameters.toString();
  return `/api/v1${path}${search ? `?${search}` : ""}`;
}

/** Reads one resource. Throws {@link RequestFailed}. The shape is the server's promise, checked there. */
export async function apiGet<K extends keyof Endpoints>(
  path: string,
  query?: Record<string, QueryValue>,
  signal?: AbortSignal,
): Promise<Answer<K>> {
  return answerOf<K>(apiUrl(path, query), { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
}

/** Sends something in the name of who holds the API key. Throws {@link RequestFailed}: 401 or 403 when the key is not taken. */
export async function apiSend<K extends keyof Endpoints>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  { key, body, signal }: { key: string | null; body?: unknown; signal?: AbortSignal | undefined },
): Promise<Answer<K>> {
  return answerOf<K>(apiUrl(path), {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

async function answerOf<K extends keyof Endpoints>(url: string, init: RequestInit): Promise<Answer<K>> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new RequestFailed({ type: "about:blank", title: "No answer", status: 0, instance: url });
  }
  if (!response.ok) throw new RequestFailed(await readProblem(response, url));
  return (await response.json()) as Answer<K>;
}

async function readProblem(response: Response, url: string): Promise<Problem> {
  const fallback = { type: "about:blank", title: response.statusText, status: response.status, instance: url };
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}
