import type { SeriesSource } from "../readings.ts";
import { longestSlice, slicesOf } from "./collect.ts";
import { quantilesOf } from "./select.ts";
import { eachSection } from "./totals.ts";

/** Readings that are pooled at once: 32 MB. A single bucket may have more. */
const windowReadings = 4_000_000;
/** Most readings of one bucket that are pooled; beyond, sketches answer. */
const mostPooled = 20_000_000;

/** Values of one bucket. */
class Pool {
  values: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  add(values: Float64Array): void {
    const needed = this.length + values.length;
    if (needed > this.values.length) {
      const grown = new Float64Array(Math.max(needed, this.values.length * 2));
      grown.set(this.values.subarray(0, this.length));
      this.values = grown;
    }
    this.values.set(values, this.length);
    this.length = needed;
  }
}

export interface Percentiles {
  /** For each share a column with one number for each bucket; NaN is a bucket without readings. */
  values: Float64Array[];
  /** False when any came from sketches. */
  exact: boolean;
}

/**
 * Percentiles of the valid readings of several series together in each bucket: exact where the readings are kept, else from
 * sketches; also from sketches where a single bucket has more than 20 million readings.
 * @param edges bucket k holds (edges[k], edges[k + 1]]
 * @param shares 0 to 1, in rising order
 * @param sketched takes everything from sketches
 */
export function percentilesOf(
  source: SeriesSource,
  series: readonly number[],
  edges: Float64Array,
  shares: readonly number[],
  sketched: boolean,
): Percentiles {
  const buckets = edges.length - 1;
  const found: Percentiles = { values: shares.map(() => new Float64Array(buckets).fill(NaN)), exact: true };
  const since = sketched ? Infinity : series.reduce((latest, id) => Math.max(latest, source.rawSince(id)), -Infinity);
  const pools: Pool[] = [];
  let k = 0;
  while (k < buckets && edges[k]! < since) fromSketches(source, series, edges, k++, shares, found);
  const density = countOf(source, series, edges[k]!, edges[buckets]!) / (edges[buckets]! - edges[k]!);
  while (k < buckets) {
    let end = k + 1;
    while (end < buckets && (edges[end + 1]! - edges[k]!) * density <= windowReadings) end++;
    if (end === k + 1 && countOf(source, series, edges[k]!, edges[end]!) > mostPooled) {
      fromSketches(source, series, edges, k, shares, found);
    } else {
      pool(source, series, edges.subarray(k, end + 1), pools, density);
      for (let j = k; j < end; j++) {
        const { values, length } = pools[j - k]!;
        for (const [i, value] of quantilesOf(values, length, shares).entries()) found.values[i]![j] = value;
      }
    }
    k = end;
  }
  return found;
}

function countOf(source: SeriesSource, series: readonly number[], from: number, to: number): number {
  return series.reduce((sum, id) => sum + source.countAtMost(id, from, to), 0);
}

function fromSketches(
  source: SeriesSource,
  series: readonly number[],
  edges: Float64Array,
  bucket: number,
  shares: readonly number[],
  found: Percentiles,
): void {
  for (const [i, share] of shares.entries()) {
    const value = source.sketchQuantile(series, edges[bucket]!, edges[bucket + 1]!, share);
    if (value === null) continue;
    found.values[i]![bucket] = value;
    found.exact = false;
  }
}

/**
 * Puts the readings of all series into one pool for each bucket.
 * @param density readings to expect in a ms
 */
function pool(
  source: SeriesSource,
  series: readonly number[],
  edges: Float64Array,
  pools: Pool[],
  density: number,
): void {
  const buckets = edges.length - 1;
  while (pools.length < buckets) pools.push(new Pool(Math.ceil(density * (edges[1]! - edges[0]!))));
  for (const one of pools) one.length = 0;
  for (const id of series) {
    for (const [from, to] of slicesOf(source, id, [edges[0]!, edges[buckets]!], longestSlice)) {
      const { time, value } = source.readings(id, from, to, true);
      eachSection(time, edges, (k, begin, end) => pools[k]!.add(value.subarray(begin, end)));
    }
  }
}
