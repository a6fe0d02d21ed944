import { holdDriver, openDatabase } from "@ioc/database";
import type { ObservationReader } from "../port.ts";
import { checkFormat } from "./check.ts";
import { KnownState } from "./known-state.ts";
import type { LatestRow, SeriesRow } from "./messages.ts";
import { ReaderPool } from "./reader-pool.ts";
import { SqliteReader } from "./reader.ts";
import { SeriesTable } from "./series-table.ts";

/** What can be asked of a store whose writer is another program. */
export type HistoryReader = Pick<ObservationReader, "raw" | "rollups" | "latestValid" | "flagged" | "span" | "close">;

/**
 * Opens a store for reading only, beside the server that writes it or without one. Readings are as they are when asked; `span` and
 * which datastreams there are, as they were when it was opened.
 *
 * @param timeZone IANA name of the city's time zone
 * @throws {DatabaseError} when the file is missing or cannot be read; an Error when it is no store, or one of an earlier version
 */
export async function openObservationReader(file: string, timeZone: string): Promise<HistoryReader> {
  holdDriver();
  const { series, dayOffset, head } = seriesIn(file);
  const pool = new ReaderPool(1, { file, dayOffset, timeZone });
  try {
    await pool.open();
    const { latest, totals } = await newestOf(pool, series);
    return new SqliteReader(pool, new KnownState({ series, latest, head, totals, reasonSets: [] }));
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function seriesIn(file: string): { series: SeriesRow[]; dayOffset: number; head: number } {
  const db = openDatabase(file, { readonly: true });
  try {
    checkFormat(db, file);
    const number = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0;
    return {
      series: new SeriesTable(db).all(),
      dayOffset: number("SELECT value FROM meta WHERE name = 'day_offset'"),
      head: number("SELECT coalesce(max(sequence), 0) FROM journal"),
    };
  } finally {
    db.close();
  }
}

/** The newest valid reading of each datastream, and how far the store reaches. */
async function newestOf(pool: ReaderPool, series: readonly SeriesRow[]) {
  const ids = () => Int32Array.from(series, ({ id }) => id);
  const { count, oldest, newest } = await pool.call("profile", { series: ids() });
  const found = await pool.call("latestValid", { series: ids(), time: Number.MAX_SAFE_INTEGER });
  const latest = series.flatMap(({ id }, i): LatestRow[] =>
    found.found[i]
      ? [{ series: id, t: found.time[i]!, value: found.value[i]!, quality: found.quality[i] === 2 ? 2 : 1, reasons: 0 }]
      : [],
  );
  const filled = series.map((_, i) => i).filter((i) => count[i]! > 0);
  const totals = {
    observations: filled.reduce((sum, i) => sum + count[i]!, 0),
    quarantined: 0,
    oldest: filled.length === 0 ? null : filled.reduce((least, i) => Math.min(least, oldest[i]!), Infinity),
    newest: filled.length === 0 ? null : filled.reduce((most, i) => Math.max(most, newest[i]!), -Infinity),
  };
  return { latest, totals };
}
