import type { ObservationReader, RawRows, RollupRows } from "@ioc/observations";
import type { Reading } from "./operators/water.ts";
import type { HourBuckets, Read, ReadData } from "./step.ts";

const dayMs = 86_400_000;
/** Rows that one answer should not exceed by much, so that no answer holds up the thread. */
const rowsPerCall = 40_000;

const keyOf = (read: { kind: string; from?: number; to: number }) => `${read.kind}:${read.from ?? ""}:${read.to}`;

/** Reads of one kind and span become one read of all their datastreams. */
function merged(reads: readonly Read[]): Read[] {
  const byKey = new Map<string, Read>();
  for (const read of reads) {
    const key = keyOf(read);
    const known = byKey.get(key);
    const datastreams = known ? [...new Set([...known.datastreams, ...read.datastreams])] : read.datastreams;
    byKey.set(key, { ...read, datastreams });
  }
  return [...byKey.values()].filter((read) => read.datastreams.length > 0);
}

function addRaw(into: Map<string, Reading[]>, rows: RawRows): void {
  for (let i = 0; i < rows.time.length; i++) {
    const value = rows.result[i] ?? null;
    if (value === null) continue;
    const datastream = rows.datastream[i] as string;
    const series = into.get(datastream);
    const reading = { time: rows.time[i] as number, value };
    if (series) series.push(reading);
    else into.set(datastream, [reading]);
  }
}

function addHours(into: Map<string, HourBuckets>, rows: RollupRows): void {
  for (let i = 0; i < rows.time.length; i++) {
    const datastream = rows.datastream[i] as string;
    let buckets = into.get(datastream);
    if (!buckets) {
      buckets = { time: [], count: [], sum: [], last: [] };
      into.set(datastream, buckets);
    }
    for (const name of ["time", "count", "sum", "last"] as const) buckets[name].push(rows[name][i] as number);
  }
}

interface Answers {
  raw: Map<string, Map<string, Reading[]>>;
  hours: Map<string, Map<string, HourBuckets>>;
  latest: Map<string, Map<string, Reading>>;
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

async function answer(read: Read, reader: ObservationReader, answers: Answers): Promise<void> {
  const { datastreams } = read;
  if (read.kind === "latest") {
    const found = await reader.latestValid(datastreams, read.to);
    const valid = found.flatMap(({ datastream, phenomenonTime, result }) =>
      result === null ? [] : [[datastream, { time: phenomenonTime, value: result }] as const],
    );
    answers.latest.set(keyOf(read), new Map(valid));
    return;
  }
  if (read.kind === "hours") {
    const into = new Map<string, HourBuckets>();
    for (const span of pieces(read, 24)) addHours(into, await reader.rollups({ datastreams, ...span, width: "1h" }));
    answers.hours.set(keyOf(read), into);
    return;
  }
  const into = new Map<string, Reading[]>();
  for (const span of pieces(read, 288)) addRaw(into, await reader.raw({ datastreams, ...span }));
  answers.raw.set(keyOf(read), into);
}

/** Readings at the datastreams named, and the newest time among them. */
export interface Fetched {
  data: ReadData;
  /** Newest reading or end of a bucket of these datastreams; null when there is none. */
  asOf(datastreams: ReadonlySet<string>): number | null;
  /** Newest time that the reads reach, and the oldest. */
  from: number;
  to: number;
}

function newest(answers: Answers, wanted: ReadonlySet<string>): number | null {
  let time = -Infinity;
  for (const byStream of answers.raw.values()) {
    for (const [id, series] of byStream) if (wanted.has(id)) time = Math.max(time, series.at(-1)?.time ?? -Infinity);
  }
  for (const byStream of answers.hours.values()) {
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

/** Reads everything a definition needs: one call for each kind and span, with all datastreams, long spans in pieces. */
export async function fetchReads(reads: readonly Read[], reader: ObservationReader): Promise<Fetched> {
  const answers: Answers = { raw: new Map(), hours: new Map(), latest: new Map() };
  const needed = merged(reads);
  for (const read of needed) await answer(read, reader, answers);
  const starts = needed.flatMap((read) => (read.kind === "latest" ? [] : [read.from]));
  return {
    data: {
      raw: (from, to, id) => answers.raw.get(keyOf({ kind: "raw", from, to }))?.get(id) ?? [],
      hours: (from, to, id) => answers.hours.get(keyOf({ kind: "hours", from, to }))?.get(id) ?? null,
      latest: (to, id) => answers.latest.get(keyOf({ kind: "latest", to }))?.get(id) ?? null,
    },
    asOf: (datastreams) => newest(answers, datastreams),
    from: Math.min(...starts),
    to: Math.max(...needed.map((read) => read.to)),
  };
}
