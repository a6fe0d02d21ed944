/** A point in time, milliseconds since 1970 UTC. The offset it was written with decides what `hour` and its like say. */
export interface Instant {
  readonly kind: "instant";
  readonly ms: number;
  readonly offsetMinutes: number;
}

/** From `from` to `to`, milliseconds since 1970 UTC; `to` itself is outside. */
export interface Interval {
  readonly kind: "interval";
  readonly from: number;
  readonly to: number;
  readonly offsetMinutes: number;
}

/** Months (a year is twelve) have no fixed length and are kept apart from the milliseconds. */
export interface Duration {
  readonly kind: "duration";
  readonly months: number;
  readonly ms: number;
}

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Mean month of the Gregorian calendar (365.2425 days / 12); used only to say which of two durations is longer. */
const meanMonthMs = (365.2425 / 12) * DAY_MS;

export function instant(ms: number, offsetMinutes = 0): Instant {
  return { kind: "instant", ms, offsetMinutes };
}

export function duration(ms: number, months = 0): Duration {
  return { kind: "duration", months, ms };
}

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+\- ])(\d{2}):?(\d{2}))$/i;

/**
 * Reads `2026-01-31T09:05:00.250+07:00`. Seconds may be left out, an offset or `Z` may not; digits after the
 * millisecond are cut off. A blank stands for the `+` that it was before a query string was decoded.
 */
export function parseInstant(text: string): Instant | null {
  const match = instantPattern.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second = "0", fraction = "", utc, sign, offsetHour, offsetMinute] = match;
  const offset = utc ? 0 : (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  const midnight = parseDate(`${year}-${month}-${day}`);
  if (midnight === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Math.abs(offset) > 18 * 60 || Number(offsetMinute ?? 0) > 59) return null;
  const ofDay = Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS;
  const ms = midnight + ofDay + Number(fraction.padEnd(3, "0").slice(0, 3)) - offset * MINUTE_MS;
  return instant(ms, offset);
}

/** Reads an instant or `from/to`. */
export function parseTime(text: string): Instant | Interval | null {
  const slash = text.indexOf("/");
  if (slash < 0) return parseInstant(text);
  const from = parseInstant(text.slice(0, slash));
  const to = parseInstant(text.slice(slash + 1));
  if (!from || !to || to.ms < from.ms) return null;
  return { kind: "interval", from: from.ms, to: to.ms, offsetMinutes: from.offsetMinutes };
}

/** Midnight UTC of `2026-01-31`, or null when there is no such day. */
export function parseDate(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return date.getUTCMonth() === Number(match[2]) - 1 && date.getUTCDate() === Number(match[3]) ? date.getTime() : null;
}

/** Time since midnight of `09:05`, `09:05:00` or `09:05:00.250`, in ms. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(text);
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59) return null;
  const fraction = Number((match[4] ?? "").padEnd(3, "0").slice(0, 3));
  return Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS + Number(match[3] ?? 0) * SECOND_MS + fraction;
}

const durationPattern =
  /^(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?$/;

/** Reads an ISO 8601 duration such as `PT1H`, `P1DT12H`, `-P1M`. */
export function parseDuration(text: string): Duration | null {
  const match = durationPattern.exec(text);
  if (!match || /[PT]$/.test(text)) return null;
  const [sign, years, months, weeks, days, hours, minutes, seconds] = match.slice(1, 9).map((part) => part ?? "0");
  const fraction = Number((match[9] ?? "").padEnd(3, "0").slice(0, 3));
  const ms =
    (Number(weeks) * 7 + Number(days)) * DAY_MS +
    Number(hours) * HOUR_MS +
    Number(minutes) * MINUTE_MS +
    Number(seconds) * SECOND_MS +
    fraction;
  const direction = sign === "-" ? -1 : 1;
  return duration(direction * ms, direction * (Number(years) * 12 + Number(months)));
}

/** The time `ms` moved by `by`; a day that the month does not have becomes its last one. */
export function shift(ms: number, by: Duration): number {
  if (by.months === 0) return ms + by.ms;
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + by.months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime() + by.ms;
}

/** Length for comparing, in ms. */
export function lengthOf(value: Duration): number {
  return value.months * meanMonthMs + value.ms;
}
