import { frozenSurprise, newFrozen } from "./frozen.ts";
import type { Frozen } from "./frozen.ts";
import { newHabit, remember, surpriseOf } from "./habit.ts";
import type { Habit } from "./habit.ts";
import { interruptLevel, newLevel, strangeLevel } from "./level.ts";
import type { Level } from "./level.ts";
import { interruptSeason, newSeason, strangeHour } from "./season.ts";
import type { Season } from "./season.ts";
import { interrupt, newShape, strangeShape } from "./shape.ts";
import type { Shape } from "./shape.ts";

const witnesses = ["shape", "hour", "hours", "level"] as const;
type Witness = (typeof witnesses)[number];

/** All that a detector has learned; JSON keeps it exactly. */
export interface AnomalyState {
  readonly version: 1;
  /** Time of the newest reading, ms, and the score it got. */
  time: number | null;
  score: number;
  /** Usual time between readings, ms. */
  interval: number | null;
  /** Readings for which a further alarm is held back. */
  quiet: number;
  /** Alarms so far, older ones fading: a series that alarms often has to do more for the next one. */
  fatigue: number;
  readonly shape: Shape;
  readonly season: Season;
  readonly level: Level;
  readonly frozen: Frozen;
  /** What each strangeness usually is. */
  readonly habits: Record<Witness, Habit>;
}

/**
 * Watches one datastream: four witnesses, each against its own history, and one of frozen values, joined as the root of the sum
 * of squares of their surprises (-log10 of a probability). On 31 files of the Numenta Anomaly Benchmark (standard profile,
 * `pnpm bench nab`) this gives 75.5; 82.4 on every other file, by which the number for an alarm was chosen, 66.1 on the rest.
 *
 * Tried on the way, with the best threshold for those files: one witness alone 60 to 66; the greatest surprise or the sum of the
 * two greatest instead of the root of squares 70.9 to 71.2 against 71.5; without fatigue and with the distance to the median of
 * the hour 70.8, with the nearest three values 73.0; a further witness for the step to the reading before 73.5 against 75.7;
 * half hours or hours instead of quarters 72.7 and 72.5. More in docs/anomalies.md.
 */
export interface AnomalyDetector {
  /**
   * Takes a reading (ms; a value, or null for a period without one) and says how anomalous it is, 0 to 1; an anomaly is to be
   * reported from `anomalyAlarm` on. Readings come in order of time: one that is not newer than the last changes nothing and
   * gets the score of the last. @throws RangeError for a value or time that is not finite or beyond 1e100.
   */
  push(time: number, value: number | null): number;
  /** A copy to be saved; `createAnomalyDetector(state)` goes on from it as if nothing had happened. */
  state(): AnomalyState;
}

/** The score from which an anomaly is to be reported. */
export const anomalyAlarm = 0.5;
/** Joint surprise that is worth an alarm where there was none before: its score is 0.5. */
const alarmSurprise = 3.7;
/** Each alarm raises that by a tenth, which fades over 3,000 readings (ten days of 5-minute readings). */
const fatigueWeight = 0.1;
const fatigueReadings = 3000;
/** Readings after an alarm in which scores are halved: what goes on is known, and what was learned has to settle. */
const quietReadings = 120;
/** A pause of this many usual intervals is a gap. */
const gapIntervals = 12;
/** Squares of larger values would leave the range of numbers; times are those that a date can have. */
const largest = 1e100;
const latestTime = 8.64e15;

export function createAnomalyDetector(saved?: AnomalyState): AnomalyDetector {
  const state = saved ? structuredClone(saved) : newState();
  return {
    push(time, value) {
      check(time, value);
      if (value === null) return 0;
      if (state.time !== null && time <= state.time) return state.score;
      state.score = scoreOf(state, time, value);
      return state.score;
    },
    state: () => structuredClone(state),
  };
}

function newState(): AnomalyState {
  return {
    version: 1,
    time: null,
    score: 0,
    interval: null,
    quiet: 0,
    fatigue: 0,
    shape: newShape(),
    season: newSeason(),
    level: newLevel(),
    frozen: newFrozen(),
    habits: { shape: newHabit(), hour: newHabit(), hours: newHabit(), level: newHabit() },
  };
}

function check(time: number, value: number | null): void {
  if (!Number.isFinite(time) || Math.abs(time) > latestTime) throw new RangeError(`time ${time} is not a time in ms`);
  if (value === null) return;
  if (!Number.isFinite(value) || Math.abs(value) > largest)
    throw new RangeError(`value ${value} at ${new Date(time).toISOString()} is not a number within ±1e100`);
}

function scoreOf(state: AnomalyState, time: number, value: number): number {
  followTime(state, time);
  const strangeness = strangenessOf(state, time, value);
  let squares = frozenSurprise(state.frozen, value) ** 2;
  for (const witness of witnesses) {
    const strange = strangeness[witness];
    if (strange === null) continue;
    const habit = state.habits[witness];
    squares += surpriseOf(habit, strange) ** 2;
    remember(habit, strange);
  }
  return restrained(state, Math.sqrt(squares));
}

/** The score of a joint surprise after what was told before. */
function restrained(state: AnomalyState, surprise: number): number {
  state.fatigue *= 1 - 1 / fatigueReadings;
  const score = surprise / (surprise + alarmSurprise * (1 + fatigueWeight * state.fatigue));
  if (state.quiet > 0) {
    state.quiet--;
    return score / 2;
  }
  if (score >= anomalyAlarm) {
    state.quiet = quietReadings;
    state.fatigue++;
  }
  return score;
}

function strangenessOf(state: AnomalyState, time: number, value: number): Record<Witness, number | null> {
  const hour = strangeHour(state.season, time, value);
  return {
    shape: strangeShape(state.shape, value),
    hour: hour?.now ?? null,
    hours: hour?.lately ?? null,
    level: strangeLevel(state.level, value),
  };
}

/** Learns the usual interval (frugal streaming median, Ma et al. 2013) and starts the short memories anew after a gap. */
function followTime(state: AnomalyState, time: number): void {
  const pause = state.time === null ? null : time - state.time;
  state.time = time;
  if (pause === null) return;
  if (state.interval !== null && pause > gapIntervals * state.interval) {
    interrupt(state.shape);
    interruptSeason(state.season);
    interruptLevel(state.level);
  }
  state.interval ??= pause;
  state.interval *= pause > state.interval ? 1.02 : 1 / 1.02;
}
