import type { Truth } from "../expression/bounds.ts";

/** Durations in ms. `levels` ascend; level numbers need not be 1, 2, 3. */
export interface MachineRule {
  readonly levels: readonly { level: number; for: number }[];
  readonly clearFor: number;
  /** Without a usable reading for this long nothing is known any more. */
  readonly staleAfter: number;
  /** Age of the newest reading at which the next one counts as late; then the clock may confirm a level being held. */
  readonly lateAfter: number;
  /** A new occurrence this soon after clearing reopens the episode instead of starting another. */
  readonly reopenWithin: number;
}

/** One continuous occurrence. Times are event times, ms. */
export interface Episode {
  readonly number: number;
  /** First reading of the hold that led to firing. */
  readonly startedAt: number;
  readonly firedAt: number;
  readonly clearedAt: number | null;
  readonly peakLevel: number;
  /** How often it was reopened. */
  readonly flaps: number;
}

export interface MachineState {
  readonly condition: "normal" | "pending" | "firing" | "recovering";
  /** 0 when normal or pending. */
  readonly level: number;
  /** The newest episode, open or over. */
  readonly episode: Episode | null;
  /** Since when each level's `when` (held) and clearing condition (clearing) have been true without a break. */
  readonly held: readonly (number | null)[];
  readonly clearing: readonly (number | null)[];
  /** Event time of what was applied last, and of the last reading that decided anything. */
  readonly at: number;
  readonly knownAt: number | null;
  /** Overlays: no data for longer than `staleAfter`; the rule itself failed. Neither changes condition or level. */
  readonly stale: boolean;
  readonly error: string | null;
}

/** `when` and `clear` hold one truth a level. A reading's `at` never lies before the state's newest reading. */
export type MachineInput =
  | { type: "reading"; at: number; when: readonly Truth[]; clear: readonly Truth[] }
  | { type: "clock"; at: number }
  | { type: "error"; at: number; message: string };

export function initialState(rule: MachineRule): MachineState {
  const none = rule.levels.map(() => null);
  return {
    condition: "normal",
    level: 0,
    episode: null,
    held: none,
    clearing: none,
    at: -Infinity,
    knownAt: null,
    stale: false,
    error: null,
  };
}

export function isOpen(state: MachineState): boolean {
  return state.condition === "firing" || state.condition === "recovering";
}

/** Whether a stored state can be continued by the rule as it is now. */
export function fits({ levels }: MachineRule, { held, level }: MachineState): boolean {
  return held.length === levels.length && (level === 0 || levels.some((entry) => entry.level === level));
}
