import type { Basis, Severity, WarningDefinition } from "@ioc/contracts";
import { durationMs } from "@ioc/contracts";
import { withoutNoise } from "../expression/bounds.ts";
import type { Bounds, Truth } from "../expression/bounds.ts";
import { clearingOf, compileExpression } from "../expression/expression.ts";
import type { Expression, Scope } from "../expression/expression.ts";

export interface CompiledLevel {
  readonly level: number;
  readonly severity: Severity;
  readonly basis: Basis;
  readonly source: string;
  readonly when: Expression;
  readonly clear: Expression;
  /** ms */
  readonly for: number;
}

/** Levels of a definition, lowest first. Throws when an expression or duration cannot be read. */
export function compileLevels(definition: WarningDefinition): CompiledLevel[] {
  return definition.levels
    .map((level) => ({
      level: level.level,
      severity: level.severity,
      basis: level.basis,
      source: level.source,
      when: compileExpression(level.when),
      clear: level.clear === undefined ? clearingOf(level.when, definition.hysteresis) : compileExpression(level.clear),
      for: milliseconds(level.for ?? definition.for),
    }))
    .sort((a, b) => a.level - b.level);
}

export function milliseconds(duration: string): number {
  const ms = durationMs(duration);
  if (ms === null) throw new Error(`"${duration}" is not an ISO 8601 duration such as PT10M`);
  return ms;
}

/** The level that signal values mean before durations and hysteresis; 0 when no level's `when` is true. */
export function levelOf(levels: readonly CompiledLevel[], scope: Scope): number {
  return levels.findLast((level) => level.when.test(scope) === true)?.level ?? 0;
}

export function truthsOf(levels: readonly CompiledLevel[], scope: Scope): { when: Truth[]; clear: Truth[] } {
  return {
    when: levels.map((level) => level.when.test(scope)),
    clear: levels.map((level) => level.clear.test(scope)),
  };
}

/** Evaluates each signal at most once, and only when an expression asks for it. */
export function scopeOf(signals: ReadonlyMap<string, { value(at: number): Bounds }>, at: number): Scope {
  const known = new Map<string, Bounds>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const signal = signals.get(name);
    if (!signal) throw new Error(`there is no signal "${name}"`);
    const value = withoutNoise(signal.value(at));
    known.set(name, value);
    return value;
  };
}
