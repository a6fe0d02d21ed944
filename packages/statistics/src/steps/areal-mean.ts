import { z } from "zod";
import type { Area } from "@ioc/contracts";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { emptyMatrix, rowOf, withMeasures } from "../grid.ts";
import { maxOf, meanOf, sumOf } from "../operators/aggregate.ts";
import { distanceKm, inverseDistanceMean, weightedMean } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { areasOf } from "../view.ts";
import { measureName, propertyOf, share } from "./parameters.ts";
import { datasetProblems, rowsOf } from "./rows.ts";

const parameters = z.strictObject({
  measures: z.array(measureName).min(1),
  /** New measure of the units: measure of which they take the largest value at the stations that stand in them. */
  largest: z.record(z.string(), measureName).default({}),
  /** New measure of the units: property of which they count the stations that measure it, silent ones too. */
  counted: z.record(z.string(), z.string()).default({}),
  power: z.number().positive(),
  nearest: z.int().positive(),
  floorKm: z.number().positive(),
  /** Smallest mean coverage of the stations below which units and city are null. */
  completeness: share.default(0.75),
  /** Rows of the view of the city: the city itself, or its units. */
  city: z.enum(["whole", "units"]).default("whole"),
  /** What the units weigh in the mean of the city: the newest figures of a dataset by area; their surface unless given. */
  weights: z
    .strictObject({ dataset: z.string(), value: z.string(), newest: z.string(), area: z.string().default("area_code") })
    .optional(),
});
type Parameters = z.infer<typeof parameters>;

type WeightOf = (area: Area) => number | null;

/** What a unit weighs: its figure in the dataset, or its surface. */
function weightsOf({ weights }: Parameters, context: StepContext): WeightOf {
  if (!weights) return (area) => area.areaKm2 ?? null;
  const rows = rowsOf(weights.dataset, context);
  const column = (name: string) => {
    const found = rows.columns.get(name);
    if (!found) throw new Error(`dataset "${weights.dataset}" has no column "${name}"`);
    return (row: number) => found[row] ?? null;
  };
  const [value, age, code] = [column(weights.value), column(weights.newest), column(weights.area)];
  const newest = maxOf(rows.index.map((row) => Number(age(row))));
  const known = new Map<string, number>();
  for (const row of rows.index) {
    const [area, weight] = [String(code(row)), value(row)];
    if (Number(age(row)) === newest && typeof weight === "number") known.set(area, (known.get(area) ?? 0) + weight);
  }
  return (area) => known.get(area.id) ?? null;
}

/** Units of the scheme that have a middle and a weight, narrowest level first found; far islands left out. */
function unitsOf(context: StepContext, weightOf: WeightOf): Area[] {
  const areas = [...areasOf(context.network).values()].filter(
    (area) => area.center && weightOf(area) !== null && !area.offshore,
  );
  const wards = areas.filter((area) => area.level === "ward");
  return wards.length > 0 ? wards : areas.filter((area) => area.level === "district");
}

function isInside(unit: Area, context: StepContext): boolean {
  const { area } = context.view;
  return area === null || unit.id === area.id || unit.parent === area.id;
}

/** Stations by their distance to the middle of a unit, nearest first. */
function nearestFirst(unit: Area, context: StepContext): { distance: number; subject: number }[] {
  const [lat, lon] = unit.center as [number, number];
  return context.stations
    .map((station, subject) => ({ distance: distanceKm({ lat, lon }, station), subject }))
    .sort((a, b) => a.distance - b.distance || a.subject - b.subject);
}

function unitGrid(grid: Grid, units: readonly Area[], parameters: Parameters, context: StepContext): Grid {
  const neighbours = units.map((unit) => nearestFirst(unit, context));
  const measures = new Map<string, Matrix>();
  for (const measure of parameters.measures) {
    const rows = context.stations.map((_, subject) => rowOf(grid, measure, subject));
    const unitMean = (near: readonly { distance: number; subject: number }[], end: number) => {
      const points: { distance: number; value: number | null }[] = [];
      for (const { distance, subject } of near) {
        const value = rows[subject]?.[end] ?? null;
        if (value !== null) points.push({ distance, value });
        if (points.length === parameters.nearest) break;
      }
      return inverseDistanceMean(points, parameters);
    };
    measures.set(
      measure,
      neighbours.map((near) => grid.ends.map((_, end) => unitMean(near, end))),
    );
  }
  const shares = grid.ends.map((_, end) =>
    meanOf(context.stations.map((_, s) => rowOf(grid, "coverage", s)[end] ?? 0)),
  );
  measures.set(
    "coverage",
    units.map(() => shares),
  );
  return { ...grid, ids: units.map((unit) => unit.id), measures };
}

