import { calculate } from "./arithmetic.ts";
import { compareValues } from "./compare.ts";
import { setLinks } from "./expression.ts";
import type { Expression, Item } from "./expression.ts";
import { dateFunction } from "./functions/dates.ts";
import { geoFunction } from "./functions/geo.ts";
import { numberFunction } from "./functions/numbers.ts";
import { textFunction } from "./functions/text.ts";
import { readPath, relatedBy } from "./path.ts";
import type { Choices } from "./path.ts";
import { toTruth } from "./values.ts";

/** Ways of choosing related entities that are tried for one entity before it is given up. */
const mostChoices = 100_000;

/** A filter that would try too many combinations of related entities. */
export class QueryTooCostly extends Error {
  constructor() {
    super(`$filter combines more than ${mostChoices} related entities for one entity; filter by fewer links at once`);
    this.name = "QueryTooCostly";
  }
}

const noChoices: Choices = new Map();

/**
 * The value of an expression for one entity; of links that lead to several entities the first one counts.
 *
 * @param now time that `now()` gives, ms since 1970 UTC.
 */
export function evaluate(expression: Expression, item: Item, now: number): unknown {
  return valueOf(expression, { item, now, choices: noChoices });
}

/**
 * Whether the expression is true for the entity.
 *
 * Links to several entities (`Datastreams/name`) match when one choice of related entities makes the whole expression
 * true; the same path means the same entity everywhere, so `Datastreams/name eq 'a' and Datastreams/unit eq 'b'` asks for
 * one datastream with both. Where there is no related entity, its properties are null.
 *
 * @param now time that `now()` gives, ms since 1970 UTC.
 * @throws {QueryTooCostly}
 */
export function matches(expression: Expression, item: Item, now: number): boolean {
  const sets = setsOf(expression);
  const scope: Scope = { item, now, choices: new Map<string, Item | null>() };
  if (sets.length === 0) return valueOf(expression, scope) === true;
  return someChoice(sets, 0, scope, { left: mostChoices }, () => valueOf(expression, scope) === true);
}

interface Scope {
  readonly item: Item;
  readonly now: number;
  readonly choices: Choices;
}

function someChoice(
  sets: readonly (readonly string[])[],
  index: number,
  scope: Scope,
  budget: { left: number },
  test: () => boolean,
): boolean {
  const path = sets[index];
  if (!path) {
    budget.left -= 1;
    if (budget.left < 0) throw new QueryTooCostly();
    return test();
  }
  const key = path.join("/");
  const related = relatedBy(path, scope.item, scope.choices);
  for (const choice of related.length === 0 ? [null] : related) {
    (scope.choices as Map<string, Item | null>).set(key, choice);
    if (someChoice(sets, index + 1, scope, budget, test)) return true;
  }
  (scope.choices as Map<string, Item | null>).delete(key);
  return false;
}

const knownSets = new WeakMap<Expression, readonly (readonly string[])[]>();

/** The paths of the expression that lead to sets, shorter ones before those that go on from them. */
function setsOf(expression: Expression): readonly (readonly string[])[] {
  let sets = knownSets.get(expression);
  if (!sets) {
    const found = new Map<string, readonly string[]>();
    collectSets(expression, found);
    sets = [...found.values()].sort((a, b) => a.length - b.length);
    knownSets.set(expression, sets);
  }
  return sets;
}

function collectSets(expression: Expression, found: Map<string, readonly string[]>): void {
  if (expression.kind === "path") {
    for (const [index, step] of expression.steps.entries()) {
      const path = expression.steps.slice(0, index + 1);
      if (setLinks.has(step)) found.set(path.join("/"), path);
    }
    return;
  }
  for (const part of partsOf(expression)) collectSets(part, found);
}

export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "path":
      return [];
    case "call":
      return expression.args;
    case "comparison":
    case "arithmetic":
      return [expression.left, expression.right];
    case "and":
    case "or":
      return expression.operands;
    case "not":
      return [expression.operand];
    case "in":
      return [expression.value, ...expression.list];
  }
}

function valueOf(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return readPath(expression.steps, scope.item, scope.choices);
    case "comparison":
      return compareValues(expression.operator, valueOf(expression.left, scope), valueOf(expression.right, scope));
    case "arithmetic":
      return calculate(expression.operator, valueOf(expression.left, scope), valueOf(expression.right, scope));
    case "and":
      return all(expression.operands, scope, false);
    case "or":
      return all(expression.operands, scope, true);
    case "not": {
      const truth = toTruth(valueOf(expression.operand, scope));
      return truth === null ? null : !truth;
    }
    case "in":
      return isIn(expression.value, expression.list, scope);
    case "call":
      return call(expression.name, expression.args, scope);
  }
}

/** Kleene's logic: one `decisive` operand decides, else an unknown one makes the whole unknown. */
function all(operands: readonly Expression[], scope: Scope, decisive: boolean): boolean | null {
  let unknown = false;
  for (const operand of operands) {
    const truth = toTruth(valueOf(operand, scope));
    if (truth === decisive) return decisive;
    if (truth === null) unknown = true;
  }
  return unknown ? null : !decisive;
}

function isIn(value: Expression, list: readonly Expression[], scope: Scope): boolean {
  const sought = valueOf(value, scope);
  const values = list.map((part) => valueOf(part, scope));
  return values.flat().some((candidate) => compareValues("eq", sought, candidate) === true);
}

function call(name: string, args: readonly Expression[], scope: Scope): unknown {
  const run = dateFunction(name, scope.now) ?? textFunction(name) ?? numberFunction(name) ?? geoFunction(name);
  if (!run) throw new Error(`the function ${name} has a name and no body`);
  return run(args.map((arg) => valueOf(arg, scope)));
}
