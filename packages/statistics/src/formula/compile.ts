import { isTruth, parseFormula } from "@ioc/expressions";
import type { Node, TruthNode, ValueNode } from "@ioc/expressions";
import { functions } from "./functions.ts";
import type { FunctionContext } from "./functions.ts";
import { calculate, compare } from "./value.ts";
import type { Value } from "./value.ts";

/** Gives a name its value at a place: a row of a table, an interval of a grid. */
export type NameAt = (name: string) => (place: number) => Value;

/** Takes over calls that mean something of their own; undefined leaves the call to the functions. */
export type CallAt = (name: string, args: readonly Node[]) => ((place: number) => Value) | undefined;

export interface Names {
  at: NameAt;
  call?: CallAt;
  context: FunctionContext;
}

/**
 * Compiles a formula once for many places. Names are resolved at compile time.
 *
 * @throws {ExpressionError} when it cannot be read
 * @throws Error when it names something unknown or calls a function with a wrong number of arguments
 */
export function compileFormula(source: string, names: Names): (place: number) => Value {
  return compileNode(parseFormula(source), names);
}

/** As {@link compileFormula}, for a part of a formula. */
export function compileNode(node: Node, names: Names): (place: number) => Value {
  return isTruth(node) ? truth(node, names) : value(node, names);
}

function truth(node: TruthNode, names: Names): (place: number) => boolean | null {
  switch (node.type) {
    case "not": {
      const of = truth(node.of, names);
      return (place) => negated(of(place));
    }
    case "and": {
      const [left, right] = [truth(node.left, names), truth(node.right, names)];
      return (place) => {
        const first = left(place);
        return first === false ? false : both(first, right(place));
      };
    }
    case "or": {
      const [left, right] = [truth(node.left, names), truth(node.right, names)];
      return (place) => {
        const first = left(place);
        return first === true ? true : negated(both(negated(first), negated(right(place))));
      };
    }
    case "among": {
      const of = value(node.value, names);
      const options = node.options.map((option) => value(option, names));
      return (place) => {
        const known = of(place);
        if (known === null) return null;
        for (const option of options) if (compare("==", known, option(place)) === true) return true;
        return false;
      };
    }
    case "comparison": {
      const [left, right] = [value(node.left, names), value(node.right, names)];
      // `x == null` asks whether x is known.
      if (node.right.type === "nothing" || node.left.type === "nothing") {
        const asked = node.right.type === "nothing" ? left : right;
        if (node.operator === "==") return (place) => asked(place) === null;
        if (node.operator === "!=") return (place) => asked(place) !== null;
      }
      return (place) => compare(node.operator, left(place), right(place));
    }
  }
}

const negated = (of: boolean | null) => (of === null ? null : !of);

function both(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
}

/** A part without names is the same everywhere: it is worked out once, at the first place. */
function value(node: ValueNode, names: Names): (place: number) => Value {
  const run = varying(node, names);
  if (!isConstant(node, names)) return run;
  let known: Value | undefined;
  return (place) => (known === undefined ? (known = run(place)) : known);
}

function isConstant(node: Node, names: Names): boolean {
  if (isTruth(node) || node.type === "name") return false;
  if (node.type === "arithmetic") return isConstant(node.left, names) && isConstant(node.right, names);
  // A call that means something of its own may look at the place.
  return node.type !== "call" || (!names.call && node.arguments.every((one) => isConstant(one, names)));
}

function varying(node: ValueNode, names: Names): (place: number) => Value {
  switch (node.type) {
    case "number":
    case "text": {
      const constant = node.value;
      return () => constant;
    }
    case "nothing":
      return () => null;
    case "name":
      return names.at(node.name);
    case "arithmetic": {
      const [left, right] = [value(node.left, names), value(node.right, names)];
      const { operator } = node;
      return (place) => calculate(operator, left(place), right(place));
    }
    case "call":
      return names.call?.(node.name, node.arguments) ?? call(node.name, node.arguments, names);
  }
}

function call(name: string, args: readonly Node[], names: Names): (place: number) => Value {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw new Error(`there is no function "${name}"; known: ${Object.keys(functions).join(", ")}`);
  if (args.length < known.least || args.length > known.most) {
    const wanted = known.least === known.most ? String(known.least) : `${known.least} to ${known.most}`;
    throw new Error(`"${name}" takes ${wanted} values, not ${args.length}`);
  }
  const parts = args.map((node) => compileNode(node, names));
  const { context } = names;
  // One list for all places: no function keeps it.
  const values: Value[] = parts.map(() => null);
  return (place) => {
    for (let i = 0; i < parts.length; i++) values[i] = parts[i]!(place);
    return known.run(values, context);
  };
}
