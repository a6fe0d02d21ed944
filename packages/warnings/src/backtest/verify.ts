import { durationMs } from "@ioc/contracts";
import type { Alert, AlertOutcome, Network, WarningDefinition, WarningScores } from "@ioc/contracts";
import { matchEvents, medianOf, sameUnit, skillScores } from "@ioc/statistics/shared";

/** Something on record that a warning is held against. Times are ms. */
export interface ObservedEvent {
  readonly hazard: string;
  /** Unit in which it happened; null: the whole city. */
  readonly area: string | null;
  readonly started: number;
  readonly ended: number;
}

export interface VerifyOptions {
  network: Network;
  events: readonly ObservedEvent[];
  /** The span that is scored, ms. */
  from: number;
  to: number;
  /** Up to when events are on record, ms. */
  now: number;
}

export interface Verification {
  scores: WarningScores;
  /** By id of the alert. */
  outcomes: Map<string, { outcome: AlertOutcome; leadMs: number | null }>;
}

/**
 * Holds the alerts of one rule against the events of its hazard that started in (from, to]. Alerts raised before the span count as
 * warnings of its events and never as false; those whose event may still come are undecided.
 *
 * @returns null when the rule has no `skill` or no event of its hazard is on record in the span: nothing can be said then
 */
export function verify(
  { hazard, skill }: Pick<WarningDefinition, "hazard" | "skill">,
  alerts: readonly Alert[],
  { network, events, from, to, now }: VerifyOptions,
): Verification | null {
  const windowMs = skill && durationMs(skill.window);
  if (!windowMs) return null;
  const happened = events.filter((event) => event.hazard === hazard && event.ended >= from - windowMs);
  if (!happened.some(({ started }) => started > from && started <= to)) return null;
  const raised = alerts.flatMap((alert) =>
    alert.firedAt === null || alert.firedAt > to
      ? []
      : [{ alert, raised: alert.firedAt, area: alert.areas[network.scheme]?.[0] ?? null }],
  );
  const found = matchEvents(raised, happened, { windowMs, sameUnit: (a, b) => sameUnit(network, a, b) });
  const inSpan = ({ started }: ObservedEvent) => started > from && started <= to;
  const hits = found.hits.filter(({ event }) => inSpan(event));
  const misses = found.misses.filter(inSpan);
  const outcomes: Verification["outcomes"] = new Map();
  const falseOnes = new Set(found.falseAlarms);
  for (const one of raised) {
    if (one.raised <= from) continue;
    const open = one.raised + windowMs > now;
    const outcome = falseOnes.has(one) ? (open ? "undecided" : "false-alarm") : "repeat";
    outcomes.set(one.alert.id, { outcome, leadMs: null });
  }
  for (const { alert, leadMs } of found.hits) {
    const known = outcomes.get(alert.alert.id);
    if (known && known.outcome !== "hit") outcomes.set(alert.alert.id, { outcome: "hit", leadMs });
  }
  const counted = (wanted: AlertOutcome) => [...outcomes.values()].filter(({ outcome }) => outcome === wanted).length;
  const falseAlarms = counted("false-alarm");
  const scores = {
    events: hits.length + misses.length,
    hits: hits.length,
    misses: misses.length,
    falseAlarms,
    undecided: counted("undecided"),
    ...skillScores(hits.length, misses.length, falseAlarms),
  };
  return { scores: { ...scores, leadMs: leadOf(hits) }, outcomes };
}

function leadOf(hits: readonly { leadMs: number }[]): number | null {
  return medianOf(hits.map(({ leadMs }) => leadMs));
}
