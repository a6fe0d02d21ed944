import type { Migration } from "@ioc/database";

/** Append-only; `after` is what the alert looks like once the event has happened. Times are ms UTC. */
export interface AlertEventRow {
  sequence: number;
  alert: string;
  type: string;
  time: number;
  processed_at: number;
  actor: string;
  from_condition: string | null;
  from_level: number;
  to_condition: string;
  to_level: number;
  /** The human side before and after; null when the event does not touch it. */
  work_from: string | null;
  work_to: string | null;
  detail: string;
  evidence: string;
  after: string;
}

/** Projection of the log: columns that lists are filtered and sorted by, and the whole alert as JSON. */
export interface AlertRow {
  id: string;
  definition: string;
  subject_type: string;
  subject: string;
  condition: string;
  work: string;
  /** 1 when something suppresses it. */
  suppressed: number;
  severity_rank: number;
  level: number;
  started_at: number;
  fired_at: number;
  cleared_at: number | null;
  sequence: number;
  alert: string;
  /** State of the rule after the newest event, from which it continues after a restart. */
  machine: string;
}

export interface AlertAreaRow {
  alert: string;
  scheme: string;
  area: string;
}

/** Silences, maintenance windows and inhibitions; what is over is kept. Times are ms UTC. */
export interface SuppressionRow {
  id: string;
  /** As JSON. */
  rule: string;
  created_at: number;
  created_by: string;
  ended_at: number | null;
  ended_by: string | null;
}

export interface AlertSchema {
  suppression: SuppressionRow;
  alert_event: AlertEventRow;
  alert: AlertRow;
  alert_area: AlertAreaRow;
}

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: "alerts",
    up: `
      CREATE TABLE alert_event (
        sequence INTEGER PRIMARY KEY,
        alert TEXT NOT NULL,
        type TEXT NOT NULL,
        time INTEGER NOT NULL,
        processed_at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        from_condition TEXT,
        from_level INTEGER NOT NULL,
        to_condition TEXT NOT NULL,
        to_level INTEGER NOT NULL,
        evidence TEXT NOT NULL,
        after TEXT NOT NULL
      );
      CREATE INDEX alert_event_alert ON alert_event (alert, sequence);
      CREATE TRIGGER alert_event_keep BEFORE DELETE ON alert_event
        BEGIN SELECT RAISE(ABORT, 'the log of alerts is append-only'); END;
      CREATE TRIGGER alert_event_fixed BEFORE UPDATE ON alert_event
        BEGIN SELECT RAISE(ABORT, 'the log of alerts is append-only'); END;
      CREATE TABLE alert (
        id TEXT PRIMARY KEY,
        definition TEXT NOT NULL,
        subject_type TEXT NOT NULL,
        subject TEXT NOT NULL,
        condition TEXT NOT NULL,
        severity_rank INTEGER NOT NULL,
        level INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        fired_at INTEGER NOT NULL,
        cleared_at INTEGER,
        sequence INTEGER NOT NULL,
        alert TEXT NOT NULL,
        machine TEXT NOT NULL
      );
      CREATE UNIQUE INDEX alert_open ON alert (definition, subject_type, subject) WHERE condition <> 'cleared';
      CREATE INDEX alert_order ON alert (severity_rank, level, fired_at);
      CREATE INDEX alert_subject ON alert (definition, subject, sequence);
      CREATE TABLE alert_area (
        alert TEXT NOT NULL,
        scheme TEXT NOT NULL,
        area TEXT NOT NULL,
        PRIMARY KEY (alert, scheme, area)
      ) WITHOUT ROWID;
      CREATE INDEX alert_area_area ON alert_area (area);
    `,
  },
  {
    id: 2,
    name: "work on alerts",
    up: `
      ALTER TABLE alert_event ADD COLUMN work_from TEXT;
      ALTER TABLE alert_event ADD COLUMN work_to TEXT;
      ALTER TABLE alert_event ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';
      ALTER TABLE alert ADD COLUMN work TEXT NOT NULL DEFAULT 'new';
      ALTER TABLE alert ADD COLUMN suppressed INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX alert_work ON alert (work) WHERE work <> 'closed';
    `,
  },
  {
    id: 3,
    name: "suppressions",
    up: `
      CREATE TABLE suppression (
        id TEXT PRIMARY KEY,
        rule TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        ended_at INTEGER,
        ended_by TEXT
      );
      CREATE INDEX suppression_order ON suppression (created_at);
    `,
  },
];
