import type { NoticeReason } from "@ioc/contracts";
import type { LadderStep, Timing } from "../routing/ladder.ts";

/** What decides about notices of an incident. Times are city times, ms. */
export interface IncidentState {
  state: "open" | "cleared" | "merged";
  severityRank: number;
  level: number;
  peakSeverityRank: number;
  members: number;
  openMembers: number;
  /** Open members that nobody has acknowledged. */
  newMembers: number;
  openedAt: number;
  joinedAt: number;
  clearedAt: number | null;
  route: string | null;
  /** Steps of the ladder taken. */
  steps: number;
  /** When the ladder began: at the opening, and anew when acknowledgement is open again. */
  ladderAt: number;
  stepAt: number | null;
  repeatAt: number | null;
  /** When the newest notice is due; growth is told no sooner than `growth` after it. */
  toldAt: number;
}

/** What the members of an incident are now. */
export interface Facts {
  members: number;
  openMembers: number;
  newMembers: number;
  /** Worst open member; the worst of all when none is open. */
  severityRank: number;
  level: number;
  route: string | null;
  ladder: readonly LadderStep[];
}

/** A notice to write: to those whom the named steps of the ladder reach now, or to everybody who was told before. */
export interface Tell {
  reason: NoticeReason;
  to: readonly LadderStep[] | "told";
  dueAt: number;
  /** Makes the transition's name unique within the alert. */
  mark: number;
}

export interface Step {
  after: IncidentState;
  tell: Tell[];
}

/** First state of an incident, with nothing told yet. */
export function newIncident(now: number): IncidentState {
  return {
    state: "open",
    severityRank: 0,
    level: 0,
    peakSeverityRank: 0,
    members: 0,
    openMembers: 0,
    newMembers: 0,
    openedAt: now,
    joinedAt: now,
    clearedAt: null,
    route: null,
    steps: 0,
    ladderAt: now,
    stepAt: null,
    repeatAt: null,
    toldAt: 0,
  };
}

/**
 * What becomes of an incident when its members have changed. Opening, a rise and growth are told to those whom the ladder has
 * reached, the end to everybody who was told. Acknowledging all open members pauses the ladder and the repeat notices; a new member
 * that nobody has acknowledged begins the ladder anew.
 *
 * @param mark sequence of the event that caused the change
 */
export function changed(before: IncidentState, facts: Facts, timing: Timing, now: number, mark: number): Step {
  const { members, openMembers, newMembers, severityRank, level } = facts;
  const after: IncidentState = {
    ...before,
    members,
    openMembers,
    newMembers,
    severityRank,
    level,
    peakSeverityRank: Math.max(before.peakSeverityRank, severityRank),
    joinedAt: members > before.members ? now : before.joinedAt,
  };
  const opening = before.members === 0 || before.state === "cleared";
  if (openMembers === 0) {
    const over = {
      ...after,
      state: "cleared" as const,
      clearedAt: before.clearedAt ?? now,
      stepAt: null,
      repeatAt: null,
    };
    if (opening) return { after: over, tell: [] };
    return { after: over, tell: [{ reason: "cleared", to: "told", dueAt: now, mark }] };
  }
  after.state = "open";
  after.clearedAt = null;
  const rose = severityRank > before.severityRank || level > before.level;
  const again = newMembers > 0 && before.newMembers === 0;
  const other = rose && facts.route !== before.route;
  if (opening || again || other) {
    after.route = facts.route;
    after.ladderAt = now;
    after.steps = facts.ladder.filter(({ after: wait }) => wait === 0).length;
    after.stepAt = stepTime(after, facts.ladder);
    after.repeatAt = now + timing.repeat(level);
  }
  if (rose && after.repeatAt !== null) after.repeatAt = Math.min(after.repeatAt, now + timing.repeat(level));
  if (newMembers === 0) after.stepAt = after.repeatAt = null;
  const reason = opening ? "opened" : rose ? "raised" : members > before.members || again ? "grown" : null;
  // A notice that is still held says how many there are when it is sent.
  if (!reason || (reason === "grown" && before.toldAt > now)) return { after, tell: [] };
  const held = now + timing.hold(level);
  const dueAt = reason === "grown" ? Math.max(held, before.toldAt + timing.growth) : held;
  after.toldAt = Math.max(before.toldAt, dueAt);
  return { after, tell: [{ reason, to: facts.ladder.slice(0, after.steps), dueAt, mark }] };
}

/** Takes the steps of the ladder and the repeat notice that are due. Changes nothing when none is. */
export function due(before: IncidentState, facts: Pick<Facts, "ladder">, timing: Timing, now: number): Step {
  const after = { ...before };
  const tell: Tell[] = [];
  if (before.state !== "open" || before.newMembers === 0) {
    return { after: { ...after, stepAt: null, repeatAt: null }, tell };
  }
  while (after.stepAt !== null && after.stepAt <= now) {
    const step = facts.ladder[after.steps];
    if (step) tell.push({ reason: "escalated", to: [step], dueAt: now, mark: after.stepAt });
    after.steps += 1;
    after.stepAt = stepTime(after, facts.ladder);
  }
  if (after.repeatAt !== null && after.repeatAt <= now) {
    tell.push({ reason: "repeated", to: facts.ladder.slice(0, after.steps), dueAt: now, mark: after.repeatAt });
    after.repeatAt = now + timing.repeat(after.level);
  }
  if (tell.length > 0) after.toldAt = Math.max(after.toldAt, now);
  return { after, tell };
}

function stepTime({ ladderAt, steps }: IncidentState, ladder: readonly LadderStep[]): number | null {
  const next = ladder[steps];
  return next ? ladderAt + next.after : null;
}
