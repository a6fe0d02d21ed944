import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Station } from "@ioc/contracts";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { maxOf, meanOf, medianOf, sumOf } from "../operators/aggregate.ts";
import { distanceKm } from "../operators/space.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read } from "../step.ts";
import { inputsOf } from "../view.ts";
import { duration, hourMs, measureName, propertyOf } from "./parameters.ts";

const parameters = z.strictObject({
  kind: z.string(),
  property: measureName,
  into: measureName,
  /** Columns with the place of a row. */
  lat: z.string().default("lat"),
  lon: z.string().default("lon"),
  /** Column with a station that is not its own neighbour. */
  except: z.string().optional(),
  nearest: z.int().min(1).max(20),
  /** Stations further away do not count, km. */
  within: z.number().positive().optional(),
  /** So many must have a value. */
  least: z.int().min(1).default(1),
  span: duration,
  /** The span ends the last time that it was this hour of the local clock; now unless given. */
  at: z.int().min(0).max(23).optional(),
  /** What a station's readings of the span are worth. */
  value: z.enum(["sum", "mean", "max"]),
  /** What the stations are worth together. */
  figure: z.enum(["mean", "median", "max"]),
});
type Parameters = z.infer<typeof parameters>;

function spanOf({ span, at }: Parameters, { now, calendar }: PlanContext): { from: number; to: number } {
  if (at === undefined) return { from: now - span, to: now };
  const today = calendar.dayStart(now) + at * hourMs;
  const to = today <= now ? today : calendar.addDays(today - at * hourMs, -1) + at * hourMs;
  return { from: to - span, to };
}

const stationsOf = ({ kind, property }: Parameters, { definition, stations }: PlanContext): Station[] =>
  stations.filter((station) => station.kind === kind && inputsOf(definition, station).includes(property));

const figures = { sum: sumOf, mean: meanOf, max: maxOf, median: medianOf } as const;

/**
 * For each row what the `nearest` stations of a kind measured over the span, as the column `into`. A station without the definition's
 * completeness of readings is passed over for the next one; with fewer than `least` stations, and where a row has no place, it is
 * null.
 */
export const nearestStations = defineStep({
  op: "nearest-stations",
  doc: {
    vi: "Thêm cột tính từ số đo của các trạm gần nhất thuộc một loại trong khoảng thời gian (mưa 24 giờ của 3 trạm gần nhất)",
    en: "Adds a column from what the nearest stations of a kind measured over a span (24-hour rain of the 3 nearest gauges)",
  },
  takes: "rows",
  gives: "rows",
  wide: true,
  params: parameters,
  problems: ({ kind, property }, { input }) =>
    input.some((one) => "kind" in one && one.kind === kind && one.properties.includes(property))
      ? []
      : [`"${property}" of ${kind} is not among the inputs`],
  reads: (given, context): Read[] => [
    {
      kind: "raw",
      ...spanOf(given, context),
      datastreams: stationsOf(given, context).map(({ id }) => datastreamId(id, given.property)),
    },
  ],
  run: (input, given, context): Rows => {
    const { lat, lon, except, nearest, within = Infinity, least, into } = given;
    const column = (name: string) => {
      const found = input.columns.get(name);
      if (!found) throw new Error(`there is no column "${name}"`);
      return found;
    };
    const [lats, lons, own] = [column(lat), column(lon), except === undefined ? [] : column(except)];
    const { from, to } = spanOf(given, context);
    const known = stationsOf(given, context).flatMap((station) => {
      const value = valueOf(context.data.raw(from, to, datastreamId(station.id, given.property)), station);
      return value === null ? [] : [{ station, value }];
    });
    function valueOf(readings: readonly Reading[], station: Station): number | null {
      const period = (propertyOf(context.network, station, given.property)?.periodSeconds ?? 0) * 1000;
      const filled = new Set(readings.map(({ time }) => Math.floor((to - time) / period))).size;
      const due = Math.max(1, Math.round((to - from) / period));
      if (filled === 0 || filled < context.definition.completeness * due - 1e-9) return null;
      return figures[given.value](readings.map(({ value }) => value));
    }
    // Rows of one place share their answer.
    const answers = new Map<string, number | null>();
    const answer = (place: { lat: number; lon: number }, without: RowValue): number | null => {
      const near = known
        .filter(({ station }) => station.id !== without)
        .map(({ station, value }) => ({ km: distanceKm(place, station), value, id: station.id }))
        .filter(({ km }) => km <= within)
        .sort((a, b) => a.km - b.km || (a.id < b.id ? -1 : 1))
        .slice(0, nearest);
      return near.length < least ? null : figures[given.figure](near.map(({ value }) => value));
    };
    const made = Array<RowValue>(lats.length).fill(null);
    for (const row of input.index) {
      const [y, x, without] = [lats[row], lons[row], own[row] ?? null];
      if (typeof y !== "number" || typeof x !== "number") continue;
      const key = `${y} ${x} ${without}`;
      if (!answers.has(key)) answers.set(key, answer({ lat: y, lon: x }, without));
      made[row] = answers.get(key) ?? null;
    }
    return { ...input, columns: new Map([...input.columns, [into, made]]) };
  },
});
