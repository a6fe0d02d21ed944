import type { Alert } from "@ioc/contracts";
import type { About, Outcome, Run, Situation } from "../engine/run.ts";
import { exactly } from "../expression/bounds.ts";
import type { Scope } from "../expression/expression.ts";
import { truthsOf } from "../rule/levels.ts";
import { step } from "../state/machine.ts";
import { initialState } from "../state/state.ts";
import type { MachineInput, MachineState } from "../state/state.ts";
import { transitionsBetween } from "../state/transitions.ts";
import type { FrameRule } from "./frame-rule.ts";

/** A rule on rows for one subject. It has no past to play again: each working out of the frame is one step. */
export class FrameRun implements Run {
  readonly rule: FrameRule;
  readonly subject: About;
  /** State as it was last written to the log or found to need no line there. */
  told: MachineState;
  alert: Alert | null = null;
  private present: MachineState;
  private values: ReadonlyMap<string, number | null> = new Map();

  constructor(rule: FrameRule, subject: About) {
    this.rule = rule;
    this.subject = subject;
    this.told = initialState(rule.machine);
    this.present = this.told;
  }

  /** Continues from what the store knows. */
  resume(state: MachineState, alert: Alert): void {
    this.told = state;
    this.present = state;
    this.alert = alert;
  }

  /** Starts anew after an alert whose state cannot be continued; the next one is its successor. */
  rest(alert: Alert): void {
    this.alert = alert;
  }

  settle(alert: Alert): void {
    this.told = this.present;
    this.alert = alert;
  }

  about(): About {
    return this.subject;
  }

  valuesAt(): Map<string, number | null> {
    return new Map([...this.rule.columns.keys()].map((name) => [name, this.values.get(name) ?? null]));
  }

  signalsOf(): [] {
    return [];
  }

  /** What the row of the subject says at `now`. */
  evaluate(values: ReadonlyMap<string, number | null>, now: number): Outcome<FrameRun>[] {
    this.values = values;
    return this.apply({ type: "reading", at: now, ...truthsOf(this.rule.levels, this.scope) });
  }

  /** The frame has no row of the subject any more: nothing is known of it. */
  missing(now: number): Outcome<FrameRun>[] {
    return this.apply({ type: "clock", at: now });
  }

  fail(message: string, now: number): Outcome<FrameRun>[] {
    return this.apply({ type: "error", at: now, message });
  }

  /** What was made of the row when the frame was worked out last; null for an earlier time. */
  situation(at: number): Situation | null {
    if (at < this.present.at) return null;
    const { present, scope, known } = this;
    return { state: present, evaluatedAt: present.at, scope, known };
  }

  private readonly scope: Scope = (name) => {
    if (!this.rule.columns.has(name)) throw new Error(`there is no signal "${name}"`);
    return exactly(this.values.get(name) ?? this.rule.substitutes.get(name) ?? null);
  };

  private readonly known: Scope = (name) => exactly(this.values.get(name) ?? null);

  private apply(input: MachineInput): Outcome<FrameRun>[] {
    if (input.at <= this.present.at) return [];
    this.present = step(this.rule.machine, this.present, input).state;
    const transitions = transitionsBetween(this.told, this.present);
    if (transitions.length === 0) this.told = this.present;
    return transitions.map((transition) => ({
      run: this,
      transition,
      state: this.present,
      evaluatedAt: input.at,
    }));
  }
}
