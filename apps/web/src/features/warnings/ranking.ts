import type { VerifiedWarning } from "@ioc/contracts";

export type Order = "noise" | "perWeek" | "brief" | "falseAlarms" | "pod" | "far" | "csi" | "brier";
export type Verdict = "noisy" | "missing" | "silent" | "unproven" | "sound";

/** Alerts a week from which those that are mostly over at once are noise. A project setting. */
const busyPerWeek = 7;
const half = 0.5;
/** Reasons that say that an alert was nothing, and how many resolved alerts say anything. */
const nothing = ["false-alarm", "sensor-fault"] as const;
const fewestResolved = 5;

/** Alerts that people resolved as nothing. */
function dismissals({ reasons }: VerifiedWarning): number {
  return nothing.reduce((sum, reason) => sum + (reasons[reason] ?? 0), 0);
}

/** Whether people found more than half of the alerts that they resolved to be nothing. */
function dismissed(warning: VerifiedWarning): boolean {
  const resolved = Object.values(warning.reasons).reduce((sum, count) => sum + count, 0);
  return resolved >= fewestResolved && dismissals(warning) / resolved > half;
}

/**
 * False alarms by the events on record or by people, whichever are more: some are the same, so that there are at least as many. Null
 * where neither events nor people say anything.
 */
export function falseAlarmsOf(warning: VerifiedWarning): number | null {
  const { scores, reasons } = warning;
  if (!scores && Object.keys(reasons).length === 0) return null;
  return Math.max(scores?.falseAlarms ?? 0, dismissals(warning));
}

/**
 * What stands out in a warning: `noisy`, more than half of its alerts are false, or were found so by people, or are over within minutes while there are many;
 * `missing`, it misses more than half of its events; `silent`, it has never fired; `unproven`, fewer than 5 events say
 * anything about it.
 */
export function verdictOf(warning: VerifiedWarning): Verdict {
  const { alerts, brief, perWeek, scores } = warning;
  if ((scores?.far ?? 0) > half || dismissed(warning)) return "noisy";
  if (perWeek >= busyPerWeek && brief / Math.max(1, alerts) > half) return "noisy";
  if (scores?.pod != null && scores.pod < half) return "missing";
  if (alerts === 0) return "silent";
  return scores?.pod == null ? "unproven" : "sound";
}

const rank: Record<Verdict, number> = { noisy: 4, missing: 3, silent: 2, unproven: 1, sound: 0 };

/** The most striking first: what is not known goes to the end. Of equals those with more false alarms, then with more alerts. */
export function ordered(items: readonly VerifiedWarning[], order: Order): VerifiedWarning[] {
  return items.toSorted(
    (a, b) => compare(a, b, order) || compare(a, b, "falseAlarms") || b.perWeek - a.perWeek || a.id.localeCompare(b.id),
  );
}

function compare(a: VerifiedWarning, b: VerifiedWarning, order: Order): number {
  const [first, second] = [keyOf(a, order), keyOf(b, order)];
  if (first === second) return 0;
  if (first === null) return 1;
  return second === null ? -1 : second - first;
}

function keyOf(one: VerifiedWarning, order: Order): number | null {
  switch (order) {
    case "noise":
      return rank[verdictOf(one)];
    case "perWeek":
      return one.perWeek;
    case "brief":
      return one.alerts === 0 ? null : one.brief / one.alerts;
    case "falseAlarms":
      return falseAlarmsOf(one);
    case "brier":
      return one.probability?.brier ?? null;
    default:
      return one.scores?.[order] ?? null;
  }
}
