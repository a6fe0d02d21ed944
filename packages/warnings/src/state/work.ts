import { alertHandling } from "@ioc/contracts";
import type { AlertEvent, AlertEventDetail, AlertHandling, AlertWork, AlertResolution } from "@ioc/contracts";

/** The human side of one alert. */
export interface WorkState extends AlertHandling {
  readonly work: AlertWork;
}

/** Of an alert that nobody has looked at. */
export const newWork: WorkState = { work: "new", ...alertHandling.parse({}) };

/** What an alert shows of it beside `work`. */
export function handlingOf({ work: _work, ...handling }: WorkState): AlertHandling {
  return handling;
}

/** What somebody does. Times are ms. */
export type WorkDeed =
  | { type: "acknowledge" | "start" | "close" | "reopen" | "unshelve" }
  | { type: "resolve"; reason: AlertResolution }
  | { type: "assign"; assignee: string | null; dueAt: number | null }
  | { type: "comment" }
  | { type: "shelve"; until: number };

/** A deed, a line of the machine that the alert follows, or the time that has come. */
export type WorkInput =
  | (WorkDeed & { comment?: string | undefined })
  | { type: "told"; event: Pick<AlertEvent, "type" | "from" | "to"> }
  | { type: "clock" };

/** What is known of the alert when the input comes. `level` is the present one, of one that is over its peak. */
export interface WorkScene {
  readonly open: boolean;
  readonly level: number;
  readonly now: number;
}

/** A line for the log. */
export interface WorkEffect {
  readonly type: AlertEvent["type"];
  readonly work: { from: AlertWork; to: AlertWork };
  readonly detail: AlertEventDetail;
}

export interface WorkStep {
  readonly state: WorkState;
  readonly effects: readonly WorkEffect[];
  /** Why a deed does not go with the state; then nothing changes. */
  readonly refused: string | null;
}

/** Longest time that an alert is put on the shelf, ms: what is to be hidden for longer is a silence, with its preview. */
export const longestShelving = 7 * 24 * 3_600_000;

/** From which states each deed leads on. */
export const deedsFrom: Readonly<Record<WorkDeed["type"], readonly AlertWork[]>> = {
  acknowledge: ["new"],
  start: ["new", "acknowledged"],
  resolve: ["new", "acknowledged", "in-progress"],
  close: ["resolved"],
  reopen: ["resolved", "closed"],
  assign: ["new", "acknowledged", "in-progress", "resolved"],
  comment: ["new", "acknowledged", "in-progress", "resolved", "closed"],
  shelve: ["new", "acknowledged", "in-progress", "resolved"],
  unshelve: ["new", "acknowledged", "in-progress", "resolved", "closed"],
};

/**
 * The human axis of an alert, pure: new → acknowledged → in progress → resolved → closed, and back.
 *
 * - Acknowledged is a level: a rise above it makes the alert new again, whoever has it keeps it, and acknowledging once more
 *   goes on with work that had begun.
 * - A resolved or closed alert that comes back after clearing is new again. One that is resolved while it still holds (a false
 *   alarm, a broken sensor) stays so until it rises.
 * - An alert that holds can be resolved, but not closed.
 * - A shelf holds up to the level at which the alert was put on it, and until its time.
 */
export function stepWork(state: WorkState, input: WorkInput, scene: WorkScene): WorkStep {
  if (input.type === "told") return follow(state, input.event);
  if (input.type === "clock") {
    if (state.shelvedUntil === null || state.shelvedUntil > scene.now) return unchanged(state);
    return done(state, unshelved(state), "unshelved", {});
  }
  const refused = refusal(state, input, scene);
  if (refused !== null) return { state, effects: [], refused };
  const said = input.comment === undefined ? {} : { comment: input.comment };
  const next = input.comment === undefined ? state : { ...state, comments: state.comments + 1 };
  const level = Math.max(scene.level, state.acknowledgedLevel ?? 0);
  switch (input.type) {
    case "acknowledge": {
      const work = state.started ? "in-progress" : "acknowledged";
      return done(state, { ...next, work, acknowledgedLevel: level }, "acknowledged", { level, ...said });
    }
    case "start":
      return done(state, { ...next, work: "in-progress", started: true, acknowledgedLevel: level }, "started", {
        level,
        ...said,
      });
    case "resolve": {
      const { reason } = input;
      const resolved = { ...next, work: "resolved" as const, resolution: reason, acknowledgedLevel: level };
      return done(state, resolved, "resolved", { reason, level, ...said });
    }
    case "close":
      return done(state, { ...unshelved(next), work: "closed" }, "closed", said);
    case "reopen":
      return done(state, again(next), "reopened", said);
    case "assign": {
      const { assignee, dueAt } = input;
      return done(state, { ...next, assignee, dueAt }, "assigned", { assignee, dueAt, ...said });
    }
    case "comment":
      return done(state, next, "commented", said);
    case "shelve":
      return done(state, { ...next, shelvedUntil: input.until, shelvedLevel: scene.level }, "shelved", {
        until: input.until,
        level: scene.level,
        ...said,
      });
    case "unshelve":
      return done(state, unshelved(next), "unshelved", said);
  }
}

