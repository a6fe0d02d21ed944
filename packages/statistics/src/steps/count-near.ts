import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { distanceKm } from "../operators/space.ts";
import type { Place } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { measureName } from "./parameters.ts";
import { datasetProblems, filtered, formula, rowsOf } from "./rows.ts";

function placesOf({ columns, index }: Rows, lat: string, lon: string): (Place & { row: number })[] {
  const [lats, lons] = [lat, lon].map((name) => {
    const found = columns.get(name);
    if (!found) throw new Error(`there is no column "${name}"`);
    return found;
  });
  return index.flatMap((row) => {
    const [y, x] = [lats?.[row], lons?.[row]];
    return typeof y === "number" && typeof x === "number" ? [{ row, lat: y, lon: x }] : [];
  });
}

/** For each row the number of rows of another dataset that lie within `within` km of it, as the column `into`; null without a place. */
export const countNear = defineStep({
  op: "count-near",
  doc: {
    vi: "Đếm các dòng của một bộ dữ liệu khác nằm trong `within` km quanh mỗi dòng",
    en: "Counts the rows of another dataset that lie within `within` km of each row",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    dataset: z.string(),
    where: formula.optional(),
    /** Column of the other dataset with the place. */
    location: z.string().default("location"),
    lat: z.string().default("lat"),
    lon: z.string().default("lon"),
    within: z.number().positive(),
    into: measureName,
  }),
  problems: ({ dataset, where }, definition) => [
    ...datasetProblems(dataset, definition),
    ...formulaProblems({ where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, { dataset, where, location, lat, lon, within, into }, context): Rows => {
    const others = placesOf(filtered(rowsOf(dataset, context), where, context), `${location}_lat`, `${location}_lon`);
    const made = Array<RowValue>(Math.max(0, ...[...input.columns.values()].map(({ length }) => length))).fill(null);
    for (const place of placesOf(input, lat, lon)) {
      made[place.row] = others.filter((other) => distanceKm(place, other) <= within).length;
    }
    return { ...input, columns: new Map([...input.columns, [into, made]]) };
  },
});
