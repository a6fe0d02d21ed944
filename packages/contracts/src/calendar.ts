const hour = 3_600_000;
const day = 24 * hour;

/** Local calendar of a time zone. Instants are ms UTC. */
export interface LocalCalendar {
  /** Start of the local day that `time` lies in. */
  dayStart(time: number): number;
  /** Start of the local month that `time` lies in. */
  monthStart(time: number): number;
  /** Start of the local day of a date; `month` counts from 1, and days beyond the month lead into the next ones. */
  dateStart(year: number, month: number, date: number): number;
  /** Start of the local day `days` after the one that `time` lies in. */
  addDays(time: number, days: number): number;
  /** 0 = Monday … 6 = Sunday. */
  weekday(time: number): number;
  /** 0 to 23. */
  hour(time: number): number;
  /** `2026-10-22` */
  date(time: number): string;
}

const calendars = new Map<string, LocalCalendar>();

/** Calendar of an IANA time zone, daylight saving included. Throws RangeError when the zone is not known. */
export function calendarOf(timezone: string): LocalCalendar {
  const known = calendars.get(timezone);
  if (known) return known;
  const made = makeCalendar(timezone);
  calendars.set(timezone, made);
  return made;
}

function makeCalendar(timezone: string): LocalCalendar {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  /** Zone offset at an instant; the same within an hour of UTC, so it is looked up once an hour. */
  const offsetAt = (time: number): number => {
    const slot = Math.floor(time / hour);
    const known = offsets.get(slot);
    if (known !== undefined) return known;
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(slot * hour)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
    const found = Date.UTC(year, month - 1, date, hours, minute, second) - slot * hour;
    if (offsets.size > 20_000) offsets.clear();
    offsets.set(slot, found);
    return found;
  };
  const days = new Map<number, number | null>();
  /** The same, looked up once a day of UTC: where it is the same at both ends of the day it is so between. */
  const offset = (time: number): number => {
    const slot = Math.floor(time / day);
    let whole = days.get(slot);
    if (whole === undefined) {
      const found = offsetAt(slot * day);
      whole = offsetAt((slot + 1) * day) === found ? found : null;
      if (days.size > 20_000) days.clear();
      days.set(slot, whole);
    }
    return whole ?? offsetAt(time);
  };
  const local = (time: number) => new Date(time + offset(time));
  const fromLocal = (shown: number): number => {
    const guess = shown - offset(shown);
    return shown - offset(guess);
  };
  const dayStart = (time: number) => fromLocal(Math.floor((time + offset(time)) / day) * day);
  return {
    dayStart,
    monthStart: (time) => fromLocal(Date.UTC(local(time).getUTCFullYear(), local(time).getUTCMonth(), 1)),
    dateStart: (year, month, date) => fromLocal(Date.UTC(year, month - 1, date)),
    addDays: (time, days) => fromLocal(Math.floor((time + offset(time)) / day) * day + days * day),
    weekday: (time) => (local(time).getUTCDay() + 6) % 7,
    hour: (time) => local(time).getUTCHours(),
    date: (time) => local(time).toISOString().slice(0, 10),
  };
}
