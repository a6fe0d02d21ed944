import type { Truth } from "../expression/bounds.ts";
import { isOpen } from "./state.ts";
import type { Episode, MachineInput, MachineRule, MachineState } from "./state.ts";
import { transitionsBetween } from "./transitions.ts";
import type { Transition } from "./transitions.ts";

/**
 * The alert state machine, pure: normal → pending → firing ⇄ recovering → normal (cleared).
 *
 * - A level is entered when its `when` has been true for its `for`; the highest such level counts.
 * - A level is left when its clearing condition has been true for `clearFor`; one level at a time, one an input.
 * - An undecided truth changes nothing. After a gap longer than `staleAfter` every hold starts anew.
 * - `for` is confirmed by a reading; when that one reading is late, by the clock, on the last known value. Clearing is
 *   confirmed by readings only: no data never clears.
 */
export function step(
  rule: MachineRule,
  state: MachineState,
  input: MachineInput,
): { state: MachineState; effects: Transition[] } {
  const next = nextState(rule, state, input);
  return { state: next, effects: transitionsBetween(state, next) };
}

function nextState(rule: MachineRule, state: MachineState, input: MachineInput): MachineState {
  switch (input.type) {
    case "clock":
      return advance(rule, state, input.at);
    case "error":
      return { ...state, at: Math.max(state.at, input.at), error: input.message };
    case "reading":
      return read(rule, advance(rule, state, input.at - 1), input);
  }
}

/**
 * The state after readings at `first`, …, `last` of which each makes every `when` false and each clearing condition what `clear`
 * says, no two further apart than `staleAfter`: as if they had been read one by one. Nothing is under way before them.
 */
export function passOver(
  rule: MachineRule,
  state: MachineState,
  { first, last, clear }: { first: number; last: number; clear: readonly Truth[] },
): MachineState {
  const when = rule.levels.map(() => false);
  const begun = nextState(rule, state, { type: "reading", at: first, when, clear });
  return { ...begun, at: last, knownAt: last };
}

/** Applies every deadline up to and including `to`, each at its own time, so that the tick's coarseness does not matter. */
function advance(rule: MachineRule, state: MachineState, to: number): MachineState {
  let current = state;
  for (;;) {
    const confirmed = confirmation(rule, current);
    if (confirmed !== null && confirmed <= to) {
      current = enter(rule, { ...current, at: confirmed }, confirmed) ?? current;
      continue;
    }
    const stale = staleDeadline(rule, current);
    if (stale === null || stale > to) return current;
    const overlay = {
      ...current,
      at: stale,
      held: current.held.map(() => null),
      clearing: current.held.map(() => null),
    };
    current = isOpen(current) ? { ...overlay, stale: true } : { ...overlay, condition: "normal" };
  }
}

function staleDeadline(rule: MachineRule, state: MachineState): number | null {
  if (state.knownAt === null || state.stale || state.condition === "normal") return null;
  return state.knownAt + rule.staleAfter;
}

/**
 * When the clock, for want of the next reading, confirms a level above the present one; null when it never does. Only one
 * reading may be wanting: a hold is not made up from silence.
 */
function confirmation(rule: MachineRule, state: MachineState): number | null {
  if (state.knownAt === null || rule.lateAfter >= rule.staleAfter) return null;
  const late = state.knownAt + rule.lateAfter;
  const due = rule.levels.some(({ level, for: duration }, index) => {
    const start = state.held[index] ?? null;
    return start !== null && level > state.level && start + duration <= late;
  });
  return due ? late : null;
}

function read(rule: MachineRule, state: MachineState, input: MachineInput & { type: "reading" }): MachineState {
  const { at } = input;
  if (input.when.every((truth) => truth === null)) return { ...state, at, error: null };
  const gap = state.knownAt !== null && at - state.knownAt > rule.staleAfter;
  const none = gap ? state.held.map(() => null) : [];
  const current: MachineState = {
    ...state,
    at,
    knownAt: at,
    stale: false,
    error: null,
    held: since(gap ? none : state.held, input.when, at),
    clearing: since(gap ? none : state.clearing, input.clear, at),
  };
  return enter(rule, current, at) ?? (isOpen(current) ? leave(rule, current) : waiting(current));
}

/** The same array when nothing changes, which is the usual case. */
function since(before: readonly (number | null)[], truths: readonly Truth[], at: number): readonly (number | null)[] {
  const startOf = (start: number | null, index: number): number | null => {
    const truth = truths[index] ?? null;
    if (truth === null) return start;
    return truth ? (start ?? at) : null;
  };
  return before.every((start, index) => startOf(start, index) === start) ? before : before.map(startOf);
}

function waiting(state: MachineState): MachineState {
  const condition = state.held.some((start) => start !== null) ? "pending" : "normal";
  return condition === state.condition ? state : { ...state, condition };
}

/** Fires or raises to the highest level held for its `for` at `at`; null when that is not above the present level. */
function enter(rule: MachineRule, state: MachineState, at: number): MachineState | null {
  const ready = rule.levels.filter(({ for: duration }, index) => {
    const start = state.held[index] ?? null;
    return start !== null && at - start >= duration;
  });
  const level = ready.at(-1)?.level ?? 0;
  if (level <= state.level) return null;
  return { ...state, condition: "firing", level, episode: episodeAt(rule, state, level, at) };
}

function episodeAt(rule: MachineRule, state: MachineState, level: number, at: number): Episode {
  const last = state.episode;
  if (last && isOpen(state)) return { ...last, peakLevel: Math.max(last.peakLevel, level) };
  if (last?.clearedAt != null && at - last.clearedAt <= rule.reopenWithin) {
    return { ...last, clearedAt: null, peakLevel: Math.max(last.peakLevel, level), flaps: last.flaps + 1 };
  }
  const starts = state.held.filter((start) => start !== null);
  const number = (last?.number ?? 0) + 1;
  return { number, startedAt: Math.min(at, ...starts), firedAt: at, clearedAt: null, peakLevel: level, flaps: 0 };
}

/** Recovers, falls back into firing, or goes down one level. */
function leave(rule: MachineRule, state: MachineState): MachineState {
  const index = rule.levels.findIndex(({ level }) => level === state.level);
  const start = state.clearing[index] ?? null;
  if (start === null) return { ...state, condition: "firing" };
  if (state.at - start < rule.clearFor) return { ...state, condition: "recovering" };
  const lower = rule.levels[index - 1];
  if (!lower) {
    const episode = state.episode && { ...state.episode, clearedAt: state.at };
    return waiting({ ...state, level: 0, episode, clearing: state.clearing.map(() => null) });
  }
  const recovering = (state.clearing[index - 1] ?? null) !== null;
  return { ...state, level: lower.level, condition: recovering ? "recovering" : "firing" };
}
