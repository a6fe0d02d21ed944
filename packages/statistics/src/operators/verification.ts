/** How long before its alert an event may begin and still be what the alert was about, ms. */
const earlyMs = 600_000;
/** Fewer events say nothing about a rule. */
const fewestEvents = 5;

/** An alert as it is held against events; times are ms, a unit that is not given is the whole city. */
export interface RaisedAlert {
  readonly raised: number;
  readonly area: string | null;
}

/** Something that came; `ended` is `started` when nobody noted the end. */
export interface HappenedEvent {
  readonly started: number;
  readonly ended: number;
  readonly area: string | null;
}

export interface Verified<A, E> {
  /** One an event, with its earliest alert; `leadMs` is not negative. */
  hits: { event: E; alert: A; leadMs: number }[];
  misses: E[];
  falseAlarms: A[];
}

/**
 * Holds alerts of one rule against the events of its hazard. They match when one's unit is or holds the other's and the event starts
 * from ten minutes before the alert to `windowMs` after it, or is going on when it is raised. An event counts once, with its earliest
 * alert; further alerts about it are neither hits nor false alarms.
 *
 * @param alerts in any order
 * @param sameUnit whether one of two units is the other or holds it
 */
export function matchEvents<A extends RaisedAlert, E extends HappenedEvent>(
  alerts: readonly A[],
  events: readonly E[],
  { windowMs, sameUnit }: { windowMs: number; sameUnit: (a: string | null, b: string | null) => boolean },
): Verified<A, E> {
  const rising = alerts.toSorted((a, b) => a.raised - b.raised);
  const confirmed = new Set<A>();
  const hits: Verified<A, E>["hits"] = [];
  const misses: E[] = [];
  for (const event of events) {
    const found = rising.filter((alert) => inTime(alert, event, windowMs) && sameUnit(alert.area, event.area));
    for (const alert of found) confirmed.add(alert);
    const [alert] = found;
    if (alert) hits.push({ event, alert, leadMs: Math.max(0, event.started - alert.raised) });
    else misses.push(event);
  }
  return { hits, misses, falseAlarms: rising.filter((alert) => !confirmed.has(alert)) };
}

function inTime({ raised }: RaisedAlert, { started, ended }: HappenedEvent, windowMs: number): boolean {
  return (started >= raised - earlyMs && started <= raised + windowMs) || (started <= raised && ended >= raised);
}

/** Scores of a rule; null where there are too few events, or nothing to divide by. */
export interface SkillScores {
  /** Share of events that were warned of: hits / (hits + misses). */
  pod: number | null;
  /** Share of alerts that were about an event: hits / (hits + false alarms). */
  precision: number | null;
  /** False alarms / (hits + false alarms). */
  far: number | null;
  /** Critical success index: hits / (hits + misses + false alarms). */
  csi: number | null;
}

/** POD, precision, FAR and CSI (Wilks, Statistical Methods in the Atmospheric Sciences) from five events on. */
export function skillScores(hits: number, misses: number, falseAlarms: number): SkillScores {
  if (hits + misses < fewestEvents) return { pod: null, precision: null, far: null, csi: null };
  const alerts = hits + falseAlarms;
  return {
    pod: hits / (hits + misses),
    precision: alerts === 0 ? null : hits / alerts,
    far: alerts === 0 ? null : falseAlarms / alerts,
    csi: hits / (hits + misses + falseAlarms),
  };
}
