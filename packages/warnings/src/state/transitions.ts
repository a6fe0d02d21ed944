import type { AlertEvent } from "@ioc/contracts";
import { isOpen } from "./state.ts";
import type { MachineState } from "./state.ts";

/** One line of an alert's log. `from.condition` is null when there was no alert. */
export interface Transition {
  readonly type: AlertEvent["type"];
  readonly from: AlertEvent["from"];
  readonly to: AlertEvent["to"];
}

/**
 * What is to be told when `after` takes the place of `before`: empty when an alert looks the same in both. The states need
 * not follow each other directly: late readings may have changed the past, which yields the net difference only.
 */
export function transitionsBetween(before: MachineState, after: MachineState): Transition[] {
  if (!isOpen(before) && !isOpen(after)) return [];
  const told: Transition[] = [];
  const from = sideOf(before);
  if (isOpen(before) && (before.stale || before.error !== null) && !after.stale && after.error === null) {
    told.push({ type: "fresh", from, to: { condition: conditionOf(before), level: before.level } });
  }
  const change = changeBetween(before, after);
  if (change) told.push({ type: change, from, to: { condition: conditionOf(after), level: after.level } });
  if (isOpen(after)) {
    const to = { condition: conditionOf(after), level: after.level };
    if (after.stale && !(isOpen(before) && before.stale)) told.push({ type: "stale", from: to, to });
    if (after.error !== null && !(isOpen(before) && before.error === after.error)) {
      told.push({ type: "error", from: to, to });
    }
  }
  return told;
}

function changeBetween(before: MachineState, after: MachineState): Transition["type"] | null {
  if (!isOpen(before)) return reopened(before, after) ? "refired" : "fired";
  if (!isOpen(after)) {
    const known = after.episode !== null && before.episode !== null && after.episode.number >= before.episode.number;
    return known ? "cleared" : "dropped";
  }
  if (after.level > before.level) return "raised";
  if (after.level < before.level) return "lowered";
  if (after.condition !== before.condition) return after.condition === "recovering" ? "recovering" : "refired";
  return pastDiffers(before, after) ? "amended" : null;
}

function reopened(before: MachineState, after: MachineState): boolean {
  return before.episode !== null && before.episode.number === after.episode?.number;
}

function pastDiffers(before: MachineState, after: MachineState): boolean {
  const [a, b] = [before.episode, after.episode];
  return a?.startedAt !== b?.startedAt || a?.firedAt !== b?.firedAt || a?.peakLevel !== b?.peakLevel;
}

function sideOf(state: MachineState): Transition["from"] {
  if (state.condition === "normal") return { condition: null, level: 0 };
  return { condition: state.condition, level: state.level };
}

function conditionOf(state: MachineState): Transition["to"]["condition"] {
  return state.condition === "normal" || state.condition === "pending" ? "cleared" : state.condition;
}
