import { emptyReadings } from "../readings.ts";
import { openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { QuarantineEntry } from "@ioc/contracts";
import type { Correction } from "../port.ts";
import { aggregateOf } from "../reading/aggregate.ts";
import type { AggregateColumns } from "../reading/aggregate.ts";
import { historyOf } from "../reading/history.ts";
import type { HistoryColumns } from "../reading/history.ts";
import type { BucketColumns, Readings } from "../readings.ts";
import { concatenate, flaggedOf } from "./columns-of-readings.ts";
import type {
  BucketRowsColumns,
  CorrectionPage,
  FlaggedColumns,
  LatestColumns,
  PageColumns,
  ProfileColumns,
  QuarantinePage,
  RawColumns,
  ReaderCalls,
  ReaderOptions,
} from "./messages.ts";
import { pageOf } from "./page.ts";
import { concatenateBuckets, emptyBuckets } from "./roll-up-columns.ts";
import { BlockSource } from "./series-source.ts";

type Request<Call extends keyof ReaderCalls> = Parameters<ReaderCalls[Call]>[0];

interface CorrectionRow {
  id: number;
  datastream: string;
  t: number;
  kind: Correction["kind"];
  before_value: number | null;
  before_quality: Correction["before"]["quality"];
  after_value: number | null;
  after_quality: Correction["before"]["quality"] | null;
  by: string;
  reason: string;
  sequence: number;
  changed_at: number;
}

/** The file, as a reader sees it. Runs in a reader thread; every answer is of one moment. */
export class ReaderStore {
  readonly #db: Database;
  readonly #source: BlockSource;
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#db = openDatabase(options.file, { readonly: true, cacheMiB: 32 });
    this.#source = new BlockSource(this.#db, options.dayOffset);
    this.#options = options;
  }

  reload(): void {
    this.#source.reload();
  }

  raw({ series, from, to, validOnly }: Request<"raw">): RawColumns {
    return this.#source.snapshot(() => {
      const rows = new Int32Array(series.length);
      const parts: Readings[] = [];
      for (const [i, id] of series.entries()) {
        const part = this.#source.readings(id, from, to, validOnly);
        rows[i] = part.time.length;
        parts.push(part);
      }
      const { time, value, quality } = parts.length === 0 ? emptyReadings() : concatenate(parts);
      return { rows, time, value, quality };
    });
  }

  flagged({ series, from, to }: Request<"flagged">): FlaggedColumns {
    return this.#source.snapshot(() => {
      const parts = Array.from(series, (id) => flaggedOf(this.#source.readings(id, from, to, false)));
      const { time, value, quality, reasons } = parts.length === 0 ? emptyReadings() : concatenate(parts);
      return { rows: Int32Array.from(parts, (part) => part.time.length), time, value, quality, reasons };
    });
  }

  rollups({ series, from, to, width }: Request<"rollups">): BucketRowsColumns {
    return this.#source.snapshot(() => {
      const rows = new Int32Array(series.length);
      const parts: BucketColumns[] = [];
      for (const [i, id] of series.entries()) {
        const part = this.#source.buckets(id, from, to, width);
        rows[i] = part.time.length;
        parts.push(part);
      }
      const { time, count, sum, min, max, last } = parts.length === 0 ? emptyBuckets() : concatenateBuckets(parts);
      return { rows, time, count, sum, min, max, last };
    });
  }

  latestValid({ series, time }: Request<"latestValid">): LatestColumns {
    return this.#source.snapshot(() => {
      const columns: LatestColumns = {
        found: new Uint8Array(series.length),
        time: new Float64Array(series.length),
        value: new Float64Array(series.length),
        quality: new Uint8Array(series.length),
        reasons: new Uint16Array(series.length),
      };
      for (const [i, id] of series.entries()) {
        const newest = this.#source.stored.newestValid(id, time);
        if (newest.time.length === 0) continue;
        columns.found[i] = 1;
        for (const name of ["time", "value", "quality", "reasons"] as const) columns[name][i] = newest[name][0]!;
      }
      return columns;
    });
  }

  history(question: Request<"history">): HistoryColumns {
    return this.#source.snapshot(() => historyOf(this.#source, question));
  }

  aggregate(question: Request<"aggregate">): AggregateColumns {
    return this.#source.snapshot(() => aggregateOf(this.#source, question, this.#options));
  }

  page(request: Request<"page">): PageColumns {
    return this.#source.snapshot(() => pageOf(this.#source.stored, request));
  }

  profile({ series }: Request<"profile">): ProfileColumns {
    return this.#source.snapshot(() => {
      const column = () => new Float64Array(series.length);
      const columns: ProfileColumns = { count: column(), oldest: column(), newest: column(), bytes: column() };
      for (const [i, id] of series.entries()) {
        const { count, oldest, newest, bytes } = this.#source.stored.profile(id);
        columns.count[i] = count;
        columns.oldest[i] = oldest ?? NaN;
        columns.newest[i] = newest ?? NaN;
        columns.bytes[i] = bytes;
      }
      return columns;
    });
  }

  corrections({ datastream, limit, offset }: Request<"corrections">): CorrectionPage {
    return this.#source.snapshot(() => {
      const where = `FROM correction JOIN series ON series.id = correction.series
        ${datastream === null ? "" : "WHERE series.datastream = :datastream"}`;
      const named = datastream === null ? {} : { datastream };
      const rows = this.#db
        .prepare<[object], CorrectionRow>(
          `SELECT correction.*, series.datastream ${where} ORDER BY correction.id DESC LIMIT :limit OFFSET :offset`,
        )
        .all({ ...named, limit, offset });
      const total = this.#db.prepare<[object], number>(`SELECT count(*) ${where}`).pluck().get(named) ?? 0;
      return { items: rows.map(correctionOf), total };
    });
  }

  quarantined({ reason, limit, offset }: Request<"quarantined">): QuarantinePage {
    return this.#source.snapshot(() => {
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
}

function correctionOf(row: CorrectionRow): Correction {
  return {
    id: row.id,
    datastream: row.datastream,
    phenomenonTime: row.t,
    kind: row.kind,
    before: { result: row.before_value, quality: row.before_quality },
    after: row.after_quality === null ? null : { result: row.after_value, quality: row.after_quality },
    by: row.by,
    reason: row.reason,
    sequence: row.sequence,
    changedAt: row.changed_at,
  };
}
