import type { ObservationReader, ObservationRecord } from "@ioc/observations";
import { placeOfReading, readingId } from "./observation-id.ts";
import type { ObservationRow, ObservationRows } from "./rows.ts";
import {
  comparePlaces,
  placeOfObservation,
  withoutResultTime,
  type Direction,
  type ObservationPlace,
  type StoredObservation,
} from "./stored.ts";

/** How streams are named in the time-series store; null for a stream that has no readings there. */
export interface StreamNames {
  nameOf(stream: number): string | null;
  streamOf(name: string): number | undefined;
}

export interface ObservationSpan {
  /** Ids of streams in rising order. */
  streams: readonly number[];
  /** These are all streams there are. */
  all: boolean;
  /** Begin of phenomenonTime in (from, to], ms. */
  from: number;
  to: number;
  direction: Direction;
  /** The answer begins behind this place. */
  after: ObservationPlace | null;
}

const largestBatch = 5000;

/** Observations in order of time, of the time-series store and of the table beside it. */
export class ObservationSource {
  readonly #reader: Pick<ObservationReader, "page">;
  readonly #rows: ObservationRows;
  readonly #names: StreamNames;

  constructor(reader: Pick<ObservationReader, "page">, rows: ObservationRows, names: StreamNames) {
    this.#reader = reader;
    this.#rows = rows;
    this.#names = names;
  }

  /** Batches in order, the first of about `size`, then larger ones. */
  async *batches(span: ObservationSpan, size: number): AsyncGenerator<StoredObservation[]> {
    let { after } = span;
    for (let limit = Math.min(size, largestBatch); ; limit = Math.min(limit * 2, largestBatch)) {
      const readings = await this.#readings(span, after, limit);
      const rows = this.#rows.window({ ...span, streams: span.all ? null : span.streams, after, limit });
      const ends = [endOf(readings.map(placeOfObservation), limit), endOf(rows.map(rowPlace), limit)];
      const end = ends.filter((place) => place !== null).sort((a, b) => comparePlaces(a, b, span.direction))[0] ?? null;
      const merged = mergeRows(readings, rows);
      merged.sort((a, b) => comparePlaces(placeOfObservation(a), placeOfObservation(b), span.direction));
      yield end === null
        ? merged
        : merged.filter((one) => comparePlaces(placeOfObservation(one), end, span.direction) <= 0);
      if (end === null) return;
      after = end;
    }
  }

  async get(id: number): Promise<StoredObservation | null> {
    const row = this.#rows.get(id);
    if (row?.own) return fromRow(row);
    const place = placeOfReading(id);
    const name = place && this.#names.nameOf(place.stream);
    if (!place || name === null) return null;
    const { from, to } = place;
    const records = await this.#reader.page({ datastreams: [name], from, to, order: "asc", limit: 10 });
    const reading = this.fromRecords(records).find((one) => one.id === id);
    return reading ? (mergeRows([reading], row ? [row] : [])[0] ?? null) : null;
  }

  /** Readings of the time-series store as Observations, without what the table has besides. */
  fromRecords(records: readonly ObservationRecord[]): StoredObservation[] {
    const found: StoredObservation[] = [];
    for (const { datastream, phenomenonTime, resultTime, result, quality, reasons } of records) {
      const stream = this.#names.streamOf(datastream);
      if (stream === undefined) continue;
      found.push({
        id: readingId(stream, phenomenonTime),
        stream,
        time: { from: phenomenonTime, to: null },
        result,
        resultTime: resultTime - phenomenonTime === withoutResultTime ? null : resultTime,
        feature: null,
        more: {},
        checked: { quality, reasons },
      });
    }
    return found;
  }

  /** Adds what the table has besides of the reading. */
  complete(reading: StoredObservation): StoredObservation {
    if (this.#rows.count([reading.stream], "rows") === 0) return reading;
    const row = this.#rows.get(reading.id);
    return row && !row.own ? withRow(reading, row) : reading;
  }

  async #readings(
    { streams, from, to, direction }: ObservationSpan,
    after: ObservationPlace | null,
    limit: number,
  ): Promise<StoredObservation[]> {
    const named = streams.flatMap((stream) => {
      const name = this.#names.nameOf(stream);
      return name === null ? [] : [{ stream, name }];
    });
    if (named.length === 0) return [];
    const question = { datastreams: named.map(({ name }) => name), from, to, order: direction, limit };
    if (after === null) return this.fromRecords(await this.#reader.page(question));
    const last = named.findLast(({ stream }) => readingId(stream, after.time) <= after.id);
    if (last) {
      const place = { phenomenonTime: after.time, datastream: last.name };
      return this.fromRecords(await this.#reader.page({ ...question, after: place }));
    }
    const rest = direction === "asc" ? { from: Math.max(from, after.time - 1) } : { to: Math.min(to, after.time) };
    return this.fromRecords(await this.#reader.page({ ...question, ...rest }));
  }
}

/** Place of the last when there may be more behind it. */
function endOf(places: readonly ObservationPlace[], limit: number): ObservationPlace | null {
  return places.length < limit ? null : (places.at(-1) ?? null);
}

function rowPlace({ id, time }: ObservationRow): ObservationPlace {
  return { id, time: time.from };
}

function mergeRows(readings: readonly StoredObservation[], rows: readonly ObservationRow[]): StoredObservation[] {
  if (rows.length === 0) return [...readings];
  const beside = new Map(rows.filter(({ own }) => !own).map((row) => [row.id, row]));
  const own = rows.filter((row) => row.own).map(fromRow);
  const taken = new Set(own.map(({ id }) => id));
  const merged = readings
    .filter(({ id }) => !taken.has(id))
    .map((reading) => {
      const row = beside.get(reading.id);
      return row ? withRow(reading, row) : reading;
    });
  return [...merged, ...own];
}

function withRow(reading: StoredObservation, row: ObservationRow): StoredObservation {
  return { ...reading, resultTime: row.resultTime ?? reading.resultTime, feature: row.feature, more: row.more };
}

export function fromRow({ id, stream, time, result, resultTime, feature, more }: ObservationRow): StoredObservation {
  return { id, stream, time, result, resultTime, feature, more, checked: null };
}
