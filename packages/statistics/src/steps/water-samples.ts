import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { bestClass } from "../operators/quality-class.ts";
import { vnWqi } from "../operators/vn-wqi.ts";
import type { Sample } from "../operators/vn-wqi.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { tableProblems } from "./parameters.ts";

/** The numbers of a row by column; a column that is not there was not measured. */
function sampleOf(rows: Rows, row: number): Sample {
  return (parameter) => {
    const value = rows.columns.get(parameter)?.[row];
    return typeof value === "number" ? value : null;
  };
}

/** The rows with one more column. */
function withColumn(rows: Rows, name: string, valueOf: (row: number) => RowValue): Rows {
  const made = Array<RowValue>(Math.max(0, ...[...rows.columns.values()].map((column) => column.length))).fill(null);
  for (const row of rows.index) made[row] = valueOf(row);
  return { ...rows, columns: new Map([...rows.columns, [name, made]]) };
}

export const vnWqiStep = defineStep({
  op: "vn-wqi",
  doc: {
    vi: "Thêm cột `wqi`: chỉ số VN_WQI của mẫu nước theo bảng tham chiếu",
    en: "Adds the column `wqi`: VN_WQI of a water sample from the reference table",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ table: z.string() }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "vn-wqi"),
  run: (input, { table }, { network }): Rows => {
    const found = tableOf(network, table, "vn-wqi");
    return withColumn(input, "wqi", (row) => vnWqi(sampleOf(input, row), found));
  },
});

const measuredParameters = ["ph", "bod5", "cod", "toc", "tss", "do", "tp", "tn", "coliform"];

/**
 * Class of surface-water samples. A: the best, D: no better class holds; visible rubbish makes a sample D. A sample with fewer
 * than `least` measured parameters has no class.
 */
export const surfaceClass = defineStep({
  op: "surface-class",
  doc: {
    vi: "Thêm cột `class`: mức A, B, C, D của mẫu nước mặt theo bảng tham chiếu",
    en: "Adds the column `class`: A, B, C or D of a surface-water sample from the reference table",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    table: z.string(),
    least: z.int().positive(),
    /** Column that says whether rubbish was seen. */
    rubbish: z.string(),
  }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "surface-water"),
  run: (input, { table, least, rubbish }, { network }): Rows => {
    const { A, B, C } = tableOf(network, table, "surface-water").table2_river_classes;
    const classes = [
      ["A", A],
      ["B", B],
      ["C", C],
    ] as const;
    return withColumn(input, "class", (row) => {
      const sample = sampleOf(input, row);
      if (measuredParameters.filter((parameter) => sample(parameter) !== null).length < least) return null;
      return sample(rubbish) === 1 ? "D" : bestClass(sample, classes, "D");
    });
  },
});
