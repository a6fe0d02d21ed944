import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { LocalizedText, Network, StatisticDefinition } from "@ioc/contracts";
import { compileFormula } from "../formula/compile.ts";
import type { Rows } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { compacted, lengthOf } from "./columns.ts";
import { formulaProblems } from "./formula-problems.ts";
import { text } from "./parameters.ts";
import { namesOfRows } from "./row-names.ts";

export const formula = z.string().min(1).max(1000);

/** Why a step cannot read a dataset; empty when it can. */
export function datasetProblems(dataset: string, definition: StatisticDefinition): string[] {
  return definition.input.some((input) => "dataset" in input && input.dataset === dataset)
    ? []
    : [`dataset "${dataset}" is not among the inputs`];
}

/** Names of the codes of a dataset's categories. */
function labelsOf(network: Network, dataset: string): Map<string, Record<string, LocalizedText>> {
  const definition = network.datasets.find((candidate) => candidate.id === dataset);
  return new Map(
    (definition?.columns ?? []).flatMap((column) =>
      column.values ? [[column.id, Object.fromEntries(column.values.map(({ id, name }) => [id, name]))] as const] : [],
    ),
  );
}

/** Rows for which the condition is true. */
export function filtered(rows: Rows, condition: string | undefined, context: StepContext): Rows {
  if (condition === undefined) return rows;
  const holds = compileFormula(condition, namesOfRows(rows.columns, context));
  const index = rows.index.filter((row) => holds(row) === true);
  return compacted({ ...rows, index });
}

/** All rows of a dataset; of one with a column `scheme` those of the scheme in use, of the city as a whole or of no scheme. */
export function rowsOf(dataset: string, context: StepContext): Rows {
  const table = context.data.rows(dataset);
  const scheme = table.columns.get("scheme");
  const index = Array<number>(table.length);
  for (let row = 0; row < table.length; row++) index[row] = row;
  return {
    shape: "rows",
    columns: table.columns,
    index: scheme ? index.filter((row) => scheme[row] === null || scheme[row] === context.network.scheme) : index,
    recorded: table.length > 0,
    ends: new Set(),
    labels: labelsOf(context.network, dataset),
  };
}

export const rows = defineStep({
  op: "rows",
  doc: {
    vi: "Đọc các dòng của một bộ dữ liệu, chỉ giữ những dòng thỏa điều kiện `where`",
    en: "Reads the rows of a dataset and keeps those for which `where` holds",
  },
  takes: "nothing",
  gives: "rows",
  params: z.strictObject({ dataset: z.string(), where: formula.optional() }),
  problems: ({ dataset, where }, definition) => [
    ...datasetProblems(dataset, definition),
    ...formulaProblems({ where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (_input, { dataset, where }, context): Rows => filtered(rowsOf(dataset, context), where, context),
});

export const derive = defineStep({
  op: "derive",
  doc: {
    vi: "Thêm cột tính từ các cột của cùng dòng, theo thứ tự viết",
    en: "Adds columns worked out from the others of the same row, in the order they are written",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    columns: z.record(z.string(), formula),
    /** Names of the codes in a column. */
    names: z.record(z.string(), z.record(z.string(), text)).default({}),
  }),
  problems: ({ columns }) => formulaProblems(columns),
  run: (input, { columns, names: named }, context): Rows => {
    const all = new Map(input.columns);
    const length = lengthOf(input.columns);
    for (const [name, source] of Object.entries(columns)) {
      const value = compileFormula(source, namesOfRows(all, context));
      const made = Array<RowValue>(length).fill(null);
      for (const row of input.index) {
        const found = value(row);
        made[row] = typeof found === "boolean" ? Number(found) : found;
      }
      all.set(name, made);
    }
    const labels = new Map(input.labels);
    for (const [column, names] of Object.entries(named)) labels.set(column, { ...labels.get(column), ...names });
    return { ...input, columns: all, labels };
  },
});

export const where = defineStep({
  op: "where",
  doc: { vi: "Chỉ giữ những dòng thỏa điều kiện", en: "Keeps the rows for which the condition holds" },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ keep: formula }),
  problems: ({ keep }) => formulaProblems({ keep }),
  run: (input, { keep }, context): Rows => filtered(input, keep, context),
});

