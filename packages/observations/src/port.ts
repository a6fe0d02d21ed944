import type {
  ItemOutcome,
  LatestValue,
  ObservationSeries,
  QualityFlag,
  QuarantineEntry,
  QuarantineReason,
  Reduction,
  Resolution,
  ValueKind,
} from "@ioc/contracts";
import type { RollupWidth } from "./buckets.ts";

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
  /** Hours of the same value that are suspicious; null: it may rest; unset: the project's own setting. */
  flatHours?: number | null | undefined;
  /** How long to keep; unset: the store's own setting. */
  retention?: Retention | undefined;
}

/** Days that are kept before now; null keeps for ever. Rollups are kept at least as long as the readings. */
export interface Retention {
  rawDays: number | null;
  rollupDays: number | null;
}

/** A reading that was placed and qualified, ready to be recorded. */
export interface QualifiedObservation {
  datastream: string;
  phenomenonTime: number;
  resultTime: number;
  result: number | null;
  quality: QualityFlag;
  /** Those of {@link LatestValue}. */
  reasons: readonly string[];
}

export interface RecordReceipt {
  /** Change-log sequence of this commit; null when it changed nothing. */
  sequence: number | null;
  /** One outcome for each observation, in order; `expired`: nothing is kept any more of the day it belongs to. */
  outcomes: (Exclude<ItemOutcome, "quarantined"> | "expired")[];
  /** For each expired one its index and since when readings of its datastream are kept, ms. */
  expired?: { index: number; keptSince: number }[];
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
   * corrects; the value before and who changed it are kept (see {@link ObservationReader.corrections}). Rejects when nothing
   * was stored: with {@link StoreBusy} when the queue is full, with {@link StoreUnavailable} when the file cannot be written.
   * @param by who sends, for example `http:gateway-3` or `mqtt`; kept with corrections only
   */
  record(observations: readonly QualifiedObservation[], by?: string): Promise<RecordReceipt>;
  /**
   * Removes readings. A removed reading leaves a tombstone with its value: the same reading arriving again changes nothing,
   * a new value for that time makes it valid again.
   */
  remove(spans: readonly TimeSpan[], by: string, reason: string): Promise<RemovalReceipt>;
  quarantine(entries: readonly QuarantineInput[]): Promise<void>;
  /** Waits for everything accepted so far, then closes. */
  close(): Promise<void>;
}

/** phenomenonTime in (from, to]. */
export interface TimeSpan {
  datastream: string;
  from: number;
  to: number;
}

export interface RemovalReceipt {
  sequence: number | null;
  removed: number;
}

/** The file cannot be written or read at the moment: full or read-only disk, lock of another program, damage. */
export class StoreUnavailable extends Error {
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds = 5) {
    super(message);
    this.name = "StoreUnavailable";
    this.retryAfterSeconds = retryAfterSeconds;
  }
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
  width: RollupWidth;
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

/** What the checks marked as doubtful (3) or bad (4): columns of equal length, ordered by datastream then time. */
export interface FlaggedRows extends RawRows {
  /** Those of {@link LatestValue}. */
  reasons: (readonly string[])[];
}

export interface HistoryRequest {
  datastream: string;
  from: number;
  to: number;
  resolution: Resolution | "auto";
  /** Never more points than this are answered, unless a `resolution` was named and `reduce` is not given. */
  points: number;
  /** Thin out to `points` instead of taking a coarser resolution. */
  reduce?: Reduction | undefined;
}

/** A stored reading with all that is known of it. */
export interface ObservationRecord {
  datastream: string;
  phenomenonTime: number;
  resultTime: number;
  result: number | null;
  quality: QualityFlag;
  reasons: readonly string[];
}

/** A page of single readings, by phenomenonTime and then by the place of the datastream in `datastreams`. */
export interface PageQuery {
  datastreams: readonly string[];
  /** phenomenonTime in (from, to]. */
  from: number;
  to: number;
  order: "asc" | "desc";
  /** The last reading of the page before; the answer begins behind it. */
  after?: { phenomenonTime: number; datastream: string } | undefined;
  limit: number;
  /** Leave out quality 3, 4 and 9. Default false. */
  validOnly?: boolean;
}

