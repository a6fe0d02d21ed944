/** CAP 1.2 severities, lowest first. Lists, colour, sound and takeover follow them. Free of schemas: the browser imports it. */
export const severities = ["Minor", "Moderate", "Severe", "Extreme"] as const;
export type Severity = (typeof severities)[number];

/** 1 to 4; 0 when there is none. */
export function severityRank(value: Severity | null | undefined): number {
  return value ? severities.indexOf(value) + 1 : 0;
}
