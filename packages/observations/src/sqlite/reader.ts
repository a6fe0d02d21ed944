import type { LatestValue, ObservationSeries, QualityFlag, QuarantineReason } from "@ioc/contracts";
import type {
  AggregateRequest,
  AggregateTable,
  Correction,
  DatastreamProfile,
  FlaggedRows,
  HistoryRequest,
  ObservationReader,
  ObservationRecord,
  PageQuery,
  RawQuery,
  RawRows,
  RollupQuery,
  RollupRows,
} from "../port.ts";
import { aggregateTable } from "../reading/aggregate.ts";
import type { KnownState } from "./known-state.ts";
import type { QuarantinePage, SeriesRow } from "./messages.ts";
import type { ReaderPool } from "./reader-pool.ts";

/** Main side of the reader: answers from memory what it can, and asks a reader thread for the rest. */
export class SqliteReader implements ObservationReader {
  readonly #pool: ReaderPool;
  readonly #state: KnownState;
  #closing: Promise<void> | undefined;

  constructor(pool: ReaderPool, state: KnownState) {
    this.#pool = pool;
    this.#state = state;
  }

  latest(datastreams?: readonly string[]): Promise<LatestValue[]> {
    const rows = datastreams ? this.#known(datastreams) : this.#state.allSeries();
    const found = rows.map((row) => this.#state.latest(row));
    return Promise.resolve(found.filter((value) => value !== undefined));
  }

  async latestValid(datastreams: readonly string[], time: number): Promise<LatestValue[]> {
    const known = this.#known(datastreams);
    const values = new Map<string, LatestValue>();
    const asked: SeriesRow[] = [];
    for (const row of known) {
      const latest = this.#state.latest(row);
      if (!latest) continue;
      if (latest.phenomenonTime <= time && latest.quality <= 2 && latest.result !== null) {
        values.set(row.datastream, latest);
      } else asked.push(row);
    }
    if (asked.length > 0) {
      const answer = await this.#pool.call("latestValid", { series: idsOf(asked), time });
      for (const [i, row] of asked.entries()) {
        if (!answer.found[i]) continue;
        const quality = answer.quality[i] as QualityFlag;
        const found = { t: answer.time[i]!, value: answer.value[i]!, quality, reasons: answer.reasons[i]! };
        values.set(row.datastream, this.#state.latestOf(row.datastream, found));
      }
    }
    return known.map((row) => values.get(row.datastream)).filter((value) => value !== undefined);
  }

  async raw({ datastreams, from, to, validOnly = true }: RawQuery): Promise<RawRows> {
    const known = this.#known(datastreams);
    const { rows, time, value, quality } = await this.#pool.call("raw", {
      series: idsOf(known),
      from,
      to,
      validOnly,
    });
    return {
      datastream: namesOf(known, rows),
      time: numbersOf(time),
      result: nullable(value),
      quality: numbersOf(quality) as QualityFlag[],
    };
  }