/** Texts as names of codes: each code that a row has, named by the text of that row. */
function namesFrom(rows: Rows, codes: readonly RowValue[], textOf: (row: number) => RowValue | undefined) {
  const names: Record<string, LocalizedText> = {};
  for (const row of rows.index) {
    const [code, name] = [codes[row] ?? null, textOf(row)];
    if (code !== null && typeof name === "string" && name !== "") names[String(code)] ??= { vi: name, en: name };
  }
  return names;
}

export const join = defineStep({
  op: "join",
  doc: {
    vi: "Lấy thêm cột từ dòng có cùng khóa của một bộ dữ liệu khác; không có dòng nào thì để trống",
    en: "Takes columns from the row of another dataset that has the same key; null where there is none",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    dataset: z.string(),
    /** Column here: column there. */
    on: z.record(z.string(), z.string()),
    /** New column: column there. */
    take: z.record(z.string(), z.string()).default({}),
    /** Column here whose values are codes: column there with the text that names them, the same in every language. */
    names: z.record(z.string(), z.string()).default({}),
    where: formula.optional(),
  }),
  problems: ({ dataset, where }, definition) => [
    ...datasetProblems(dataset, definition),
    ...formulaProblems({ where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, { dataset, on, take, names: named, where }, context): Rows => {
    const other = filtered(rowsOf(dataset, context), where, context);
    const column = (from: Rows, name: string) => {
      const found = from.columns.get(name);
      if (!found) throw new Error(`there is no column "${name}"; known: ${[...from.columns.keys()].join(", ")}`);
      return found;
    };
    const here = Object.keys(on).map((name) => column(input, name));
    const there = Object.values(on).map((name) => column(other, name));
    const keyOf = (columns: readonly (readonly RowValue[])[], row: number) =>
      JSON.stringify(columns.map((values) => values[row] ?? null));
    const found = new Map(other.index.map((row) => [keyOf(there, row), row]));
    const all = new Map(input.columns);
    const labels = new Map(input.labels);
    for (const [name, source] of Object.entries(take)) {
      const values = column(other, source);
      const made = Array<RowValue>(here[0]?.length ?? 0).fill(null);
      for (const row of input.index) made[row] = values[found.get(keyOf(here, row)) ?? -1] ?? null;
      all.set(name, made);
      const names = other.labels.get(source);
      if (names) labels.set(name, names);
    }
    for (const [name, source] of Object.entries(named)) {
      labels.set(
        name,
        namesFrom(input, column(input, name), (row) => column(other, source)[found.get(keyOf(here, row)) ?? -1]),
      );
    }
    return { ...input, columns: all, labels };
  },
});

/** Rows of several tables under each other; a column that a table lacks is null there. */
function stacked(parts: readonly Rows[]): Rows {
  const names = new Set(parts.flatMap((part) => [...part.columns.keys()]));
  const columns = new Map(
    [...names].map((name) => [
      name,
      parts.flatMap((part) => part.index.map((row): RowValue => part.columns.get(name)?.[row] ?? null)),
    ]),
  );
  const length = parts.reduce((sum, part) => sum + part.index.length, 0);
  const records = parts.every((part) => part.recorded !== undefined);
  return {
    shape: "rows",
    columns,
    ...(records ? { recorded: parts.some((part) => part.recorded) } : {}),
    index: Array.from({ length }, (_, row) => row),
    ends: new Set(parts.flatMap((part) => [...part.ends])),
    labels: new Map(parts.flatMap((part) => [...part.labels])),
  };
}

export const append = defineStep({
  op: "append",
  doc: {
    vi: "Nối thêm các dòng của một bộ dữ liệu khác; `rename` đổi tên cột cho khớp",
    en: "Puts the rows of another dataset under these; `rename` makes its columns fit",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    dataset: z.string(),
    where: formula.optional(),
    /** Column here: column there. */
    rename: z.record(z.string(), z.string()).default({}),
  }),
  problems: ({ dataset, where }, definition) => [
    ...datasetProblems(dataset, definition),
    ...formulaProblems({ where }),
  ],
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (input, { dataset, where, rename }, context): Rows => {
    const other = filtered(rowsOf(dataset, context), where, context);
    const columns = new Map(other.columns);
    for (const [name, source] of Object.entries(rename)) {
      const found = columns.get(source);
      if (!found) throw new Error(`dataset "${dataset}" has no column "${source}"`);
      columns.delete(source);
      columns.set(name, found);
    }
    return stacked([input, { ...other, columns }]);
  },
});
