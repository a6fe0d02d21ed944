import type { Database } from "@ioc/database";
import type { Direction, ObservationPlace, StoredObservation } from "./stored.ts";

/**
 * What the time-series store cannot hold: Observations of their own (`own`), and what readings carry besides (`own` false;
 * the id and the result are the reading's, and so is the resultTime where it is null here).
 */
export interface ObservationRow extends Omit<StoredObservation, "checked"> {
  own: boolean;
}

export interface RowWindow {
  /** Ids of streams; null: all. */
  streams: readonly number[] | null;
  /** Begin of phenomenonTime in (from, to]. */
  from: number;
  to: number;
  direction: Direction;
  /** The answer begins behind this place. */
  after: ObservationPlace | null;
  limit: number;
}

interface Stored {
  id: number;
  stream: number;
  own: number;
  time_from: number;
  time_to: number | null;
  result_time: number | null;
  feature: number | null;
  body: string;
}

const earliest = -8.64e15;
const latest = 8.64e15;

/** Rows of the table `sta_observation`. */
export class ObservationRows {
  readonly #db: Database;
  /** Number of rows by stream, so that streams without any cost nothing; and of those that are Observations of their own. */
  readonly #counts = new Map<number, { rows: number; own: number }>();
  #lastId: number;
  readonly #byId;
  readonly #insert;
  readonly #delete;

  /** @param db brought up to date by the entity file */
  constructor(db: Database) {
    this.#db = db;
    this.#byId = db.prepare<[number], Stored>("SELECT * FROM sta_observation WHERE id = ?");
    this.#insert = db.prepare(
      `INSERT INTO sta_observation (id, stream, own, time_from, time_to, result_time, feature, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET stream = excluded.stream, own = excluded.own,
       time_from = excluded.time_from, time_to = excluded.time_to, result_time = excluded.result_time,
       feature = excluded.feature, body = excluded.body`,
    );
    this.#delete = db.prepare("DELETE FROM sta_observation WHERE id = ?");
    const counts = db.prepare<[], { stream: number; rows: number; own: number }>(
      "SELECT stream, count(*) AS rows, sum(own) AS own FROM sta_observation GROUP BY stream",
    );
    for (const { stream, rows, own } of counts.all()) this.#counts.set(stream, { rows, own });
    const last = db.prepare<[], { last: number }>("SELECT last FROM sta_sequence WHERE kind = 'Observations'").get();
    this.#lastId = last?.last ?? 0;
  }

  /** An id for an Observation of its own; kept with the next {@link put}. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** How many rows the streams have; of all when null. */
  count(streams: readonly number[] | null, which: "rows" | "own"): number {
    const found = streams === null ? [...this.#counts.values()] : streams.map((id) => this.#counts.get(id));
    return found.reduce((sum, one) => sum + (one?.[which] ?? 0), 0);
  }

  get(id: number): ObservationRow | undefined {
    const row = this.#byId.get(id);
    return row && rowOf(row);
  }

  /** Writes all rows, or none when it throws; a row takes the place of one with its id. */
  put(rows: readonly ObservationRow[]): void {
    if (rows.length === 0) return;
    this.#change(() => {
      for (const row of rows) {
        this.#counted(this.get(row.id), -1);
        const body = JSON.stringify({ result: row.result, more: row.more });
        const own = row.own ? 1 : 0;
        this.#insert.run(row.id, row.stream, own, row.time.from, row.time.to, row.resultTime, row.feature, body);
        this.#counted(row, 1);
      }
      this.#db
        .prepare("INSERT INTO sta_sequence VALUES ('Observations', ?) ON CONFLICT DO UPDATE SET last = excluded.last")
        .run(this.#lastId);
    });
  }

  remove(ids: readonly number[]): void {
    this.#change(() => {
      for (const id of ids) {
        this.#counted(this.get(id), -1);
        this.#delete.run(id);
      }
    });
  }

  removeStream(stream: number): void {
    if (!this.#counts.has(stream)) return;
    this.#db.prepare("DELETE FROM sta_observation WHERE stream = ?").run(stream);
    this.#counts.delete(stream);
  }

  /** Rows of a window in order. */
  window({ streams, from, to, direction, after, limit }: RowWindow): ObservationRow[] {
    if (this.count(streams, "rows") === 0) return [];
    const sign = direction === "asc" ? ">" : "<";
    const where = ["time_from > :from", "time_from <= :to"];
    if (streams) where.push("stream IN (SELECT value FROM json_each(:streams))");
    if (after) where.push(`(time_from ${sign} :time OR (time_from = :time AND id > :id))`);
    const rows = this.#db
      .prepare<[object], Stored>(
        `SELECT * FROM sta_observation WHERE ${where.join(" AND ")} ORDER BY time_from ${direction}, id LIMIT :limit`,
      )
      .all({
        from: Math.max(earliest, from),
        to: Math.min(latest, to),
        limit,
        ...(streams ? { streams: JSON.stringify(streams) } : {}),
        ...(after ? { time: after.time, id: after.id } : {}),
      });
    return rows.map(rowOf);
  }

  /** First and last phenomenonTime of a stream's Observations of their own; null when it has none. */
  spanOf(stream: number): { from: number; to: number } | null {
    if (this.count([stream], "own") === 0) return null;
    const span = this.#db
      .prepare<[number], { first: number; last: number }>(
        `SELECT min(time_from) AS first, max(coalesce(time_to, time_from)) AS last FROM sta_observation
         WHERE stream = ? AND own = 1`,
      )
      .get(stream);
    return span ? { from: span.first, to: span.last } : null;
  }

  /** Ids of the streams that have an Observation with this feature of its own. */
  streamsOfFeature(feature: number): number[] {
    return this.#db
      .prepare<[number], { stream: number }>("SELECT DISTINCT stream FROM sta_observation WHERE feature = ?")
      .all(feature)
      .map(({ stream }) => stream);
  }

  /** Counts follow the rows; when a transaction fails they are those of before. */
  #change(work: () => void): void {
    const before = new Map([...this.#counts].map(([stream, count]) => [stream, { ...count }]));
    try {
      this.#db.transaction(work)();
    } catch (error) {
      this.#counts.clear();
      for (const [stream, count] of before) this.#counts.set(stream, count);
      throw error;
    }
  }

  #counted(row: ObservationRow | undefined, by: 1 | -1): void {
    if (!row) return;
    const count = this.#counts.get(row.stream) ?? { rows: 0, own: 0 };
    this.#counts.set(row.stream, { rows: count.rows + by, own: count.own + (row.own ? by : 0) });
  }
}

function rowOf(row: Stored): ObservationRow {
  const { result, more } = JSON.parse(row.body) as { result: unknown; more: Record<string, unknown> };
  return {
    id: row.id,
    stream: row.stream,
    own: row.own === 1,
    time: { from: row.time_from, to: row.time_to },
    result,
    resultTime: row.result_time,
    feature: row.feature,
    more,
  };
}
