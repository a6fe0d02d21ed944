import { createHash } from "node:crypto";
import type { DatasetDefinition } from "@ioc/contracts";
import { parseCsv } from "./csv.ts";
import { PackFiles } from "./pack-files.ts";
import type { PackProblem } from "./pack.ts";
import { Problems } from "./problems.ts";
import type { Placed } from "./problems.ts";
import { itemsOf } from "./read-network.ts";
import { datasetsFile } from "./schemas.ts";

/** A row of a pack's file: cells by the column that the header line names. */
export interface PackRow {
  /** 1-based line of the file. */
  line: number;
  cells: Record<string, string>;
}

/** The rows of a dataset that the pack brings. */
export interface PackRows {
  rows: PackRow[];
  /** SHA-256 of the file. */
  hash: string;
}

/** Every list of `datasets/*.yaml`; the file is only a grouping. */
export async function readDatasets(files: PackFiles): Promise<Placed<DatasetDefinition>[]> {
  const all: Placed<DatasetDefinition>[] = [];
  for (const file of await files.list("datasets", ".yaml"))
    all.push(...itemsOf(await files.yaml(file, datasetsFile, true)));
  return all;
}

/** Path of the file inside the pack. */
export function rowsFileOf(definition: Pick<DatasetDefinition, "rows">): string {
  return `datasets/rows/${definition.rows ?? ""}`;
}

/** Reads a file of rows: a header line with column ids, then one row a line. Null when it has problems, which are noted. */
export async function readRowsFile(files: PackFiles, file: string): Promise<PackRows | null> {
  const text = await files.text(file, true);
  if (text === null) return null;
  const { problems } = files;
  const before = problems.list.length;
  const { rows, unclosed } = parseCsv(text);
  if (unclosed !== null) problems.addFile(file, "a quotation mark is never closed", 'close it with "', unclosed);
  const [header, ...body] = rows;
  if (!header) {
    problems.addFile(file, "the file is empty", "give at least a header line with the ids of the columns");
    return null;
  }
  for (const column of new Set(header.cells.filter((cell, at) => header.cells.indexOf(cell) !== at))) {
    problems.addFile(file, `the column "${column}" comes twice`, "keep one of them", header.line);
  }
  for (const { line, cells } of body) {
    if (cells.length === header.cells.length) continue;
    const problem = `the row has ${cells.length} cells, the header ${header.cells.length}`;
    problems.addFile(file, problem, "give one cell for each column; put texts with commas in quotes", line);
  }
  if (problems.list.length > before) return null;
  return {
    rows: body.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(header.cells.map((column, at) => [column, cells[at] ?? ""])),
    })),
    hash: createHash("sha256").update(text).digest("hex"),
  };
}

/**
 * Rows of a dataset of origin `pack`, as texts of the file.
 * @param folder folder of the pack
 */
export async function readPackRows(
  folder: string,
  definition: Pick<DatasetDefinition, "rows">,
): Promise<{ rows: PackRows | null; problems: PackProblem[] }> {
  const problems = new Problems();
  const rows = await readRowsFile(new PackFiles(folder, problems), rowsFileOf(definition));
  return { rows, problems: problems.sorted() };
}
