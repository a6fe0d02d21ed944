import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import { durationMs } from "@ioc/contracts";
import type { Rows } from "../grid.ts";
import { matchEvents } from "../operators/verification.ts";
import { defineStep } from "../step.ts";
import { sameUnit } from "../view.ts";
import { rowsOf } from "./rows.ts";

const rulesTable = z.looseObject({
  rules: z.record(z.string(), z.strictObject({ hazard: z.string(), window: z.string() })),
});

interface Alert {
  rule: string;
  area: string | null;
  raised: number;
}

interface Event {
  hazard: string;
  area: string | null;
  started: number;
  ended: number;
}

function textAt(rows: Rows, name: string, row: number): string | null {
  const value = rows.columns.get(name)?.[row] ?? null;
  return value === null ? null : String(value);
}

function timeAt(rows: Rows, name: string, row: number): number | null {
  const value = rows.columns.get(name)?.[row] ?? null;
  return typeof value === "number" ? value : null;
}

function alertsOf(rows: Rows): Alert[] {
  return rows.index.flatMap((row): Alert[] => {
    const rule = textAt(rows, "rule_id", row);
    const raised = timeAt(rows, "raised_at", row);
    return rule === null || raised === null ? [] : [{ rule, raised, area: textAt(rows, "area_code", row) }];
  });
}

function eventsOf(rows: Rows, now: number): Event[] {
  return rows.index.flatMap((row): Event[] => {
    const hazard = textAt(rows, "hazard", row);
    const started = timeAt(rows, "started_at", row);
    if (hazard === null || started === null || started > now) return [];
    return [{ hazard, started, area: textAt(rows, "area_code", row), ended: timeAt(rows, "ended_at", row) ?? started }];
  });
}

/**
 * Alerts held against what happened, as rows with `rule_id`, `outcome` (hit, miss, false-alarm), `lead_min` (of hits, not
 * negative), `time` and `area_code`. Alert and event match when one's unit is or holds the other's and the event starts from ten
 * minutes before the alert to the rule's window after it, or is going on when it is raised. An event counts once, with its earliest
 * alert; an alert without any event is a false alarm; an event without an alert is a miss of each rule for its hazard that has raised
 * or could have raised one.
 */
export const verification = defineStep({
  op: "verification",
  doc: {
    vi: "Đối chiếu cảnh báo với sự kiện đã xảy ra: trúng, sót, báo nhầm và thời gian báo trước",
    en: "Holds alerts against the events that came: hits, misses, false alarms and lead time",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    events: z.string(),
    /** Reference table with hazard and window of each rule. */
    table: z.string(),
  }),
  problems: ({ table }, _definition, network) =>
    rulesTable.safeParse(network.reference[table]).success ? [] : [`there is no table "${table}" of rules`],
  reads: ({ events }) => [{ kind: "rows", dataset: events }],
  run: (input, { events, table }, context): Rows => {
    const { rules } = rulesTable.parse(context.network.reference[table]);
    const alerts = alertsOf(input);
    const happened = eventsOf(rowsOf(events, context), context.now);
    const outcomes: RowValue[][] = [];
    for (const [rule, { hazard, window }] of Object.entries(rules)) {
      const { hits, misses, falseAlarms } = matchEvents(
        alerts.filter((alert) => alert.rule === rule),
        happened.filter((event) => event.hazard === hazard),
        { windowMs: durationMs(window) ?? 0, sameUnit: (a, b) => sameUnit(context.network, a, b) },
      );
      for (const { event, leadMs } of hits) outcomes.push([rule, "hit", leadMs / 60_000, event.started, event.area]);
      for (const event of misses) outcomes.push([rule, "miss", null, event.started, event.area]);
      for (const alert of falseAlarms) outcomes.push([rule, "false-alarm", null, alert.raised, alert.area]);
    }
    const names = ["rule_id", "outcome", "lead_min", "time", "area_code"];
    return {
      shape: "rows",
      columns: new Map(names.map((name, i) => [name, outcomes.map((row) => row[i] ?? null)])),
      index: outcomes.map((_, row) => row),
      ends: new Set(),
      labels: new Map(),
    };
  },
});