  async flagged({ datastreams, from, to }: Omit<RawQuery, "validOnly">): Promise<FlaggedRows> {
    const known = this.#known(datastreams);
    const { rows, time, value, quality, reasons } = await this.#pool.call("flagged", {
      series: idsOf(known),
      from,
      to,
    });
    return {
      datastream: namesOf(known, rows),
      time: numbersOf(time),
      result: nullable(value),
      quality: numbersOf(quality) as QualityFlag[],
      reasons: Array.from(reasons, (id) => this.#state.reasons.names(id)),
    };
  }

  async rollups({ datastreams, from, to, width }: RollupQuery): Promise<RollupRows> {
    const known = this.#known(datastreams);
    const columns = await this.#pool.call("rollups", { series: idsOf(known), from, to, width });
    return {
      datastream: namesOf(known, columns.rows),
      time: numbersOf(columns.time),
      count: numbersOf(columns.count),
      sum: numbersOf(columns.sum),
      min: numbersOf(columns.min),
      max: numbersOf(columns.max),
      last: numbersOf(columns.last),
    };
  }

  async history({ datastream, ...question }: HistoryRequest): Promise<ObservationSeries> {
    const row = this.#state.series(datastream);
    if (!row) throw new Error(`datastream ${datastream} is not registered`);
    const columns = await this.#pool.call("history", { ...question, series: row.id });
    return {
      datastream,
      unit: row.unit,
      resolution: columns.resolution,
      ...(columns.reduction && { reduction: columns.reduction }),
      periodSeconds: row.periodSeconds,
      from: question.from,
      to: question.to,
      time: numbersOf(columns.time),
      value: nullable(columns.value),
      ...(columns.min && { min: nullable(columns.min) }),
      ...(columns.max && { max: nullable(columns.max) }),
      ...(columns.count && { count: numbersOf(columns.count) }),
      ...(columns.quality && { quality: numbersOf(columns.quality) as QualityFlag[] }),
    };
  }

  counts(): Promise<{ observations: number; datastreams: number; quarantined: number }> {
    const { observations, quarantined } = this.#state.totals;
    return Promise.resolve({ observations, datastreams: this.#state.datastreams, quarantined });
  }

  quarantined(query: {
    reason?: QuarantineReason | undefined;
    limit: number;
    offset: number;
  }): Promise<QuarantinePage> {
    const { reason = null, limit, offset } = query;
    return this.#pool.call("quarantined", { reason, limit, offset });
  }

  async page({
    datastreams,
    from,
    to,
    order,
    after,
    limit,
    validOnly = false,
  }: PageQuery): Promise<ObservationRecord[]> {
    const known = this.#known(datastreams);
    const behind = after && {
      time: after.phenomenonTime,
      rank: known.findIndex(({ datastream }) => datastream === after.datastream),
    };
    const columns = await this.#pool.call("page", {
      series: idsOf(known),
      from,
      to,
      order,
      after: behind ?? null,
      limit,
      validOnly,
    });
    const records: ObservationRecord[] = [];
    for (let i = 0; i < columns.time.length; i++) {
      const { datastream } = known[columns.rank[i]!]!;
      const row = { t: columns.time[i]!, value: columns.value[i]!, quality: columns.quality[i] as QualityFlag };
      const found = this.#state.latestOf(datastream, { ...row, reasons: columns.reasons[i]! });
      const result = Number.isNaN(found.result) ? null : found.result;
      records.push({ ...found, result, resultTime: row.t + columns.delay[i]! });
    }
    return records;
  }

  async profile(datastreams?: readonly string[]): Promise<DatastreamProfile[]> {
    const known = datastreams ? this.#known(datastreams) : this.#state.allSeries();
    const { count, oldest, newest, bytes } = await this.#pool.call("profile", { series: idsOf(known) });
    const [from, to] = [nullable(oldest), nullable(newest)];
    return known.map(({ datastream }, i) => ({
      datastream,
      count: count[i]!,
      from: from[i]!,
      to: to[i]!,
      bytes: bytes[i]!,
    }));
  }

  async aggregate({ datastreams, ...request }: AggregateRequest): Promise<AggregateTable> {
    const known = this.#known(datastreams);
    const columns = await this.#pool.call("aggregate", { ...request, series: known.map(({ id }) => id) });
    const names = known.map(({ datastream }) => datastream);
    return aggregateTable(columns, names, request);
  }

  corrections(query: {
    datastream?: string | undefined;
    limit: number;
    offset: number;
  }): Promise<{ items: Correction[]; total: number }> {
    const { datastream = null, limit, offset } = query;
    return this.#pool.call("corrections", { datastream, limit, offset });
  }

  span(): Promise<{ from: number; to: number } | null> {
    const { oldest, newest } = this.#state.totals;
    return Promise.resolve(oldest === null || newest === null ? null : { from: oldest, to: newest });
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.close();
    return this.#closing;
  }

  /** Rows of the datastreams that are known, in the order they were named, each once. */
  #known(datastreams: readonly string[]): SeriesRow[] {
    const rows = [...new Set(datastreams)].map((id) => this.#state.series(id));
    return rows.filter((row) => row !== undefined);
  }
}

function idsOf(rows: readonly SeriesRow[]): Int32Array {
  return Int32Array.from(rows, (row) => row.id);
}

/** Name of the datastream for every row: `rows[i]` of them belong to the i-th. */
function namesOf(known: readonly SeriesRow[], rows: Int32Array): string[] {
  const names = Array<string>(rows.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [i, { datastream }] of known.entries()) names.fill(datastream, at, (at += rows[i]!));
  return names;
}

/** A plain loop over an array of the right length: `Array.from` takes seven times as long, and this runs on the main loop. */
function numbersOf(column: Float64Array | Uint8Array): number[] {
  const numbers = Array<number>(column.length);
  for (let i = 0; i < column.length; i++) numbers[i] = column[i]!;
  return numbers;
}

function nullable(column: Float64Array): (number | null)[] {
  const values = Array<number | null>(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    values[i] = Number.isNaN(value) ? null : value;
  }
  return values;
}
