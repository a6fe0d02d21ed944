import { DAY_MS, ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import type { AggregateRequest } from "../port.ts";
import { calendarEdges } from "./city-days.ts";
import type { CityDays } from "./city-days.ts";
import { TooMuchAsked } from "./too-much-asked.ts";

/** Most buckets on one time axis. */
export const mostAggregateBuckets = 20_000;

/**
 * Edges of the buckets whose END lies in (from, to], n + 1 of them: bucket k holds (edges[k], edges[k + 1]]. Buckets of a
 * width are counted from the beginning of the city's day, without daylight saving: 6 hours begin at 0, 6, 12 and 18 o'clock.
 * @throws {RangeError} when the width is no multiple of a minute, or the time zone is not known
 * @throws {TooMuchAsked} when there are more than 20,000 buckets
 */
export function edgesOf(bucket: AggregateRequest["bucket"], from: number, to: number, city: CityDays): Float64Array {
  const edges =
    "calendar" in bucket
      ? calendarEdges(city.timeZone, bucket.calendar, from, to, mostAggregateBuckets)
      : widthEdges(bucket.width, from, to, city.dayOffset);
  if (edges.length > mostAggregateBuckets + 1) {
    throw new TooMuchAsked(`more than ${mostAggregateBuckets} buckets: ask for wider ones or a shorter span`);
  }
  return Float64Array.from(edges);
}

function widthEdges(width: number, from: number, to: number, offset: number): number[] {
  if (!(width > 0 && width % ROLLUP_WIDTHS["1min"] === 0)) {
    throw new RangeError(`a bucket must be a multiple of a minute, not ${width} ms`);
  }
  const first = Math.floor((from + offset) / width) * width - offset;
  const count = Math.max(0, Math.floor((to - first) / width));
  return Array.from({ length: Math.min(count, mostAggregateBuckets + 1) + 1 }, (_, i) => first + i * width);
}

/** The widest rollup whose edges include all these, or null when there is none. */
export function widestFor(edges: Float64Array, dayOffset: number): RollupWidth | null {
  const fits = (width: number, offset: number) => edges.every((edge) => (edge + offset) % width === 0);
  if (fits(DAY_MS, dayOffset)) return "1d";
  for (const width of ["1h", "15min", "1min"] as const) if (fits(ROLLUP_WIDTHS[width], 0)) return width;
  return null;
}
