import { DAY_MS } from "../buckets.ts";

/**
 * Days of the city, by number. Day d holds (d - 1, d] days since 1970 of local time: a reading at exactly midnight belongs to
 * the day that ends. `dayOffset` is ms that the city's day begins before that of UTC.
 */
export function dayOf(time: number, dayOffset: number): number {
  return Math.ceil((time + dayOffset) / DAY_MS);
}

/** The last moment of a day; its first is just after the end of the day before. */
export function dayEnd(day: number, dayOffset: number): number {
  return day * DAY_MS - dayOffset;
}

/** The first day that a span (from, ...] touches. */
export function firstDayAfter(from: number, dayOffset: number): number {
  return Math.floor((from + dayOffset) / DAY_MS) + 1;
}

/**
 * Minutes that local time is ahead of UTC without daylight saving: the smaller offset of a winter and a summer day.
 * @param timeZone IANA name
 */
export function standardOffsetMinutes(timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const offsets = [0, 6].map((month) => {
    const parts = format.formatToParts(Date.UTC(2026, month, 1));
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  });
  return Math.min(...offsets);
}
