import type { Resolution } from "@ioc/contracts";
import { cityParts, cityTime, day, hour, startOfCityDay } from "@ioc/charts/time";

/** Spans that end now. */
export const presets = ["6h", "24h", "7d", "30d", "1y"] as const;
export type Preset = (typeof presets)[number];

const lengths: Record<Preset, number> = {
  "6h": 6 * hour,
  "24h": 24 * hour,
  "7d": 7 * day,
  "30d": 30 * day,
  "1y": 365 * day,
};

/** A span that ends now and moves along, or whole days of the city's calendar, both included (`2026-10-22`). */
export type Span = { preset: Preset } | { fromDay: string; toDay: string };

export const lastDay: Span = { preset: "24h" };

/** Start of a day written as `2026-10-22`, ms; null for what is no day of the calendar. */
export function startOfDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = cityTime(year, month, dayOfMonth);
  return dayText(time) === text ? time : null;
}

/** Day of the city's calendar that contains `time`, as `2026-10-22`. */
export function dayText(time: number): string {
  const { year, month, day: dayOfMonth } = cityParts(time);
  return [String(year).padStart(4, "0"), ...[month, dayOfMonth].map((part) => String(part).padStart(2, "0"))].join("-");
}

/** First year that may be asked for: no station of any city measured before. */
const firstYear = 1900;

/** Whole days, or what is wrong with them: `day` no day, `order` the end before the beginning, `future` nothing yet. */
export function spanOfDays(
  fromDay: string,
  toDay: string,
  now: number,
): { span: Span } | { wrong: "day" | "order" | "future" } {
  const [from, to] = [startOfDay(fromDay), startOfDay(toDay)];
  if (from === null || to === null || from < cityTime(firstYear, 1)) return { wrong: "day" };
  if (from > to) return { wrong: "order" };
  if (from > now) return { wrong: "future" };
  return { span: { fromDay, toDay } };
}

/** Beginning and end in ms. `live`: the end moves with the city's time. */
export function boundsOf(span: Span, now: number): { from: number; to: number; live: boolean } {
  if ("preset" in span) return { from: now - lengths[span.preset], to: now, live: true };
  const from = startOfDay(span.fromDay) ?? startOfCityDay(now);
  const end = (startOfDay(span.toDay) ?? from) + day;
  return { from, to: Math.max(from + 1, Math.min(end, now)), live: false };
}

/** Finest first, with the width of a bucket, ms. */
const buckets: readonly [Exclude<Resolution, "raw">, number][] = [
  ["1min", 60_000],
  ["15min", 15 * 60_000],
  ["1h", hour],
  ["1d", day],
];

/** Entries for each point of the drawing that are still told apart once they are thinned out to their extremes. */
const entriesAPoint = 3;

/**
 * Resolution at which a span is drawn: single readings up to a day, so that every reading of a live day is in it; beyond,
 * the finest of which at most three entries come on a point. Thinning out then keeps the extremes of each stretch.
 * @param length ms
 * @param periodSeconds expected distance of two readings
 * @param points points the drawing may have
 */
export function resolutionFor(length: number, periodSeconds: number, points: number): Resolution {
  if (length <= day || length / (periodSeconds * 1000) <= points * entriesAPoint) return "raw";
  const wider = buckets.filter(([, width]) => width > periodSeconds * 1000);
  return wider.find(([, width]) => length / width <= points * entriesAPoint)?.[0] ?? "1d";
}

/** Resolutions a reader may choose of a stream: single readings and all buckets wider than its period. */
export function resolutionsOf(periodSeconds: number): readonly Resolution[] {
  return ["raw", ...buckets.filter(([, width]) => width > periodSeconds * 1000).map(([name]) => name)];
}
