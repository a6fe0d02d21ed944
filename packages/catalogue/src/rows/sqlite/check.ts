import { openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import { keptColumns } from "./row-tables.ts";
import type { DatasetRow } from "./schema.ts";
import { quoted, syntheticColumn, tableOf } from "./statements.ts";

export interface DatasetsCheck {
  datasets: number;
  rows: number;
  problems: { dataset: string | null; problem: string; advice: string }[];
}

const restore = "restore the last backup";
const resend = "restore the last backup, or have the rows sent again";
const mostPageProblems = 100;

/**
 * Looks at everything in a file of rows: SQLite's own integrity, the table of each dataset, and the figures kept of it. Only
 * reads, so a server may be running.
 *
 * @throws {DatabaseError} when the file is missing, no database or cannot be opened; an Error when it is no file of rows
 */
export function checkDatasets(file: string): DatasetsCheck {
  const db = openDatabase(file, { readonly: true });
  try {
    if (!hasTable(db, "dataset")) throw new Error(`${file} is no file of dataset rows`);
    const check: DatasetsCheck = { datasets: 0, rows: 0, problems: [] };
    unlessDamaged(check, null, () => {
      for (const message of pageProblems(db)) {
        check.problems.push({ dataset: null, problem: `SQLite: ${message}`, advice: restore });
      }
    });
    unlessDamaged(check, null, () => {
      for (const dataset of db.prepare<[], DatasetRow>("SELECT * FROM dataset ORDER BY id").all()) {
        check.datasets += 1;
        unlessDamaged(check, dataset.id, () => checkDataset(db, dataset, check));
      }
    });
    return check;
  } finally {
    db.close();
  }
}

function hasTable(db: Database, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

function pageProblems(db: Database): string[] {
  const found = db.prepare<[], string>(`PRAGMA integrity_check(${mostPageProblems})`).pluck().all();
  return found.filter((message) => message !== "ok");
}

/** A damaged page must not keep the rest from being looked at. */
function unlessDamaged(check: DatasetsCheck, dataset: string | null, look: () => void): void {
  try {
    look();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("SQLITE_CORRUPT")) throw error;
    check.problems.push({ dataset, problem: "part of it lies on a damaged page", advice: restore });
  }
}

function checkDataset(db: Database, { id, columns, rows, made_up }: DatasetRow, check: DatasetsCheck): void {
  const add = (problem: string, advice: string) => check.problems.push({ dataset: id, problem, advice });
  if (!hasTable(db, `rows_${id}`)) return void add("its table is missing", resend);
  const there = new Set(
    db.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(`rows_${id}`),
  );
  for (const column of keptColumns(columns)) {
    const names = column.type === "geo-point" ? [`${column.id}_lon`, `${column.id}_lat`] : [column.id];
    for (const name of names) if (!there.has(name)) add(`its table has no column ${name}`, resend);
  }
  const counted = db
    .prepare<[], { rows: number; madeUp: number }>(
      `SELECT count(*) AS rows, coalesce(sum(${syntheticColumn}), 0) AS ${quoted("madeUp")} FROM ${tableOf(id)}`,
    )
    .get();
  check.rows += counted?.rows ?? 0;
  if (counted?.rows !== rows || counted.madeUp !== made_up) {
    const told = `${rows} rows of which ${made_up} made up`;
    add(
      `${counted?.rows} rows of which ${counted?.madeUp} made up are kept as ${told}`,
      "report it; the rows are sound",
    );
  }
}
