import type { Alert, Explanation, ExpressionTruth, Network, Verdict } from "@ioc/contracts";
import type { Run, Situation } from "../engine/run.ts";
import { unknown } from "../expression/bounds.ts";
import type { Bounds } from "../expression/bounds.ts";
import type { Expression, Scope } from "../expression/expression.ts";
import type { MachineRule, MachineState } from "../state/state.ts";
import { sentencesOf } from "./sentences.ts";

/** A run whose rule says how its machine is set. */
type ExplainedRun = Run & { readonly rule: { readonly machine: MachineRule } };

/**
 * What a rule makes of a subject and why, from its state and what is known of its signals.
 * @param alert newest alert of the rule on the subject, as it is stored
 */
export function explainRun(
  run: ExplainedRun,
  { state, evaluatedAt, scope, known: told = scope }: Situation,
  at: number,
  alert: Alert | null,
  network: Network,
): Explanation {
  const { definition, levels, machine } = run.rule;
  const { type, id, name } = run.about(network);
  const safe = safely(scope);
  const safelyKnown = safely(told);
  const known: Omit<Explanation, "sentences" | "verdict"> = {
    definition: definition.id,
    subject: { type, id, name },
    at,
    asOf: state.knownAt === null ? null : evaluatedAt,
    condition: state.condition === "normal" ? null : state.condition,
    scale: definition.scale,
    level: state.level,
    error: state.error,
    signals: Object.keys(definition.signals).map((signal) => ({ name: signal, ...shown(safelyKnown(signal)) })),
    levels: levels.map((level, index) => ({
      level: level.level,
      severity: level.severity,
      when: truthOf(level.when, safe),
      for: level.for,
      heldSince: state.held[index] ?? null,
      clear: truthOf(level.clear, safe),
      clearingSince: state.clearing[index] ?? null,
    })),
    clearFor: machine.clearFor,
    staleAfter: machine.staleAfter,
    ...alertAt(alert, at),
  };
  const verdict = verdictOf(state, known.levels, machine.staleAfter, at);
  return { ...known, verdict, sentences: sentencesOf({ ...known, verdict }, definition, network.timezone) };
}

function verdictOf(state: MachineState, levels: Explanation["levels"], staleAfter: number, at: number): Verdict {
  if (state.error !== null) return "error";
  const silent = state.knownAt === null || at - state.knownAt > staleAfter;
  if (state.stale || silent) return "stale";
  if (state.condition !== "normal") return state.condition;
  return levels.some(({ when }) => when.truth === null) ? "undecided" : "quiet";
}

/** The alert that was open at the time, with what suppresses it now. */
function alertAt(alert: Alert | null, at: number): Pick<Explanation, "alert" | "suppressedBy"> {
  const wasOpen = alert !== null && (alert.firedAt ?? Infinity) <= at && at < (alert.clearedAt ?? Infinity);
  return wasOpen ? { alert: alert.id, suppressedBy: alert.suppressedBy } : { alert: null, suppressedBy: [] };
}

function truthOf({ source, terms, test }: Expression, scope: Scope): ExpressionTruth {
  return {
    source,
    truth: test(scope),
    terms: terms.map((term) => ({ source: term.source, truth: term.test(scope) })),
  };
}

/** A signal that cannot be evaluated is not known; that the rule fails is told apart. */
function safely(scope: Scope): Scope {
  return (name) => {
    try {
      return scope(name);
    } catch {
      return unknown;
    }
  };
}

function shown({ low, high }: Bounds): { low: number | null; high: number | null } {
  return { low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null };
}
