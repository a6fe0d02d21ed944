import { z } from "zod";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import { compileFormula } from "../formula/compile.ts";
import { numberOf } from "../formula/value.ts";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { matrixIn, matrixOf, rowOf, withMeasures } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { functionContext, namesOfRows } from "./row-names.ts";
import { filtered, formula, rowsOf } from "./rows.ts";
import { subjectsOf } from "./tally-subjects.ts";

/** The same done to the groups and to the total. */
export function onGroups(input: Grouped, change: (grid: Grid) => Grid): Grouped {
  const groups = change(input.groups);
  return {
    ...input,
    groups,
    stations: input.stations === input.groups ? groups : input.stations,
    total: change(input.total),
  };
}

/** Measures worked out at every interval from the others of the same subject and interval. */
function withFormulas(grid: Grid, measures: Readonly<Record<string, string>>, context: StepContext): Grid {
  let made = grid;
  for (const [name, source] of Object.entries(measures)) {
    const current = made;
    let subject = 0;
    const value = compileFormula(source, {
      context: functionContext(context),
      at: (measure) => {
        const rows = matrixIn(current, measure);
        return (end) => rows[subject]?.[end] ?? null;
      },
    });
    const matrix = matrixOf(current.ids, (at) => {
      subject = at;
      return current.ends.map((_, end) => numberOf(value(end)));
    });
    made = withMeasures(current, [[name, matrix]]);
  }
  return made;
}

const formulaDoc = {
  vi: "Thêm đại lượng tính từ các đại lượng khác của cùng đối tượng và kỳ; mẫu số 0 cho giá trị trống",
  en: "Adds measures worked out from others of the same subject and period; a divisor of 0 gives null",
};

export const formulaStep = defineStep({
  op: "formula",
  doc: formulaDoc,
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ measures: z.record(z.string(), formula) }),
  problems: ({ measures }) => formulaProblems(measures),
  run: (input, { measures }, context): Grouped => onGroups(input, (grid) => withFormulas(grid, measures, context)),
});

export const calculateStep = defineStep({
  op: "calculate",
  doc: formulaDoc,
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measures: z.record(z.string(), formula) }),
  problems: ({ measures }) => formulaProblems(measures),
  run: (input, { measures }, context): Grid => withFormulas(input, measures, context),
});

/** Sum of the known values from `first` on up to and including `end`; null when there is none. */
function runningSum(row: readonly (number | null)[], first: number, end: number): number | null {
  let sum: number | null = null;
  for (let i = Math.max(0, first); i <= end; i++) {
    const value = row[i] ?? null;
    if (value !== null) sum = (sum ?? 0) + value;
  }
  return sum;
}

export const accumulate = defineStep({
  op: "accumulate",
  doc: {
    vi: "Cộng dồn: từ đầu năm hoặc đầu tháng (`over: year`, `over: month`) hoặc của `over` kỳ gần nhất",
    en: "Running sums: since the start of the year or month (`over: year`, `over: month`) or of the last `over` periods",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    /** New measure: measure that is summed. */
    measures: z.record(z.string(), z.string()),
    over: z.union([z.enum(["year", "month"]), z.int().positive()]),
  }),
  run: (input, { measures, over }, { calendar }): Grouped =>
    onGroups(input, (grid) => {
      const dates = grid.ends.map((end, i) => calendar.date(grid.starts?.[i] ?? end - 1));
      const firsts = dates.map((date, end) => {
        if (typeof over === "number") return end - over + 1;
        const shared = date.slice(0, over === "year" ? 5 : 8);
        return dates.findIndex((other) => other.startsWith(shared));
      });
      return withMeasures(
        grid,
        Object.entries(measures).map(([name, of]): [string, Matrix] => [
          name,
          matrixOf(grid.ids, (subject) => {
            const row = rowOf(grid, of, subject);
            return grid.ends.map((_, end) => runningSum(row, firsts[end] as number, end));
          }),
        ]),
      );
    }),
});

export const earlier = defineStep({
  op: "earlier",
  doc: {
    vi: "Thêm giá trị của đại lượng ở `by` kỳ trước, để so cùng kỳ hoặc kỳ liền trước",
    en: "Adds the value a measure had `by` periods before, for comparison with last year or the period before",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ measures: z.record(z.string(), z.string()), by: z.int().positive() }),
  run: (input, { measures, by }): Grouped =>
    onGroups(input, (grid) =>
      withMeasures(
        grid,
        Object.entries(measures).map(([name, of]): [string, Matrix] => [
          name,
          matrixOf(grid.ids, (subject) => {
            const row = rowOf(grid, of, subject);
            return row.map((_, end) => row[end - by] ?? null);
          }),
        ]),
      ),
    ),
});

/**
 * Figures of another dataset by the subjects of the view, the same at every interval: population of each ward, parks. In views
 * that are not by area every subject gets the figure of the whole view.
 */
export const perSubject = defineStep({
  op: "per-subject",
  doc: {
    vi: "Thêm số của một bộ dữ liệu khác theo đối tượng (ví dụ dân số của phường), như nhau ở mọi kỳ",
    en: "Adds figures of another dataset by subject (population of a ward, say), the same in every period",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    dataset: z.string(),
    where: formula.optional(),
    /** Only rows with the largest value of this column, for example `year`. */
    newest: z.string().optional(),
    measures: z.record(z.string(), formula),
    area: z.string().default("area_code"),
  }),
  problems: ({ dataset, measures, where }, definition) => [
    ...(definition.input.some((input) => "dataset" in input && input.dataset === dataset)
      ? []
      : [`dataset "${dataset}" is not among the inputs`]),
    ...formulaProblems({ ...measures, where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, { dataset, where, newest, measures, area }, context): Grouped => {
    const all = filtered(rowsOf(dataset, context), where, context);
    const column = newest === undefined ? undefined : all.columns.get(newest);
    const known = (row: number) => {
      const value = column?.[row];
      return typeof value === "number" ? value : -Infinity;
    };
    const largest = all.index.reduce((best, row) => Math.max(best, known(row)), -Infinity);
    const index = column ? all.index.filter((row) => known(row) === largest) : all.index;
    const byArea = context.view.group === "ward" || context.view.group === "district";
    const view = byArea ? context.view : { ...context.view, group: "city" };
    const subjects = subjectsOf({ ...all, index }, { groups: {}, area }, { ...context, view });
    const members = Map.groupBy(
      index.filter((row) => subjects.of(row) !== null),
      (row) => subjects.of(row) as string,
    );
    const everything = [...members.values()].flat();
    const figures = Object.entries(measures).map(
      ([name, source]) => [name, compileAggregate(source, namesOfRows(all.columns, context))] as const,
    );
    const add = (grid: Grid, rowsOfSubject: (id: string) => readonly number[]) =>
      withMeasures(
        grid,
        figures.map(([name, figure]): [string, Matrix] => [
          name,
          matrixOf(grid.ids, (_, id) => {
            const selected = rowsOfSubject(id);
            return Array<number | null>(grid.ends.length).fill(
              selected.length === 0 ? null : figure(selected, new Map()),
            );
          }),
        ]),
      );
    return {
      ...input,
      groups: add(input.groups, (id) => (byArea ? (members.get(id) ?? []) : everything)),
      total: add(input.total, () => everything),
    };
  },
});
