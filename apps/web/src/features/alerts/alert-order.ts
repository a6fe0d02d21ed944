import type { Alert } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import type { Severity } from "@ioc/contracts/severity";

/** Severity and level that a list shows: of an alert that is over, how bad it was. */
export function shownLevel(alert: Alert): { severity: Severity; level: number } {
  return alert.condition === "cleared"
    ? { severity: alert.peakSeverity, level: alert.peakLevel }
    : { severity: alert.severity, level: alert.level };
}

export interface AlertFilter {
  area?: string | undefined;
  domain?: string | undefined;
  severity?: readonly Severity[] | undefined;
  work?: Alert["work"] | undefined;
  /** Only those that something suppresses, or only the others. */
  told?: "yes" | "no" | undefined;
}

/** Whether an alert concerns the area: its subject lies in it, or is a unit that contains it. */
function inArea(alert: Alert, scheme: string, area: string): boolean {
  return alert.areas[scheme]?.includes(area) ?? false;
}

export function filterAlerts(alerts: readonly Alert[], scheme: string, filter: AlertFilter): Alert[] {
  return alerts.filter(
    (alert) =>
      (!filter.area || inArea(alert, scheme, filter.area)) &&
      (!filter.domain || alert.domain === filter.domain) &&
      (!filter.work || alert.work === filter.work) &&
      (!filter.told || (alert.suppressedBy.length === 0) === (filter.told === "yes")) &&
      (!filter.severity?.length || filter.severity.includes(shownLevel(alert).severity)),
  );
}

const conditionOrder: Record<Alert["condition"], number> = { firing: 0, recovering: 1, pending: 2, cleared: 3 };
const workOrder = (alert: Alert) => (alert.work === "new" ? 0 : 1);

/** Order of the list: firing first, not yet acknowledged, then CAP severity, level, and the newest. */
export function compareAlerts(a: Alert, b: Alert): number {
  return (
    Math.max(0, conditionOrder[a.condition] - 1) - Math.max(0, conditionOrder[b.condition] - 1) ||
    workOrder(a) - workOrder(b) ||
    severityRank(b.severity) - severityRank(a.severity) ||
    b.level - a.level ||
    (b.firedAt ?? b.startedAt) - (a.firedAt ?? a.startedAt) ||
    a.id.localeCompare(b.id)
  );
}

/** Order of what is over: what ended last comes first. */
export function compareCleared(a: Alert, b: Alert): number {
  return (b.clearedAt ?? b.changedAt) - (a.clearedAt ?? a.changedAt) || a.id.localeCompare(b.id);
}

/** Alerts by severity; pending ones are not counted. */
export function countBySeverity(alerts: readonly Alert[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { Minor: 0, Moderate: 0, Severe: 0, Extreme: 0 };
  for (const alert of alerts) {
    if (alert.condition !== "pending") counts[shownLevel(alert).severity]++;
  }
  return counts;
}

/** Alerts that hold now (firing or recovering), in the order of the list. */
export function holdingAlerts(alerts: readonly Alert[]): Alert[] {
  return alerts
    .filter((alert) => alert.condition === "firing" || alert.condition === "recovering")
    .toSorted(compareAlerts);
}
