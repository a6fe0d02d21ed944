import { openDatabase } from "@ioc/database";
import { ROLLUP_WIDTHS } from "../buckets.ts";
import { SPAN_DAYS } from "./rollup-blocks.ts";

/**
 * Throws the hourly and daily rollups away that can be made again from readings, so that maintenance makes them anew. Those of
 * days whose readings were dropped stay. Nobody else may write to the file meanwhile.
 */
export function forgetRollups(file: string): void {
  const db = openDatabase(file);
  try {
    const forget = db.transaction(() => {
      for (const width of [ROLLUP_WIDTHS["1h"], ROLLUP_WIDTHS["1d"]]) {
        const span = SPAN_DAYS[width]!;
        db.prepare(
          `DELETE FROM rollup WHERE width = ? AND (block - 1) * ? + 1 >=
           coalesce((SELECT raw_from FROM series_state WHERE series_state.series = rollup.series), -1e9)`,
        ).run(width, span);
        // A row that holds dropped days too is kept: the others of its days are made again, with readings or without.
        db.prepare(
          `WITH RECURSIVE day(series, number, last) AS (
             SELECT series, raw_from, CAST(ceil(raw_from / CAST(? AS REAL)) AS INTEGER) * ? FROM series_state
             WHERE raw_from IS NOT NULL
             UNION ALL SELECT series, number + 1, last FROM day WHERE number < last)
           INSERT OR IGNORE INTO dirty SELECT series, number FROM day`,
        ).run(span, span);
      }
      db.exec("INSERT OR IGNORE INTO dirty SELECT series, day FROM chunk");
    });
    forget.immediate();
  } finally {
    db.close();
  }
}
