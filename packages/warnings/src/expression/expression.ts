import { and, calculate, compare, exactly, not, or } from "./bounds.ts";
import type { Bounds, Truth } from "./bounds.ts";
import { parseCondition } from "@ioc/expressions";
import type { Comparison, TruthNode, ValueNode } from "@ioc/expressions";

/** What is known of each named signal. */
export type Scope = (signal: string) => Bounds;

export interface Expression {
  /** As it can be written and read again. */
  readonly source: string;
  readonly signals: ReadonlySet<string>;
  /** The comparisons it is made of, in the order they are written. */
  readonly terms: readonly Term[];
  /** Three-valued: null when what is known of the signals does not decide it. */
  test(scope: Scope): Truth;
}

/** One comparison of an expression. */
export interface Term {
  readonly source: string;
  test(scope: Scope): Truth;
}

/**
 * Compiles a condition once.
 *
 * @throws {ExpressionError} when it cannot be read.
 */
export function compileExpression(source: string): Expression {
  return expressionOf(parseCondition(source), source);
}

/**
 * The condition for leaving a level when none is written: `when` is false with every threshold moved back by `hysteresis`
 * towards normal (down for `>=` and `>`, up for `<=` and `<`; the other way round under `not`).
 */
export function clearingOf(when: string, hysteresis: number): Expression {
  const node: TruthNode = { type: "not", of: relaxed(parseCondition(when), hysteresis) };
  return expressionOf(node, written(node));
}

function expressionOf(node: TruthNode, source: string): Expression {
  const signals = new Set<string>();
  const run = truthOf(node, signals);
  const terms = comparisonsOf(node).map((one) => ({ source: written(one), test: truthOf(one, new Set()) }));
  return { source, signals, terms, test: run };
}

function comparisonsOf(node: TruthNode): TruthNode[] {
  if (node.type === "not") return comparisonsOf(node.of);
  if (node.type === "and" || node.type === "or") return [...comparisonsOf(node.left), ...comparisonsOf(node.right)];
  return [node];
}

function truthOf(node: TruthNode, signals: Set<string>): (scope: Scope) => Truth {
  if (node.type === "among") throw notInConditions();
  if (node.type === "not") {
    const inner = truthOf(node.of, signals);
    return (scope) => not(inner(scope));
  }
  if (node.type === "comparison") {
    const left = numberOf(node.left, signals);
    const right = numberOf(node.right, signals);
    return (scope) => compare(node.operator, left(scope), right(scope));
  }
  const left = truthOf(node.left, signals);
  const right = truthOf(node.right, signals);
  return node.type === "and" ? (scope) => and(left(scope), right(scope)) : (scope) => or(left(scope), right(scope));
}

function numberOf(node: ValueNode, signals: Set<string>): (scope: Scope) => Bounds {
  if (node.type === "number") {
    const value = exactly(node.value);
    return () => value;
  }
  if (node.type === "name") {
    signals.add(node.name);
    return (scope) => scope(node.name);
  }
  if (node.type !== "arithmetic") throw notInConditions();
  const left = numberOf(node.left, signals);
  const right = numberOf(node.right, signals);
  return (scope) => calculate(node.operator, left(scope), right(scope));
}

function relaxed(node: TruthNode, by: number): TruthNode {
  if (node.type === "not") return { type: "not", of: relaxed(node.of, -by) };
  if (node.type === "among") throw notInConditions();
  if (node.type !== "comparison") return { ...node, left: relaxed(node.left, by), right: relaxed(node.right, by) };
  // The threshold is the side without signals; with signals on both sides, the right one.
  if (!hasSignal(node.left) && hasSignal(node.right)) {
    return { ...node, left: moved(node.left, -shift(node.operator, by)) };
  }
  return { ...node, right: moved(node.right, shift(node.operator, by)) };
}

function shift(operator: Comparison, by: number): number {
  if (operator === ">=" || operator === ">") return -by;
  return operator === "<=" || operator === "<" ? by : 0;
}

function moved(node: ValueNode, by: number): ValueNode {
  if (by === 0) return node;
  // Twelve digits are more than any threshold has; they hide binary fractions such as 0.15000000000000002.
  if (node.type === "number") return { type: "number", value: Number((node.value + by).toPrecision(12)) };
  return {
    type: "arithmetic",
    operator: by < 0 ? "-" : "+",
    left: node,
    right: { type: "number", value: Math.abs(by) },
  };
}

function hasSignal(node: ValueNode): boolean {
  if (node.type === "arithmetic") return hasSignal(node.left) || hasSignal(node.right);
  return node.type === "name";
}

function written(node: TruthNode | ValueNode): string {
  switch (node.type) {
    case "number":
      return String(node.value);
    case "name":
      return node.name;
    case "text":
    case "nothing":
    case "call":
    case "among":
      throw notInConditions();
    case "not":
      return `not (${written(node.of)})`;
    case "comparison":
      return `${written(node.left)} ${node.operator} ${written(node.right)}`;
    case "arithmetic":
      return `(${written(node.left)} ${node.operator} ${written(node.right)})`;
    case "and":
    case "or":
      return `(${written(node.left)} ${node.type} ${written(node.right)})`;
  }
}

/** The reader of conditions makes no texts, lists or calls. */
function notInConditions(): Error {
  return new Error("a condition compares numbers only");
}
