import { z } from "zod";
import type { LocalizedText } from "@ioc/contracts";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import type { Aggregate } from "../formula/aggregate-formula.ts";
import { compileFormula } from "../formula/compile.ts";
import type { Names } from "../formula/compile.ts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put } from "../grid.ts";
import { medianOf } from "../operators/aggregate.ts";
import type { StepContext } from "../step.ts";
import { formula } from "./rows.ts";
import type { Periods } from "./tally-periods.ts";

/** Figures by class: each class becomes a measure of its own. */
export const classParameters = z.strictObject({
  /** Formula of a row that gives its class; rows without one are left out, `others` joins the rest. */
  of: formula,
  /** Name under which the classes are known further on. */
  name: z.string().default("class"),
  /** Figure of a class; each becomes a measure named like the class. */
  value: formula,
  /** Further figures of a class; each becomes a measure `<class>:<name>`. */
  more: z.record(z.string(), formula).default({}),
  /** Order of the classes; others follow by size. */
  order: z.array(z.string()).default([]),
  /** Only classes of `order`. */
  only: z.boolean().default(false),
  /** So many largest classes by name, the rest as `others`. */
  top: z.int().positive().optional(),
  names: z.record(z.string(), z.strictObject({ vi: z.string(), en: z.string() })).default({}),
});

interface Classes {
  name: string;
  ids: string[];
  of: (row: number) => string | null;
  value: Aggregate;
  more: ReadonlyMap<string, Aggregate>;
  names: Readonly<Record<string, LocalizedText>>;
}

const othersName: LocalizedText = { vi: "Khác", en: "Others" };

/**
 * The classes that the rows fall into.
 * @param labels names of codes by column
 * @param total rows of the whole view
 */
export function classesOf(
  names: Names,
  labels: { get(column: string): Readonly<Record<string, LocalizedText>> | undefined },
  spec: z.infer<typeof classParameters> | undefined,
  total: readonly number[],
): Classes | null {
  if (!spec) return null;
  const of = compileFormula(spec.of, names);
  const value = compileAggregate(spec.value, names);
  const idOf = (row: number) => {
    const found = of(row);
    return found === null ? null : typeof found === "boolean" ? String(Number(found)) : String(found);
  };
  const members = new Map<string, number[]>();
  for (const row of total) {
    const id = idOf(row);
    if (id === null) continue;
    const list = members.get(id);
    if (list) list.push(row);
    else members.set(id, [row]);
  }
  const size = (id: string) => value(members.get(id) ?? [], new Map()) ?? 0;
  const free = spec.only ? [] : [...members.keys()].filter((id) => !spec.order.includes(id) && id !== "others");
  const found = [...spec.order, ...free.sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1))];
  const kept = spec.top === undefined || found.length <= spec.top ? found : found.slice(0, spec.top);
  const known = new Set(kept);
  const rest = found.length > kept.length || (members.has("others") && !spec.only);
  return {
    name: spec.name,
    ids: rest ? [...kept, "others"] : kept,
    of: (row) => {
      const id = idOf(row);
      return id === null || known.has(id) ? id : rest ? "others" : null;
    },
    value,
    more: new Map(Object.entries(spec.more).map(([name, source]) => [name, compileAggregate(source, names)])),
    names: { ...labels.get(spec.of), ...(rest ? { others: othersName } : {}), ...spec.names },
  };
}

/** What is worked out over the rows of a subject and period. */
export interface Figures {
  measures: ReadonlyMap<string, Aggregate>;
  classes: Classes | null;
  coverage: Aggregate | "same" | null;
}

/** Share of the usual number of rows in a period: usual is the median of the periods that have some. */
function sameCoverage(cells: readonly (readonly number[])[]): (number | null)[] {
  const usual = medianOf(cells.flatMap((cell) => (cell.length > 0 ? [cell.length] : []))) ?? 0;
  return cells.map((cell) => (usual === 0 ? 0 : Math.min(1, cell.length / usual)));
}

/**
 * Rows of each subject and period become measures: one matrix a name. Below the definition's completeness a figure is null, counts
 * included; so it is in periods that were not counted at all, where nothing is known rather than none.
 *
 * @param counted whether a subject was counted in the period of an end
 */
export function gridOf(
  subjects: ReadonlyMap<string, readonly number[][]>,
  periods: Periods,
  { measures, classes, coverage }: Figures,
  context: StepContext,
  counted: (id: string, end: number) => boolean = () => true,
): Grid {
  const twice = classes?.ids.find((id) => measures.has(id));
  if (twice !== undefined) throw new Error(`"${twice}" is a class and a measure; give the measure another name`);
  const ids = [...subjects.keys()].sort((a, b) => (a < b ? -1 : 1));
  const named = new Map<string, Matrix>();
  const more = (classes?.ids ?? []).flatMap((id) => [...(classes?.more.keys() ?? [])].map((name) => `${id}:${name}`));
  for (const name of [...measures.keys(), ...(classes?.ids ?? []), ...more, "coverage"]) {
    named.set(name, emptyMatrix(ids.length, periods.ends.length));
  }
  const found = new Map<string, number | null>();
  ids.forEach((id, subject) => {
    const cells = subjects.get(id) ?? [];
    const same = coverage === "same" ? sameCoverage(cells) : null;
    cells.forEach((cell, end) => {
      if (!counted(id, end)) {
        put(named, "coverage", subject, end, 0);
        return;
      }
      found.clear();
      const covered = same ? (same[end] ?? 0) : typeof coverage === "function" ? (coverage(cell, found) ?? 0) : 1;
      put(named, "coverage", subject, end, covered);
      if (coverage !== null && covered < context.definition.completeness) return;
      for (const [name, figure] of measures) {
        const value = figure(cell, found);
        found.set(name, value);
        put(named, name, subject, end, value);
      }
      if (!classes) return;
      const byClass = Map.groupBy(cell, (row) => classes.of(row));
      for (const name of classes.ids) {
        const members = byClass.get(name) ?? [];
        put(named, name, subject, end, classes.value(members, found));
        for (const [further, figure] of classes.more)
          put(named, `${name}:${further}`, subject, end, figure(members, found));
      }
    });
  });
  const { now } = context;
  const { from } = periods;
  return {
    shape: "grid",
    ids,
    ends: periods.ends.map((end) => Math.min(end, Number.MAX_SAFE_INTEGER)),
    ...(periods.namedByStart ? { starts: periods.starts } : {}),
    head: periods.head,
    before: periods.before,
    shown: periods.shown,
    window: { from: Number.isFinite(from) ? from : now, to: Math.min(now, periods.ends[periods.head] ?? now) },
    measures: named,
    labels: classes ? { [classes.name]: classes.ids } : {},
    ...(classes ? { names: { [classes.name]: classes.names } } : {}),
  };
}
