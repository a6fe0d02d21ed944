import type { LatestValue, ObservationSeries, QualityFlag, QuarantineReason } from "@ioc/contracts";
import type {
  AggregateTable,
  Correction,
  DatastreamProfile,
  HistoryRequest,
  ObservationReader,
  ObservationRecord,
  PageQuery,
  RawQuery,
  RawRows,
  RollupQuery,
  RollupRows,
} from "../port.ts";
import type { WorkerChannel } from "./channel.ts";
import type { KnownState } from "./known-state.ts";
import type { QuarantinePage, ReaderCalls, SeriesRow } from "./messages.ts";

/** Main side of the reader: answers from memory what it can, and asks the reader thread for the rest. */
export class SqliteReader implements ObservationReader {
  readonly #channel: WorkerChannel<ReaderCalls>;
  readonly #state: KnownState;
  #closing: Promise<void> | undefined;

  constructor(channel: WorkerChannel<ReaderCalls>, state: KnownState) {
    this.#channel = channel;
    this.#state = state;
  }

  latest(datastreams?: readonly string[]): Promise<LatestValue[]> {
    if (!datastreams) return Promise.resolve(this.#state.allLatest());
    const found = [...new Set(datastreams)].map((id) => this.#state.latest(id));
    return Promise.resolve(found.filter((value) => value !== undefined));
  }

  async latestValid(datastreams: readonly string[], time: number): Promise<LatestValue[]> {
    const known = this.#known(datastreams);
    const values = new Map<string, LatestValue>();
    const asked: SeriesRow[] = [];
    for (const row of known) {
      const latest = this.#state.latest(row.datastream);
      if (!latest) continue;
      if (latest.phenomenonTime <= time && latest.quality <= 2 && latest.result !== null) {
        values.set(row.datastream, latest);
      } else asked.push(row);
    }
    if (asked.length > 0) {
      const answer = await this.#channel.call("latestValid", { series: idsOf(asked), time });
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
    const { rows, time, value, quality } = await this.#channel.call("raw", {
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

  async rollups({ datastreams, from, to, width }: RollupQuery): Promise<RollupRows> {
    const known = this.#known(datastreams);
    const columns = await this.#channel.call("rollups", { series: idsOf(known), from, to, width });
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

  async history({ datastream, from, to, resolution, points }: HistoryRequest): Promise<ObservationSeries> {
    const row = this.#state.series(datastream);
    if (!row) throw new Error(`datastream ${datastream} is not registered`);
    const columns = await this.#channel.call("history", { series: row.id, from, to, resolution, points });
    return {
      datastream,
      unit: row.unit,
      resolution: columns.resolution,
      periodSeconds: row.periodSeconds,
      from,
      to,
      time: numbersOf(columns.time),
      value: nullable(columns.value),
      ...(columns.min && { min: numbersOf(columns.min) }),
      ...(columns.max && { max: numbersOf(columns.max) }),
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
    return this.#channel.call("quarantined", { reason, limit, offset });
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
    const rank = new Map([...new Set(datastreams)].map((id, i) => [id, i]));
    const rows = await this.raw({ datastreams: [...rank.keys()], from, to, validOnly });
    const sign = order === "asc" ? 1 : -1;
    const place = (time: number, id: string) => (a: number, b: string) =>
      sign * (a - time) || rank.get(b)! - rank.get(id)!;
    const behind = after && place(after.phenomenonTime, after.datastream);
    const records = rows.time.map((time, i): ObservationRecord => ({
      datastream: rows.datastream[i]!,
      phenomenonTime: time,
      resultTime: time,
      result: rows.result[i]!,
      quality: rows.quality[i]!,
      reasons: [],
    }));
    return records
      .filter((one) => !behind || behind(one.phenomenonTime, one.datastream) > 0)
      .sort((a, b) => place(b.phenomenonTime, b.datastream)(a.phenomenonTime, a.datastream))
      .slice(0, limit);
  }

  async profile(datastreams?: readonly string[]): Promise<DatastreamProfile[]> {
    const ids = datastreams ?? this.#state.allLatest().map((one) => one.datastream);
    const profiles: DatastreamProfile[] = [];
    for (const datastream of ids) {
      const { time } = await this.raw({ datastreams: [datastream], from: -8e15, to: 8e15, validOnly: false });
      profiles.push({ datastream, count: time.length, from: time[0] ?? null, to: time.at(-1) ?? null, bytes: 0 });
    }
    return profiles;
  }

  aggregate(): Promise<AggregateTable> {
    return Promise.reject(new Error("not there yet"));
  }

  corrections(): Promise<{ items: Correction[]; total: number }> {
    return Promise.resolve({ items: [], total: 0 });
  }

  span(): Promise<{ from: number; to: number } | null> {
    const { oldest, newest } = this.#state.totals;
    return Promise.resolve(oldest === null || newest === null ? null : { from: oldest, to: newest });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#channel.call("close", null);
    await this.#channel.end();
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
  const names: string[] = [];
  for (const [i, { datastream }] of known.entries()) for (let n = rows[i]!; n > 0; n--) names.push(datastream);
  return names;
}

/** A plain loop: `Array.from` takes three times as long, and this runs on the main loop. */
function numbersOf(column: Float64Array | Uint8Array): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < column.length; i++) numbers.push(column[i]!);
  return numbers;
}

function nullable(column: Float64Array): (number | null)[] {
  const values: (number | null)[] = numbersOf(column);
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = null;
  return values;
}
