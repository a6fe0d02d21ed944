import type { ValueKind } from "@ioc/contracts";
import type { RollupWidth } from "./buckets.ts";

/** Quality of a tombstone: a removed reading whose value is kept so that the same reading cannot come back. */
export const REMOVED = 0;

/** Readings of one datastream in strictly rising time order, as columns of equal length. */
export interface Readings {
  /** phenomenonTime, ms. */
  time: Float64Array;
  /** NaN is a reading without a result. */
  value: Float64Array;
  /** A quality flag of the contracts, or {@link REMOVED}. */
  quality: Uint8Array;
  /** Id of a set of reasons, 0 is the empty set. */
  reasons: Uint16Array;
  /** resultTime - phenomenonTime, ms. */
  delay: Float64Array;
}

/** Columns of zeros in one piece of memory: five pieces take longer to get than a day of readings to decode. */
export function emptyReadings(length = 0): Readings {
  const memory = new ArrayBuffer(length * (3 * 8 + 2 + 1));
  return {
    time: new Float64Array(memory, 0, length),
    value: new Float64Array(memory, 8 * length, length),
    delay: new Float64Array(memory, 16 * length, length),
    reasons: new Uint16Array(memory, 24 * length, length),
    quality: new Uint8Array(memory, 26 * length, length),
  };
}

/** Buckets of one datastream in rising order as columns of equal length; only quality 1 and 2 with a result are counted. */
export interface BucketColumns {
  /** END of the bucket: it holds (time - width, time]. */
  time: Float64Array;
  count: Float64Array;
  sum: Float64Array;
  min: Float64Array;
  max: Float64Array;
  /** Value with the newest phenomenonTime in the bucket. */
  last: Float64Array;
  lastTime: Float64Array;
}

/** What is known of a series besides its readings. */
export interface SeriesInfo {
  id: number;
  datastream: string;
  unit: string;
  kind: ValueKind;
  periodSeconds: number;
}

/**
 * Reads single series within one snapshot of a store; what history, aggregates and exports are built upon, in the thread
 * that reads. Spans are (from, to] of phenomenonTime, or of bucket ends. Removed readings are never answered.
 */
export interface SeriesSource {
  info(series: number): SeriesInfo;
  /** Every reading that is kept, or only those of quality 1 and 2 with a result. The columns must not be changed. */
  readings(series: number, from: number, to: number, validOnly: boolean): Readings;
  buckets(series: number, from: number, to: number, width: RollupWidth): BucketColumns;
  /** At least the number of readings in the span, quickly: whole blocks at the edges may be counted. */
  countAtMost(series: number, from: number, to: number): number;
  /** Readings older than this are no longer kept, only their rollups; -Infinity when all are. */
  rawSince(series: number): number;
  /** Value below which a share `q` of 0 to 1 of the valid readings in a span lies, from sketches; null without readings. */
  sketchQuantile(series: readonly number[], from: number, to: number, q: number): number | null;
}
