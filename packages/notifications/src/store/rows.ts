import { severities } from "@ioc/contracts";
import type { Alert, Incident, IncidentMember, Notice } from "@ioc/contracts";
import type { IncidentState } from "../incident/incident.ts";
import type { IncidentRow, NoticeRow } from "./schema.ts";

/** What an incident keeps of its rule. */
export type About = Pick<Incident, "name" | "domain" | "scale">;

export function stateOf(row: IncidentRow): IncidentState {
  return {
    state: row.state,
    severityRank: row.severity_rank,
    level: row.level,
    peakSeverityRank: row.peak_severity_rank,
    members: row.members,
    openMembers: row.open_members,
    newMembers: row.new_members,
    openedAt: row.opened_at,
    joinedAt: row.joined_at,
    clearedAt: row.cleared_at,
    route: row.route,
    steps: row.steps,
    ladderAt: row.ladder_at,
    stepAt: row.step_at,
    repeatAt: row.repeat_at,
    toldAt: row.told_at,
  };
}

type StateColumns = Omit<
  IncidentRow,
  "id" | "definition" | "centre" | "about" | "exercise" | "storm" | "merged_into" | "worst" | "headline"
>;

export function columnsOf(state: IncidentState): StateColumns {
  return {
    state: state.state,
    severity_rank: state.severityRank,
    peak_severity_rank: state.peakSeverityRank,
    level: state.level,
    members: state.members,
    open_members: state.openMembers,
    new_members: state.newMembers,
    opened_at: state.openedAt,
    joined_at: state.joinedAt,
    cleared_at: state.clearedAt,
    route: state.route,
    steps: state.steps,
    ladder_at: state.ladderAt,
    step_at: state.stepAt,
    repeat_at: state.repeatAt,
    told_at: state.toldAt,
  };
}

export function incidentOf(row: IncidentRow): Incident {
  return {
    id: row.id,
    definition: row.definition,
    ...(JSON.parse(row.about) as About),
    centre: row.centre,
    state: row.state,
    storm: row.storm === 1,
    exercise: row.exercise === 1,
    mergedInto: row.merged_into,
    severity: severities[row.severity_rank - 1] ?? "Minor",
    peakSeverity: severities[row.peak_severity_rank - 1] ?? "Minor",
    level: row.level,
    headline: JSON.parse(row.headline) as Incident["headline"],
    members: row.members,
    openMembers: row.open_members,
    newMembers: row.new_members,
    openedAt: row.opened_at,
    joinedAt: row.joined_at,
    clearedAt: row.cleared_at,
    route: row.route,
    steps: row.steps,
    stepAt: row.step_at,
    repeatAt: row.repeat_at,
  };
}

export function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id,
    key: row.key,
    incident: row.incident,
    alert: row.alert,
    reason: row.reason as Notice["reason"],
    channel: row.channel as Notice["channel"],
    recipient: row.recipient,
    state: row.state,
    createdAt: row.created_at,
    dueAt: row.due_at,
    retryAt: row.state === "waiting" && row.retry_at > 0 ? row.retry_at : null,
    sentAt: row.sent_at,
    attempts: row.attempts,
    error: row.error,
    title: row.title,
    text: row.text,
  };
}

export function memberOf(alert: Omit<Alert, "sequence" | "evidence">, joinedAt: number): IncidentMember {
  return {
    alert: alert.id,
    subject: alert.subject,
    headline: alert.headline,
    condition: alert.condition,
    work: alert.work,
    level: alert.level,
    severity: alert.severity,
    value: alert.value,
    unit: alert.unit,
    decimals: alert.decimals,
    firedAt: alert.firedAt ?? alert.startedAt,
    joinedAt,
    clearedAt: alert.clearedAt,
  };
}
