import type { Alert, AlertMatcher } from "@ioc/contracts";

/** The parts of an alert that tell whether a suppression is about it. */
export type Matched = Pick<Alert, "definition" | "subject" | "areas" | "severity">;

/** @param scheme scheme in use, whose units `areas` of the matcher are */
export function matches(matcher: AlertMatcher, alert: Matched, scheme: string): boolean {
  const { definitions, subjects, areas, severities } = matcher;
  return (
    (definitions?.includes(alert.definition) ?? true) &&
    (subjects?.includes(alert.subject.id) ?? true) &&
    (areas === undefined || (alert.areas[scheme] ?? []).some((area) => areas.includes(area))) &&
    (severities?.includes(alert.severity) ?? true)
  );
}