/** What is stored of a datastream; `from` and `to` are its oldest and newest phenomenonTime, null when it is empty. */
export interface DatastreamProfile {
  datastream: string;
  count: number;
  from: number | null;
  to: number | null;
  /** Bytes of its readings and rollups in the file, without the overhead of pages. */
  bytes: number;
}

export type AggregateFunction = "count" | "sum" | "mean" | "min" | "max" | "last" | `p${number}`;

/** Several datastreams on one time axis. Bad, doubtful and missing readings stay out. */
export interface AggregateRequest {
  datastreams: readonly string[];
  /** Buckets whose END lies in (from, to]. */
  from: number;
  to: number;
  /** Width in ms, a multiple of a minute; or days, weeks (from Monday), months and years of the city's time zone. */
  bucket: { width: number } | { calendar: "day" | "week" | "month" | "year" };
  /** `p95` is the 95th percentile. */
  functions: readonly AggregateFunction[];
  /** `each` datastream by itself, or `all` readings of all datastreams together. */
  across: "each" | "all";
}

export interface AggregateTable {
  /** Ends of all buckets of the span in rising order, also of those without data. */
  time: number[];
  /** One for each known datastream in the order asked; with `across: "all"` one whose datastream is `*`. Null is a gap. */
  series: { datastream: string; values: Partial<Record<AggregateFunction, (number | null)[]>> }[];
  /** False when percentiles were taken from sketches, because the readings themselves are no longer kept. */
  exact: boolean;
}

/** One change of what had been stored before. */
export interface Correction {
  id: number;
  datastream: string;
  phenomenonTime: number;
  kind: "corrected" | "removed";
  before: { result: number | null; quality: QualityFlag };
  /** Null when the reading was removed. */
  after: { result: number | null; quality: QualityFlag } | null;
  by: string;
  /** Why it was removed; empty for a correction. */
  reason: string;
  /** Change-log sequence. */
  sequence: number;
  /** When it was stored, ms of real time. */
  changedAt: number;
}

export interface ObservationReader {
  /** Newest value of each datastream by phenomenonTime; all when none are named. */
  latest(datastreams?: readonly string[]): Promise<LatestValue[]>;
  /** Newest value of quality 1 or 2 at or before `time`. */
  latestValid(datastreams: readonly string[], time: number): Promise<LatestValue[]>;
  raw(query: RawQuery): Promise<RawRows>;
  /** Only the readings of quality 3 and 4 in (from, to], of which there are few. */
  flagged(query: Omit<RawQuery, "validOnly">): Promise<FlaggedRows>;
  rollups(query: RollupQuery): Promise<RollupRows>;
  /** One span of one datastream at the finest resolution that keeps to `points`. */
  history(request: HistoryRequest): Promise<ObservationSeries>;
  counts(): Promise<{ observations: number; datastreams: number; quarantined: number }>;
  quarantined(query: { reason?: QuarantineReason | undefined; limit: number; offset: number }): Promise<{
    items: QuarantineEntry[];
    total: number;
    byReason: Record<string, number>;
  }>;
  /** Single readings in pages, of any quality. */
  page(query: PageQuery): Promise<ObservationRecord[]>;
  /** What is stored of each datastream; all that are registered when none are named. */
  profile(datastreams?: readonly string[]): Promise<DatastreamProfile[]>;
  aggregate(request: AggregateRequest): Promise<AggregateTable>;
  /** Corrections and removals, newest first. */
  corrections(query: {
    datastream?: string | undefined;
    limit: number;
    offset: number;
  }): Promise<{ items: Correction[]; total: number }>;
  /** phenomenonTime of the oldest and newest observation; null when empty. */
  span(): Promise<{ from: number; to: number } | null>;
  close(): Promise<void>;
}

/** What one commit changed; sent to subscribers after the commit, in order. */
export interface Change {
  sequence: number;
  /** New or corrected readings, in the order they were recorded. */
  observations: readonly QualifiedObservation[];
  /** Spans in which readings were removed. */
  removed?: readonly TimeSpan[] | undefined;
}

export interface ChangeLog {
  subscribe(listener: (change: Change) => void): () => void;
  /** Sequence of the newest commit; 0 when there is none. */
  head(): number;
}
