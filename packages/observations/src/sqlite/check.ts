import { openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import { SeriesCheck } from "./check-series.ts";
import { unpackJournal } from "./journal-codec.ts";
import { isCorrupt } from "./store-error.ts";
import { RESTORE } from "./store-problem.ts";
import type { StoreProblem } from "./store-problem.ts";

export interface StoreCheck {
  /** Newest change-log sequence. */
  sequence: number;
  series: number;
  blocks: number;
  /** Readings in blocks, without removed ones; those that only the journal holds are counted apart. */
  readings: number;
  journalRows: number;
  journalReadings: number;
  rollupRows: number;
  /** The first thousand. */
  problems: StoreProblem[];
  problemCount: number;
}

const KEPT_PROBLEMS = 1000;
const LAST_FORMAT = 1;

/**
 * Looks at everything in a store: SQLite's own integrity, every block, the figures kept of each series, the journal, and
 * whether stored rollups equal a new roll-up of their readings. Only reads, series by series, so a server may be running.
 *
 * @param onSeries called after each series with how many are done, of how many
 * @throws {DatabaseError} when the file is missing, no database or cannot be opened; an Error when it is no store
 */
export function checkStore(file: string, onSeries: (done: number, of: number) => void = () => undefined): StoreCheck {
  const db = openDatabase(file, { readonly: true, cacheMiB: 32 });
  try {
    const check: StoreCheck = {
      sequence: 0,
      series: 0,
      blocks: 0,
      readings: 0,
      journalRows: 0,
      journalReadings: 0,
      rollupRows: 0,
      problems: [],
      problemCount: 0,
    };
    const report = (problem: StoreProblem) => {
      check.problemCount++;
      if (check.problems.length < KEPT_PROBLEMS) check.problems.push(problem);
    };
    checkFormat(db, file);
    unlessDamaged(report, null, () => checkPages(db, report));
    unlessDamaged(report, null, () => checkJournal(db, check, report));
    unlessDamaged(report, null, () => checkOwners(db, report));
    checkSeries(db, check, report, onSeries);
    return check;
  } finally {
    db.close();
  }
}

/** @throws Error when the file is no store of a version that this program reads */
export function checkFormat(db: Database, file: string): void {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  if (!tables.includes("chunk")) {
    throw new Error(
      tables.includes("observation")
        ? `${file} has the layout of an earlier version; start the server once, which brings it up to date`
        : `${file} is no observation store`,
    );
  }
  const format = db.prepare<[], number>("SELECT value FROM meta WHERE name = 'format'").pluck().get() ?? 0;
  if (format > LAST_FORMAT) throw new Error(`${file} was written by a newer program (format ${format})`);
}

/** A damaged page must not keep the rest from being looked at. */
function unlessDamaged<T>(
  report: (problem: StoreProblem) => void,
  datastream: string | null,
  look: () => T,
): T | undefined {
  try {
    return look();
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    const problem = `part of it lies on a damaged page and cannot be read (${error.message})`;
    report({ datastream, day: null, problem, advice: RESTORE });
    return undefined;
  }
}

function checkPages(db: Database, report: (problem: StoreProblem) => void): void {
  for (const line of db.prepare<[], string>("PRAGMA integrity_check(100)").pluck().all()) {
    if (line !== "ok") report({ datastream: null, day: null, problem: `SQLite: ${line}`, advice: RESTORE });
  }
}

/** Rows of other tables must belong to a known series. */
function checkOwners(db: Database, report: (problem: StoreProblem) => void): void {
  for (const table of ["chunk", "series_state", "dirty", "rollup", "correction"]) {
    const found = db
      .prepare<[], number>(`SELECT count(*) FROM ${table} WHERE series NOT IN (SELECT id FROM series)`)
      .pluck()
      .get();
    if (!found) continue;
    const problem = `${found} rows of table ${table} belong to no datastream`;
    report({
      datastream: null,
      day: null,
      problem,
      advice: "they are never read; report this with the file's history",
    });
  }
  const aside = db
    .prepare<[], { datastream: string; n: number }>(
      "SELECT datastream, count(*) AS n FROM damaged_chunk JOIN series ON series.id = series GROUP BY series",
    )
    .all();
  for (const { datastream, n } of aside) {
    const problem = `${n} damaged blocks were put aside when new readings of their days came`;
    report({ datastream, day: null, problem, advice: "import their days again from a backup or from the source" });
  }
}

function checkJournal(db: Database, check: StoreCheck, report: (problem: StoreProblem) => void): void {
  const rows = db.prepare<[], { sequence: number; readings: Uint8Array }>(
    "SELECT sequence, readings FROM journal ORDER BY sequence",
  );
  const known = new Set(db.prepare<[], number>("SELECT id FROM series").pluck().all());
  for (const { sequence, readings } of rows.iterate()) {
    check.journalRows++;
    check.sequence = sequence;
    try {
      const { series } = unpackJournal(readings);
      check.journalReadings += series.length;
      if (series.every((id) => known.has(id))) continue;
      const problem = `journal row ${sequence} has readings of an unknown datastream`;
      report({ datastream: null, day: null, problem, advice: RESTORE });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const problem = `journal row ${sequence} cannot be read: ${reason}`;
      report({ datastream: null, day: null, problem, advice: RESTORE });
    }
  }
}

function checkSeries(
  db: Database,
  check: StoreCheck,
  report: (problem: StoreProblem) => void,
  onSeries: (done: number, of: number) => void,
): void {
  const all = db.prepare<[], { id: number; datastream: string }>("SELECT id, datastream FROM series ORDER BY id").all();
  const dayOffset = db.prepare<[], number>("SELECT value FROM meta WHERE name = 'day_offset'").pluck().get()!;
  const one = new SeriesCheck(db, dayOffset, report);
  // A snapshot for each series and not one for all: as long as one is open the write-ahead log of a server cannot shrink.
  const snapshot = db.transaction((id: number, datastream: string) => one.run(id, datastream));
  for (const [i, { id, datastream }] of all.entries()) {
    check.series++;
    const found = unlessDamaged(report, datastream, () => snapshot(id, datastream));
    onSeries(i + 1, all.length);
    if (!found) continue;
    check.blocks += found.blocks;
    check.readings += found.readings;
    check.rollupRows += found.rollupRows;
  }
}