/** Largest values at the stations that stand in each unit, null where none has one, and how many measure a property. */
function insideUnits(grid: Grid, units: readonly Area[], { largest, counted }: Parameters, context: StepContext) {
  const { network, stations } = context;
  const inUnit = units.map(({ id }) =>
    stations.flatMap(({ areas }, subject) => (areas[network.scheme] === id ? [subject] : [])),
  );
  const counts = Object.entries(counted).map(([name, property]): [string, Matrix] => {
    const measures = stations.map((station) => propertyOf(network, station, property) !== null);
    const count = (members: readonly number[]) => members.filter((subject) => measures[subject]).length;
    return [name, inUnit.map((members) => Array<number | null>(grid.ends.length).fill(count(members)))];
  });
  const peaks = Object.entries(largest).map(([name, measure]): [string, Matrix] => {
    const rows = stations.map((_, subject) => rowOf(grid, measure, subject));
    const at = (members: readonly number[], end: number) =>
      maxOf(members.map((subject) => rows[subject]?.[end] ?? null));
    return [name, inUnit.map((members) => grid.ends.map((_, end) => at(members, end)))];
  });
  return [...counts, ...peaks];
}

/** The same of the whole: the largest value in any unit, and all the stations counted. */
function ofWhole(inside: readonly (readonly [string, Matrix])[], { counted }: Parameters): [string, Matrix][] {
  return inside.map(([name, matrix]) => {
    const ends = matrix[0] ?? [];
    const fold = name in counted ? sumOf : maxOf;
    return [name, [ends.map((_, end) => fold(matrix.map((row) => row[end] ?? null)))]];
  });
}

/** Mean of units by their weights. */
function meanOfUnits(grid: Grid, units: readonly Area[], measures: readonly string[], weightOf: WeightOf): Grid {
  const found = new Map<string, Matrix>();
  for (const measure of measures) {
    const row = grid.ends.map((_, end) =>
      weightedMean(units.map((unit, i) => ({ value: rowOf(grid, measure, i)[end] ?? null, weight: weightOf(unit) }))),
    );
    found.set(measure, [row]);
  }
  const coverage = units.length > 0 ? rowOf(grid, "coverage", 0) : grid.ends.map(() => null);
  found.set("coverage", [coverage]);
  const weight = sumOf(units.map(weightOf));
  found.set("weight", [grid.ends.map(() => weight)]);
  return { ...grid, ids: [""], measures: found };
}

function cut(grid: Grid, completeness: number): Grid {
  const measures = new Map(
    [...grid.measures].map(([name, matrix]) => [
      name,
      name === "coverage"
        ? matrix
        : matrix.map((row, subject) =>
            row.map((value, end) =>
              (grid.measures.get("coverage")?.[subject]?.[end] ?? 0) < completeness ? null : value,
            ),
          ),
    ]),
  );
  return { ...grid, measures };
}

function only(grid: Grid, subject: number, measures: readonly string[]): Grid {
  const names = [...measures, "coverage"];
  const rows = new Map(
    names.map((name) => [name, subject < 0 ? emptyMatrix(1, grid.ends.length) : [rowOf(grid, name, subject)]]),
  );
  return { ...grid, ids: [""], measures: rows };
}

/**
 * Unit value = inverse-distance weighted mean (power, nearest stations with a value, distance floor in km) at the middle of
 * the unit; `largest` and `counted` look at the stations inside it (not in the view of one station); city = mean of the units weighted by surface (km2) or by the figures of a dataset (`weight`). Where the stations' mean coverage is below
 * `completeness`, units and city are null; a station's own value stays.
 */
export const arealMean = defineStep({
  op: "areal-mean",
  doc: {
    vi: "Trung bình theo vùng: nghịch đảo bình phương khoảng cách từ các trạm gần nhất",
    en: "Areal mean: inverse-distance-squared mean of the nearest stations",
  },
  takes: "grid",
  gives: "grouped",
  params: parameters,
  problems: ({ weights }, definition) => (weights ? datasetProblems(weights.dataset, definition) : []),
  reads: ({ weights }) => (weights ? [{ kind: "rows", dataset: weights.dataset }] : []),
  wide: true,
  run: (grid, parameters, context): Grouped => {
    const { view } = context;
    if (view.stations.length === 1 && view.subject === view.stations[0]?.id) {
      const own = only(grid, grid.ids.indexOf(view.subject), parameters.measures);
      return { shape: "grouped", stations: grid, groups: { ...own, ids: [view.subject] }, total: own };
    }
    const weightOf = weightsOf(parameters, context);
    const units = unitsOf(context, weightOf).filter((unit) => isInside(unit, context));
    const inside = insideUnits(grid, units, parameters, context);
    const byUnit = withMeasures(cut(unitGrid(grid, units, parameters, context), parameters.completeness), [
      ["weight", units.map((unit) => grid.ends.map(() => weightOf(unit)))],
      ...inside,
    ]);
    const total = withMeasures(meanOfUnits(byUnit, units, parameters.measures, weightOf), ofWhole(inside, parameters));
    if (view.group === "city" && parameters.city === "whole")
      return { shape: "grouped", stations: grid, groups: total, total };
    if (view.group !== "station") return { shape: "grouped", stations: grid, groups: byUnit, total };
    const shown = view.stations.map((station) => grid.ids.indexOf(station.id));
    const measures = new Map([...grid.measures].map(([name, matrix]) => [name, shown.map((i) => matrix[i] ?? [])]));
    const groups = { ...grid, ids: view.stations.map((station) => station.id), measures };
    return { shape: "grouped", stations: grid, groups, total };
  },
});
