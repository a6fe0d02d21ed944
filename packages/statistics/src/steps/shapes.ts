import { z } from "zod";
import type { Cell, FrameColumn } from "@ioc/contracts";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import { compileFormula } from "../formula/compile.ts";
import type { Grid, Grouped, Result } from "../grid.ts";
import { at, rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { measureName, text } from "./parameters.ts";
import { namesOfRows } from "./row-names.ts";
import { formula } from "./rows.ts";
import { periodParameters, periodsOf } from "./tally-periods.ts";
import { subjectsOf } from "./tally-subjects.ts";
import { subjectColumn } from "./subject-column.ts";
import { factsOfTotal, latestRows, tableParameters } from "./table.ts";

/** What every result made of groups has besides its rows: headline, window, coverage, facts. */
export function resultOf(input: Grouped, headline: string): Omit<Result, "columns" | "rows"> {
  const { total } = input;
  const value = at(total, headline, 0, total.head);
  const previous = at(total, headline, 0, total.before);
  return {
    shape: "result",
    value,
    previous,
    window: total.window,
    coverage: rowOf(total, "coverage", 0)[total.head] ?? null,
    thresholds: [],
    facts: { ...factsOfTotal(input), value, previous },
    finding: null,
    figures: [],
  };
}

/** Subjects by a measure at the head, largest first; those without a value last. */
function ranked(grid: Grid, measure: string): number[] {
  const value = (subject: number) => at(grid, measure, subject, grid.head) ?? -Infinity;
  return grid.ids.map((_, subject) => subject).sort((a, b) => value(b) - value(a) || a - b);
}

/** Measures as the axes of a radar: of the whole view, and of the largest subjects, or a table of all, when there are several. */
export const radar = defineStep({
  op: "radar",
  doc: { vi: "Các đại lượng thành trục của biểu đồ mạng nhện", en: "Measures become the axes of a radar chart" },
  takes: "grouped",
  gives: "result",
  params: z.strictObject({
    axes: z.array(z.strictObject({ measure: measureName, name: text, max: z.number().positive().optional() })).min(3),
    headline: measureName,
    /** Subjects beside each other, largest headline first. */
    top: z.int().min(1).max(6).default(4),
    /** Unit of the axes when it is not that of the definition. */
    unit: z.string().optional(),
    decimals: z.int().optional(),
    /** Instead of their profiles: the table of several subjects. */
    table: tableParameters.optional(),
  }),
  run: (input, { axes, headline, top, unit, decimals, table }, context): Result => {
    const { group } = context.view;
    const several = input.groups.ids.length > 1 && group !== "city";
    if (several && table) return { ...resultOf(input, headline), ...latestRows(input.groups, table, context) };
    const columns: FrameColumn[] = [
      {
        id: "axis",
        name: { vi: "Trục", en: "Axis" },
        type: "text",
        role: "x",
        labels: Object.fromEntries(axes.map((axis) => [axis.measure, axis.name])),
      },
      ...(several ? [subjectColumn(group, "series", input.groups)] : []),
      {
        id: "value",
        name: { vi: "Giá trị", en: "Value" },
        type: "number",
        unit: unit ?? context.definition.unit,
        decimals: decimals ?? context.definition.decimals,
        role: "value",
      },
      {
        id: "max",
        name: { vi: "Tối đa", en: "Maximum" },
        type: "number",
        unit: unit ?? context.definition.unit,
        role: "max",
      },
    ];
    const rowsFor = (grid: Grid, subject: number): Cell[][] =>
      axes.map(({ measure, max }) => [
        measure,
        ...(several ? [grid.ids[subject] as string] : []),
        at(grid, measure, subject, grid.head),
        max ?? null,
      ]);
    const rows = several
      ? ranked(input.groups, headline)
          .slice(0, top)
          .flatMap((subject) => rowsFor(input.groups, subject))
      : rowsFor(input.total, 0);
    return { ...resultOf(input, headline), columns, rows };
  },
});

const ends = {
  from: { vi: "Từ", en: "From" },
  to: { vi: "Đến", en: "To" },
  value: { vi: "Lượng", en: "Amount" },
};

/** Measures as flows between named ends, of the whole view at the head. */
export const links = defineStep({
  op: "links",
  doc: { vi: "Các đại lượng thành dòng chảy giữa hai đầu có tên", en: "Measures become flows between named ends" },
  takes: "grouped",
  gives: "result",
  params: z.strictObject({
    flows: z.array(z.strictObject({ from: z.string(), to: z.string(), measure: measureName })).min(1),
    names: z.record(z.string(), text),
    headline: measureName,
  }),
  run: (input, { flows, names, headline }, { definition }): Result => {
    const { total } = input;
    const rows: Cell[][] = flows.flatMap(({ from, to, measure }) => {
      const value = at(total, measure, 0, total.head);
      return value !== null && value <= 0 ? [] : [[from, to, value]];
    });
    const columns: FrameColumn[] = [
      { id: "from", name: ends.from, type: "text", role: "from", labels: names },
      { id: "to", name: ends.to, type: "text", role: "to", labels: names },
      {
        id: "value",
        name: ends.value,
        type: "number",
        unit: definition.unit,
        decimals: definition.decimals,
        role: "value",
      },
    ];
    return { ...resultOf(input, headline), columns, rows };
  },
});

/** Sums by pairs of ends, from rows: who gives to whom. The largest pairs first, the rest left out. */
export const flow = defineStep({
  op: "flow",
  doc: { vi: "Tổng theo cặp (từ, đến) của các dòng trong kỳ", en: "Sums by pairs (from, to) of the rows of a period" },
  takes: "rows",
  gives: "result",
  params: z.strictObject({
    ...periodParameters,
    from: formula,
    to: formula,
    value: formula,
    /** Headline over all rows of the period; the value unless given. */
    headline: formula.optional(),
    /** Further figures over the rows of the period, as facts. */
    facts: z.record(z.string(), formula).default({}),
    top: z.int().positive().default(30),
    labels: z.strictObject({ from: z.string().optional(), to: z.string().optional() }).default({}),
  }),
  problems: ({ from, to, value, headline, facts }) => formulaProblems({ from, to, value, headline, ...facts }),
  run: (input, spec, context): Result => {
    const { calendar, now, definition, network } = context;
    const times = spec.time === undefined ? [] : (input.columns.get(spec.time) ?? []);
    const periods = periodsOf(spec, () => input.index.map((row) => times[row] ?? null), calendar, now);
    const names = namesOfRows(input.columns, context);
    const [from, to] = [compileFormula(spec.from, names), compileFormula(spec.to, names)];
    const [value, headline] = [
      compileAggregate(spec.value, names),
      compileAggregate(spec.headline ?? spec.value, names),
    ];
    const inView = subjectsOf(
      input,
      { groups: {}, area: "area_code" },
      { ...context, view: { ...context.view, group: "city" } },
    );
    const inPeriod = (period: number | null) =>
      input.index.filter((row) => {
        const time = spec.time === undefined ? now - 1 : times[row];
        return typeof time === "number" && periods.of(time) === (period ?? -2) && inView.of(row) !== null;
      });
    const current = inPeriod(periods.head);
    const pairs = Map.groupBy(current, (row) => JSON.stringify([from(row), to(row)]));
    const rows = [...pairs]
      .map(([pair, members]): Cell[] => [...(JSON.parse(pair) as Cell[]), value(members, new Map())])
      .filter(([a, b, amount]) => a !== null && b !== null && typeof amount === "number" && amount > 0)
      .sort((a, b) => Number(b[2]) - Number(a[2]))
      .slice(0, spec.top);
    const agencies = Object.fromEntries(network.agencies.map(({ id, name }) => [id, name]));
    const labels = (column: string | undefined) => ({
      ...agencies,
      ...(column ? input.labels.get(column) : undefined),
    });
    const facts = Object.entries(spec.facts).map(
      ([name, source]) => [name, compileAggregate(source, names)(current, new Map())] as const,
    );
    const start = periods.starts[periods.head] ?? now;
    const total = current.length === 0 ? null : headline(current, new Map());
    return {
      shape: "result",
      columns: [
        { id: "from", name: ends.from, type: "text", role: "from", labels: labels(spec.labels.from ?? spec.from) },
        { id: "to", name: ends.to, type: "text", role: "to", labels: labels(spec.labels.to ?? spec.to) },
        {
          id: "value",
          name: ends.value,
          type: "number",
          unit: definition.unit,
          decimals: definition.decimals,
          role: "value",
        },
      ],
      rows,
      value: total,
      previous: periods.before === null ? null : headline(inPeriod(periods.before), new Map()),
      window: { from: Number.isFinite(start) ? start : now, to: Math.min(now, periods.ends[periods.head] ?? now) },
      coverage: current.length > 0 ? 1 : 0,
      thresholds: [],
      facts: { ...Object.fromEntries(facts), value: total },
      finding: null,
      figures: [],
    };
  },
});
