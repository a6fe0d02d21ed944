import { z } from "zod";
import type { Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf, withMeasures } from "../grid.ts";
import { apartFrom, distanceKm } from "../operators/space.ts";
import type { Place } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { areasOf } from "../view.ts";
import { measureName } from "./parameters.ts";
import { datasetProblems, rowsOf } from "./rows.ts";

const parameters = z.strictObject({
  measure: measureName,
  /** Depth from which the surroundings count, m. */
  from: z.number(),
  /** Known points: dataset, the people exposed there and how near a point must be, km; its place is in `location`. */
  points: z.strictObject({ dataset: z.string(), people: z.string(), within: z.number().positive() }),
  /** People of the units: dataset, column and the column whose newest value counts. */
  population: z.strictObject({ dataset: z.string(), people: z.string(), newest: z.string() }),
  /** Without a known point: people within this radius at the mean density of the unit, km. */
  radius: z.number().positive(),
  /** Towers nearer to each other are one place, km. */
  apart: z.number().positive(),
});
type Parameters = z.infer<typeof parameters>;

type Point = Place & { people: number };

function pointsOf({ points }: Parameters, context: StepContext): Point[] {
  const { columns, index } = rowsOf(points.dataset, context);
  const [lat, lon, people] = ["location_lat", "location_lon", points.people].map((name) => columns.get(name) ?? []);
  return index.flatMap((row) => {
    const values = [lat?.[row], lon?.[row], people?.[row]];
    if (!values.every((value) => typeof value === "number")) return [];
    return [{ lat: values[0] as number, lon: values[1] as number, people: values[2] as number }];
  });
}

/** People for each km² of the units, from the newest figures. */
function densities({ population }: Parameters, context: StepContext): Map<string, number> {
  const { columns, index } = rowsOf(population.dataset, context);
  const [codes, people, newest] = ["area_code", population.people, population.newest].map(
    (name) => columns.get(name) ?? [],
  );
  const latest = new Map<string, { at: number; people: number }>();
  for (const row of index) {
    const [code, count, at] = [codes?.[row], people?.[row], newest?.[row]];
    if (typeof code !== "string" || typeof count !== "number" || typeof at !== "number") continue;
    if (at >= (latest.get(code)?.at ?? -Infinity)) latest.set(code, { at, people: count });
  }
  const areas = areasOf(context.network);
  return new Map(
    [...latest].flatMap(([code, { people: count }]) => {
      const surface = areas.get(code)?.areaKm2;
      return surface ? [[code, count / surface] as const] : [];
    }),
  );
}

/** People around each station, were it flooded; null where neither a point nor the density is known. */
function peopleAround(stations: readonly Station[], parameters: Parameters, context: StepContext): (number | null)[] {
  const points = pointsOf(parameters, context);
  const density = densities(parameters, context);
  return stations.map((station) => {
    const [nearest] = points
      .map((point) => ({ point, distance: distanceKm(station, point) }))
      .sort((a, b) => a.distance - b.distance);
    if (nearest && nearest.distance <= parameters.points.within) return nearest.point.people;
    const unit = density.get(station.areas[context.network.scheme] ?? "");
    return unit === undefined ? null : Math.PI * parameters.radius ** 2 * unit;
  });
}

/**
 * A rough number of residents around flooded stations, by station and interval. From a depth on a station counts the people of
 * the nearest known point, else those of a circle at the mean density of its unit; of stations nearer to each other than
 * `apart` the largest counts. `people` is 0 at dry and doubly counted stations, null without a depth; `flooded` is 1 or 0;
 * `coverage` is 1 where it is known how many people count.
 */
export const exposedPeople = defineStep({
  op: "exposed-people",
  doc: {
    vi: "Ước tính số dân quanh các tháp đang ngập, không tính trùng những tháp gần nhau",
    en: "Estimates the residents around flooded stations, near ones counted once",
  },
  takes: "grid",
  gives: "grid",
  wide: true,
  params: parameters,
  problems: ({ points, population }, definition) =>
    [points.dataset, population.dataset].flatMap((dataset) => datasetProblems(dataset, definition)),
  reads: ({ points, population }) =>
    [points.dataset, population.dataset].map((dataset) => ({ kind: "rows", dataset }) as const),
  run: (grid, parameters, context): Grid => {
    const places = new Map(context.stations.map((station) => [station.id, station]));
    const stations = grid.ids.map((id) => places.get(id) as Station);
    const around = peopleAround(stations, parameters, context);
    const added = new Map<string, Matrix>(
      ["people", "flooded", "coverage"].map((name) => [name, emptyMatrix(grid.ids.length, grid.ends.length)]),
    );
    grid.ends.forEach((_, end) => {
      const depths = grid.ids.map((_id, subject) => rowOf(grid, parameters.measure, subject)[end] ?? null);
      const flooded = depths.flatMap((depth, subject) => (depth !== null && depth >= parameters.from ? [subject] : []));
      const byPeople = flooded.toSorted((a, b) => (around[b] ?? -1) - (around[a] ?? -1) || a - b);
      const kept = new Set(apartFrom(byPeople, (subject) => stations[subject] as Place, parameters.apart));
      depths.forEach((depth, subject) => {
        const wet = depth !== null && depth >= parameters.from;
        const people = kept.has(subject) ? (around[subject] ?? null) : 0;
        put(added, "coverage", subject, end, depth === null || (wet && people === null) ? 0 : 1);
        if (depth === null) return;
        put(added, "flooded", subject, end, wet ? 1 : 0);
        put(added, "people", subject, end, people);
      });
    });
    return withMeasures(grid, added);
  },
});
