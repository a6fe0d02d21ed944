import { openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { QuarantineEntry } from "@ioc/contracts";
import { GrowingColumn } from "./growing-column.ts";
import { history } from "./history.ts";
import type {
  BucketColumns,
  HistoryColumns,
  LatestColumns,
  QuarantinePage,
  RawColumns,
  ReaderCalls,
} from "./messages.ts";
import { SeriesReading } from "./reading.ts";

const BUCKET_COLUMNS = ["time", "count", "sum", "min", "max", "last"] as const;
type Column = Float64Array;

/** The file, as a reader sees it. Runs in the reader thread; every answer is of one moment. */
export class ReaderStore {
  readonly #db: Database;
  readonly #reading: SeriesReading;
  readonly #dayOffset: number;

  constructor(file: string, dayOffset: number) {
    this.#db = openDatabase(file, { readonly: true, cacheMiB: 64 });
    this.#reading = new SeriesReading(this.#db);
    this.#dayOffset = dayOffset;
  }

  reload(): void {
    this.#reading.reload();
  }

  raw({ series, from, to, validOnly }: Parameters<ReaderCalls["raw"]>[0]): RawColumns {
    return this.#snapshot(() => {
      const rows = new Int32Array(series.length);
      const [time, values, qualities] = [new GrowingColumn(), new GrowingColumn(), new GrowingColumn()];
      for (const [i, id] of series.entries()) {
        const part = this.#reading.raw(id, from, to, validOnly);
        rows[i] = part.length;
        for (const [t, value, quality] of part) {
          time.push(t);
          values.push(value ?? NaN);
          qualities.push(quality);
        }
      }
      return { rows, time: time.done(), value: values.done(), quality: Uint8Array.from(qualities.done()) };
    });
  }

  rollups({ series, from, to, width }: Parameters<ReaderCalls["rollups"]>[0]): BucketColumns {
    return this.#snapshot(() => {
      const rows = new Int32Array(series.length);
      const columns = BUCKET_COLUMNS.map(() => new GrowingColumn());
      for (const [i, id] of series.entries()) {
        const part = this.#reading.bucketRows(id, from, to, width, this.#dayOffset);
        rows[i] = part.length;
        for (const row of part) for (let c = 0; c < columns.length; c++) columns[c]!.push(row[c]!);
      }
      const done = columns.map((column) => column.done());
      const [time, count, sum, min, max, last] = done as [Column, Column, Column, Column, Column, Column];
      return { rows, time, count, sum, min, max, last };
    });
  }

  latestValid({ series, time }: Parameters<ReaderCalls["latestValid"]>[0]): LatestColumns {
    return this.#snapshot(() => {
      const columns: LatestColumns = {
        found: new Uint8Array(series.length),
        time: new Float64Array(series.length),
        value: new Float64Array(series.length),
        quality: new Uint8Array(series.length),
        reasons: new Uint16Array(series.length),
      };
      for (const [i, id] of series.entries()) {
        const row = this.#reading.newestValid(id, time);
        if (!row) continue;
        columns.found[i] = 1;
        [columns.time[i], columns.value[i], columns.quality[i], columns.reasons[i]] = row;
      }
      return columns;
    });
  }

  history(question: Parameters<ReaderCalls["history"]>[0]): HistoryColumns {
    return this.#snapshot(() => history(this.#reading, question, this.#dayOffset));
  }

  quarantined({ reason, limit, offset }: Parameters<ReaderCalls["quarantined"]>[0]): QuarantinePage {
    return this.#snapshot(() => {
      const items = this.#db
        .prepare<[object], QuarantineEntry>(
          `SELECT id, time, source, reason, message, sample FROM quarantine
           ${reason === null ? "" : "WHERE reason = :reason"} ORDER BY id DESC LIMIT :limit OFFSET :offset`,
        )
        .all(reason === null ? { limit, offset } : { reason, limit, offset });
      const counted = this.#db
        .prepare<[], [string, number]>("SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY reason")
        .raw()
        .all();
      const byReason = Object.fromEntries(counted);
      const total = reason ? (byReason[reason] ?? 0) : counted.reduce((sum, [, count]) => sum + count, 0);
      return { items, total, byReason };
    });
  }

  close(): void {
    this.#db.close();
  }

  #snapshot<T>(read: () => T): T {
    return this.#db.transaction(read)();
  }
}
