import { z } from "zod";
import type { StatisticDefinition } from "@ioc/contracts";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { emptyMatrix, rowOf } from "../grid.ts";
import { maxOf, meanOf, medianOf, ratioOf, sumOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { measureName } from "./parameters.ts";

const parameters = z.strictObject({
  /** The first one is the value; the others follow the same way. */
  measures: z.array(measureName).min(1),
  /** With `max`: measures taken from the station that has the largest value. */
  carry: z.array(measureName).default([]),
  /** With `pooled`: these measures are scale * sum(numerator) / sum(denominator), the others sums. */
  pooled: z
    .record(z.string(), z.strictObject({ numerator: measureName, denominator: measureName, scale: z.number() }))
    .optional(),
});
type Parameters = z.infer<typeof parameters>;
type How = StatisticDefinition["rollUp"];

interface Group {
  id: string;
  members: number[];
}

/** Values of a group at one end, keyed by measure. */
function combine(grid: Grid, members: readonly number[], end: number, how: How, parameters: Parameters) {
  const [main = "", ...others] = parameters.measures;
  const value = (measure: string, subject: number) => rowOf(grid, measure, subject)[end] ?? null;
  const used = members.filter((subject) => value(main, subject) !== null);
  const found = new Map<string, number | null>();
  if (how === "max") {
    const largest = maxOf(used.map((subject) => value(main, subject)));
    const first = used.find((subject) => value(main, subject) === largest) ?? null;
    found.set(main, largest);
    found.set("where", first);
    for (const measure of [...others, ...parameters.carry]) {
      found.set(measure, first === null ? null : value(measure, first));
    }
    return found;
  }
  if (how === "none") {
    const only = members.length === 1 ? (members[0] ?? null) : null;
    for (const measure of parameters.measures) found.set(measure, only === null ? null : value(measure, only));
    return found;
  }
  const aggregate = how === "mean" ? meanOf : how === "median" ? medianOf : sumOf;
  for (const measure of parameters.measures)
    found.set(measure, aggregate(used.map((subject) => value(measure, subject))));
  if (how !== "pooled") return found;
  for (const [name, { numerator, denominator, scale }] of Object.entries(parameters.pooled ?? {})) {
    const both = used.filter((subject) => value(numerator, subject) !== null && value(denominator, subject) !== null);
    const total = (measure: string) => sumOf(both.map((subject) => value(measure, subject)));
    found.set(name, ratioOf(total(numerator), total(denominator), scale));
  }
  return found;
}

function rollGroups(
  grid: Grid,
  groups: readonly Group[],
  parameters: Parameters,
  how: How,
  completeness: number,
): Grid {
  const names = [
    ...parameters.measures,
    ...(how === "max" ? ["where", ...parameters.carry] : []),
    ...(how === "pooled" ? Object.keys(parameters.pooled ?? {}) : []),
  ];
  const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(groups.length, grid.ends.length)]));
  const coverage = emptyMatrix(groups.length, grid.ends.length);
  const time = grid.measures.has("time") ? emptyMatrix(groups.length, grid.ends.length) : null;
  groups.forEach(({ members }, g) => {
    for (let end = 0; end < grid.ends.length; end++) {
      const shares = members.map((subject) => rowOf(grid, "coverage", subject)[end] ?? 0);
      const covered = meanOf(shares);
      (coverage[g] as (number | null)[])[end] = covered;
      if (time) (time[g] as (number | null)[])[end] = maxOf(members.map((s) => rowOf(grid, "time", s)[end] ?? null));
      if (covered === null || covered < completeness) continue;
      for (const [name, value] of combine(grid, members, end, how, parameters)) {
        const row = measures.get(name)?.[g];
        if (row) row[end] = value;
      }
    }
  });
  measures.set("coverage", coverage);
  if (time) measures.set("time", time);
  const ids = groups.map((group) => group.id);
  return { ...grid, ids, measures, labels: { ...grid.labels, where: grid.ids } };
}

/** Stations of the view by the subject they belong to, ordered by id. */
export function groupsOf(grid: Grid, context: StepContext): Group[] {
  const groups = new Map<string, number[]>();
  for (const station of context.view.stations) {
    const id = context.view.groupOf(station);
    const subject = grid.ids.indexOf(station.id);
    if (id === null || subject < 0) continue;
    groups.set(id, [...(groups.get(id) ?? []), subject]);
  }
  return [...groups].map(([id, members]) => ({ id, members })).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * From stations to the groups of the view and to the view as a whole, the way the definition's `rollUp` says: `max` (with
 * `where`, the station it comes from), `mean`, `median`, `sum`, `pooled` (from pooled numerators and denominators), `none`
 * (only a view of one station has a value). Other measures count only where the first has a value. A group whose mean
 * coverage is below the definition's completeness is null at that end. A single station is passed on as it is.
 */
export const rollUp = defineStep({
  op: "roll-up",
  takes: "grid",
  gives: "grouped",
  params: parameters,
  problems: ({ pooled }, definition) =>
    definition.rollUp === "pooled" && !pooled
      ? ["rollUp is pooled, so `pooled` must name numerator and denominator"]
      : [],
  run: (grid, parameters, context): Grouped => {
    const { rollUp: how, completeness } = context.definition;
    const everything = { id: "", members: context.view.stations.map((station) => grid.ids.indexOf(station.id)) };
    const known = { ...everything, members: everything.members.filter((subject) => subject >= 0) };
    const byStation = context.view.group === "station";
    return {
      shape: "grouped",
      stations: grid,
      groups: byStation ? grid : rollGroups(grid, groupsOf(grid, context), parameters, how, completeness),
      total: rollGroups(grid, [known], parameters, how, known.members.length === 1 ? 0 : completeness),
    };
  },
});
