import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { defineStep } from "../step.ts";
import { measureName } from "./parameters.ts";

/**
 * By how much measures of stations differ from those of `by` intervals before, in their own unit; null where one of the two is
 * missing.
 */
export const change = defineStep({
  op: "change",
  doc: {
    vi: "Mức thay đổi của đại lượng so với `by` khoảng trước",
    en: "By how much measures have changed since `by` intervals before",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    /** New measure: measure. */
    measures: z.record(z.string(), measureName),
    by: z.int().positive(),
  }),
  run: (grid, { measures, by }): Grid =>
    withMeasures(
      grid,
      Object.entries(measures).map(([name, of]): [string, Matrix] => [
        name,
        matrixOf(grid.ids, (subject) => {
          const row = rowOf(grid, of, subject);
          return row.map((value, end) => {
            const before = row[end - by] ?? null;
            return value === null || before === null ? null : value - before;
          });
        }),
      ]),
    ),
});
