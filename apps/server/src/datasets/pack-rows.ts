import { createHash } from "node:crypto";
import { rowOfText, type Datasets } from "@ioc/catalogue";
import { readPackRows } from "@ioc/city-pack";
import type { DatasetDefinition } from "@ioc/contracts";
import { messageOf } from "../log.ts";
import type { DatasetFaults } from "./faults.ts";

interface PackRowServices {
  datasets: Pick<Datasets, "replace" | "source">;
  definitions: readonly DatasetDefinition[];
  /** Folder of the pack. */
  folder: string;
  /** City time, ms. */
  now: number;
  faults: DatasetFaults;
}

/**
 * Brings the rows that the pack has as files, each file only when it or what is said of it changed. A file that is wrong is told,
 * and the rows from before stay.
 */
export async function bringPackRows(services: PackRowServices): Promise<void> {
  for (const definition of services.definitions) {
    if (definition.origin !== "pack") continue;
    try {
      services.faults.set(`rows of ${definition.id}`, await bring(definition, services));
    } catch (error) {
      services.faults.set(`rows of ${definition.id}`, messageOf(error));
    }
  }
}

/** What is wrong; null when the rows are there. */
async function bring(definition: DatasetDefinition, services: PackRowServices): Promise<string | null> {
  const { datasets, folder, now } = services;
  const { id, columns, synthetic } = definition;
  const { rows: read, problems } = await readPackRows(folder, definition);
  if (!read) return told(problems[0], problems.length);
  const source = createHash("sha256")
    .update(JSON.stringify([read.hash, columns, synthetic]))
    .digest("hex");
  if (datasets.source(id) === source) return null;
  const rows = read.rows.map(({ cells }) => ({ row: rowOfText(columns, cells), synthetic }));
  const receipt = await datasets.replace(id, rows, { now, source });
  const [first] = receipt.problems;
  if (!first) return null;
  const file = `datasets/rows/${definition.rows}`;
  const problem = first.column === null ? first.message : `column "${first.column}": ${first.message}`;
  return told({ file, line: read.rows[first.index]?.line ?? 0, problem }, receipt.refused);
}

function told(first: { file: string; line: number; problem: string } | undefined, problems: number): string {
  if (!first) return "the file cannot be read; see `ioc pack check`";
  const where = first.line > 0 ? `${first.file}:${first.line}` : first.file;
  return `${where} ${first.problem}${problems > 1 ? ` (and ${problems - 1} more)` : ""}; see \`ioc pack check\``;
}
