import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import type { Grid, Grouped, Matrix, Rows } from "../grid.ts";
import { matrixOf, withMeasures } from "../grid.ts";
import { distanceKm } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { areasOf } from "../view.ts";
import { formulaProblems } from "./formula-problems.ts";
import { namesOfRows } from "./row-names.ts";
import { datasetProblems, filtered, formula, rowsOf } from "./rows.ts";

const parameters = z
  .strictObject({
    dataset: z.string(),
    where: formula.optional(),
    measures: z.record(z.string(), formula),
    /** Column with the codes of the units that a row is about, one or several in a text. */
    areas: z.string().optional(),
    /** Only the rows of the narrowest unit that has some: those of the ward, and those of the city where the ward has none. */
    narrowest: z.boolean().default(false),
    /** Instead of units: places within so many km of the station. */
    near: z.strictObject({ location: z.string(), km: z.number().positive() }).optional(),
    /** Of the rows that concern a subject only those with the largest value of this column: the newest bulletin, say. */
    newest: z.string().optional(),
  })
  .refine(({ areas, near }) => (areas === undefined) !== (near === undefined), {
    message: "name either `areas` or `near`",
  });
type Parameters = z.infer<typeof parameters>;

/** Rows that concern a subject, by how far: 0 the subject itself, 1 what it lies in, and so on; null not at all. */
type Concern = (subject: string, row: number) => number | null;

function columnOf(rows: Rows, name: string): readonly RowValue[] {
  const found = rows.columns.get(name);
  if (!found) throw new Error(`there is no column "${name}"; known: ${[...rows.columns.keys()].join(", ")}`);
  return found;
}

/** A unit and those that it lies in, narrowest first. */
function chainOf(code: string, context: StepContext): string[] {
  const areas = areasOf(context.network);
  const chain: string[] = [];
  for (let area = areas.get(code); area; area = area.parent === null ? undefined : areas.get(area.parent)) {
    chain.push(area.id);
  }
  return chain;
}

/** The unit of a subject of the view; the city where it is neither a unit nor a station. */
function unitsOfSubjects(context: StepContext): (subject: string) => string {
  const { network, stations } = context;
  const byStation = new Map(stations.map(({ id, areas }) => [id, areas[network.scheme]]));
  const units = areasOf(network);
  const city = [...units.values()].find(({ level }) => level === "city")?.id ?? "";
  return (subject) => (units.has(subject) ? subject : (byStation.get(subject) ?? city));
}

function byAreas(rows: Rows, column: string, context: StepContext): Concern {
  const values = columnOf(rows, column);
  const chains = new Map<string, string[]>();
  const chain = (code: string) => {
    let found = chains.get(code);
    if (!found) chains.set(code, (found = chainOf(code, context)));
    return found;
  };
  const codes = new Map(rows.index.map((row) => [row, String(values[row] ?? "").match(/[^\s,;]+/g) ?? []]));
  const unitOf = unitsOfSubjects(context);
  return (subject, row) => {
    const unit = unitOf(subject);
    const own = chain(unit);
    const named = codes.get(row) ?? [];
    if (named.length === 0) return own.length;
    const steps = named.flatMap((code) => {
      const above = own.indexOf(code);
      // A part of the subject concerns it as well.
      return above >= 0 ? [above] : chain(code).includes(unit) ? [0] : [];
    });
    return steps.length === 0 ? null : Math.min(...steps);
  };
}

function byPlace(rows: Rows, { location, km }: { location: string; km: number }, context: StepContext): Concern {
  const [lats, lons] = [columnOf(rows, `${location}_lat`), columnOf(rows, `${location}_lon`)];
  const stations = new Map(context.stations.map((station) => [station.id, station]));
  return (subject, row) => {
    const [station, lat, lon] = [stations.get(subject), lats[row], lons[row]];
    if (!station || typeof lat !== "number" || typeof lon !== "number") return null;
    return distanceKm(station, { lat, lon }) <= km ? 0 : null;
  };
}

/** The rows that concern a subject, in the order of the table. */
function selectionOf(rows: Rows, concern: Concern, { narrowest, newest }: Parameters) {
  const age = newest === undefined ? null : columnOf(rows, newest);
  const ageOf = (row: number) => {
    const value = age?.[row];
    return typeof value === "number" ? value : -Infinity;
  };
  return (subject: string): number[] => {
    const found = rows.index.flatMap((row) => {
      const steps = concern(subject, row);
      return steps === null ? [] : [{ row, steps }];
    });
    const least = found.reduce((best, { steps }) => Math.min(best, steps), Infinity);
    const kept = (narrowest ? found.filter(({ steps }) => steps === least) : found).map(({ row }) => row);
    if (!age) return kept;
    const largest = kept.reduce((best, row) => Math.max(best, ageOf(row)), -Infinity);
    return kept.filter((row) => ageOf(row) === largest);
  };
}

/**
 * Figures over the rows of a dataset that concern each subject, the same at every interval: rows that name its unit, one that it
 * lies in, a part of it (a station: the unit it stands in) or no unit at all, or rows near the station. Where no row concerns a
 * subject counts are 0 and other figures null. The whole has the rows that concern any of the subjects; in groupings other than
 * places every subject has those of the city.
 */
export const concerning = defineStep({
  op: "concerning",
  doc: {
    vi: "Thêm số tính trên các dòng của một bộ dữ liệu có liên quan tới đối tượng: bản tin nêu tên đơn vị hay nơi chứa nó, phản ánh ở gần trạm",
    en: "Adds figures over the rows of a dataset that concern the subject: bulletins that name its unit or one it lies in, tickets near the station",
  },
  takes: "grouped",
  gives: "grouped",
  params: parameters,
  problems: ({ dataset, where, measures }, definition) => [
    ...datasetProblems(dataset, definition),
    ...formulaProblems({ ...measures, where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, given, context): Grouped => {
    const rows = filtered(rowsOf(given.dataset, context), given.where, context);
    const concern = given.near ? byPlace(rows, given.near, context) : byAreas(rows, given.areas ?? "", context);
    const rowsOfSubject = selectionOf(rows, concern, given);
    const names = namesOfRows(rows.columns, context);
    const figures = Object.entries(given.measures).map(([name, source]) => ({
      name,
      figure: compileAggregate(source, names),
    }));
    const add = (grid: Grid, selected: readonly (readonly number[])[]): Grid => {
      const found = selected.map((chosen) => {
        const known = new Map<string, number | null>();
        for (const { name, figure } of figures) known.set(name, figure(chosen, known));
        return known;
      });
      const matrix = (name: string): Matrix =>
        matrixOf(grid.ids, (subject) => Array<number | null>(grid.ends.length).fill(found[subject]?.get(name) ?? null));
      return withMeasures(
        grid,
        figures.map(({ name }) => [name, matrix(name)] as const),
      );
    };
    const selected = input.groups.ids.map(rowsOfSubject);
    const groups = add(input.groups, selected);
    const any = new Set(selected.flat());
    return {
      ...input,
      groups,
      stations: input.stations === input.groups ? groups : input.stations,
      total: add(input.total, [rows.index.filter((row) => any.has(row))]),
    };
  },
});
