import { z } from "zod";
import { subjectParts } from "@ioc/contracts";
import type { Cell, FrameColumn, LocalizedText } from "@ioc/contracts";
import type { Fact, Grid, Grouped, Result } from "../grid.ts";
import { at, labelAt, rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { byColumn } from "../view.ts";
import { subjectCells, subjectColumns } from "./subject-column.ts";
import { measureName, text } from "./parameters.ts";

const column = z.strictObject({
  measure: measureName,
  id: z.string().optional(),
  name: text,
  type: z.enum(["number", "time", "text", "station"]).default("number"),
  unit: z.string().optional(),
  decimals: z.int().optional(),
  role: z.enum(["value", "low", "high", "reference", "label", "q1", "q3", "max"]).optional(),
  /** Layouts that have the column; both unless named. */
  only: z.enum(["latest", "series"]).optional(),
  /** Names of the codes in a column of type `text`. */
  labels: z.record(z.string(), text).optional(),
});
type Column = z.infer<typeof column>;

export const tableParameters = z.strictObject({
  /** First column after the subject or time; role `value`. */
  value: column,
  columns: z.array(column).default([]),
  /** Measure of the headline when it is not the value. */
  headline: measureName.optional(),
  /** `latest`: a row a subject. `series`: a row a time. `auto`: series of the city or of the one subject asked for. */
  layout: z.enum(["auto", "latest", "series"]).default("auto"),
  /** Views that are exceptions from `layout`. */
  layouts: z.record(z.string(), z.enum(["latest", "series"])).default({}),
  /** Order of the subjects by `rank` (a measure; the value unless named). */
  order: z.enum(["desc", "asc"]).default("desc"),
  rank: measureName.optional(),
  /** In a series only that many subjects carry their history; the others just their newest point. */
  lead: z.int().positive().optional(),
  /** What the subject is in a series. */
  subjectRole: z.enum(["series", "y"]).default("series"),
  /** Where no roll-up gives a headline: take the first subject's. */
  headlineOfFirst: z.boolean().default(false),
});
export type TableParameters = z.infer<typeof tableParameters>;

const words = {
  time: { vi: "Thời gian", en: "Time" },
  coverage: { vi: "Mức đủ số liệu", en: "Coverage" },
  status: { vi: "Tình trạng", en: "Status" },
  lat: { vi: "Vĩ độ", en: "Latitude" },
  lon: { vi: "Kinh độ", en: "Longitude" },
} satisfies Record<string, LocalizedText>;

/** The rows are about the city, or about the one station or area that was asked for. */
function isOneSubject(grid: Grid, { view }: StepContext): boolean {
  return grid.ids.length === 1 && (grid.ids[0] === "" || view.subject !== null);
}

function frameColumn(spec: Column, id: string, unit?: string, decimals?: number): FrameColumn {
  const made: FrameColumn = { id, name: spec.name, type: spec.type };
  const codeUnit = spec.unit ?? unit;
  const digits = spec.decimals ?? decimals;
  if (spec.type === "number" && codeUnit !== undefined) made.unit = codeUnit;
  if (spec.type === "number" && digits !== undefined) made.decimals = digits;
  if (spec.role) made.role = spec.role;
  if (spec.labels) made.labels = spec.labels;
  return made;
}

/** A further column, with the names of its codes where the measure or the column has some. */
function extraColumn(spec: Column, grid: Grid): FrameColumn {
  const made = frameColumn(spec, spec.id ?? spec.measure);
  const names = grid.names?.[spec.measure];
  return spec.type === "text" && names ? { ...made, labels: { ...names, ...spec.labels } } : made;
}

/** Value of a cell: codes become their label. */
function cellOf(grid: Grid, spec: Column, subject: number, end: number): Cell {
  if (!grid.measures.has(spec.measure)) return null;
  const value = at(grid, spec.measure, subject, end);
  const labels = grid.labels[spec.measure];
  if (value === null || (spec.type !== "text" && spec.type !== "station")) return value;
  if (labels) return labels[value] ?? null;
  return spec.labels ? String(value) : value;
}

function ordered(grid: Grid, { rank, value, order }: TableParameters): number[] {
  const key = (subject: number) => at(grid, rank ?? value.measure, subject, grid.head);
  const sign = order === "desc" ? -1 : 1;
  return grid.ids
    .map((_, subject) => subject)
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0) || a - b;
      return sign * (left - right) || a - b;
    });
}

