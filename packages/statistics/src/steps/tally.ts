import { z } from "zod";
import { subjectParts } from "@ioc/contracts";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import type { Grid, Grouped, Rows } from "../grid.ts";
import { defineStep } from "../step.ts";
import { oldestIn } from "./columns.ts";
import { formulaProblems } from "./formula-problems.ts";
import { namesOfRows } from "./row-names.ts";
import { formula } from "./rows.ts";
import { classParameters, classesOf, gridOf } from "./tally-figures.ts";
import type { Figures } from "./tally-figures.ts";
import { periodParameters, periodsOf } from "./tally-periods.ts";
import type { Periods } from "./tally-periods.ts";
import { itemsOf, subjectsOf } from "./tally-subjects.ts";
import type { RowSubjects } from "./tally-subjects.ts";

const parameters = z.strictObject({
  ...periodParameters,
  /** Figures over the rows of a subject and period, in order: each may use those before it. */
  measures: z.record(z.string(), formula),
  classes: classParameters.optional(),
  /** Column of a grouping that has another name. */
  groups: z.record(z.string(), z.string()).default({}),
  area: z.string().default("area_code"),
  /** Column whose values are subjects of their own in each place of the view: the category of a ticket, in each ward. */
  by: z.string().optional(),
  /** Rows are reports of places: what a place says nothing at all about in a period is not known there, rather than 0. */
  reports: z.boolean().default(false),
  /** Share of what was expected that is there, 0..1, as a figure; or `same`: rows against the usual number of a period. */
  coverage: z.union([z.literal("same"), formula]).optional(),
});

/** Row numbers by subject and period. */
type Cells = Map<string, number[][]>;

function cellsOf(rows: Rows, periods: Periods, subjects: RowSubjects, time: string | undefined) {
  const groups: Cells = new Map();
  const total: number[][] = periods.ends.map(() => []);
  const times = time === undefined ? null : rows.columns.get(time);
  if (times === undefined) throw new Error(`there is no column "${time}" with the time of the rows`);
  const back = time !== undefined && rows.ends.has(time) ? 1 : 0;
  // Most subjects have no row in most periods.
  const none: number[] = [];
  for (const row of rows.index) {
    if (!subjects.inside(row)) continue;
    const at = times ? times[row] : 0;
    const period = typeof at === "number" ? periods.of(at - back) : -1;
    if (period < 0) continue;
    (total[period] as number[]).push(row);
    const subject = subjects.of(row);
    if (subject === null) continue;
    let cells = groups.get(subject);
    if (!cells) groups.set(subject, (cells = periods.ends.map(() => none)));
    const cell = cells[period] as number[];
    if (cell === none) cells[period] = [row];
    else cell.push(row);
  }
  return { groups, total };
}

/** Whether the place of a subject has any row in a period. */
function reportedBy(groups: Cells): (id: string, end: number) => boolean {
  const places = new Map<string, Set<number>>();
  for (const [id, cells] of groups) {
    const { place } = subjectParts(id);
    const ends = places.get(place) ?? new Set();
    cells.forEach((cell, end) => cell.length > 0 && ends.add(end));
    places.set(place, ends);
  }
  return (id, end) => places.get(subjectParts(id).place)?.has(end) ?? false;
}

/**
 * When the records of a dataset begin: the oldest time of all its rows, those that do not count too, so that the first of a rare
 * kind is not taken for the first of all. Infinity where there is no row at all; rows made of readings have no beginning.
 */
function recordsSince({ columns, recorded }: Rows, time: string | undefined): number {
  if (recorded === undefined) return -Infinity;
  if (!recorded) return Infinity;
  const since = oldestIn((time === undefined ? undefined : columns.get(time)) ?? []);
  return Number.isFinite(since) ? since : -Infinity;
}

/**
 * Figures over rows by subject and period. Subjects are those of the view, with `by` each item of them; the total is worked out from all
 * rows of the view, those without a subject too, so that ratios are pooled, nothing is averaged twice and every grouping has the same
 * headline. Periods are of the city's calendar ([start, end); a time that ends an interval belongs to the one it ends), or rolling
 * spans. A subject without rows in a period has counts of 0 and no other figures; in periods that were over before the first row of all
 * there are none. `coverage` below the definition's completeness makes the figures of a cell null.
 */
export const tally = defineStep({
  op: "tally",
  doc: {
    vi: "Tính các số theo nhóm và kỳ từ các dòng: count(), sum(), mean(), median(), percentile(), distinct() và phép tính giữa chúng",
    en: "Works out figures by group and period from rows: count(), sum(), mean(), median(), percentile(), distinct() and arithmetic of them",
  },
  takes: "rows",
  gives: "grouped",
  params: parameters.refine((given) => (given.period ?? given.rolling) === undefined || given.time !== undefined, {
    message: "a period needs `time`",
  }),
  problems: ({ measures, classes, coverage, by }, { groups }) => [
    ...formulaProblems({ ...measures, of: classes?.of, value: classes?.value, ...classes?.more, coverage }),
    ...(by !== undefined && groups.includes("city") ? ["`by`: the city as a whole has no items"] : []),
  ],
  run: (input, spec, context): Grouped => {
    const { calendar, now } = context;
    const times = spec.time === undefined ? [] : (input.columns.get(spec.time) ?? []);
    const back = spec.time !== undefined && input.ends.has(spec.time) ? 1 : 0;
    const counted = () => input.index.map((row) => (typeof times[row] === "number" ? times[row] - back : null));
    const found = periodsOf(spec, counted, calendar, now);
    // Hours whose rows say when they end keep that name.
    const periods = back === 1 && spec.period === "PT1H" ? { ...found, namedByStart: false } : found;
    const places = subjectsOf(input, spec, context);
    const subjects = spec.by === undefined ? places : itemsOf(input, places, spec.by);
    const { groups, total } = cellsOf(input, periods, subjects, spec.time);
    const names = namesOfRows(input.columns, context);
    const compiled = (source: string) => compileAggregate(source, names);
    const figures: Figures = {
      measures: new Map(Object.entries(spec.measures).map(([name, source]) => [name, compiled(source)])),
      classes: classesOf(names, input.labels, spec.classes, total.flat()),
      coverage: spec.coverage === undefined ? null : spec.coverage === "same" ? "same" : compiled(spec.coverage),
    };
    const since = recordsSince(input, spec.time);
    const recorded = (_id: string, end: number) => (periods.ends[end] as number) > since;
    const reported = spec.reports ? reportedBy(groups) : () => true;
    const whole = gridOf(new Map([["", total]]), periods, figures, context, recorded);
    const grid =
      context.view.group === "city"
        ? whole
        : gridOf(groups, periods, figures, context, (id, end) => recorded(id, end) && reported(id, end));
    const named: Grid = {
      ...grid,
      ...(subjects.names ? { names: { ...grid.names, subject: subjects.names } } : {}),
      ...(spec.by === undefined ? {} : { items: { column: spec.by, names: input.labels.get(spec.by) ?? {} } }),
    };
    return {
      shape: "grouped",
      stations: named,
      groups: named,
      total: whole,
    };
  },
});
