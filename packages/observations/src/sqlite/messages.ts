import type { QualityFlag, QuarantineEntry, QuarantineReason, ValueKind } from "@ioc/contracts";
import type { RollupWidth } from "../buckets.ts";
import type { Correction, DatastreamSpec, QuarantineInput } from "../port.ts";
import type { AggregateColumns, AggregateQuestion } from "../reading/aggregate.ts";
import type { HistoryColumns, HistoryQuestion } from "../reading/history.ts";
import type { BucketColumns } from "../readings.ts";

/** What passes between the main loop and the two worker threads. Large parts are typed arrays, which are moved, not copied. */

/** A datastream as it is kept in the file. */
export interface SeriesRow {
  id: number;
  datastream: string;
  unit: string;
  kind: ValueKind;
  periodSeconds: number;
}

/** Readings as columns of equal length. A NaN in `value` is a reading without a result. */
export interface ObservationColumns {
  series: Int32Array;
  time: Float64Array;
  /** resultTime - phenomenonTime, ms. */
  delay: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  /** Id of a reason set. */
  reasons: Uint16Array;
}

/** Everything that goes into one transaction. */
export interface CommitGroup extends ObservationColumns {
  /** Who sent the readings up to, but not including, an index; kept with corrections. */
  senders: { end: number; by: string }[];
  /** Reason sets used here that may not be in the file yet. */
  reasonSets: { id: number; names: string }[];
  quarantine: QuarantineInput[];
}

/** What became of a reading. */
export const STORED = 0;
export const DUPLICATE = 1;
export const CORRECTED = 2;
/** Its day is no longer kept. */
export const EXPIRED = 3;
export const OUTCOMES = ["stored", "duplicate", "corrected", "expired"] as const;

export interface CommitResult {
  sequence: number | null;
  /** Index into {@link OUTCOMES} for each reading of the group; null when all are new. */
  outcomes: Uint8Array | null;
  /** For each expired reading its index in the group and since when readings of its datastream are kept. */
  expired: { index: number; keptSince: number }[];
  totals: Totals;
}

export interface Removal {
  spans: { series: number; from: number; to: number }[];
  by: string;
  reason: string;
}

export interface RemovalResult {
  sequence: number | null;
  removed: number;
  totals: Totals;
  /** Newest reading of each series of the spans that still has one, and the series that have none. */
  latest: LatestRow[];
  empty: number[];
}

export interface Totals {
  observations: number;
  quarantined: number;
  /** phenomenonTime of the oldest and newest observation; null when empty. */
  oldest: number | null;
  newest: number | null;
}

export interface LatestRow {
  series: number;
  t: number;
  value: number | null;
  quality: QualityFlag;
  reasons: number;
}

/** State of the file when it is opened. */
export interface StoreState {
  series: SeriesRow[];
  reasonSets: { id: number; names: string }[];
  latest: LatestRow[];
  head: number;
  totals: Totals;
}

export interface MaintenanceResult {
  /** There is more to do. */
  more: boolean;
  totals: Totals;
}

export interface WriterOptions {
  file: string;
  synchronous: "normal" | "full";
  /** ms that the city's day begins before that of UTC; what a file was made with stays. */
  dayOffset: number;
  /** Most readings in memory that no block holds yet. */
  tailLimit: number;
  /** How long to wait for another program that holds the file, ms. */
  busyTimeout: number;
}

/** What the writer thread has done since it was opened. */
export interface WriterFigures {
  /** Readings that no block holds yet. */
  tail: number;
  journalRows: number;
  fileBytes: number;
  walBytes: number;
  commits: number;
  /** Commits that took at most this long, seconds: count for each bound, not cumulated; the last is for all longer ones. */
  commitSeconds: { bounds: readonly number[]; counts: number[]; sum: number };
  flushes: number;
  cachedBlocks: number;
}

/** Calls the writer thread answers, in order. A type alias: an interface would not fit an index signature. */
export type WriterCalls = {
  open(options: WriterOptions): StoreState;
  register(specs: readonly DatastreamSpec[]): SeriesRow[];
  commit(group: CommitGroup): CommitResult;
  remove(removal: Removal): RemovalResult;
  maintain(request: { now: number; budgetMs: number }): MaintenanceResult;
  figures(nothing: null): WriterFigures;
  close(nothing: null): null;
};

/** Rows of several series one after the other; `rows[i]` of them belong to the i-th series that was asked. */
export interface RawColumns {
  rows: Int32Array;
  time: Float64Array;
  /** NaN = no result. */
  value: Float64Array;
  quality: Uint8Array;
}

/** Ids of sets of reasons beside the readings. */
export interface FlaggedColumns extends RawColumns {
  reasons: Uint16Array;
}

/** Buckets of several series one after the other. */
export interface BucketRowsColumns extends Omit<BucketColumns, "lastTime"> {
  rows: Int32Array;
}

/** Single readings of several series; `rank` is the place of the series in the question. */
export interface PageColumns {
  rank: Float64Array;
  time: Float64Array;
  /** NaN = no result. */
  value: Float64Array;
  quality: Float64Array;
  reasons: Float64Array;
  delay: Float64Array;
}

/** For each series that was asked. `oldest` and `newest` are NaN without readings. */
export interface ProfileColumns {
  count: Float64Array;
  oldest: Float64Array;
  newest: Float64Array;
  bytes: Float64Array;
}

export interface LatestColumns {
  /** For each series that was asked: 1 when it has such a value. */
  found: Uint8Array;
  time: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  reasons: Uint16Array;
}

export interface QuarantinePage {
  items: QuarantineEntry[];
  total: number;
  byReason: Record<string, number>;
}

/** A span (from, to] of several series. */
interface SpanRequest {
  series: Int32Array;
  from: number;
  to: number;
}

export interface ReaderOptions {
  file: string;
  /** ms that the city's day begins before that of UTC. */
  dayOffset: number;
  /** IANA name of the city's time zone. */
  timeZone: string;
}

export interface PageRequest extends SpanRequest {
  order: "asc" | "desc";
  /** The last reading of the page before, by the place of its series. */
  after: { time: number; rank: number } | null;
  limit: number;
  validOnly: boolean;
}

export interface CorrectionPage {
  items: Correction[];
  total: number;
}

/** Calls the reader thread answers, in order. */
export type ReaderCalls = {
  open(options: ReaderOptions): null;
  /** The known datastreams have changed. */
  reload(nothing: null): null;
  raw(request: SpanRequest & { validOnly: boolean }): RawColumns;
  flagged(request: SpanRequest): FlaggedColumns;
  rollups(request: SpanRequest & { width: RollupWidth }): BucketRowsColumns;
  latestValid(request: { series: Int32Array; time: number }): LatestColumns;
  history(question: HistoryQuestion): HistoryColumns;
  aggregate(question: AggregateQuestion): AggregateColumns;
  page(request: PageRequest): PageColumns;
  profile(request: { series: Int32Array }): ProfileColumns;
  corrections(request: { datastream: string | null; limit: number; offset: number }): CorrectionPage;
  quarantined(request: { reason: QuarantineReason | null; limit: number; offset: number }): QuarantinePage;
  close(nothing: null): null;
};
