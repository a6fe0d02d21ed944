import { subjectParts } from "@ioc/contracts";
import type { Alert, AlertMatcher } from "@ioc/contracts";

/** The parts of an alert that tell whether a suppression is about it. */
export type Matched = Pick<Alert, "definition" | "subject" | "areas" | "severity">;

/**
 * A place stands for its items too: who silences a ward silences each category of its tickets.
 * @param scheme scheme in use, whose units `areas` of the matcher are
 */
export function matches(matcher: AlertMatcher, alert: Matched, scheme: string): boolean {
  const { definitions, subjects, areas, severities } = matcher;
  const { id } = alert.subject;
  return (
    (definitions?.includes(alert.definition) ?? true) &&
    (subjects?.some((one) => one === id || one === subjectParts(id).place) ?? true) &&
    (areas === undefined || (alert.areas[scheme] ?? []).some((area) => areas.includes(area))) &&
    (severities?.includes(alert.severity) ?? true)
  );
}
