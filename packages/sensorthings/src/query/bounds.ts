import { evaluate, partsOf } from "./evaluate.ts";
import type { ComparisonOperator, Expression, Item } from "./expression.ts";
import { isInstant, isInterval } from "./values.ts";

/** What of a filter can be asked of a store by time. */
export interface ObservationBounds {
  /** Readings with `from < t <= to`, ms since 1970 UTC; ±Infinity where open. */
  from: number;
  to: number;
  /** What is left to test; null: nothing. */
  rest: Expression | null;
}

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: "eq",
  ne: "ne",
  gt: "lt",
  ge: "le",
  lt: "gt",
  le: "ge",
};

/**
 * Takes comparisons of `phenomenonTime` with an instant out of a filter where they are joined by `and`.
 *
 * The bounds hold for observations whose phenomenonTime is an instant. For an observation over an interval they are not
 * exact: test it with the whole filter.
 *
 * @param now time that `now()` gives, ms since 1970 UTC; without it a comparison with `now()` is left to test.
 */
export function observationBounds(expression: Expression | null, now?: number): ObservationBounds {
  const bounds = { from: -Infinity, to: Infinity };
  const rest = (expression ? operandsOf(expression) : []).filter((operand) => {
    const taken = boundsOf(operand, now);
    if (!taken) return true;
    bounds.from = Math.max(bounds.from, taken.from);
    bounds.to = Math.min(bounds.to, taken.to);
    return false;
  });
  return { ...bounds, rest: joined(rest) };
}

function operandsOf(expression: Expression): Expression[] {
  return expression.kind === "and" ? expression.operands.flatMap(operandsOf) : [expression];
}

function joined(operands: readonly Expression[]): Expression | null {
  if (operands.length === 0) return null;
  return operands.length === 1 && operands[0] ? operands[0] : { kind: "and", operands };
}

interface Bounds {
  from: number;
  to: number;
}

function boundsOf(expression: Expression, now: number | undefined): Bounds | null {
  if (expression.kind === "call") return boundsOfDuring(expression.name, expression.args, now);
  if (expression.kind !== "comparison") return null;
  const { operator, left, right } = expression;
  if (isPhenomenonTime(left)) return boundsFor(operator, constantOf(right, now));
  return isPhenomenonTime(right) ? boundsFor(mirrored[operator], constantOf(left, now)) : null;
}

function isPhenomenonTime(expression: Expression | undefined): boolean {
  return expression?.kind === "path" && expression.steps.length === 1 && expression.steps[0] === "phenomenonTime";
}

const nothing: Item = { get: () => null, related: () => null };

/** The value of what names no property (`now() sub duration'PT1H'`), else null. */
function constantOf(expression: Expression | undefined, now: number | undefined): unknown {
  return expression && isConstant(expression, now) ? evaluate(expression, nothing, now ?? 0) : null;
}

function isConstant(expression: Expression, now: number | undefined): boolean {
  if (expression.kind === "path") return false;
  if (expression.kind === "call" && expression.name === "now" && now === undefined) return false;
  return partsOf(expression).every((part) => isConstant(part, now));
}

/** Times are whole milliseconds: `t >= x` is `t > x - 1`. */
function boundsFor(operator: ComparisonOperator, value: unknown): Bounds | null {
  if (!isInstant(value) || operator === "ne") return null;
  const { ms } = value;
  switch (operator) {
    case "gt":
      return { from: ms, to: Infinity };
    case "ge":
      return { from: ms - 1, to: Infinity };
    case "lt":
      return { from: -Infinity, to: ms - 1 };
    case "le":
      return { from: -Infinity, to: ms };
    case "eq":
      return { from: ms - 1, to: ms };
  }
}

function boundsOfDuring(name: string, args: readonly Expression[], now: number | undefined): Bounds | null {
  if (name !== "during" || !isPhenomenonTime(args[0])) return null;
  const span = constantOf(args[1], now);
  return isInterval(span) ? { from: span.from - 1, to: span.to - 1 } : null;
}
