import type { AggregateFunction, AggregateRequest, AggregateTable } from "../port.ts";
import type { RollupWidth } from "../buckets.ts";
import type { SeriesSource } from "../readings.ts";
import { edgesOf, widestFor } from "./axis.ts";
import type { CityDays } from "./city-days.ts";
import { longestSlice, slicesOf } from "./collect.ts";
import { percentilesOf } from "./percentiles.ts";
import { TooMuchAsked } from "./too-much-asked.ts";
import { Totals } from "./totals.ts";

/** {@link AggregateRequest} with the series instead of the names of their datastreams. */
export interface AggregateQuestion extends Omit<AggregateRequest, "datastreams"> {
  series: readonly number[];
}

export interface AggregateColumns {
  /** Ends of all buckets. */
  time: Float64Array;
  /**
   * For each series (with `across: "all"` for all together) and in it for each function as many numbers as there are buckets;
   * NaN is a gap.
   */
  values: Float64Array;
  exact: boolean;
}

/** Most numbers in one answer. */
export const mostAggregateCells = 2_000_000;
/** Most readings that are decoded for one answer. */
const mostReadings = 100_000_000;

/**
 * Several series on one time axis. Count, sum, mean, minimum, maximum and last come from stored rollups where the buckets
 * consist of whole hours or days of the city, else from the readings; percentiles from the readings where they are kept, else
 * from sketches; also from sketches where days or longer buckets hold more than 100 million readings. A bucket without valid readings counts 0 and is a gap in everything else. Where rollups are merged, sums are
 * sums of their sums.
 * @throws {RangeError} when the bucket, a function or the time zone is not known
 * @throws {TooMuchAsked} when too much would have to be read or answered
 */
export function aggregateOf(source: SeriesSource, question: AggregateQuestion, city: CityDays): AggregateColumns {
  const { series, functions, across } = question;
  const shares = sharesOf(functions);
  const edges = edgesOf(question.bucket, question.from, question.to, city);
  const time = edges.slice(1);
  const groups = across === "all" ? [series] : series.map((id) => [id]);
  const cells = groups.length * functions.length * time.length;
  if (cells > mostAggregateCells) {
    throw new TooMuchAsked(
      `${cells} values of at most ${mostAggregateCells}: ask for wider buckets or fewer datastreams`,
    );
  }
  const values = new Float64Array(cells).fill(NaN);
  const totals = functions.some((name) => !isPercentile(name)) ? new Totals(edges) : null;
  const width = widestFor(edges, city.dayOffset);
  const decodes = shares.length > 0 || (totals !== null && !isStored(width));
  const heavy = decodes && time.length > 0 && isHeavy(source, series, edges);
  if (heavy && width !== "1d") throw tooMuchToRead();
  let exact = true;
  let offset = 0;
  for (const group of time.length > 0 ? groups : []) {
    totals?.clear();
    if (totals) for (const id of group) addSeries(source, id, edges, width, totals);
    const percentiles = shares.length > 0 ? percentilesOf(source, group, edges, shares, heavy) : null;
    if (percentiles && !percentiles.exact) exact = false;
    for (const name of functions) {
      const column = isPercentile(name)
        ? percentiles?.values[shares.indexOf(shareOf(name))]
        : totals && columnOf(totals, name);
      values.set(column ?? [], offset);
      offset += time.length;
    }
  }
  return { time, values, exact };
}

/** The table of the port. @param names datastreams of the series, in their order */
export function aggregateTable(
  { time, values, exact }: AggregateColumns,
  names: readonly string[],
  { functions, across }: Pick<AggregateRequest, "functions" | "across">,
): AggregateTable {
  let offset = 0;
  const next = (): (number | null)[] => {
    const column: (number | null)[] = [];
    for (const end = offset + time.length; offset < end; offset++) {
      const value = values[offset]!;
      column.push(Number.isNaN(value) ? null : value);
    }
    return column;
  };
  const series = (across === "all" ? ["*"] : names).map((datastream) => {
    const columns: AggregateTable["series"][number]["values"] = {};
    for (const name of functions) columns[name] = next();
    return { datastream, values: columns };
  });
  return { time: Array.from(time), series, exact };
}

function isPercentile(name: AggregateFunction): name is `p${number}` {
  return name.startsWith("p");
}

/** `p95` is 0.95. */
function shareOf(name: `p${number}`): number {
  return Number(name.slice(1)) / 100;
}

function sharesOf(functions: readonly AggregateFunction[]): number[] {
  const shares = functions.filter(isPercentile).map(shareOf);
  const wrong = shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw new RangeError("a percentile must be p0 to p100");
  return [...new Set(shares)].sort((a, b) => a - b);
}

/** Hours and days are stored for days that are over; narrower buckets are made of the readings when they are asked. */
function isStored(width: RollupWidth | null): width is "1h" | "1d" {
  return width === "1h" || width === "1d";
}

function isHeavy(source: SeriesSource, series: readonly number[], edges: Float64Array): boolean {
  let readings = 0;
  for (const id of series) readings += source.countAtMost(id, edges[0]!, edges.at(-1)!);
  return readings > mostReadings;
}

function tooMuchToRead(): TooMuchAsked {
  return new TooMuchAsked(
    `more than ${mostReadings} readings would have to be read: ask for whole hours without percentiles, whole days, a ` +
      "shorter span or fewer datastreams",
  );
}

function columnOf(totals: Totals, name: Exclude<AggregateFunction, `p${number}`>): Float64Array {
  const { count } = totals;
  if (name === "count") return count;
  const column = name === "mean" ? totals.sum : totals[name];
  return column.map((value, k) => (count[k] === 0 ? NaN : name === "mean" ? value / count[k]! : value));
}

function addSeries(
  source: SeriesSource,
  series: number,
  edges: Float64Array,
  width: RollupWidth | null,
  totals: Totals,
): void {
  const end = edges.at(-1)!;
  if (isStored(width)) return totals.addBuckets(source.buckets(series, edges[0]!, end, width));
  const since = source.rawSince(series);
  const kept = edges.find((edge) => edge >= since) ?? end;
  if (kept > edges[0]!) totals.addBuckets(rollupsBefore(source, series, edges[0]!, kept, width));
  for (const [from, to] of slicesOf(source, series, [kept, end], longestSlice))
    totals.addReadings(source.readings(series, from, to, true));
}

/** Rollups of days whose readings are no longer kept. */
function rollupsBefore(
  source: SeriesSource,
  series: number,
  from: number,
  to: number,
  width: RollupWidth | null,
): ReturnType<SeriesSource["buckets"]> {
  const { datastream, periodSeconds } = source.info(series);
  const finest = periodSeconds < 60 ? "1min" : "15min";
  const fits = width === "15min" || (width === "1min" && finest === "1min");
  if (fits) return source.buckets(series, from, to, width);
  const hours = source.buckets(series, from, to, "1h");
  if (hours.time.length === 0) return hours;
  throw new TooMuchAsked(
    `the readings of ${datastream} before ${new Date(to).toISOString()} are no longer kept, only rollups of ` +
      `${finest === "1min" ? "1 minute" : "15 minutes"}: ask for buckets that are a multiple of it`,
  );
}
