import type { Alert, Network } from "@ioc/contracts";
import { shownValue, withoutNoise } from "../expression/bounds.ts";
import type { Truth } from "../expression/bounds.ts";
import type { Signal } from "../operators/operator.ts";
import { scopeOf, truthsOf } from "../rule/levels.ts";
import type { CompiledRule, Subject } from "../rule/compile.ts";
import { passOver, step } from "../state/machine.ts";
import { initialState } from "../state/state.ts";
import type { MachineState } from "../state/state.ts";
import { transitionsBetween } from "../state/transitions.ts";
import { areasOf } from "./areas.ts";
import type { Readings } from "./recent-readings.ts";
import type { About, Outcome, Run, Situation } from "./run.ts";

/** How far ahead of the city's time a reading may be and still count at once, ms. */
const clockSkew = 60_000;

/** States behind the horizon that are kept until they are forgotten together. */
const trimmedAtOnce = 64;

/** States kept within a horizon: between them the readings are played again. */
const statesKept = 128;

/** Least distance of kept states, ms. A late reading plays again at most the readings of that long. */
export function spacingOf(rule: Pick<CompiledRule, "horizon">): number {
  return rule.horizon / statesKept;
}

/**
 * One rule on one subject. Its state is a pure function of the readings within the rule's horizon, whatever order they
 * came in: a late reading rewinds to the state before it and plays on. What has been told (`told`) is kept apart; only the
 * difference to it is told again.
 */
export class SubjectRun implements Run {
  readonly rule: CompiledRule;
  readonly subject: Subject;
  /** State as it was last written to the log or found to need no line there. */
  told: MachineState;
  /** The open alert, else the newest one, as it is in the store. */
  alert: Alert | null = null;
  private readonly readings: Readings;
  /**
   * States within the horizon, oldest first, at least a spacing apart but for the last, which is that of the newest
   * evaluation; the first is what everything rests on. Readings are kept, so a state in between is worked out again.
   */
  private history: MachineState[];
  private readonly spacing: number;
  /** Time of the oldest evaluation: readings before it were history already when the run began. */
  private begun = Infinity;
  private present: MachineState;
  /** Times of readings whose clocks run ahead: they wait until it is that time. */
  private readonly ahead = new Set<number>();

  constructor(rule: CompiledRule, subject: Subject, readings: Readings) {
    this.rule = rule;
    this.subject = subject;
    this.readings = readings;
    this.spacing = spacingOf(rule);
    this.told = initialState(rule.machine);
    this.present = this.told;
    this.history = [this.told];
  }

  about(network: Network): About {
    const { station } = this.subject;
    return { type: "station", id: station.id, name: station.name, areas: areasOf(network, station) };
  }

  valuesAt(at: number): Map<string, number | null> {
    return new Map([...this.subject.signals].map(([name, signal]) => [name, valueOr(signal, at)]));
  }

  signalsOf(names: readonly string[]): Signal[] {
    return names.flatMap((name) => this.subject.signals.get(name) ?? []);
  }

  /** Continues from what the store knows. */
  resume(state: MachineState, alert: Alert): void {
    this.told = state;
    this.present = state;
    this.history = [state];
    this.alert = alert;
  }

  /** Starts anew after an alert whose state cannot be continued; the next one is its successor. */
  rest(alert: Alert): void {
    this.alert = alert;
  }

  /** What was found has been committed. */
  settle(alert: Alert): void {
    this.told = this.present;
    this.alert = alert;
  }

  /** Why the newest evaluation failed; null when it did not. */
  get error(): string | null {
    return this.last().error;
  }

  /** Whether the passing of time alone may change something. */
  get underWay(): boolean {
    return this.ahead.size > 0 || this.present.condition !== "normal" || this.told.condition !== "normal";
  }

  /** States in memory. */
  get statesHeld(): number {
    return this.history.length;
  }

  /** Where an evaluation may rewind to at most. */
  get base(): number {
    return this.history[0]?.at ?? -Infinity;
  }

  /**
   * Readings of the subject at `times`, and others that bear on evaluations from `from` on, are new. Evaluates again from
   * there; older than the horizon before `now` nothing is evaluated, so that back-filled history tells nothing.
   */
  readingsChanged(from: number, times: Iterable<number>, now: number): Outcome<SubjectRun>[] {
    const floor = Math.max(this.base, now - this.rule.horizon);
    const due: number[] = [];
    for (const time of times) {
      if (time <= now + clockSkew) due.push(time);
      else this.ahead.add(time);
    }
    const affected = this.evaluationTimes(Math.max(from, floor + 1), due);
    if (affected.length === 0) return [];
    const played = affected.map((at) => this.evaluate(this.last(), at));
    this.trim(now);
    return this.tell(played, now);
  }

  /** Lets the clock pass: deadlines of holds and of missing data. */
  clock(now: number): Outcome<SubjectRun>[] {
    const due = [...this.ahead].filter((time) => time <= now);
    if (due.length === 0) return this.tell([], now);
    for (const time of due) this.ahead.delete(time);
    return this.readingsChanged(Math.min(...due), due, now);
  }

  /** Evaluates at `now` a rule whose signals change with the clock. */
  evaluateNow(now: number): Outcome<SubjectRun>[] {
    if (now <= this.base) return [];
    const state = this.play(this.last(), now);
    this.history = [state];
    this.present = state;
    return this.outcomes(this.told, state, now);
  }

