import type { Alert, Severity, Summary } from "@ioc/contracts";

/** Alerts that are open now, kept in memory for the figures and the live topics. */
export interface OpenAlerts {
  /** Takes in alerts that changed; a cleared one is forgotten. */
  observe(alerts: readonly Alert[]): void;
  /** Those of an area, or all of them for `all`. */
  in(area: string): Alert[];
  /** Areas of the scheme in use that an alert is in. */
  areasOf(alert: Alert): readonly string[];
  counts(): Summary["alerts"];
}

export function createOpenAlerts(scheme: string): OpenAlerts {
  const open = new Map<string, Alert>();
  const areasOf = (alert: Alert) => alert.areas[scheme] ?? [];
  const observe = (alerts: readonly Alert[]) => {
    for (const alert of alerts) {
      if (isOpen(alert)) open.set(alert.id, alert);
      else open.delete(alert.id);
    }
  };
  return {
    observe,
    in: (area) => [...open.values()].filter((alert) => area === "all" || areasOf(alert).includes(area)),
    areasOf,
    counts() {
      const counts: Record<Severity, number> = { Minor: 0, Moderate: 0, Severe: 0, Extreme: 0 };
      for (const alert of open.values()) counts[alert.severity] += 1;
      return counts;
    },
  };
}

/** Pending ones are not told to anybody yet. */
export function isOpen(alert: Alert): boolean {
  return alert.condition === "firing" || alert.condition === "recovering";
}
