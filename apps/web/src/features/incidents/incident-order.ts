import { severityRank, type Incident } from "@ioc/contracts";

/** Open incidents, the worst first, then the newest. */
export function openIncidents(incidents: Iterable<Incident>): Incident[] {
  return [...incidents]
    .filter(({ state }) => state === "open")
    .sort(
      (a, b) =>
        severityRank(b.severity) - severityRank(a.severity) || b.openedAt - a.openedAt || a.id.localeCompare(b.id),
    );
}
