import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { distanceKm, firstReports } from "../operators/space.ts";
import type { Place } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { PlanContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { lengthOf } from "./columns.ts";
import { duration, measureName } from "./parameters.ts";

interface Report extends Place {
  row: number;
  time: number;
}

/** Rows that say when and where they are about. */
function reportsOf(input: Rows, time: string, location: string): Report[] {
  const column = (name: string) => {
    const found = input.columns.get(name);
    if (!found) throw new Error(`there is no column "${name}"`);
    return found;
  };
  const [times, lats, lons] = [column(time), column(`${location}_lat`), column(`${location}_lon`)];
  return input.index.flatMap((row) => {
    const [at, lat, lon] = [times[row], lats[row], lons[row]];
    return typeof at === "number" && typeof lat === "number" && typeof lon === "number"
      ? [{ row, time: at, lat, lon }]
      : [];
  });
}

const where = { time: z.string(), location: z.string(), within: z.number().positive() };

/**
 * Of rows about the same thing only the first: a row is left out when an earlier one that stays lies within `within` km and
 * `span`. Rows without a time or place stay, for nothing says what they repeat.
 */
export const distinctNear = defineStep({
  op: "distinct-near",
  doc: {
    vi: "Các dòng gần nhau về nơi và lúc chỉ giữ dòng đầu",
    en: "Of rows that are near each other in place and time keeps the first",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ ...where, span: duration }),
  run: (input, { time, location, within, span }): Rows => {
    const placed = reportsOf(input, time, location);
    const known = new Set(placed.map(({ row }) => row));
    const kept = new Set(firstReports(placed, within, span).map(({ row }) => row));
    return { ...input, index: input.index.filter((row) => !known.has(row) || kept.has(row)) };
  },
});

const readBack = ({ back }: { back: number }, { now }: PlanContext) => ({ from: now - back, to: now });

/**
 * What the stations of the definition measured around each row: `near` is 1 when one lies within `within` km and reported within
 * `span` before or after, else 0; `agrees` is then 1 when one of these reached `atLeast`, else 0, and null when none is near.
 * Only rows of the last `back` are looked at.
 */
export const besideStations = defineStep({
  op: "beside-stations",
  doc: {
    vi: "So các dòng với số đo của trạm ở gần trong cùng thời gian",
    en: "Compares rows with what stations nearby measured at the same time",
  },
  takes: "rows",
  gives: "rows",
  wide: true,
  params: z.strictObject({ ...where, property: measureName, span: duration, atLeast: z.number(), back: duration }),
  reads: (parameters, context) => [
    {
      kind: "raw",
      ...readBack(parameters, context),
      datastreams: context.stations.flatMap((station) =>
        inputsOf(context.definition, station).includes(parameters.property)
          ? [datastreamId(station.id, parameters.property)]
          : [],
      ),
    },
  ],
  run: (input, parameters, context): Rows => {
    const { property, within, span, atLeast, time, location } = parameters;
    const { from, to } = readBack(parameters, context);
    const length = lengthOf(input.columns);
    const near = Array<RowValue>(length).fill(null);
    const agrees = Array<RowValue>(length).fill(null);
    const around = (report: Report) =>
      context.stations
        .filter((station) => distanceKm(station, report) <= within)
        .flatMap((station) => context.data.raw(from, to, datastreamId(station.id, property)))
        .filter((reading) => Math.abs(reading.time - report.time) <= span);
    for (const report of reportsOf(input, time, location)) {
      if (report.time <= from || report.time > to) continue;
      const readings = around(report);
      near[report.row] = readings.length > 0 ? 1 : 0;
      if (readings.length > 0) agrees[report.row] = readings.some(({ value }) => value >= atLeast) ? 1 : 0;
    }
    return { ...input, columns: new Map([...input.columns, ["near", near], ["agrees", agrees]]) };
  },
});
