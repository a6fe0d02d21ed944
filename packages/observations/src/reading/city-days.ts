import { DAY_MS } from "../buckets.ts";

/** Where the days of a city begin. */
export interface CityDays {
  /** IANA name, for example `Asia/Ho_Chi_Minh`; calendar days, weeks, months and years are those of its clock. */
  timeZone: string;
  /** ms that the store's days begin before those of UTC, without daylight saving. */
  dayOffset: number;
}

export type CalendarUnit = "day" | "week" | "month" | "year";

interface Zone {
  format: Intl.DateTimeFormat;
  /** ms east of UTC by instant. */
  offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();
const mostOffsets = 20_000;

/** @throws {RangeError} when the zone is not known */
function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const two = "2-digit";
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
    zones.set(timeZone, (zone = { format, offsets: new Map() }));
  }
  return zone;
}

function offsetAt(zone: Zone, time: number): number {
  const known = zone.offsets.get(time);
  if (known !== undefined) return known;
  const parts: Record<string, number> = {};
  for (const { type, value } of zone.format.formatToParts(time)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  if (zone.offsets.size >= mostOffsets) zone.offsets.clear();
  zone.offsets.set(time, offset);
  return offset;
}

/**
 * Instant at which a local day begins. Where the clock is set back over midnight it is the first of the two; where midnight is
 * skipped it is the change itself.
 * @param day days since 1 January 1970 on the local calendar
 */
function dayBegin(zone: Zone, day: number): number {
  const shown = day * DAY_MS;
  const before = offsetAt(zone, shown - DAY_MS);
  const after = offsetAt(zone, shown + DAY_MS);
  const first = shown - before;
  if (before === after || offsetAt(zone, first) === before) return first;
  const second = shown - after;
  return offsetAt(zone, second) === after ? second : first;
}

/**
 * Edges of the calendar buckets whose END lies in (from, to]: n + 1 of them, or fewer than two when there is no bucket. The
 * buckets are local days, weeks from Monday (ISO 8601), months or years of the zone.
 * @param most stops behind so many buckets
 */
export function calendarEdges(timeZone: string, unit: CalendarUnit, from: number, to: number, most: number): number[] {
  const zone = zoneOf(timeZone);
  const step = steps[unit];
  let index = step.indexOf(Math.floor((from + offsetAt(zone, from)) / DAY_MS)) - 1;
  while (dayBegin(zone, step.dayOf(index + 1)) <= from) index++;
  const edges = [dayBegin(zone, step.dayOf(index))];
  for (let edge; edges.length <= most + 1; edges.push(edge)) {
    edge = dayBegin(zone, step.dayOf(++index));
    if (edge > to) break;
  }
  return edges;
}

/** Units counted since 1970, and the local day (since 1 January 1970) that each begins with. */
const steps: Record<CalendarUnit, { indexOf(day: number): number; dayOf(index: number): number }> = {
  day: { indexOf: (day) => day, dayOf: (index) => index },
  // 29 December 1969 was a Monday.
  week: { indexOf: (day) => Math.floor((day + 3) / 7), dayOf: (index) => index * 7 - 3 },
  month: {
    indexOf: (day) => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth(),
    dayOf: (index) => dayOfDate(Math.floor(index / 12), index - Math.floor(index / 12) * 12),
  },
  year: { indexOf: (day) => dateOf(day).getUTCFullYear(), dayOf: (index) => dayOfDate(index, 0) },
};

function dateOf(day: number): Date {
  return new Date(day * DAY_MS);
}

function dayOfDate(year: number, month: number): number {
  return Date.UTC(year, month, 1) / DAY_MS;
}
