import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import { compileFormula } from "../formula/compile.ts";
import type { Rows } from "../grid.ts";
import { linked } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import { lengthOf } from "./columns.ts";
import { formulaProblems } from "./formula-problems.ts";
import { namesOfRows } from "./row-names.ts";
import { formula } from "./rows.ts";

/**
 * Rows that lie near each other: those for which `where` holds and that are linked by steps of at most `within` km get the same number
 * in the column `into`, the others and those without a place null.
 */
export const clusters = defineStep({
  op: "clusters",
  doc: {
    vi: "Đánh số cụm các dòng nối với nhau bằng những bước không quá `within` km",
    en: "Numbers the clusters of rows that are linked by steps of at most `within` km",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    lat: z.string().default("lat"),
    lon: z.string().default("lon"),
    where: formula.optional(),
    within: z.number().positive(),
    into: z.string().default("cluster"),
  }),
  problems: ({ where }) => formulaProblems({ where }),
  run: (input, { lat, lon, where, within, into }, context): Rows => {
    const names = namesOfRows(input.columns, context);
    const [y, x] = [names.at(lat), names.at(lon)];
    const counts = where === undefined ? () => true : compileFormula(where, names);
    const points = input.index.flatMap((row) => {
      const place = { lat: y(row), lon: x(row) };
      if (typeof place.lat !== "number" || typeof place.lon !== "number" || counts(row) !== true) return [];
      return [{ row, lat: place.lat, lon: place.lon }];
    });
    const made = Array<RowValue>(lengthOf(input.columns)).fill(null);
    linked(points, within).forEach((members, number) => {
      for (const { row } of members) made[row] = number + 1;
    });
    return { ...input, columns: new Map([...input.columns, [into, made]]) };
  },
});
