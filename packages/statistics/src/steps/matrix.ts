import { z } from "zod";
import type { Cell, FrameColumn, LocalizedText } from "@ioc/contracts";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import { compileFormula } from "../formula/compile.ts";
import type { Result, Rows } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { text } from "./parameters.ts";
import { namesOfRows } from "./row-names.ts";
import { formula } from "./rows.ts";
import { subjectsOf } from "./tally-subjects.ts";

const axisParameters = z.strictObject({
  /** Formula of a row that gives its place on the axis; rows without one are left out. */
  of: formula,
  /** The same for views by a column or by areas, where it differs. */
  by: z.record(z.string(), formula).default({}),
  name: text,
  /** Order of the places; others follow by their number of rows. */
  order: z.array(z.string()).default([]),
  /** Names of codes that have none of their own. */
  names: z.record(z.string(), text).default({}),
  /** Most places, those with most rows first. */
  top: z.int().positive().optional(),
});
type AxisParameters = z.infer<typeof axisParameters>;

interface Axis {
  places: readonly string[];
  of: (row: number) => string | null;
  column: FrameColumn;
}

function axisOf(rows: Rows, index: readonly number[], id: "x" | "y", spec: AxisParameters, context: StepContext): Axis {
  const source = spec.by[context.view.group] ?? spec.of;
  const value = compileFormula(source, namesOfRows(rows.columns, context));
  const of = (row: number): string | null => {
    const found = value(row);
    return found === null ? null : String(typeof found === "boolean" ? Number(found) : found);
  };
  const counts = new Map<string, number>();
  for (const row of index) {
    const place = of(row);
    if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const free = [...counts].filter(([place]) => !spec.order.includes(place));
  const sorted = free.sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).map(([place]) => place);
  const agencies = Object.fromEntries(context.network.agencies.map(({ id: agency, name }) => [agency, name]));
  const labels: Record<string, LocalizedText> = { ...agencies, ...rows.labels.get(source), ...spec.names };
  const places = [...spec.order, ...sorted].slice(0, spec.top);
  const known = Object.fromEntries(places.flatMap((place) => (labels[place] ? [[place, labels[place]]] : [])));
  return { places, of, column: { id, name: spec.name, type: "text", role: id, labels: known } };
}

/**
 * Two-way table of a figure over all rows of the view, for a heatmap. Every pair of places has a row of the frame: a count of
 * nothing is 0, other figures of nothing are null. `headline` and `facts` are of all rows.
 */
export const matrix = defineStep({
  op: "matrix",
  doc: {
    vi: "Bảng hai chiều của một con số tính trên các dòng, ví dụ lĩnh vực × tuổi",
    en: "Two-way table of a figure over the rows, category by age for example",
  },
  takes: "rows",
  gives: "result",
  params: z.strictObject({
    x: axisParameters,
    y: axisParameters,
    value: formula,
    valueName: text,
    headline: formula.optional(),
    facts: z.record(z.string(), formula).default({}),
    area: z.string().default("area_code"),
    groups: z.record(z.string(), z.string()).default({}),
  }),
  problems: ({ x, y, value, headline, facts }) =>
    formulaProblems({ x: x.of, y: y.of, ...x.by, ...y.by, value, headline, ...facts }),
  run: (input, { x, y, value, valueName, headline, facts, area, groups }, context): Result => {
    const { now, definition } = context;
    const subjects = subjectsOf(input, { groups, area }, context);
    const index = input.index.filter((row) => subjects.inside(row));
    const names = namesOfRows(input.columns, context);
    const figure = compileAggregate(value, names);
    const [across, down] = [axisOf(input, index, "x", x, context), axisOf(input, index, "y", y, context)];
    const members = Map.groupBy(index, (row) => JSON.stringify([across.of(row), down.of(row)]));
    const rows: Cell[][] = down.places.flatMap((right) =>
      across.places.map((left) => [left, right, figure(members.get(JSON.stringify([left, right])) ?? [], new Map())]),
    );
    const found = new Map<string, number | null>();
    for (const [name, source] of Object.entries(facts)) found.set(name, compileAggregate(source, names)(index, found));
    const total = compileAggregate(headline ?? value, names)(index, found);
    const { unit, decimals } = definition;
    return {
      shape: "result",
      columns: [
        across.column,
        down.column,
        { id: "value", name: valueName, type: "number", unit, decimals, role: "value" },
      ],
      rows,
      value: total,
      previous: null,
      window: { from: now, to: now },
      coverage: 1,
      thresholds: [],
      facts: { ...Object.fromEntries(found), value: total, previous: null },
      finding: null,
      figures: [],
    };
  },
});
