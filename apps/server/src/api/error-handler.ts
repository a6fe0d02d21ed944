import type { ErrorRequestHandler, Request } from "express";
import { messageOf, type Log } from "../log.ts";
import { storeProblem } from "./gate.ts";
import { ProblemError, toProblem } from "./problem.ts";

/** Errors of the body parser, by its `type`. */
const bodyProblems: Readonly<Record<string, (error: BodyError) => ProblemError>> = {
  "entity.too.large": (error) =>
    new ProblemError(413, "too-large", `The body is larger than ${sizeText(error.limit ?? 0)}.`),
  "entity.parse.failed": (error) =>
    new ProblemError(400, "invalid-request", "The body is not valid JSON.", {
      errors: [{ path: "body", message: error.message }],
    }),
  "encoding.unsupported": () =>
    new ProblemError(415, "unsupported-media-type", "The Content-Encoding must be gzip, deflate or br."),
  "charset.unsupported": () => new ProblemError(415, "unsupported-media-type", "The body must be in UTF-8."),
};

interface BodyError extends Error {
  type?: string;
  limit?: number;
  /** Text that could not be parsed. */
  body?: string;
  status?: number;
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.round(bytes / 2 ** 10)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** Told about bodies that could not be read, so that they end in quarantine. */
export type OnUnreadable = (
  request: Request,
  reason: "bad-json" | "too-large",
  message: string,
  sample: string,
) => void;

/** Answers every error as a problem document; what was not expected is logged and told as a fault of the server. */
export function createErrorHandler(log: Log, onUnreadable: OnUnreadable): ErrorRequestHandler {
  return (error: BodyError, request, response, _next) => {
    if (response.headersSent) {
      // Part of the answer is out: only breaking the connection tells that it is not the whole.
      log.error("http", `broken off: ${messageOf(error)}`, { path: request.path });
      return void response.destroy();
    }
    if (error.type === "entity.parse.failed") onUnreadable(request, "bad-json", error.message, error.body ?? "");
    if (error.type === "entity.too.large") {
      onUnreadable(request, "too-large", error.message, `${request.headers["content-length"] ?? "?"} bytes`);
    }
    // Whoever asked is gone; there is nobody to answer.
    if (response.destroyed) return log.debug("http", messageOf(error));
    const problem = problemOf(error);
    // A store that cannot be used is told by health, and logged once.
    if (problem.status >= 500 && problem.slug !== "store-unavailable") {
      log.error("http", messageOf(error), { request: String(response.getHeader("X-Request-Id")), path: request.path });
    }
    response.status(problem.status).set({ ...problem.headers, "Cache-Control": "no-store" });
    response.type("application/problem+json").send(JSON.stringify(toProblem(problem, request.originalUrl)));
  };
}

function problemOf(error: BodyError): ProblemError {
  const told = storeProblem(error);
  if (told instanceof ProblemError) return told;
  const body = error.type === undefined ? undefined : bodyProblems[error.type];
  if (body) return body(error);
  // Other refusals of Express and its body parser: an aborted or malformed request.
  if (error.status !== undefined && error.status >= 400 && error.status < 500) {
    return new ProblemError(error.status, "invalid-request", error.message);
  }
  return new ProblemError(500, "internal-error", "The server could not answer; the log has more under the request id.");
}
