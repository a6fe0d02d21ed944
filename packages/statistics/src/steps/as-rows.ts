import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import { attributeOf } from "./parameters.ts";

/**
 * Intervals of stations as rows with the columns `station`, `kind`, `area_code` (of the scheme in use), `time` (end of the
 * interval), `grouping` (that of the view), every measure that is asked for (codes become their texts) and attributes of the
 * station (`take: {column: attribute}`). Only the shown intervals, unless `all`.
 */
export const asRows = defineStep({
  op: "as-rows",
  doc: {
    vi: "Biến giá trị theo trạm và thời gian thành các dòng: station, kind, area_code, time và các đại lượng",
    en: "Turns values by station and time into rows: station, kind, area_code, time and the measures",
  },
  takes: "grid",
  gives: "rows",
  params: z.strictObject({
    /** New column: measure. */
    measures: z.record(z.string(), z.string()),
    /** New column: attribute of the station; numbers and texts. */
    attributes: z.record(z.string(), z.string()).default({}),
    all: z.boolean().default(false),
  }),
  run: (grid, { measures, attributes, all }, { network, stations, view }): Rows => {
    const places = new Map(stations.map((station) => [station.id, station]));
    const shown = all ? grid.ends.map((_, end) => end) : grid.shown;
    const columns = new Map<string, RowValue[]>();
    const length = grid.ids.length * shown.length;
    // Filled in place: a week of five minutes at every station is a hundred thousand rows.
    const put = (name: string, of: (subject: number) => (end: number) => RowValue) => {
      const column = Array<RowValue>(length).fill(null);
      let row = 0;
      grid.ids.forEach((_, subject) => {
        const valueAt = of(subject);
        for (const end of shown) column[row++] = valueAt(end);
      });
      columns.set(name, column);
    };
    const putOfStation = (name: string, of: (id: string) => RowValue) =>
      put(name, (subject) => {
        const value = of(grid.ids[subject] as string);
        return () => value;
      });
    putOfStation("station", (id) => id);
    putOfStation("kind", (id) => places.get(id)?.kind ?? null);
    putOfStation("area_code", (id) => places.get(id)?.areas[network.scheme] ?? null);
    put("time", () => (end) => grid.ends[end] ?? null);
    putOfStation("grouping", () => view.group);
    for (const [name, measure] of Object.entries(measures)) {
      const labels = grid.labels[measure];
      put(name, (subject) => {
        const values = rowOf(grid, measure, subject);
        if (!labels) return (end) => values[end] ?? null;
        return (end) => {
          const value = values[end] ?? null;
          return value === null ? null : (labels[value] ?? null);
        };
      });
    }
    for (const [name, attribute] of Object.entries(attributes)) {
      putOfStation(name, (id) => {
        const station = places.get(id);
        const text = station?.attributes[attribute];
        return station ? (attributeOf(station, attribute) ?? (typeof text === "string" ? text : null)) : null;
      });
    }
    return {
      shape: "rows",
      columns,
      index: Array.from({ length }, (_, row) => row),
      ends: new Set(["time"]),
      labels: new Map(),
    };
  },
});
