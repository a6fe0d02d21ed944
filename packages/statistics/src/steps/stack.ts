import { z } from "zod";
import type { Cell, FrameColumn, LocalizedText } from "@ioc/contracts";
import type { Fact, Grid, Grouped, Result } from "../grid.ts";
import { at, labelAt } from "../grid.ts";
import { maxOf, ratioOf, sumOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { measureName, text } from "./parameters.ts";
import { resultOf } from "./shapes.ts";
import { subjectColumn } from "./subject-column.ts";
import { latestRows, tableParameters } from "./table.ts";

const parameters = z.strictObject({
  /** Measure whose labels are the classes, each a measure of its own; or the measures themselves. */
  classes: z.union([measureName, z.array(measureName).min(2)]),
  leaveOut: z.array(z.string()).default([]),
  headline: measureName,
  names: z.strictObject({ class: text, value: text, time: text.optional() }),
  /** Names of the classes, where they are codes. */
  labels: z.record(z.string(), text).default({}),
  /** `value`: as counted; `percent`: of the sum of the classes. */
  as: z.enum(["value", "percent"]).default("value"),
  /** Further columns: figures `<class>:<measure>` that stand beside each class. */
  columns: z
    .array(z.strictObject({ measure: measureName, name: text, unit: z.string(), decimals: z.int().min(0) }))
    .default([]),
  /** What the classes are to the chart; `x` gives a row a class at the head, by subject with `layout: subject`. */
  classRole: z.enum(["series", "y", "x"]).default("series"),
  /** `auto`: by time for the city or one subject, by subject otherwise. `head`: only the newest period, whatever the view. */
  layout: z.enum(["auto", "time", "subject", "head"]).default("auto"),
  /** Views that are exceptions from `layout`. */
  layouts: z.record(z.string(), z.enum(["time", "subject", "head"])).default({}),
  /** Most subjects shown, largest headline first. */
  top: z.int().positive().optional(),
  /** Unit and decimals of the classes when they are not those of the definition. */
  unit: z.string().optional(),
  decimals: z.int().optional(),
  /** Table of the stations themselves; also of the subjects of the views named in `tableFor`. One of them alone follows `layouts`. */
  stations: tableParameters.optional(),
  tableFor: z.array(z.string()).default([]),
});
type Parameters = z.infer<typeof parameters>;

function counts(grid: Grid, subject: number, end: number, classes: readonly string[], spec: Parameters): Cell[][] {
  const values = classes.map((name) => at(grid, name, subject, end));
  const sum = spec.as === "percent" ? sumOf(values) : null;
  return classes.map((name, i) => {
    const value = values[i] ?? null;
    const further = spec.columns.map((column) => at(grid, `${name}:${column.measure}`, subject, end));
    return [name, spec.as === "percent" ? ratioOf(value, sum, 100) : value, ...further];
  });
}

function classColumns(
  names: Readonly<Record<string, LocalizedText>>,
  spec: Parameters,
  { definition }: StepContext,
): FrameColumn[] {
  const labels = Object.keys(names).length > 0 ? { labels: names } : {};
  const { unit = definition.unit, decimals = definition.decimals } = spec;
  return [
    { id: "class", name: spec.names.class, type: "text", role: spec.classRole, ...labels },
    { id: "value", name: spec.names.value, type: "number", unit, decimals, role: "value" },
    ...spec.columns.map((column): FrameColumn => ({
      id: column.measure,
      type: "number",
      name: column.name,
      unit: column.unit,
      decimals: column.decimals,
    })),
  ];
}

/**
 * The largest class of the newest period, the rest left aside, as facts: `largest` (its name), `largestValue` and `largestShare`
 * (percent of the sum of all classes).
 */
function largestOf(
  total: Grid,
  classes: readonly string[],
  labels: Readonly<Record<string, LocalizedText>>,
): Record<string, Fact> {
  const values = classes.map((name) => at(total, name, 0, total.head));
  const value = maxOf(values.filter((_, i) => classes[i] !== "others"));
  if (value === null) return { largest: null, largestValue: null, largestShare: null };
  const id = classes[values.indexOf(value)] as string;
  return { largest: labels[id] ?? id, largestValue: value, largestShare: ratioOf(value, sumOf(values), 100) };
}

const timeName = { vi: "Thời gian", en: "Time" };

/**
 * Figures by class, in long form. City or one subject: by time over the shown ends; several subjects: by subject at the
 * head, largest headline first; with `classRole: x` or `layout: head` only the newest period of the whole view. In the view
 * by station: the table `stations`, where it is given. Facts: the largest class (`largest`, `largestValue`, `largestShare`).
 */
export const stack = defineStep({
  op: "stack",
  doc: {
    vi: "Bảng theo lớp: các lớp của một đại lượng theo thời gian, theo đối tượng hoặc ở kỳ mới nhất",
    en: "A table by class: the classes of a measure by time, by subject or in the newest period",
  },
  takes: "grouped",
  gives: "result",
  params: parameters,
  run: (input: Grouped, spec, context): Result => {
    const { groups, total } = input;
    const { group, subject } = context.view;
    const given = typeof spec.classes === "string" ? total.labels[spec.classes] : spec.classes;
    const classes = (given ?? []).filter((name) => !spec.leaveOut.includes(name));
    const labels = { ...(typeof spec.classes === "string" ? total.names?.[spec.classes] : {}), ...spec.labels };
    const result = resultOf(input, spec.headline);
    const base = { ...result, facts: { ...largestOf(total, classes, labels), ...result.facts } };
    const layout = spec.layouts[group] ?? spec.layout;
    const one = group === "city" || (subject !== null && groups.ids.length === 1);
    const drawn = one && (layout === "time" || layout === "head");
    if (spec.stations && !drawn && (group === "station" || spec.tableFor.includes(group))) {
      return { ...base, ...latestRows(groups, spec.stations, context) };
    }
    const tail = classColumns(labels, spec, context);
    const across = spec.classRole === "x" && (one || layout !== "subject");
    const whole = groups.ids.length === 1 && groups.ids[0] === "";
    if (across || layout === "head" || (whole && layout === "subject")) {
      return { ...base, columns: tail, rows: counts(total, 0, total.head, classes, spec) };
    }
    if (layout === "time" || (layout === "auto" && one)) {
      const name = spec.names.time ?? timeName;
      const columns: FrameColumn[] = [{ id: "time", name, type: "time", role: "x" }, ...tail];
      const rows = total.shown.flatMap((end) =>
        counts(total, 0, end, classes, spec).map((cells) => [labelAt(total, end), ...cells]),
      );
      return { ...base, columns, rows };
    }
    const headline = (place: number) => at(groups, spec.headline, place, groups.head) ?? -Infinity;
    const order = groups.ids.map((_, place) => place).sort((a, b) => headline(b) - headline(a) || a - b);
    const rows = order
      .slice(0, spec.top ?? order.length)
      .flatMap((place) =>
        counts(groups, place, groups.head, classes, spec).map((cells) => [groups.ids[place] as string, ...cells]),
      );
    const role = spec.classRole === "x" ? "y" : "x";
    return { ...base, columns: [subjectColumn(group, role, groups), ...tail], rows };
  },
});
