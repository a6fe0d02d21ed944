import type { Alert, LocalizedText, Network, SubjectType } from "@ioc/contracts";
import type { Scope } from "../expression/expression.ts";
import type { Signal } from "../operators/operator.ts";
import type { CompiledRule } from "../rule/compile.ts";
import type { MachineState } from "../state/state.ts";
import type { Transition } from "../state/transitions.ts";

/** What an alert is about. */
export interface About {
  readonly type: SubjectType;
  readonly id: string;
  readonly name: LocalizedText;
  /** Name of the item of the place that it is about, where the rule tells items apart. */
  readonly item?: LocalizedText | undefined;
  /** Units that it lies in, by scheme, narrowest first. */
  readonly areas: Record<string, string[]>;
}

/** One rule on one subject, as what is told of it is described from. */
export interface Run {
  readonly rule: Pick<CompiledRule, "definition" | "levels">;
  /** The open alert, else the newest one, as it is in the store. */
  readonly alert: Alert | null;
  about(network: Network): About;
  /** Values of the signals at a time; null where they are not known. */
  valuesAt(at: number): Map<string, number | null>;
  /** Signals of these names that are taken from readings. */
  signalsOf(names: readonly string[]): readonly Signal[];
}

/** What a run makes of its subject at a time. */
export interface Situation {
  /** What the clock has brought about by then included. */
  readonly state: MachineState;
  /** Event time at which the signals are taken. */
  readonly evaluatedAt: number;
  /** Bounds of the signals then. Throws what evaluating one throws. */
  readonly scope: Scope;
  /** What is told of the signals, where conditions take something else for those that are not known. */
  readonly known?: Scope;
}

/** Something to be told, with the state behind it. `at` is event time. */
export interface Outcome<R extends Run = Run> {
  readonly run: R;
  readonly transition: Transition;
  readonly state: MachineState;
  /** Event time of the readings that the signals were taken from. */
  readonly evaluatedAt: number;
}
