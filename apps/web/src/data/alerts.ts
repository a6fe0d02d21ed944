import { queryOptions } from "@tanstack/react-query";
import type { AlertAction, Severity } from "@ioc/contracts";
import { apiGet, apiSend } from "./request.ts";

export interface AlertFilter {
  state?: "open" | "cleared" | "all";
  area?: string;
  severity?: Severity;
  definition?: string;
  station?: string;
  limit?: number;
}

/** Alerts, worst and newest first. Open ones are kept fresh by the live topic `alerts:all`. */
export const alertsQuery = (filter: AlertFilter = {}) =>
  queryOptions({
    queryKey: ["alerts", filter],
    queryFn: ({ signal }) => apiGet<"listAlerts">("/alerts", { limit: 1000, ...filter }, signal),
    staleTime: 15_000,
  });

export const alertQuery = (id: string) =>
  queryOptions({
    queryKey: ["alert", id],
    queryFn: ({ signal }) => apiGet<"getAlert">(`/alerts/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 15_000,
  });

/**
 * The alert's log, oldest first; with a key also who did what and what they wrote. `sequence` is the newest known event: a newer one
 * reads the log again.
 */
export const alertEventsQuery = (id: string, sequence: number, key: string | null) =>
  queryOptions({
    queryKey: ["alert-events", id, sequence, key],
    queryFn: ({ signal }) =>
      apiSend<"listAlertEvents">("GET", `/alerts/${encodeURIComponent(id)}/events`, { key, signal }),
    staleTime: 60_000,
  });

/** What somebody does about an alert; 409 when something has happened since it was seen. */
export function actOnAlert(id: string, action: AlertAction, key: string) {
  return apiSend<"postAlertAction">("POST", `/alerts/${encodeURIComponent(id)}/actions`, { key, body: action });
}

/** Acknowledges alerts, each as it was seen; says of each what came of it. */
export function acknowledgeAlerts(alerts: readonly { id: string; sequence: number }[], key: string) {
  const body = { action: "acknowledge", alerts: alerts.map(({ id, sequence }) => ({ id, sequence })) };
  return apiSend<"postAlertActions">("POST", "/alerts/actions", { key, body });
}
