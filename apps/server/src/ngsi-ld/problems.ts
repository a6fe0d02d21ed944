import type { ErrorRequestHandler, Response } from "express";
import { ProblemError } from "../api/problem.ts";

/** Kinds of error of NGSI-LD (ETSI GS CIM 009, table 5.5.2-1) that this server tells. */
type NgsiError =
  | "InvalidRequest"
  | "BadRequestData"
  | "ResourceNotFound"
  | "OperationNotSupported"
  | "TooManyResults"
  | "InternalError";

/** A refusal that is told as a problem document of NGSI-LD. Its text is written for the client. */
export class NgsiProblem extends Error {
  readonly status: number;
  readonly kind: NgsiError;
  constructor(status: number, kind: NgsiError, detail: string) {
    super(detail);
    this.name = "NgsiProblem";
    this.status = status;
    this.kind = kind;
  }
}

export function problemOf(status: number, kind: NgsiError, detail: string): NgsiProblem {
  return new NgsiProblem(status, kind, detail);
}

const titles: Readonly<Record<NgsiError, string>> = {
  InvalidRequest: "Invalid request",
  BadRequestData: "Bad request data",
  ResourceNotFound: "Resource not found",
  OperationNotSupported: "Operation not supported",
  TooManyResults: "Too many results",
  InternalError: "Internal error",
};

export interface ProblemDetails {
  type: string;
  title: string;
  detail: string;
  status: number;
}

export function detailsOf({ status, kind, message }: NgsiProblem): ProblemDetails {
  const type = `https://uri.etsi.org/ngsi-ld/errors/${kind}`;
  return { type, title: titles[kind], detail: message, status };
}

/** Errors of reading the body, and those of the whole server, in the form of NGSI-LD; others are passed on. */
export const ngsiErrors: ErrorRequestHandler = (error: Error & { type?: string }, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error.type === "entity.parse.failed") {
    return send(response, problemOf(400, "InvalidRequest", `The body is not valid JSON: ${error.message}`));
  }
  if (error instanceof NgsiProblem) return send(response, error);
  if (error instanceof ProblemError && (error.status === 400 || error.status === 404)) {
    const kind = error.status === 400 ? "BadRequestData" : "ResourceNotFound";
    return send(response.set({ ...error.headers }), problemOf(error.status, kind, error.message));
  }
  next(error);
};

function send(response: Response, problem: NgsiProblem): void {
  response.status(problem.status).set("Cache-Control", "no-store").type("application/problem+json");
  response.send(JSON.stringify(detailsOf(problem)));
}
