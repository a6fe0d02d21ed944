/** Why a request cannot be answered; each stands for one status of HTTP. */
export type ProblemKind = "invalid" | "not-found" | "conflict" | "wrong-method";

/** A refusal whose text is written for the client. `path` names the place in the body or query, when there is one. */
export class SensorThingsProblem extends Error {
  readonly kind: ProblemKind;
  readonly path: string;
  constructor(kind: ProblemKind, message: string, path = "") {
    super(message);
    this.name = "SensorThingsProblem";
    this.kind = kind;
    this.path = path;
  }
}

export function invalid(path: string, message: string): SensorThingsProblem {
  return new SensorThingsProblem("invalid", path === "" ? message : `${path}: ${message}`, path);
}

export function notFound(message: string): SensorThingsProblem {
  return new SensorThingsProblem("not-found", message);
}

export function conflict(message: string): SensorThingsProblem {
  return new SensorThingsProblem("conflict", message);
}
