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

/** Values of a group at one end, keyed by measure. `rows` holds the matrices of all measures that are named. */
function combine(
  rows: ReadonlyMap<string, Matrix>,
  members: readonly number[],
  end: number,
  how: How,
  parameters: Parameters,
): Map<string, number | null> {
  const [main = "", ...others] = parameters.measures;
  const values = (measure: string, subjects: readonly number[]) => {
    const matrix = rows.get(measure);
    return subjects.map((subject) => matrix?.[subject]?.[end] ?? null);
  };
  const one = (measure: string, subject: number) => values(measure, [subject])[0] ?? null;
  const mains = values(main, members);
  const used = members.filter((_, i) => mains[i] !== null);
  const found = new Map<string, number | null>();
  if (how === "max") {
    const largest = maxOf(mains);
    const first = members[mains.indexOf(largest)];
    found.set(main, largest);
    found.set("where", largest === null ? null : (first ?? null));
    for (const measure of [...others, ...parameters.carry]) {
      found.set(measure, largest === null || first === undefined ? null : one(measure, first));
    }
    return found;
  }
  if (how === "none") {
    const only = members.length === 1 ? members[0] : undefined;
    for (const measure of parameters.measures) found.set(measure, only === undefined ? null : one(measure, only));
    return found;
  }
  const aggregate = how === "mean" ? meanOf : how === "median" ? medianOf : sumOf;
  for (const measure of parameters.measures) {
    const parts = values(measure, used);
    // A sum that lacks a part cannot stand beside one that has it.
    found.set(measure, how === "sum" && parts.includes(null) ? null : aggregate(parts));
  }
  if (how !== "pooled") return found;
  for (const [name, { numerator, denominator, scale }] of Object.entries(parameters.pooled ?? {})) {
    const [tops, bottoms] = [values(numerator, used), values(denominator, used)];
    const both = tops.map((top, i) => top !== null && bottoms[i] !== null);
    const total = (parts: (number | null)[]) => sumOf(parts.filter((_, i) => both[i]));
    found.set(name, ratioOf(total(tops), total(bottoms), scale));
  }
  return found;
}

/** Matrices of every measure that the roll-up names; throws when the pipeline lacks one. */
function namedRows(grid: Grid, parameters: Parameters): Map<string, Matrix> {
  const pooled = Object.values(parameters.pooled ?? {}).flatMap((one) => [one.numerator, one.denominator]);
  const names = new Set([...parameters.measures, ...parameters.carry, ...pooled, "coverage"]);
  return new Map([...names].map((name) => [name, grid.ids.map((_, subject) => rowOf(grid, name, subject))]));
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
  const rows = namedRows(grid, parameters);
  groups.forEach(({ members }, g) => {
    for (let end = 0; end < grid.ends.length; end++) {
      const shares = members.map((subject) => rows.get("coverage")?.[subject]?.[end] ?? 0);
      const covered = meanOf(shares);
      (coverage[g] as (number | null)[])[end] = covered;
      if (time) (time[g] as (number | null)[])[end] = maxOf(members.map((s) => rowOf(grid, "time", s)[end] ?? null));
      if (covered === null || covered < completeness) continue;
      for (const [name, value] of combine(rows, members, end, how, parameters)) {
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
function groupsOf(grid: Grid, context: StepContext): Group[] {
  const index = new Map(grid.ids.map((id, subject) => [id, subject]));
  const groups = new Map<string, number[]>();
  for (const station of context.view.stations) {
    const id = context.view.groupOf(station);
    const subject = index.get(station.id);
    if (id === null || subject === undefined) continue;
    const members = groups.get(id);
    if (members) members.push(subject);
    else groups.set(id, [subject]);
  }
  return [...groups].map(([id, members]) => ({ id, members })).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/**
 * From stations to the groups of the view and to the view as a whole, the way the definition's `rollUp` says: `max` (with
 * `where`, the station it comes from), `mean`, `median`, `sum`, `pooled` (from pooled numerators and denominators), `none`
 * (only a view of one station has a value). Other measures count only where the first has a value; with
 * `sum` they are null when one of those is missing. A group whose mean
 * coverage is below the definition's completeness is null at that end. A single station is passed on as it is.
 */
export const rollUp = defineStep({
  op: "roll-up",
  doc: {
    vi: "Từ trạm lên nhóm và toàn thành phố theo cách của định nghĩa",
    en: "From stations to groups and the city the way the definition says",
  },
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