function rowStatus(grid: Grid, subject: number, value: Cell): string {
  if (value !== null) return "ok";
  return (at(grid, "coverage", subject, grid.head) ?? 0) > 0 ? "insufficient" : "empty";
}

/** What a row without a time of its own is of: the named period, or the moment of the calculation. */
function newestLabel(grid: Grid, { now }: StepContext): number {
  return Math.min(now, labelAt(grid, grid.head));
}

export function latestRows(
  grid: Grid,
  parameters: TableParameters,
  context: StepContext,
): Pick<Result, "columns" | "rows"> {
  const { group } = context.view;
  const { unit, decimals } = context.definition;
  const extras = parameters.columns.filter((one) => one.only !== "series");
  const byStation = group === "station";
  // Rows of a dataset bring the places of their subjects with them.
  const ownPlaces = grid.measures.has("lat") && grid.measures.has("lon");
  const places = new Map(context.network.stations.map((station) => [station.id, station]));
  const named = grid.ids.length > 1 || grid.ids[0] !== "";
  const columns: FrameColumn[] = [
    ...(named ? subjectColumns(group, "x", grid) : []),
    { ...frameColumn(parameters.value, "value", unit, decimals), role: "value" },
    ...extras.map((one) => extraColumn(one, grid)),
    ...(byStation || ownPlaces
      ? (["lat", "lon"] as const).map((id): FrameColumn => ({ id, name: words[id], type: "number", decimals: 5 }))
      : []),
    { id: "time", name: words.time, type: "time" },
    { id: "coverage", name: words.coverage, type: "number", decimals: 2, role: "coverage" },
    { id: "status", name: words.status, type: "text", role: "status" },
  ];
  const rows = ordered(grid, parameters).map((subject) => {
    const id = grid.ids[subject] as string;
    const value = cellOf(grid, parameters.value, subject, grid.head);
    const place = byStation ? places.get(subjectParts(id).place) : undefined;
    const time = grid.measures.has("time") ? at(grid, "time", subject, grid.head) : newestLabel(grid, context);
    return [
      ...(named ? subjectCells(id, grid) : []),
      value,
      ...extras.map((one) => cellOf(grid, one, subject, grid.head)),
      ...(ownPlaces
        ? (["lat", "lon"] as const).map((name) => at(grid, name, subject, grid.head))
        : byStation
          ? [place?.lat ?? null, place?.lon ?? null]
          : []),
      value === null && !grid.measures.has("time") ? null : time,
      at(grid, "coverage", subject, grid.head),
      rowStatus(grid, subject, value),
    ];
  });
  return { columns, rows };
}

/** Days are labelled by the midnight they start at, everything else by its end. */
function labelOf(grid: Grid, end: number, context: StepContext): number {
  const time = labelAt(grid, end);
  if (grid.starts) return time;
  return context.definition.window === "P1D" && context.definition.chart === "calendar"
    ? context.calendar.addDays(time, -1)
    : time;
}

function series(grid: Grid, parameters: TableParameters, context: StepContext): Pick<Result, "columns" | "rows"> {
  const several = !isOneSubject(grid, context);
  const { unit, decimals } = context.definition;
  const extras = parameters.columns.filter((one) => one.only !== "latest");
  const subjects = ordered(grid, parameters);
  const historyOf = new Map(subjects.map((subject, place) => [subject, place < (parameters.lead ?? Infinity)]));
  const columns: FrameColumn[] = [
    { id: "time", name: words.time, type: "time", role: "x" },
    ...(several ? subjectColumns(context.view.group, parameters.subjectRole, grid) : []),
    { ...frameColumn(parameters.value, "value", unit, decimals), role: "value" },
    ...extras.map((one) => extraColumn(one, grid)),
    { id: "coverage", name: words.coverage, type: "number", decimals: 2, role: "coverage" },
  ];
  const rows = subjects.flatMap((subject) => {
    const history = historyOf.get(subject) ?? false;
    return grid.shown
      .filter((end) => (end === grid.head ? !(history && repeats(grid, subject, end)) : history))
      .map((end) => [
        timeOf(grid, subject, end, context),
        ...(several ? subjectCells(grid.ids[subject] as string, grid) : []),
        cellOf(grid, parameters.value, subject, end),
        ...extras.map((one) => cellOf(grid, one, subject, end)),
        at(grid, "coverage", subject, end),
      ]);
  });
  return { columns, rows };
}

