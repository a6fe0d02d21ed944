import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { matrixOf, withMeasures } from "../grid.ts";
import { defineStep } from "../step.ts";
import { attributeOf } from "./parameters.ts";
import { datasetProblems, rowsOf } from "./rows.ts";

/** The same number at every interval, by station. */
function constant(grid: Grid, of: (id: string) => number | null): Matrix {
  return matrixOf(grid.ids, (_, id) => Array<number | null>(grid.ends.length).fill(of(id)));
}

/** Numbers among the attributes of the stations as measures; null where a station has none. */
export const withAttributes = defineStep({
  op: "with-attributes",
  doc: {
    vi: "Thêm đại lượng từ thuộc tính của trạm, như nhau ở mọi lúc (số bơm lắp đặt, diện tích hồ)",
    en: "Adds measures from attributes of the station, the same at every time (installed pumps, surface of a lake)",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    /** New measure: attribute. */
    attributes: z.record(z.string(), z.string()),
  }),
  run: (grid, { attributes }, { stations }): Grid => {
    const places = new Map(stations.map((station) => [station.id, station]));
    const valueOf = (attribute: string) => (id: string) => {
      const station = places.get(id);
      return station ? attributeOf(station, attribute) : null;
    };
    return withMeasures(
      grid,
      Object.entries(attributes).map(([name, attribute]) => [name, constant(grid, valueOf(attribute))] as const),
    );
  },
});

/** Numbers of the row of a dataset that belongs to the station as measures; null where there is none. */
export const withColumns = defineStep({
  op: "with-columns",
  doc: {
    vi: "Thêm đại lượng từ dòng của trạm trong một bộ dữ liệu, như nhau ở mọi lúc (chiều dài đoạn đường)",
    en: "Adds measures from the station's row of a dataset, the same at every time (length of a road link)",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    dataset: z.string(),
    station: z.string().default("station_id"),
    /** New measure: column. */
    take: z.record(z.string(), z.string()),
  }),
  problems: ({ dataset }, definition) => datasetProblems(dataset, definition),
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (grid, { dataset, station, take }, context): Grid => {
    const rows = rowsOf(dataset, context);
    const column = (name: string) => {
      const found = rows.columns.get(name);
      if (!found) throw new Error(`dataset "${dataset}" has no column "${name}"`);
      return found;
    };
    const ids = column(station);
    const rowOfStation = new Map(rows.index.map((row) => [ids[row], row]));
    const added = Object.entries(take).map(([name, source]) => {
      const values = column(source);
      const valueOf = (id: string) => {
        const row = rowOfStation.get(id);
        const value = row === undefined ? null : values[row];
        return typeof value === "number" ? value : null;
      };
      return [name, constant(grid, valueOf)] as const;
    });
    return withMeasures(grid, added);
  },
});
