import { z } from "zod";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import type { Names } from "../formula/compile.ts";
import type { Grid, Grouped } from "../grid.ts";
import { rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { functionContext } from "./row-names.ts";
import { formula } from "./rows.ts";
import { classParameters, classesOf, gridOf } from "./tally-figures.ts";
import type { Figures } from "./tally-figures.ts";
import { periodParameters, periodsOf } from "./tally-periods.ts";
import type { Periods } from "./tally-periods.ts";

const { time: _time, rolling: _rolling, period, ...headParameters } = periodParameters;
const parameters = z.strictObject({
  ...headParameters,
  period: period.unwrap(),
  /** Figures over the intervals of a subject and period, in order: each may use those before it. */
  measures: z.record(z.string(), formula),
  classes: classParameters.optional(),
  /** Share of what was expected that is there, 0..1, as a figure. */
  coverage: formula.optional(),
});
type Parameters = z.infer<typeof parameters>;

/** Measures of an interval by name, codes as their texts; place = subject * number of intervals + interval. */
function namesOf(grid: Grid, context: StepContext): Names {
  const size = grid.ends.length;
  return {
    context: functionContext(context),
    at: (name) => {
      const labels = grid.labels[name];
      const rows = grid.ids.map((_, subject) => rowOf(grid, name, subject));
      return (place) => {
        const value = rows[Math.floor(place / size)]?.[place % size] ?? null;
        return labels && value !== null ? (labels[value] ?? null) : value;
      };
    },
  };
}

/** Instant that says which period an interval belongs to. */
const instants = (grid: Grid) => grid.ends.map((end, i) => grid.starts?.[i] ?? end - 1);

function folded(grid: Grid, spec: Parameters, periods: Periods, context: StepContext): Grid {
  const names = namesOf(grid, context);
  const places = instants(grid).map((time) => periods.of(time));
  const cells = new Map(
    grid.ids.map((id, subject) => {
      const own: number[][] = periods.ends.map(() => []);
      places.forEach((place, end) => own[place]?.push(subject * grid.ends.length + end));
      return [id, own] as const;
    }),
  );
  const compiled = (source: string) => compileAggregate(source, names);
  const labels = { get: (column: string) => grid.names?.[column] };
  const figures: Figures = {
    measures: new Map(Object.entries(spec.measures).map(([name, source]) => [name, compiled(source)])),
    classes: classesOf(names, labels, spec.classes, [...cells.values()].flat(2)),
    coverage: spec.coverage === undefined ? null : compiled(spec.coverage),
  };
  const made = gridOf(cells, periods, figures, context);
  const subjects = grid.names?.["subject"];
  return subjects ? { ...made, names: { ...made.names, subject: subjects } } : made;
}

/**
 * Figures over the intervals of each subject by calendar period: of days by month, of hours by day. The whole is worked out from
 * its own intervals, not from those of its parts. A figure is null where `coverage` is below the definition's completeness.
 */
export const byPeriod = defineStep({
  op: "by-period",
  doc: {
    vi: "Tính các số theo kỳ từ các khoảng của mỗi đối tượng, ví dụ số ngày theo mức trong từng tháng",
    en: "Works out figures by period from the intervals of each subject, days by class in each month for example",
  },
  takes: "grouped",
  gives: "grouped",
  params: parameters,
  problems: ({ measures, classes, coverage }) =>
    formulaProblems({ ...measures, of: classes?.of, value: classes?.value, ...classes?.more, coverage }),
  run: (input, spec, context): Grouped => {
    const periods = periodsOf(spec, () => instants(input.total), context.calendar, context.now);
    const groups = folded(input.groups, spec, periods, context);
    return { shape: "grouped", stations: groups, groups, total: folded(input.total, spec, periods, context) };
  },
});