/** The head of sampled series is `now`; its point stands at the time of its reading, where there is one. */
function timeOf(grid: Grid, subject: number, end: number, context: StepContext): number {
  const read = end === grid.head && grid.measures.has("time") ? at(grid, "time", subject, end) : null;
  return read ?? labelOf(grid, end, context);
}

/** The newest reading is the one of the last full step: it would be drawn twice. */
function repeats(grid: Grid, subject: number, head: number): boolean {
  const read = grid.measures.has("time") ? at(grid, "time", subject, head) : null;
  const before = grid.shown.findLast((end) => end !== head);
  return read !== null && before !== undefined && read <= (grid.ends[before] as number);
}

/** Measures of the whole view at the head, codes as their texts. */
export function factsOfTotal({ total }: Grouped): Record<string, Fact> {
  const facts: Record<string, Fact> = {};
  for (const name of total.measures.keys()) {
    const code = at(total, name, 0, total.head);
    facts[name] = code === null ? null : (total.labels[name]?.[code] ?? code);
  }
  return facts;
}

function subjectName(id: string, grid: Grid, context: StepContext): Fact {
  const { group } = context.view;
  if (group === "station") return stationName(id, context);
  if (byColumn(group)) return grid.names?.["subject"]?.[id] ?? id;
  return context.network.areas.find((area) => area.id === id && area.scheme === context.network.scheme)?.name ?? id;
}

function stationName(id: string, context: StepContext): Fact {
  return context.network.stations.find((station) => station.id === id)?.name ?? id;
}

/** What a finding may mention: the headline, its measures, and the first subject with its measures (`first.…`). */
function factsOf(input: Grouped, parameters: TableParameters, context: StepContext): Record<string, Fact> {
  const facts: Record<string, Fact> = {};
  const take = (grid: Grid, subject: number, prefix: string) => {
    for (const name of grid.measures.keys()) {
      const code = at(grid, name, subject, grid.head);
      const label = code === null ? undefined : grid.labels[name]?.[code];
      facts[prefix + name] = label === undefined ? code : name === "where" ? stationName(label, context) : label;
    }
  };
  take(input.total, 0, "");
  const first = ordered(input.groups, parameters)[0];
  if (first !== undefined && context.view.group !== "city") {
    take(input.groups, first, "first.");
    const { place } = subjectParts(input.groups.ids[first] as string);
    facts["first.subject"] = subjectName(place, input.groups, context);
  }
  return facts;
}

/**
 * Rows and headline of a frame. The headline is the value of the whole view at the head and one window before. Rows:
 * `latest` one per subject, best first, with place (stations), time, coverage and status; `series` one per shown end and
 * subject.
 */
export const table = defineStep({
  op: "table",
  doc: {
    vi: "Thành bảng: dòng mới nhất của mỗi đối tượng hoặc chuỗi theo thời gian",
    en: "Makes the table: the newest row of each subject, or a series over time",
  },
  takes: "grouped",
  gives: "result",
  params: tableParameters,
  run: (input, parameters, context): Result => {
    const { group } = context.view;
    const wanted = parameters.layouts[group] ?? parameters.layout;
    const layout = wanted === "auto" ? (isOneSubject(input.groups, context) ? "series" : "latest") : wanted;
    const measure = parameters.headline ?? parameters.value.measure;
    const first = parameters.headlineOfFirst ? ordered(input.groups, parameters)[0] : undefined;
    const [grid, subject] = first === undefined ? [input.total, 0] : [input.groups, first];
    const coverage = rowOf(input.total, "coverage", 0)[input.total.head] ?? null;
    const facts = factsOf(input, parameters, context);
    const value = at(grid, measure, subject, grid.head);
    const previous = at(grid, measure, subject, grid.before);
    return {
      shape: "result",
      ...(layout === "latest"
        ? latestRows(input.groups, parameters, context)
        : series(input.groups, parameters, context)),
      value,
      previous,
      window: grid.window,
      coverage,
      thresholds: [],
      facts: { ...facts, value, previous },
      finding: null,
      figures: [],
    };
  },
});
