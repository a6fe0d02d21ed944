import { setTimeout as wait } from "node:timers/promises";
import type { Problem } from "@ioc/contracts";

/** Answers of a server that a person should read. */
export class ServerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ServerError";
  }
}

/** Times that a busy or unreachable server is asked again. */
const attempts = 8;
const longestWaitMs = 30_000;

/** Calls the REST API of a server with a key. */
export interface ServerClient {
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
}

export function createServerClient(url: string, key: string): ServerClient {
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(url.replace(/\/+$/, "") + path, init).catch((error: unknown) => error as Error);
      if (!(answer instanceof Error) && answer.ok) return await answer.json();
      const again = answer instanceof Error || answer.status === 429 || answer.status === 503;
      if (!again || attempt >= attempts) throw await refusal(url, path, answer);
      await wait(pauseOf(answer, attempt));
    }
  };
  const headers = { Authorization: `Bearer ${key}` };
  return {
    get: (path) => call(path, { headers }),
    post: (path, body) =>
      call(path, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

function pauseOf(answer: Response | Error, attempt: number): number {
  const told = answer instanceof Error ? NaN : Number(answer.headers.get("Retry-After"));
  return Math.min(longestWaitMs, told > 0 ? told * 1000 : 250 * 2 ** attempt);
}

async function refusal(url: string, path: string, answer: Response | Error): Promise<ServerError> {
  if (answer instanceof Error) {
    const cause = answer.cause instanceof Error ? answer.cause.message : answer.message;
    return new ServerError(`${url} does not answer: ${cause}`);
  }
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  const places = (problem.errors ?? []).slice(0, 5).map((one) => `  ${one.path}: ${one.message}`);
  const told = problem.detail ?? problem.title ?? answer.statusText;
  return new ServerError([`${path} was refused (${answer.status}): ${told}`, ...places].join("\n"));
}
