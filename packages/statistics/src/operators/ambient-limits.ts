import { exceedanceOf, maxOf, meanOf } from "./aggregate.ts";
import { runningMeans } from "./window.ts";

/** Averaging times of ambient-air limits: an hour, eight hours (largest running mean of the day), a day. */
export const averagingTimes = ["h1", "h8", "h24"] as const;
type AveragingTime = (typeof averagingTimes)[number];

/** Intervals of a day: those above the limit, those with a value, those that a full day has. */
interface DayExceedance {
  over: number;
  valid: number;
  expected: number;
}

/**
 * How often one pollutant passed one limit (strictly above) on one day: `h1` counts hours, `h24` the mean of the day, `h8` the
 * largest running mean of eight hours that ends in the day, each of six hours at least. A day mean and a largest running mean
 * need the share `valid` of the day's hours.
 * @param hours values of the day, labelled by their ends
 * @param before the seven hours before them, oldest first
 */
export function dayExceedance(
  averaging: AveragingTime,
  limit: number,
  hours: readonly (number | null)[],
  before: readonly (number | null)[],
  valid: number,
): DayExceedance {
  if (averaging === "h1") {
    const { count, valid: known } = exceedanceOf(hours, limit);
    return { over: count, valid: known, expected: hours.length };
  }
  const means =
    averaging === "h24"
      ? hours
      : runningMeans([...before, ...hours], 8, 6)
          .slice(before.length)
          .map(({ mean }) => mean);
  const known = means.filter((value) => value !== null).length;
  if (known === 0 || known < valid * hours.length) return { over: 0, valid: 0, expected: 1 };
  const value = averaging === "h24" ? meanOf(means) : maxOf(means);
  return { over: value !== null && value > limit ? 1 : 0, valid: 1, expected: 1 };
}

/**
 * The limit that holds in a year. A key such as `h24_before_2026` beside `h24` holds in the years before it; of several the
 * earliest that is still ahead. Null when the pollutant has no limit of that averaging time.
 */
export function limitIn(
  limits: Readonly<Record<string, number>>,
  averaging: AveragingTime,
  year: number,
): number | null {
  const earlier = Object.entries(limits)
    .flatMap(([key, value]) => {
      const until = key.startsWith(`${averaging}_before_`) ? Number(key.slice(`${averaging}_before_`.length)) : NaN;
      return year < until ? [{ until, value }] : [];
    })
    .sort((a, b) => a.until - b.until)[0];
  return earlier?.value ?? limits[averaging] ?? null;
}
