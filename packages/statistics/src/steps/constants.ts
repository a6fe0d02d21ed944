import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { defineStep } from "../step.ts";
import { numberOf } from "../tables.ts";
import { lengthOf } from "./columns.ts";
import { numberProblems } from "./parameters.ts";

export const constants = defineStep({
  op: "constants",
  doc: {
    vi: "Thêm cột mang một số của bảng tham chiếu, như nhau ở mọi dòng, để công thức dùng",
    en: "Adds columns with a number of a reference table, the same in every row, for formulas to use",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    table: z.string(),
    /** New column: path in the table, joined by dots. */
    columns: z.record(z.string(), z.string()),
  }),
  problems: ({ table, columns }, _definition, network) => numberProblems(network, table, Object.values(columns)),
  run: (input, { table, columns }, { network }): Rows => {
    const length = lengthOf(input.columns);
    const all = new Map(input.columns);
    for (const [name, path] of Object.entries(columns)) {
      all.set(name, Array<RowValue>(length).fill(numberOf(network, table, path)));
    }
    return { ...input, columns: all };
  },
});
