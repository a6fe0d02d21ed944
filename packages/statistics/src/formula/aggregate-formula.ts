import { parseFormula } from "@ioc/expressions";
import type { Node } from "@ioc/expressions";
import { percentileOf, sampleDeviation } from "../operators/aggregate.ts";
import { compileNode } from "./compile.ts";
import type { Names } from "./compile.ts";
import { numberOf } from "./value.ts";
import type { Value } from "./value.ts";

/** Works out a figure over some rows of a table; `measures` are the figures worked out before it, by name. */
export type Aggregate = (rows: readonly number[], measures: ReadonlyMap<string, number | null>) => number | null;

type Fold = (values: readonly number[], option: number | null) => number | null;

const sum: Fold = (values) => (values.length === 0 ? null : values.reduce((total, one) => total + one, 0));
const mean: Fold = (values) =>
  values.length === 0 ? null : values.reduce((total, one) => total + one, 0) / values.length;

/** `name(value, condition?)`; `percentile` has the share between. Nulls are skipped, an empty set gives null. */
const folds: Readonly<Record<string, { option: boolean; fold: Fold }>> = {
  sum: { option: false, fold: sum },
  mean: { option: false, fold: mean },
  median: { option: false, fold: (values) => percentileOf(values, 0.5) },
  percentile: { option: true, fold: (values, share) => percentileOf(values, share ?? 0.5) },
  sd: { option: false, fold: sampleDeviation },
  lowest: { option: false, fold: (values) => (values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b))) },
  highest: { option: false, fold: (values) => (values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b))) },
  /** Of the row that comes last in the order of the table. */
  last: { option: false, fold: (values) => values.at(-1) ?? null },
};

/**
 * Compiles a figure over rows: `count()`, `count(condition)`, `distinct(value, condition?)` and the folds above take formulas
 * of a row; around them stand arithmetic, functions and the names of figures worked out before. Counts of nothing are 0,
 * everything else of nothing is null.
 *
 * @param rows names of a row
 * @throws Error when it cannot be read or names something unknown
 */
export function compileAggregate(source: string, rows: Names): Aggregate {
  const current: { rows: readonly number[]; measures: ReadonlyMap<string, number | null> } = {
    rows: [],
    measures: new Map(),
  };
  const names: Names = {
    context: rows.context,
    at: (name) => () => {
      const known = current.measures.get(name);
      if (known === undefined) throw new Error(`there is no figure "${name}" before this one`);
      return known;
    },
    call: (name, args) => aggregateCall(name, args, rows, () => current.rows),
  };
  const run = compileNode(parseFormula(source), names);
  return (selected, measures) => {
    current.rows = selected;
    current.measures = measures;
    return numberOf(run(0));
  };
}

function aggregateCall(
  name: string,
  args: readonly Node[],
  rows: Names,
  selected: () => readonly number[],
): (() => Value) | undefined {
  if (name === "count") {
    const [condition] = args.map((node) => compileNode(node, rows));
    if (!condition) return () => selected().length;
    return () => selected().reduce((count, row) => (condition(row) === true ? count + 1 : count), 0);
  }
  if (name === "distinct") {
    const [of, condition] = args.map((node) => compileNode(node, rows));
    if (!of) throw new Error(`"distinct" takes a value`);
    return () => {
      const seen = new Set<Value>();
      for (const row of selected()) if (!condition || condition(row) === true) seen.add(of(row));
      seen.delete(null);
      return seen.size;
    };
  }
  if (name === "weighted") return weightedCall(args, rows, selected);
  const known = Object.hasOwn(folds, name) ? folds[name] : undefined;
  if (!known) return undefined;
  const [of, second, third] = args.map((node) => compileNode(node, rows));
  if (!of) throw new Error(`"${name}" takes a value`);
  const option = known.option ? second : undefined;
  const condition = known.option ? third : second;
  return () => {
    const values: number[] = [];
    let others = false;
    for (const row of selected()) {
      const one = numberOf(of(row));
      if (one === null) continue;
      if (condition && condition(row) !== true) others = true;
      else values.push(one);
    }
    // Of known amounts of which none counts the sum is 0; of nothing known it is not known.
    if (known.fold === sum && values.length === 0 && others) return 0;
    return known.fold(values, option ? numberOf(option(0)) : null);
  };
}

/** `weighted(value, weight, share)`: the value up to which the given share of the weight lies, from the smallest value on. */
function weightedCall(args: readonly Node[], rows: Names, selected: () => readonly number[]): () => Value {
  const [of, weigh, share] = args.map((node) => compileNode(node, rows));
  if (!of || !weigh || !share) throw new Error(`"weighted" takes a value, a weight and a share`);
  return () => {
    const pairs = selected().flatMap((row) => {
      const [value, weight] = [numberOf(of(row)), numberOf(weigh(row))];
      return value === null || weight === null || weight <= 0 ? [] : [{ value, weight }];
    });
    pairs.sort((a, b) => a.value - b.value);
    const wanted = pairs.reduce((sum, { weight }) => sum + weight, 0) * (numberOf(share(0)) ?? 0.5);
    let reached = 0;
    for (const { value, weight } of pairs) {
      reached += weight;
      if (reached >= wanted) return value;
    }
    return null;
  };
}
