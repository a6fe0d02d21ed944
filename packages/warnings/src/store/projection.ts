import { severityRank } from "@ioc/contracts";
import type { Alert, AlertEvent } from "@ioc/contracts";
import type { MachineState } from "../state/state.ts";
import { handlingOf, newWork } from "../state/work.ts";
import type { AlertAreaRow, AlertEventRow, AlertRow } from "./schema.ts";

/** What the machine knows of an alert: all of it but what people and suppressions add. */
export type ConditionSide = Omit<Alert, "sequence" | "evidence" | "work" | "handling" | "suppressedBy">;

/** A line of the machine before the store has numbered it, with what the alert looks like after it. */
export interface NewAlertEvent {
  readonly event: Omit<AlertEvent, "sequence" | "work" | "detail">;
  readonly after: ConditionSide;
  readonly machine: MachineState;
}

/** Any line before it is numbered. */
export interface LogLine {
  readonly event: Omit<AlertEvent, "sequence">;
  readonly after: Omit<Alert, "sequence" | "evidence">;
  readonly machine: MachineState;
}

/** What the log keeps of an alert after an event. Lines of an earlier program lack what people and suppressions add. */
interface Kept {
  alert: Omit<Alert, "sequence" | "evidence">;
  machine: MachineState;
}

export function eventRow({ event, after, machine }: LogLine, sequence: number): AlertEventRow {
  const kept: Kept = { alert: after, machine };
  return {
    sequence,
    alert: event.alert,
    type: event.type,
    time: event.time,
    processed_at: event.processedAt,
    actor: event.actor,
    from_condition: event.from.condition,
    from_level: event.from.level,
    to_condition: event.to.condition,
    to_level: event.to.level,
    work_from: event.work?.from ?? null,
    work_to: event.work?.to ?? null,
    detail: JSON.stringify(event.detail),
    evidence: JSON.stringify(event.evidence),
    after: JSON.stringify(kept),
  };
}

export function eventOf(row: AlertEventRow): AlertEvent {
  const { work_from: from, work_to: to } = row;
  return {
    sequence: row.sequence,
    alert: row.alert,
    type: row.type as AlertEvent["type"],
    time: row.time,
    processedAt: row.processed_at,
    actor: row.actor,
    from: { condition: row.from_condition as AlertEvent["from"]["condition"], level: row.from_level },
    to: { condition: row.to_condition as AlertEvent["to"]["condition"], level: row.to_level },
    work: from === null || to === null ? null : { from: from as Alert["work"], to: to as Alert["work"] },
    detail: JSON.parse(row.detail) as AlertEvent["detail"],
    evidence: JSON.parse(row.evidence) as AlertEvent["evidence"],
  };
}

/** The one way from the log to the projection: writing and rebuilding both take it. */
export function projectionOf(row: AlertEventRow): { alert: AlertRow; areas: AlertAreaRow[] } {
  const { alert: kept, machine } = JSON.parse(row.after) as Kept;
  const evidence = JSON.parse(row.evidence) as Alert["evidence"];
  const alert = complete({ ...kept, evidence, sequence: row.sequence });
  return {
    alert: {
      id: alert.id,
      definition: alert.definition,
      subject_type: alert.subject.type,
      subject: alert.subject.id,
      condition: alert.condition,
      work: alert.work,
      suppressed: Number(alert.suppressedBy.length > 0),
      severity_rank: severityRank(alert.severity),
      level: alert.level,
      started_at: alert.startedAt,
      fired_at: alert.firedAt ?? alert.startedAt,
      cleared_at: alert.clearedAt,
      sequence: alert.sequence,
      alert: JSON.stringify(alert),
      machine: JSON.stringify(machine),
    },
    areas: Object.entries(alert.areas).flatMap(([scheme, areas]) =>
      areas.map((area) => ({ alert: alert.id, scheme, area })),
    ),
  };
}

export function alertOf(row: Pick<AlertRow, "alert">): Alert {
  return complete(JSON.parse(row.alert) as Alert);
}

const nothingYet = { handling: handlingOf(newWork), suppressedBy: [] } satisfies Partial<Alert>;

/** Adds what an alert written by an earlier program lacks. */
function complete(alert: Alert): Alert {
  return { ...nothingYet, ...alert };
}
