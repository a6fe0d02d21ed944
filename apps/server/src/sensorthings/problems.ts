import { SensorThingsProblem } from "@ioc/sensorthings";
import { storeProblem } from "../api/gate.ts";
import { ProblemError } from "../api/problem.ts";

/** A refusal of the interface as an answer of HTTP; anything else is passed on. */
export function toProblemError(error: unknown): unknown {
  if (!(error instanceof SensorThingsProblem)) return storeProblem(error);
  const errors = error.path === "" ? [] : [{ path: error.path, message: error.message }];
  switch (error.kind) {
    case "invalid":
      return new ProblemError(400, "invalid-request", error.message, { errors });
    case "not-found":
      return new ProblemError(404, "not-found", error.message);
    case "conflict":
      return new ProblemError(409, "conflict", error.message, { errors });
    case "wrong-method":
      return new ProblemError(405, "method-not-allowed", error.message, { headers: { Allow: "GET, HEAD, OPTIONS" } });
  }
}