/** The state after a line of the log; replaying the lines of an alert yields its human side. */
export function replayWork(
  state: WorkState,
  { type, work, detail }: Pick<AlertEvent, "type" | "work" | "detail">,
): WorkState {
  if (work === null) return state;
  const next = { ...state, work: work.to, comments: state.comments + (detail.comment === undefined ? 0 : 1) };
  const acknowledgedLevel = detail.level ?? state.acknowledgedLevel;
  switch (type) {
    case "acknowledged":
      return { ...next, acknowledgedLevel };
    case "started":
      return { ...next, started: true, acknowledgedLevel };
    case "resolved":
      return { ...next, resolution: detail.reason ?? null, acknowledgedLevel };
    case "closed":
    case "unshelved":
      return unshelved(next);
    case "reopened":
      return again(next, work.from);
    case "assigned":
      return { ...next, assignee: detail.assignee ?? null, dueAt: detail.dueAt ?? null };
    case "shelved":
      return { ...next, shelvedUntil: detail.until ?? null, shelvedLevel: detail.level ?? null };
    default:
      return next;
  }
}

function refusal(state: WorkState, deed: WorkDeed, { open, now }: WorkScene): string | null {
  if (!deedsFrom[deed.type].includes(state.work)) {
    return `An alert that is ${state.work} takes no "${deed.type}"; it must be ${deedsFrom[deed.type].join(" or ")}.`;
  }
  if (deed.type === "close" && open) return "An alert whose condition holds can be resolved, but not closed.";
  if (deed.type === "unshelve" && state.shelvedUntil === null) return "The alert is not shelved.";
  if (deed.type === "shelve" && deed.until <= now) return "The time to which it is shelved must lie ahead.";
  if (deed.type === "shelve" && deed.until > now + longestShelving) {
    return `An alert is shelved for ${longestShelving / 86_400_000} days at most; make a silence for longer.`;
  }
  return null;
}

const rising: ReadonlySet<AlertEvent["type"]> = new Set(["fired", "raised", "refired"]);

function follow(before: WorkState, { type, from, to }: Pick<AlertEvent, "type" | "from" | "to">): WorkStep {
  if (!rising.has(type)) return unchanged(before);
  const effects: WorkEffect[] = [];
  let state = before;
  const isOver = state.work === "resolved" || state.work === "closed";
  const rose = to.level > (state.acknowledgedLevel ?? 0);
  if (state.work !== "new" && (rose || (isOver && from.level === 0))) {
    effects.push(...done(state, again(state), "reopened", {}).effects);
    state = again(state);
  }
  if (state.shelvedLevel !== null && to.level > state.shelvedLevel) {
    effects.push(...done(state, unshelved(state), "unshelved", {}).effects);
    state = unshelved(state);
  }
  return { state, effects, refused: null };
}

function unshelved(state: WorkState): WorkState {
  return { ...state, shelvedUntil: null, shelvedLevel: null };
}

/** New again. Work that had begun and was not over goes on when it is acknowledged. */
function again(state: WorkState, from = state.work): WorkState {
  return {
    ...state,
    work: "new",
    acknowledgedLevel: null,
    started: from === "in-progress",
    resolution: null,
    reopened: state.reopened + 1,
  };
}

function done(before: WorkState, state: WorkState, type: WorkEffect["type"], detail: AlertEventDetail): WorkStep {
  return { state, effects: [{ type, work: { from: before.work, to: state.work }, detail }], refused: null };
}

function unchanged(state: WorkState): WorkStep {
  return { state, effects: [], refused: null };
}
