import type { QualityFlag, QuarantineEntry, QuarantineReason, Resolution, ValueKind } from "@ioc/contracts";
import type { RollupWidth } from "../buckets.ts";
import type { DatastreamSpec, HistoryRequest, QuarantineInput } from "../port.ts";

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
  /** Reason sets used here that may not be in the file yet. */
  reasonSets: { id: number; names: string }[];
  quarantine: QuarantineInput[];
}

export const OUTCOMES = ["stored", "duplicate", "corrected"] as const;

export interface CommitResult {
  sequence: number | null;
  /** Index into {@link OUTCOMES} for each reading of the group. */
  outcomes: Uint8Array;
  totals: Totals;
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

/** Calls the writer thread answers, in order. A type alias: an interface would not fit an index signature. */
export type WriterCalls = {
  open(options: { file: string; synchronous: "normal" | "full" }): StoreState;
  register(specs: readonly DatastreamSpec[]): SeriesRow[];
  commit(group: CommitGroup): CommitResult;
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

export interface BucketColumns {
  rows: Int32Array;
  time: Float64Array;
  count: Float64Array;
  sum: Float64Array;
  min: Float64Array;
  max: Float64Array;
  last: Float64Array;
}

export interface LatestColumns {
  /** For each series that was asked: 1 when it has such a value. */
  found: Uint8Array;
  time: Float64Array;
  value: Float64Array;
  quality: Uint8Array;
  reasons: Uint16Array;
}

export interface HistoryColumns {
  resolution: Resolution;
  time: Float64Array;
  value: Float64Array;
  /** Rollups only. */
  min?: Float64Array;
  max?: Float64Array;
  count?: Float64Array;
  /** Raw only. */
  quality?: Uint8Array;
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

/** Calls the reader thread answers, in order. */
export type ReaderCalls = {
  /** `dayOffset`: ms that the city's day begins before that of UTC. */
  open(options: { file: string; dayOffset: number }): null;
  /** The known datastreams have changed. */
  reload(nothing: null): null;
  raw(request: SpanRequest & { validOnly: boolean }): RawColumns;
  rollups(request: SpanRequest & { width: RollupWidth }): BucketColumns;
  latestValid(request: { series: Int32Array; time: number }): LatestColumns;
  history(request: Omit<HistoryRequest, "datastream"> & { series: number }): HistoryColumns;
  quarantined(request: { reason: QuarantineReason | null; limit: number; offset: number }): QuarantinePage;
  close(nothing: null): null;
};
