import type { RowTable } from "@ioc/catalogue";
import type { ObservationReader, RawRows, RollupRows } from "@ioc/observations";
import type { Reading } from "./operators/water.ts";
import { PastReadings } from "./past-readings.ts";
import type { Buckets, FlaggedReading, Read, ReadData } from "./step.ts";

const dayMs = 86_400_000;
/** What is read before and after a day that reaches the level of a `near` read. */
const marginMs = 3_600_000;
/** Rows that one answer should not exceed by much, so that no answer holds up the thread. */
const rowsPerCall = 40_000;

type StreamRead = Exclude<Read, { kind: "rows" }>;

const keyOf = (read: { kind: string; from?: number; to: number; level?: number }) =>
  `${read.kind}:${read.from ?? ""}:${read.to}:${read.level ?? ""}`;

/** Reads of one kind and span become one read of all their datastreams. */
function merged(reads: readonly StreamRead[]): StreamRead[] {
  const byKey = new Map<string, StreamRead>();
  for (const read of reads) {
    const key = keyOf(read);
    const known = byKey.get(key);
    const datastreams = known ? [...new Set([...known.datastreams, ...read.datastreams])] : read.datastreams;
    byKey.set(key, { ...read, datastreams });
  }
  return [...byKey.values()].filter((read) => read.datastreams.length > 0);
}

/** Adds what is newer than the readings that are there. */
function addRaw(into: Map<string, Reading[]>, rows: RawRows): void {
  for (let i = 0; i < rows.time.length; i++) {
    const value = rows.result[i] ?? null;
    if (value === null) continue;
    const datastream = rows.datastream[i] as string;
    const series = into.get(datastream);
    const reading = { time: rows.time[i] as number, value };
    if ((series?.at(-1)?.time ?? -Infinity) >= reading.time) continue;
    if (series) series.push(reading);
    else into.set(datastream, [reading]);
  }
}

function addBuckets(into: Map<string, Buckets>, rows: RollupRows): void {
  for (let i = 0; i < rows.time.length; i++) {
    const datastream = rows.datastream[i] as string;
    let buckets = into.get(datastream);
    if (!buckets) {
      buckets = { time: [], count: [], sum: [], max: [], last: [] };
      into.set(datastream, buckets);
    }
    for (const name of ["time", "count", "sum", "max", "last"] as const) buckets[name].push(rows[name][i] as number);
  }
}

interface Answers {
  /** Raw, past and near reads; past ones hold the whole hour. */
  raw: Map<string, Map<string, Reading[]>>;
  hours: Map<string, Map<string, Buckets>>;
  days: Map<string, Map<string, Buckets>>;
  latest: Map<string, Map<string, Reading>>;
  flagged: Map<string, Map<string, FlaggedReading[]>>;
}

/** Long spans are read in pieces of whole days. */
function pieces(read: { from: number; to: number; datastreams: readonly string[] }, rowsPerDay: number) {
  const days = Math.max(1, Math.floor(rowsPerCall / Math.max(1, read.datastreams.length * rowsPerDay)));
  const spans: { from: number; to: number }[] = [];
  for (let from = read.from; from < read.to; from += days * dayMs) {
    spans.push({ from, to: Math.min(read.to, from + days * dayMs) });
  }
  return spans;
}

async function bucketsOf(
  span: { from: number; to: number; datastreams: readonly string[] },
  width: "1h" | "1d",
  reader: ReadingSource,
): Promise<Map<string, Buckets>> {
  const into = new Map<string, Buckets>();
  for (const part of pieces(span, width === "1h" ? 24 : 1)) {
    addBuckets(into, await reader.rollups({ datastreams: span.datastreams, ...part, width }));
  }
  return into;
}

/** The days that reach the level are found by their rollups; only those are read. */
async function nearOf(read: Extract<Read, { kind: "near" }>, reader: ReadingSource) {
  const wanted = new Map<number, string[]>();
  for (const [id, days] of await bucketsOf({ ...read, to: read.to + dayMs }, "1d", reader)) {
    days.time.forEach((end, i) => {
      if ((days.max[i] as number) < read.level) return;
      const known = wanted.get(end);
      if (known) known.push(id);
      else wanted.set(end, [id]);
    });
  }
  const into = new Map<string, Reading[]>();
  for (const [end, datastreams] of [...wanted].sort(([a], [b]) => a - b)) {
    const from = Math.max(read.from, end - dayMs - marginMs);
    const to = Math.min(read.to, end + marginMs);
    for (const part of from < to ? pieces({ from, to, datastreams }, 288) : []) {
      addRaw(into, await reader.raw({ datastreams, ...part }));
    }
  }
  return into;
}

/** Few readings are marked, so that a span is one read. */
async function flaggedOf(read: Extract<Read, { kind: "flagged" }>, reader: ReadingSource) {
  const rows = await reader.flagged(read);
  const into = new Map<string, FlaggedReading[]>();
  for (const [i, datastream] of rows.datastream.entries()) {
    const value = rows.result[i] ?? null;
    if (value === null) continue;
    const reading = { time: rows.time[i] as number, value, bad: rows.quality[i] === 4, reasons: rows.reasons[i] ?? [] };
    const series = into.get(datastream);
    if (series) series.push(reading);
    else into.set(datastream, [reading]);
  }
  return into;
}

async function rawOf(
  read: { from: number; to: number; datastreams: readonly string[] },
  reader: ReadingSource,
): Promise<Map<string, Reading[]>> {
  const into = new Map<string, Reading[]>();
  for (const span of pieces(read, 288)) {
    addRaw(into, await reader.raw({ datastreams: read.datastreams, ...span }));
  }
  return into;
}

