import { z } from "zod";
import type { Grid, Grouped } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { roundHalfUp } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName, tableProblems, text } from "./parameters.ts";

/**
 * The band of an index that a measure lies in, as a code with the names of the reference table. Values are rounded to integers
 * before they are compared with the bands; a missing value has no band, or the class `none`, where it is named.
 */
export const bands = defineStep({
  op: "bands",
  doc: {
    vi: "Xếp giá trị vào các mức của một chỉ số theo bảng tham chiếu",
    en: "Puts values into the bands of an index, from a reference table",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    table: z.string(),
    measure: measureName,
    into: z.string().default("band"),
    /** Class of intervals without a value. */
    none: z.strictObject({ id: z.string(), name: text }).optional(),
  }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "bands"),
  run: (input, { table, measure, into, none }, { network }): Grouped => {
    const found = tableOf(network, table, "bands").bands.toSorted((a, b) => a.lo - b.lo);
    const ids = [...found.map(({ id }) => id), ...(none ? [none.id] : [])];
    const names = {
      ...Object.fromEntries(found.map(({ id, vi, en }) => [id, { vi, en }])),
      ...(none ? { [none.id]: none.name } : {}),
    };
    const codeOf = (value: number | null): number | null => {
      if (value === null) return none ? ids.length - 1 : null;
      const code = found.findLastIndex(({ lo }) => roundHalfUp(value) >= lo);
      return code < 0 ? null : code;
    };
    return onGroups(input, (grid): Grid => {
      const codes = matrixOf(grid.ids, (subject) => rowOf(grid, measure, subject).map(codeOf));
      return { ...withMeasures(grid, [[into, codes]], { [into]: ids }), names: { ...grid.names, [into]: names } };
    });
  },
});
