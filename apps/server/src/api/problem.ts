import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import type { Problem } from "@ioc/contracts";

type ProblemItem = NonNullable<Problem["errors"]>[number];

/** A refusal that is told to the client as an RFC 9457 problem document. Its text is written for the client. */
export class ProblemError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly errors: readonly ProblemItem[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    slug: ProblemSlug,
    detail: string,
    more: { errors?: readonly ProblemItem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = "ProblemError";
    this.status = status;
    this.slug = slug;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** Kinds of problem and what a client can do about each; `type` of a problem document leads to this text. */
export const problemKinds = {
  "invalid-request": "A parameter or the body does not fit; `errors` names each place and what would be right.",
  "not-found": "There is nothing at this address.",
  conflict: "The request does not go together with what is there; the text says with what.",
  "invalid-definition": "The definition cannot be used; `errors` names each place and what would be right.",
  "method-not-allowed": "The address exists, but not for this method; `Allow` lists those it has.",
  "key-required": "Send an API key: `Authorization: Bearer KEY`; or sign in.",
  "sign-in-required": "Sign in; the session is over, or there was none.",
  "sign-in-refused":
    "The user name or the password is wrong, or the account may not sign in; which of these is not told.",
  "cross-site":
    "With the cookie of a session, send changes from a page of this server, with `X-CSRF-Token` from `GET /api/v1/session`.",
  "not-allowed": "The API key or the account is valid, but lacks the scope for this; an administrator can give it.",
  "not-released": "The dataset is closed: its rows are not given to anybody at this address, with or without a key.",
  "too-large": "The body is larger than the limit; send it in parts.",
  "unsupported-media-type": "Send `application/json` in UTF-8, plain or compressed with gzip, deflate or br.",
  "too-many-requests": "Wait for the seconds in `Retry-After`, then send again.",
  busy: "The store cannot take more at the moment; wait for the seconds in `Retry-After`, then send the same again.",
  "store-unavailable":
    "The store cannot be written or read at the moment; nothing was kept. Wait for the seconds in `Retry-After`, then send the same again.",
  "not-available": "This part of the server is switched off or not ready.",
  "internal-error": "A fault of the server; the log has more under the request id.",
} as const;
export type ProblemSlug = keyof typeof problemKinds;

export function toProblem(error: ProblemError, instance: string): Problem {
  return {
    type: `/api/docs#${error.slug}`,
    title: STATUS_CODES[error.status] ?? "Error",
    status: error.status,
    detail: error.message,
    instance,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
  };
}

export function notFound(what: string): ProblemError {
  return new ProblemError(404, "not-found", what);
}

/** What zod found, as `errors` of a problem; `where` is `query` or `body`. */
export function invalidRequest(where: "query" | "body", error: z.ZodError): ProblemError {
  const errors = error.issues.slice(0, 50).map((issue) => ({
    path: [where, ...issue.path.map(String)].join("."),
    message: issue.message,
  }));
  return new ProblemError(400, "invalid-request", `The ${where} does not fit.`, { errors });
}

/** One thing that does not fit; `path` below `query` or `body`. */
export function unfit(where: "query" | "body", path: string, message: string): ProblemError {
  return new ProblemError(400, "invalid-request", `The ${where} does not fit.`, {
    errors: [{ path: `${where}.${path}`, message }],
  });
}