async function answer(read: StreamRead, { reader, past }: Sources, answers: Answers): Promise<void> {
  const { datastreams } = read;
  if (read.kind === "latest") {
    const found = await reader.latestValid(datastreams, read.to);
    const valid = found.flatMap(({ datastream, phenomenonTime, result }) =>
      result === null ? [] : [[datastream, { time: phenomenonTime, value: result }] as const],
    );
    answers.latest.set(keyOf(read), new Map(valid));
    return;
  }
  if (read.kind === "hours" || read.kind === "days") {
    answers[read.kind].set(keyOf(read), await bucketsOf(read, read.kind === "hours" ? "1h" : "1d", reader));
    return;
  }
  if (read.kind === "near") {
    answers.raw.set(keyOf(read), await nearOf(read, reader));
    return;
  }
  if (read.kind === "flagged") {
    answers.flagged.set(keyOf(read), await flaggedOf(read, reader));
    return;
  }
  const series =
    read.kind === "past" && past && PastReadings.fits(read)
      ? await past.within(read, datastreams, (span) => rawOf({ ...span, datastreams }, reader))
      : await rawOf(read, reader);
  answers.raw.set(keyOf(read), series);
}

/** Readings at the datastreams named, and the newest time among them. */
export interface Fetched {
  data: ReadData;
  /** Newest reading or end of a bucket of these datastreams, or change of the datasets; null when there is none. */
  asOf(datastreams: ReadonlySet<string>, now: number): number | null;
  /** Whether rows of the datasets are made up. */
  synthetic: boolean;
  /** Newest time that the reads reach, and the oldest. */
  from: number;
  to: number;
}

function newest(answers: Answers, wanted: ReadonlySet<string>): number | null {
  let time = -Infinity;
  for (const byStream of answers.raw.values()) {
    for (const [id, series] of byStream) if (wanted.has(id)) time = Math.max(time, series.at(-1)?.time ?? -Infinity);
  }
  for (const byStream of [...answers.hours.values(), ...answers.days.values()]) {
    for (const [id, buckets] of byStream) {
      const last = buckets.count.findLastIndex((count) => count > 0);
      if (wanted.has(id) && last >= 0) time = Math.max(time, buckets.time[last] as number);
    }
  }
  for (const byStream of answers.latest.values()) {
    for (const [id, reading] of byStream) if (wanted.has(id)) time = Math.max(time, reading.time);
  }
  return Number.isFinite(time) ? time : null;
}

/** What is asked of the store of observations. */
export type ReadingSource = Pick<ObservationReader, "raw" | "rollups" | "latestValid" | "flagged">;

/** Where rows of datasets come from. */
export interface RowSource {
  table(dataset: string): Promise<RowTable>;
}

interface Sources {
  reader: ReadingSource;
  datasets: RowSource;
  /** What is kept of days gone by; without it they are read each time. */
  past?: PastReadings | undefined;
}

/** Newest change of the tables that were read, not later than `now`; null when all are empty. */
function newestRows(tables: Iterable<RowTable>, now: number): number | null {
  const times = [...tables].flatMap(({ length, updatedAt }) => (length > 0 ? [updatedAt ?? now] : []));
  return times.length === 0 ? null : Math.min(now, Math.max(...times));
}

/** Reads everything a definition needs: one call for each kind and span, with all datastreams, long spans in pieces. */
export async function fetchReads(reads: readonly Read[], sources: Sources): Promise<Fetched> {
  const answers: Answers = { raw: new Map(), hours: new Map(), days: new Map(), latest: new Map(), flagged: new Map() };
  const tables = new Map<string, RowTable>();
  for (const read of reads) {
    if (read.kind !== "rows" || tables.has(read.dataset)) continue;
    tables.set(read.dataset, await sources.datasets.table(read.dataset));
  }
  const needed = merged(reads.filter((read) => read.kind !== "rows"));
  for (const read of needed) await answer(read, sources, answers);
  const starts = needed.flatMap((read) => (read.kind === "latest" ? [] : [read.from]));
  return {
    data: {
      raw: (from, to, id) => answers.raw.get(keyOf({ kind: "raw", from, to }))?.get(id) ?? [],
      past: (from, to, id) =>
        (answers.raw.get(keyOf({ kind: "past", from, to }))?.get(id) ?? []).filter(
          ({ time }) => time > from && time <= to,
        ),
      near: (from, to, level, id) => answers.raw.get(keyOf({ kind: "near", from, to, level }))?.get(id) ?? [],
      hours: (from, to, id) => answers.hours.get(keyOf({ kind: "hours", from, to }))?.get(id) ?? null,
      days: (from, to, id) => answers.days.get(keyOf({ kind: "days", from, to }))?.get(id) ?? null,
      latest: (to, id) => answers.latest.get(keyOf({ kind: "latest", to }))?.get(id) ?? null,
      flagged: (from, to, id) => answers.flagged.get(keyOf({ kind: "flagged", from, to }))?.get(id) ?? [],
      rows: (dataset) => {
        const table = tables.get(dataset);
        if (!table) throw new Error(`dataset "${dataset}" is not among the inputs`);
        return table;
      },
    },
    asOf: (datastreams, now) => {
      const times = [newest(answers, datastreams), newestRows(tables.values(), now)].filter((time) => time !== null);
      return times.length === 0 ? null : Math.max(...times);
    },
    synthetic: [...tables.values()].some((table) => table.synthetic),
    from: Math.min(...starts),
    to: Math.max(...needed.map((read) => read.to)),
  };
}
