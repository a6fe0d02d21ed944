import type { Alert, AlertAction, BulkOutcome } from "@ioc/contracts";
import type { AlertStore, WorkOutcome, WorkRequest } from "@ioc/warnings";
import { credentialOf, type Sender } from "./credentials.ts";
import type { Handlers } from "./handlers.ts";
import { holderOf, type KeyCheck } from "./keys.ts";
import { notFound, ProblemError } from "./problem.ts";

interface AlertActionServices {
  writer: Pick<AlertStore["writer"], "work">;
  alerts: Pick<AlertStore, "get">;
  /** Scheme of the areas to which people may be limited. */
  scheme: string;
  keys: Pick<KeyCheck, "may" | "areasOf" | "nameOf">;
  /** City time, ms. */
  now(): number;
  /** Lets everybody who looks know the alerts that changed. */
  tell(alerts: readonly Alert[]): void;
}

/** What people do about alerts, each in the areas that are theirs. Who did it is the name of the person or of the key. */
export function alertActionHandlers(
  services: AlertActionServices,
): Pick<Handlers, "postAlertAction" | "postAlertActions"> {
  const { writer, alerts: store, scheme, keys, now, tell } = services;
  const work = async (requests: readonly WorkRequest[], actor: string): Promise<WorkOutcome[]> => {
    const { outcomes, alerts } = await writer.work(requests, { actor, now: now() });
    tell(alerts);
    return outcomes;
  };
  /** Whether an alert is in the areas of who asks; one that does not exist is told by whoever looks for it. */
  const mayWorkOn = async (id: string, sender: Sender): Promise<boolean> => {
    const credential = credentialOf(sender);
    if (credential === null) return false;
    if (keys.may(credential, "alerts:write")) return true;
    const alert = await store.get(id);
    const own = keys.areasOf(credential, "alerts:write");
    return !alert || own.some((area) => alert.areas[scheme]?.includes(area));
  };
  return {
    async postAlertAction({ params, body, headers, secure }) {
      const request = requestOf(params["id"] ?? "", body);
      if (!(await mayWorkOn(request.id, { headers, secure }))) {
        throw new ProblemError(403, "not-allowed", outsideText(request.id));
      }
      const [outcome] = await work([request], holderOf({ headers, secure }, keys));
      if (outcome?.outcome === "done") return outcome.alert;
      if (outcome?.outcome === "conflict") throw conflict(request, outcome.sequence);
      if (outcome?.outcome === "refused") throw refused(outcome.reason);
      throw notFound(`There is no alert ${request.id}.`);
    },
    async postAlertActions({ body, headers, secure }) {
      const sender = { headers, secure };
      const own = await Promise.all(body.alerts.map(({ id }) => mayWorkOn(id, sender)));
      const requests = body.alerts
        .filter((_, index) => own[index])
        .map(({ id, sequence }) => ({ id, sequence, deed: { type: body.action } }));
      const outcomes = (await work(requests, holderOf(sender, keys))).map((one, index) =>
        bulkItem(requests[index]!, one),
      );
      const items = body.alerts.map(({ id }, index): BulkOutcome => {
        const done = own[index] ? outcomes.shift() : undefined;
        return done ?? { id, outcome: "refused", detail: outsideText(id) };
      });
      return { items, total: items.length };
    },
  };
}

function outsideText(id: string): string {
  return `The alert ${id} is outside the areas of this account.`;
}

function requestOf(id: string, action: AlertAction): WorkRequest {
  return { id, sequence: action.sequence ?? null, deed: deedOf(action) };
}

function deedOf(given: AlertAction): WorkRequest["deed"] {
  const { comment } = given;
  switch (given.action) {
    case "resolve":
      return { type: given.action, reason: given.reason, comment };
    case "assign": {
      const dueAt = given.dueAt === null ? null : Date.parse(given.dueAt);
      return { type: given.action, assignee: given.assignee, dueAt, comment };
    }
    case "shelve":
      return { type: given.action, until: Date.parse(given.until), comment };
    default:
      return { type: given.action, comment };
  }
}

function bulkItem({ id, sequence }: WorkRequest, outcome: WorkOutcome): BulkOutcome {
  switch (outcome.outcome) {
    case "done":
    case "missing":
      return { id, outcome: outcome.outcome };
    case "conflict":
      return { id, outcome: "conflict", detail: changedSince(sequence, outcome.sequence) };
    case "refused":
      return { id, outcome: "refused", detail: outcome.reason };
  }
}

function conflict({ id, sequence }: WorkRequest, inForce: number): ProblemError {
  return new ProblemError(409, "conflict", `The alert ${id} has changed: ${changedSince(sequence, inForce)}`, {
    errors: [{ path: "body.sequence", message: `must be ${inForce}` }],
  });
}

function refused(reason: string): ProblemError {
  return new ProblemError(409, "conflict", reason, { errors: [{ path: "body.action", message: reason }] });
}

function changedSince(given: number | null, inForce: number): string {
  return `its newest event is ${inForce}, and this was decided on ${given}.`;
}