  /**
   * Takes for evaluated at `first`, …, `last` a rule whose signals change with the clock, where that is known to find no level's
   * condition true and `clear` of the clearing ones, while nothing is under way; see {@link passOver}.
   */
  passOver(stretch: { first: number; last: number; clear: readonly Truth[] }): void {
    const state = passOver(this.rule.machine, this.last(), stretch);
    this.history = [state];
    this.present = state;
    this.told = state;
  }

  /**
   * What is made of the subject at a time, nothing being changed: the readings since the state kept before it are played again.
   * Null when that lies further back than the rule looks.
   */
  situation(at: number, now: number): Situation | null {
    if (at < now - this.rule.horizon) return null;
    const kept = this.history.findLast((state) => state.at <= at);
    if (!kept) return null;
    let state = kept;
    if (this.rule.clockDriven) state = at > kept.at ? this.play(kept, at) : kept;
    else {
      const times = this.subject.own.flatMap((id) => this.readings.within(id, kept.at, at).map(({ time }) => time));
      const due = [...new Set(times)].filter((time) => time > kept.at && time >= this.begun && this.isPresent(time));
      for (const time of due.sort((a, b) => a - b)) state = this.play(state, time);
    }
    const evaluatedAt = state.at === -Infinity ? at : state.at;
    return {
      state: step(this.rule.machine, state, { type: "clock", at }).state,
      evaluatedAt,
      scope: scopeOf(this.subject.signals, evaluatedAt),
    };
  }

  private last(): MachineState {
    return this.history.at(-1) ?? this.told;
  }

  private evaluate(before: MachineState, at: number): MachineState {
    const state = this.play(before, at);
    this.begun = Math.min(this.begun, at);
    const kept = this.history.length;
    if (kept > 1 && state.at - this.history[kept - 2]!.at < this.spacing) this.history[kept - 1] = state;
    else this.history.push(state);
    return state;
  }

  private play(before: MachineState, at: number): MachineState {
    try {
      const truths = truthsOf(this.rule.levels, scopeOf(this.subject.signals, at));
      return step(this.rule.machine, before, { type: "reading", at, ...truths }).state;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return step(this.rule.machine, before, { type: "error", at, message }).state;
    }
  }

  /**
   * Times to be evaluated when something changed from `from` on, with the history cut to the state they rest on. As a rule only
   * the new one: nothing is younger.
   */
  private evaluationTimes(from: number, added: readonly number[]): number[] {
    const [only] = added;
    if (added.length === 1 && only! >= from && only! > this.last().at) return this.isPresent(only!) ? [only!] : [];
    const due = added.filter((time) => time >= from);
    // Without a younger evaluation there is nothing to play again.
    const first = Math.min(...due, from <= this.last().at ? from : Infinity);
    if (first === Infinity) return [];
    const keep = Math.max(1, this.history.findLastIndex((state) => state.at < first) + 1);
    const played = this.history.length > keep ? this.last().at : -Infinity;
    const rest = this.history[keep - 1]!.at;
    const times = new Set(due);
    for (const datastream of this.subject.own) {
      for (const { time } of this.readings.within(datastream, Math.max(rest, this.begun - 1), played)) times.add(time);
    }
    const present = [...times].filter((time) => time > rest && this.isPresent(time)).sort((a, b) => a - b);
    if (present.length > 0 || played > -Infinity) this.history.length = keep;
    return present;
  }

  private isPresent(time: number): boolean {
    return this.subject.own.some((datastream) => this.readings.latest(datastream, time)?.time === time);
  }

  /** Forgets states behind the horizon, some at a time: what is kept longer changes nothing. */
  private trim(now: number): void {
    const oldest = Math.max(this.last().at, now) - this.rule.horizon;
    if ((this.history[trimmedAtOnce]?.at ?? Infinity) > oldest) return;
    this.history.splice(
      0,
      this.history.findLastIndex((state) => state.at <= oldest),
    );
  }

  /** Steps that come after what was told are told one by one; rewritten past only by its net difference. */
  private tell(played: readonly MachineState[], now: number): Outcome<SubjectRun>[] {
    const outcomes: Outcome<SubjectRun>[] = [];
    let told = this.told;
    for (const state of played) {
      if (state.at <= told.at) continue;
      outcomes.push(...this.outcomes(told, state, state.at));
      told = state;
    }
    const last = this.last();
    this.present = step(this.rule.machine, last, { type: "clock", at: now }).state;
    outcomes.push(...this.outcomes(told, this.present, last.at));
    return outcomes;
  }

  private outcomes(from: MachineState, state: MachineState, evaluatedAt: number): Outcome<SubjectRun>[] {
    const transitions = transitionsBetween(from, state);
    if (transitions.length === 0) {
      // Nothing to write, so nothing to wait for.
      if (from === this.told) this.told = state;
      return [];
    }
    return transitions.map((transition) => ({ run: this, transition, state, evaluatedAt }));
  }
}

/** A signal that cannot be calculated is part of what the evidence shows. */
function valueOr(signal: Signal, at: number): number | null {
  try {
    return shownValue(withoutNoise(signal.value(at)));
  } catch {
    return null;
  }
}
