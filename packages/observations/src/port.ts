import type {
  ItemOutcome,
  LatestValue,
  ObservationSeries,
  QualityFlag,
  QuarantineEntry,
  QuarantineReason,
  Resolution,
  ValueKind,
} from "@ioc/contracts";

/**
 * The time-series port. Everything outside this package reads and writes observations through these interfaces; nothing
 * else may know how they are laid out. Times are milliseconds since 1970 (UTC), values are in the datastream's own unit.
 */

/** What the store must know of a datastream to qualify and roll up its readings. */
export interface DatastreamSpec {
  id: string;
  station: string;
  property: string;
  unit: string;
  kind: ValueKind;
  periodSeconds: number;
  min: number | null;
  max: number | null;
  maxStep: number | null;
  decimals: number;
}

/** A reading that was placed and qualified, ready to be recorded. */
export interface QualifiedObservation {
  datastream: string;
  phenomenonTime: number;
  resultTime: number;
  result: number | null;
  quality: QualityFlag;
  /** `range`, `spike`, `flat`, `skew`, `late`; empty when good. */
  reasons: readonly string[];
}

export interface RecordReceipt {
  /** Change-log sequence of this commit; null when it changed nothing. */
  sequence: number | null;
  /** One outcome for each observation, in order. */
  outcomes: Exclude<ItemOutcome, "quarantined">[];
}

export interface QuarantineInput {
  time: number;
  source: string;
  reason: QuarantineReason;
  message: string;
  sample: string;
}

export interface ObservationWriter {
  /** Makes datastreams known, keeping what is stored of those that exist already. */
  register(specs: readonly DatastreamSpec[]): Promise<void>;
  /**
   * Records in one transaction: rows, latest values, rollups and the change-log entry. Resolves after the commit: what is
   * resolved is durable. Idempotent by (datastream, phenomenonTime): the same value again changes nothing, a new value
   * corrects. Rejects when nothing was stored. Throws {@link StoreBusy} when its queue is full.
   */
  record(observations: readonly QualifiedObservation[]): Promise<RecordReceipt>;
  quarantine(entries: readonly QuarantineInput[]): Promise<void>;
  /** Waits for everything accepted so far, then closes. */
  close(): Promise<void>;
}

export class StoreBusy extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super("the observation store is busy");
    this.name = "StoreBusy";
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface RollupQuery {
  datastreams: readonly string[];
  /** Buckets whose END lies in (from, to]. */
  from: number;
  to: number;
  width: "15min" | "1h";
}

/** Columns of equal length, ordered by datastream then time. Only quality 1 and 2 are counted. */
export interface RollupRows {
  datastream: string[];
  /** End of the bucket. */
  time: number[];
  count: number[];
  sum: number[];
  min: number[];
  max: number[];
  last: number[];
}

export interface RawQuery {
  datastreams: readonly string[];
  /** phenomenonTime in (from, to]. */
  from: number;
  to: number;
  /** Leave out quality 3, 4 and 9. Default true. */
  validOnly?: boolean;
}

/** Columns of equal length, ordered by datastream then time. */
export interface RawRows {
  datastream: string[];
  time: number[];
  result: (number | null)[];
  quality: QualityFlag[];
}

export interface HistoryRequest {
  datastream: string;
  from: number;
  to: number;
  resolution: Resolution | "auto";
  points: number;
}

export interface ObservationReader {
  /** Newest value of each datastream by phenomenonTime; all when none are named. */
  latest(datastreams?: readonly string[]): Promise<LatestValue[]>;
  /** Newest value of quality 1 or 2 at or before `time`. */
  latestValid(datastreams: readonly string[], time: number): Promise<LatestValue[]>;
  raw(query: RawQuery): Promise<RawRows>;
  rollups(query: RollupQuery): Promise<RollupRows>;
  /** One span of one datastream at the finest resolution that keeps to `points`. */
  history(request: HistoryRequest): Promise<ObservationSeries>;
  counts(): Promise<{ observations: number; datastreams: number; quarantined: number }>;
  quarantined(query: { reason?: QuarantineReason | undefined; limit: number; offset: number }): Promise<{
    items: QuarantineEntry[];
    total: number;
    byReason: Record<string, number>;
  }>;
  /** phenomenonTime of the oldest and newest observation; null when empty. */
  span(): Promise<{ from: number; to: number } | null>;
  close(): Promise<void>;
}

/** What one commit changed; sent to subscribers after the commit, in order. */
export interface Change {
  sequence: number;
  /** New or corrected readings, in the order they were recorded. */
  observations: readonly QualifiedObservation[];
}

export interface ChangeLog {
  subscribe(listener: (change: Change) => void): () => void;
  /** Sequence of the newest commit; 0 when there is none. */
  head(): number;
}
