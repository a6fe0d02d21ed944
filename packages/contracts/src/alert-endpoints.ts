import { z } from "zod";
import { alertAction, alertWork, bulkAcknowledge, bulkOutcome } from "./alert-work.ts";
import { isoTime, listOf, pageQuery, severity } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { explanation } from "./explanation.ts";
import { alert, alertEvent } from "./warning.ts";

/** Routes of alerts and what people do about them. */
export const alertEndpoints = {
  listAlerts: endpoint({
    method: "get",
    path: "/alerts",
    tag: "alerts",
    summary: "Alerts, worst and newest first; open ones unless `state` says otherwise",
    query: pageQuery.extend({
      state: z.enum(["open", "cleared", "all"]).default("open"),
      area: z.string().optional(),
      severity: severity.optional(),
      definition: z.string().optional(),
      station: z.string().optional(),
      work: alertWork.optional(),
      suppressed: z.stringbool().optional(),
      from: isoTime.optional(),
      to: isoTime.optional(),
    }),
    response: listOf(alert),
  }),
  getAlert: endpoint({ method: "get", path: "/alerts/{id}", tag: "alerts", summary: "One alert", response: alert }),
  listAlertEvents: endpoint({
    method: "get",
    path: "/alerts/{id}/events",
    tag: "alerts",
    summary: "The alert's log, oldest first",
    query: pageQuery,
    response: listOf(alertEvent),
  }),
  explainWarning: endpoint({
    method: "get",
    path: "/warnings/{id}/explain",
    tag: "warnings",
    summary: "Why a rule fired on a subject, what would clear it, or why it did not fire",
    query: z.object({ subject: z.string().min(1).max(200), at: isoTime.optional() }),
    response: explanation,
  }),
  postAlertAction: endpoint({
    method: "post",
    path: "/alerts/{id}/actions",
    tag: "alerts",
    summary: "Acknowledges, starts, resolves, closes, reopens, assigns, comments, shelves or unshelves an alert",
    body: alertAction,
    response: alert,
    key: true,
  }),
  postAlertActions: endpoint({
    method: "post",
    path: "/alerts/actions",
    tag: "alerts",
    summary: "Acknowledges many alerts, each as it was seen; says of each what came of it",
    body: bulkAcknowledge,
    response: listOf(bulkOutcome),
    key: true,
  }),
} as const;
