import type { Migration } from "@ioc/database";
import type { Generated } from "kysely";

export interface IncidentRow {
  id: string;
  definition: string;
  centre: string;
  /** Set once: name of the rule in both languages, its domain and scale, as JSON. */
  about: string;
  exercise: 0 | 1;
  storm: 0 | 1;
  state: "open" | "cleared" | "merged";
  merged_into: string | null;
  severity_rank: number;
  peak_severity_rank: number;
  level: number;
  /** Alert of the worst member and its headline as JSON. */
  worst: string;
  headline: string;
  members: number;
  open_members: number;
  new_members: number;
  opened_at: number;
  joined_at: number;
  cleared_at: number | null;
  route: string | null;
  steps: number;
  ladder_at: number;
  step_at: number | null;
  repeat_at: number | null;
  told_at: number;
}

export interface MemberRow {
  alert: string;
  incident: string;
  definition: string;
  open: 0 | 1;
  /** 1 while it is open and nobody has acknowledged it. */
  fresh: 0 | 1;
  severity_rank: number;
  level: number;
  joined_at: number;
  /** An `IncidentMember` as JSON. */
  member: string;
}

export interface NoticeRow {
  id: number;
  key: string;
  incident: string;
  alert: string;
  reason: string;
  channel: string;
  recipient: string;
  state: "waiting" | "sent" | "failed" | "superseded";
  created_at: number;
  due_at: number;
  /** Real time, unlike the others; 0 before the first attempt. */
  retry_at: number;
  sent_at: number | null;
  attempts: number;
  error: string | null;
  title: string | null;
  text: string | null;
}

interface NoticeTable extends Omit<NoticeRow, "id"> {
  id: Generated<number>;
}

interface PushRow {
  endpoint: string;
  contact: string;
  subscription: string;
}

export interface NoticeSchema {
  incident: IncidentRow;
  incident_member: MemberRow;
  notice: NoticeTable;
  push_subscription: PushRow;
}

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "incidents and the outbox",
    up: `
      CREATE TABLE incident (
        id TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        centre TEXT NOT NULL,
        about TEXT NOT NULL,
        exercise INTEGER NOT NULL,
        storm INTEGER NOT NULL,
        state TEXT NOT NULL,
        merged_into TEXT,
        severity_rank INTEGER NOT NULL,
        peak_severity_rank INTEGER NOT NULL,
        level INTEGER NOT NULL,
        worst TEXT NOT NULL,
        headline TEXT NOT NULL,
        members INTEGER NOT NULL,
        open_members INTEGER NOT NULL,
        new_members INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        joined_at INTEGER NOT NULL,
        cleared_at INTEGER,
        route TEXT,
        steps INTEGER NOT NULL,
        ladder_at INTEGER NOT NULL,
        step_at INTEGER,
        repeat_at INTEGER,
        told_at INTEGER NOT NULL
      );
      CREATE INDEX incident_open ON incident (definition, exercise, state, joined_at);
      CREATE INDEX incident_order ON incident (state, opened_at);
      CREATE INDEX incident_step ON incident (step_at) WHERE step_at IS NOT NULL;
      CREATE INDEX incident_repeat ON incident (repeat_at) WHERE repeat_at IS NOT NULL;
      CREATE TABLE incident_member (
        alert TEXT PRIMARY KEY,
        incident TEXT NOT NULL,
        definition TEXT NOT NULL,
        open INTEGER NOT NULL,
        fresh INTEGER NOT NULL,
        severity_rank INTEGER NOT NULL,
        level INTEGER NOT NULL,
        joined_at INTEGER NOT NULL,
        member TEXT NOT NULL
      );
      CREATE INDEX incident_member_worst ON incident_member (incident, open, severity_rank, level);
      CREATE TABLE notice (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        incident TEXT NOT NULL,
        alert TEXT NOT NULL,
        reason TEXT NOT NULL,
        channel TEXT NOT NULL,
        recipient TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        retry_at INTEGER NOT NULL,
        sent_at INTEGER,
        attempts INTEGER NOT NULL,
        error TEXT,
        title TEXT,
        text TEXT
      );
      CREATE INDEX notice_waiting ON notice (due_at, retry_at) WHERE state = 'waiting';
      CREATE INDEX notice_incident ON notice (incident, channel, recipient, state);
      CREATE INDEX notice_alert ON notice (alert);
      CREATE INDEX notice_channel ON notice (channel, state);
      CREATE TABLE push_subscription (
        endpoint TEXT PRIMARY KEY,
        contact TEXT NOT NULL,
        subscription TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX push_contact ON push_subscription (contact);
    `,
  },
];
