import type { Agency, ColumnType, DatasetDefinition } from "@ioc/contracts";
import { checkUnique } from "./check-unique.ts";
import type { PackFiles } from "./pack-files.ts";
import { knownIds, placeBelow } from "./problems.ts";
import type { Placed, Problems, Section } from "./problems.ts";
import { readRowsFile, rowsFileOf } from "./read-datasets.ts";
import type { PackRow } from "./read-datasets.ts";

/** What is wrong with a row of a pack's file, as the store of rows sees it; null when it is good. */
export type RowCheck = (
  definition: DatasetDefinition,
  timezone: string,
) => (cells: PackRow["cells"]) => RowFault | null;

interface RowFault {
  column: string | null;
  message: string;
}

/** A year may be a whole number. */
const timeTypes: readonly ColumnType[] = ["date", "datetime", "month", "quarter", "isoweek", "integer"];
const places: readonly ColumnType[] = ["geo-point", "geo-polygon"];

/** Ids, references and columns of datasets. */
export function checkDatasets(
  datasets: Section<DatasetDefinition>,
  agencies: Section<Agency>,
  problems: Problems,
): void {
  checkUnique(datasets.items, (dataset) => dataset.id, "dataset", problems);
  const isAgency = knownIds(agencies, (agency) => agency.id);
  for (const dataset of datasets.items) {
    const { value, place } = dataset;
    if (!isAgency(value.publisher)) {
      problems.add(place, ["publisher"], `there is no agency "${value.publisher}"`, "use an id of agencies.yaml");
    }
    checkColumns(dataset, problems);
    checkTime(dataset, problems);
    if (value.origin === "pack" && value.rows === undefined) {
      problems.add(
        place,
        ["rows"],
        '"rows" is missing',
        "name the CSV file in datasets/rows, or choose another origin",
      );
    }
    if (value.origin !== "pack" && value.rows !== undefined) {
      problems.add(place, ["rows"], `rows of origin ${value.origin} are in no file`, "remove it, or use origin: pack");
    }
  }
}

function checkColumns({ value, place }: Placed<DatasetDefinition>, problems: Problems): void {
  const columns = value.columns.map((column, at) => ({ value: column, place: placeBelow(place, ["columns", at]) }));
  checkUnique(columns, (column) => column.id, "column", problems);
  if (!value.columns.some((column) => column.key)) {
    problems.add(place, ["columns"], "no column is the key", "add `key: true` to those that tell one row from another");
  }
  const ids = new Set(value.columns.map((column) => column.id));
  for (const { value: column, place } of columns) {
    if (column.key && places.includes(column.type)) {
      problems.add(place, ["key"], `a ${column.type} cannot be part of the key`, "use a column of another type");
    }
    if (column.values && column.type !== "category") {
      problems.add(place, ["values"], `a ${column.type} has no list of values`, "remove it, or use type: category");
    }
    if (column.type !== "geo-point") continue;
    for (const name of [`${column.id}_lon`, `${column.id}_lat`]) {
      if (!ids.has(name)) continue;
      const problem = `the point gives columns of its own, of which "${name}" is one`;
      problems.add(place, ["id"], problem, "rename one of the two");
    }
  }
}

function checkTime({ value, place }: Placed<DatasetDefinition>, problems: Problems): void {
  if (value.time === undefined) {
    if (value.keep === undefined) return;
    problems.add(place, ["keep"], "it is not said which column tells the age of a row", "add `time` with its id");
    return;
  }
  const column = value.columns.find(({ id }) => id === value.time);
  if (!column) {
    problems.add(place, ["time"], `the dataset has no column "${value.time}"`, "use the id of a column");
  } else if (!timeTypes.includes(column.type)) {
    problems.add(place, ["time"], `column "${value.time}" is no time`, `use one of type ${timeTypes.join(", ")}`);
  }
}

/** The files of rows: that they are there, and with a `check` what is in them. */
export async function checkRowFiles(
  datasets: Section<DatasetDefinition>,
  files: PackFiles,
  timezone: string,
  check: RowCheck | undefined,
): Promise<void> {
  const there = new Set(await files.list("datasets/rows", ".csv"));
  for (const { value, place } of datasets.items) {
    if (value.rows === undefined) continue;
    const file = rowsFileOf(value);
    if (!there.has(file))
      files.problems.add(place, ["rows"], `there is no file ${file}`, "add it, or correct its name");
    else if (check) checkRows(file, await readRowsFile(files, file), check(value, timezone), files.problems);
  }
  const used = new Set(datasets.items.map(({ value }) => rowsFileOf(value)));
  for (const file of there) {
    if (used.has(file) || !datasets.complete) continue;
    files.problems.addFile(file, "no dataset names this file", "name it in `rows` of a dataset, or remove it");
  }
}

function checkRows(
  file: string,
  read: { rows: readonly PackRow[] } | null,
  faultOf: (cells: PackRow["cells"]) => RowFault | null,
  problems: Problems,
): void {
  for (const { line, cells } of read?.rows ?? []) {
    const fault = faultOf(cells);
    if (!fault) continue;
    const where = fault.column === null ? "" : `column "${fault.column}": `;
    problems.addFile(file, `${where}${fault.message}`, "correct the row", line);
  }
}
