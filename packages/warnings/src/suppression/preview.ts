import { emergencyLevel, severities } from "@ioc/contracts";
import type { Alert, ConfirmationReason, LocalCalendar, SuppressionPreview, SuppressionRule } from "@ioc/contracts";
import { matches } from "./matcher.ts";
import { isTogether } from "./suppress.ts";
import { windowAt } from "./windows.ts";

/** Span of the past that a suppression is held against before it is kept, ms. */
export const previewSpan = 30 * 24 * 3_600_000;
/** A suppression that would have hidden a larger share of all alerts must be confirmed. */
export const mostHidden = 0.5;
/** Hidden alerts that a preview names. */
const mostNamed = 100;

/** An alert of the past. */
export type PastAlert = Omit<Alert, "evidence">;

/**
 * What a suppression would have hidden. A silence, or a window that does not come again, is taken as if it had been in force all
 * the time; windows that do are taken to have come again in the past as well. An alert counts by how bad it became.
 * @param alerts those that were open within the span
 */
export function previewOf(
  rule: SuppressionRule,
  alerts: readonly PastAlert[],
  city: { scheme: string; calendar: LocalCalendar },
  now: number,
): SuppressionPreview {
  const meant = alerts.filter((alert) => wouldApply(rule, alert, alerts, city));
  const isEmergency = ({ peakLevel }: PastAlert) => peakLevel >= emergencyLevel;
  const hidden = meant.filter((alert) => rule.emergencies || !isEmergency(alert));
  const byDefinition = Map.groupBy(hidden, ({ definition }) => definition);
  return {
    from: now - previewSpan,
    to: now,
    total: alerts.length,
    hidden: hidden.length,
    emergencies: meant.filter(isEmergency).length,
    bySeverity: Object.fromEntries(
      severities.map((one) => [one, hidden.filter(({ peakSeverity }) => peakSeverity === one).length]),
    ) as SuppressionPreview["bySeverity"],
    byDefinition: [...byDefinition]
      .map(([definition, of]) => ({ definition, hidden: of.length }))
      .sort((a, b) => b.hidden - a.hidden || a.definition.localeCompare(b.definition)),
    alerts: hidden.toSorted((a, b) => toldAt(b) - toldAt(a)).slice(0, mostNamed),
    confirm: reasonsToConfirm(rule, hidden.length, alerts.length),
  };
}

function reasonsToConfirm(rule: SuppressionRule, hidden: number, total: number): ConfirmationReason[] {
  const namesNothing = "matcher" in rule && Object.values(rule.matcher).every((names) => names === undefined);
  const reasons: ConfirmationReason[] = [];
  if (namesNothing || hidden > mostHidden * total) reasons.push("breadth");
  if (rule.emergencies) reasons.push("emergencies");
  return reasons;
}

function wouldApply(
  rule: SuppressionRule,
  alert: PastAlert,
  all: readonly PastAlert[],
  { scheme, calendar }: { scheme: string; calendar: LocalCalendar },
): boolean {
  if (rule.kind === "inhibition") {
    if (!rule.target.definitions.includes(alert.definition)) return false;
    return all.some(
      (other) =>
        other.definition === rule.source.definition &&
        other.peakLevel >= rule.source.level &&
        toldAt(other) <= toldAt(alert) &&
        toldAt(alert) < (other.clearedAt ?? Infinity) &&
        isTogether(rule, other, alert, scheme),
    );
  }
  if (!matches(rule.matcher, { ...alert, severity: alert.peakSeverity }, scheme)) return false;
  if (rule.kind === "silence" || rule.repeat === null) return true;
  return windowAt(rule, toldAt(alert), calendar, true) !== null;
}

function toldAt({ firedAt, startedAt }: PastAlert): number {
  return firedAt ?? startedAt;
}
