import { severities, severityRank } from "@ioc/contracts";
import type { Alert, AlertEvent, AlertWork, List, Severity } from "@ioc/contracts";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { MachineState } from "../state/state.ts";
import type { PastAlert } from "../suppression/preview.ts";
import { alertOf, eventOf } from "./projection.ts";
import type { AlertSchema } from "./schema.ts";

/** Filters of a list of alerts; what is absent does not filter. Times are ms. */
export interface AlertFilter {
  /** Default `open`: firing and recovering. */
  state?: "open" | "cleared" | "all" | undefined;
  /** Id of an area of any level that the subject lies in. */
  area?: string | undefined;
  /** Scheme of `area`; the same id may mean different units in two schemes. */
  scheme?: string | undefined;
  severity?: Severity | undefined;
  definition?: string | undefined;
  station?: string | undefined;
  work?: AlertWork | undefined;
  /** Only those that something suppresses, or only the others. */
  suppressed?: boolean | undefined;
  /** Alerts that were open at some time in [from, to). */
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  offset: number;
}

/** Open alerts of one station. */
export interface StationAlerts {
  count: number;
  worst: Severity;
}

export interface OpenAlerts {
  bySeverity: Record<Severity, number>;
  byStation: ReadonlyMap<string, StationAlerts>;
}

/** From what a rule continues on a subject. */
export interface Resumption {
  alert: Alert;
  machine: MachineState;
}

/** Questions about alerts; changes nothing. */
export class AlertReader {
  private readonly db: Kysely<AlertSchema>;

  constructor(db: Kysely<AlertSchema>) {
    this.db = db;
  }

  /** Worst first: severity, level, then the newest. */
  async list(filter: AlertFilter): Promise<List<Alert>> {
    const found = this.filtered(filter);
    const rows = await found
      .select("alert.alert")
      .orderBy("severity_rank", "desc")
      .orderBy("level", "desc")
      .orderBy("fired_at", "desc")
      .orderBy("id")
      .limit(filter.limit)
      .offset(filter.offset)
      .execute();
    const count = await found.select((eb) => eb.fn.countAll().as("n")).executeTakeFirst();
    return { items: rows.map(alertOf), total: Number(count?.n ?? 0) };
  }

  async get(id: string): Promise<Alert | null> {
    const row = await this.db.selectFrom("alert").select("alert").where("id", "=", id).executeTakeFirst();
    return row ? alertOf(row) : null;
  }

  /** Up to `limit` alerts in the order of their ids behind `id`: all of them in pieces, whatever changes meanwhile. */
  async after(id: string | null, limit: number): Promise<Alert[]> {
    const all = this.db.selectFrom("alert").select("alert").orderBy("id").limit(limit);
    const rows = await (id === null ? all : all.where("id", ">", id)).execute();
    return rows.map(alertOf);
  }

  /** Alerts that were open at some time from `from` on, without their evidence. */
  async since(from: number): Promise<PastAlert[]> {
    const rows = await this.db
      .selectFrom("alert")
      .select(sql<string>`json_remove(alert, '$.evidence')`.as("alert"))
      .where((eb) => eb.or([eb("cleared_at", "is", null), eb("cleared_at", ">=", from)]))
      .execute();
    return rows.map(alertOf);
  }

  /** City time at which the first line of the log was written, ms; null while there is none. */
  async begunAt(): Promise<number | null> {
    const row = await this.db
      .selectFrom("alert_event")
      .select("processed_at")
      .orderBy("sequence")
      .limit(1)
      .executeTakeFirst();
    return row?.processed_at ?? null;
  }

  /** Log of one alert, oldest first. */
  async events(id: string, page: { limit: number; offset: number }): Promise<List<AlertEvent>> {
    const rows = await this.db
      .selectFrom("alert_event")
      .selectAll()
      .where("alert", "=", id)
      .orderBy("sequence")
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    const count = await this.db
      .selectFrom("alert_event")
      .select((eb) => eb.fn.countAll().as("n"))
      .where("alert", "=", id)
      .executeTakeFirst();
    return { items: rows.map(eventOf), total: Number(count?.n ?? 0) };
  }

  /** Counts of open alerts by severity, and by station for the map. */
  async open(): Promise<OpenAlerts> {
    const rows = await this.db
      .selectFrom("alert")
      .select(["subject_type", "subject", "severity_rank", (eb) => eb.fn.countAll().as("n")])
      .where("condition", "<>", "cleared")
      .groupBy(["subject_type", "subject", "severity_rank"])
      .execute();
    const bySeverity: Record<Severity, number> = { Minor: 0, Moderate: 0, Severe: 0, Extreme: 0 };
    const byStation = new Map<string, StationAlerts>();
    for (const row of rows) {
      const severity = severities[row.severity_rank - 1] ?? "Minor";
      bySeverity[severity] += Number(row.n);
      if (row.subject_type !== "station") continue;
      const before = byStation.get(row.subject);
      const worst = before && severityRank(before.worst) > row.severity_rank ? before.worst : severity;
      byStation.set(row.subject, { count: (before?.count ?? 0) + Number(row.n), worst });
    }
    return { bySeverity, byStation };
  }

  /** The newest alert of each (definition, subject), open or cleared. */
  async resumptions(): Promise<Resumption[]> {
    const rows = await this.db
      .selectFrom("alert")
      .select(["alert", "machine"])
      .where("sequence", "in", (eb) =>
        eb
          .selectFrom("alert")
          .select((inner) => inner.fn.max("sequence").as("sequence"))
          .groupBy(["definition", "subject_type", "subject"]),
      )
      .execute();
    return rows.map((row) => ({ alert: alertOf(row), machine: JSON.parse(row.machine) as MachineState }));
  }

  private filtered(filter: AlertFilter) {
    const { state = "open", area, scheme, severity, definition, station, work, suppressed, from, to } = filter;
    let query = this.db.selectFrom("alert");
    if (state !== "all") query = query.where("condition", state === "open" ? "<>" : "=", "cleared");
    if (severity) query = query.where("severity_rank", "=", severityRank(severity));
    if (definition) query = query.where("definition", "=", definition);
    if (station) query = query.where("subject_type", "=", "station").where("subject", "=", station);
    if (work) query = query.where("work", "=", work);
    if (suppressed !== undefined) query = query.where("suppressed", "=", Number(suppressed));
    if (to !== undefined) query = query.where("fired_at", "<", to);
    if (from !== undefined) {
      query = query.where((eb) => eb.or([eb("cleared_at", "is", null), eb("cleared_at", ">=", from)]));
    }
    if (area) {
      query = query.where("id", "in", (eb) => {
        const inside = eb.selectFrom("alert_area").select("alert_area.alert").where("area", "=", area);
        return scheme ? inside.where("scheme", "=", scheme) : inside;
      });
    }
    return query;
  }
}
