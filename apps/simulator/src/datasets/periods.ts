import type { Calendar } from "../world/calendar.ts";
import { dayMs } from "../world/calendar.ts";

export type PeriodUnit = "day" | "week" | "month" | "quarter" | "year";

/** A piece of the local calendar. */
export interface Period {
  /** Number of its kind: days since 1970-01-01, weeks since that of it, months and quarters since year 0. */
  index: number;
  /** As rows write it: `2026-11-28`, `2026-W48`, `2026-11`, `2026-Q4`, `2026`. */
  label: string;
  /** Local days since 1970-01-01 of its first day. */
  day: number;
  days: number;
  /** Of its first day; of an ISO week the week-year. */
  year: number;
  /** Of its first day, 0 January .. 11 December. */
  month: number;
  /** ms UTC; the end is the start of the next. */
  start: number;
  end: number;
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/** Nominal length, ms. */
export const periodMs: Readonly<Record<PeriodUnit, number>> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 30.44 * dayMs,
  quarter: 91.3 * dayMs,
  year: 365.25 * dayMs,
};

/** Number of the period that a local day lies in. Weeks begin on Monday. */
export function periodIndex(calendar: Calendar, unit: PeriodUnit, day: number): number {
  if (unit === "day") return day;
  if (unit === "week") return Math.floor((day + 3) / 7);
  return Math.floor((calendar.year(day) * 12 + calendar.month(day)) / monthsOf[unit]);
}

export function periodOf(calendar: Calendar, unit: PeriodUnit, index: number): Period {
  const day = firstDay(unit, index);
  const days = firstDay(unit, index + 1) - day;
  const date = new Date(day * dayMs);
  const week = unit === "week" ? isoWeek(day) : null;
  return {
    index,
    label: week?.label ?? labelOf(unit, date),
    day,
    days,
    year: week?.year ?? date.getUTCFullYear(),
    month: date.getUTCMonth(),
    start: calendar.startOfDay(day),
    end: calendar.startOfDay(day + days),
  };
}

function firstDay(unit: PeriodUnit, index: number): number {
  if (unit === "day") return index;
  if (unit === "week") return index * 7 - 3;
  const month = index * monthsOf[unit];
  const year = Math.floor(month / 12);
  return Date.UTC(year, month - year * 12, 1) / dayMs;
}

function labelOf(unit: PeriodUnit, date: Date): string {
  const text = date.toISOString();
  if (unit === "year") return text.slice(0, 4);
  if (unit === "quarter") return `${text.slice(0, 4)}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
  return unit === "month" ? text.slice(0, 7) : text.slice(0, 10);
}

/** ISO 8601 week of a Monday. */
function isoWeek(monday: number): { label: string; year: number } {
  const year = new Date((monday + 3) * dayMs).getUTCFullYear();
  const week = Math.floor((monday + 3 - Date.UTC(year, 0, 1) / dayMs) / 7) + 1;
  return { label: `${year}-W${String(week).padStart(2, "0")}`, year };
}
