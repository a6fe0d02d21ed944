import type { LocalCalendar } from "@ioc/contracts";

/** Lengths of calendar periods: hours, days, ISO weeks (from Monday), months, quarters, half-years and years of the city's calendar. */
export const periodLengths = ["PT1H", "P1D", "P7D", "P1M", "P3M", "P6M", "P1Y"] as const;
export type PeriodLength = (typeof periodLengths)[number];

const hourMs = 3_600_000;
const months: Partial<Record<PeriodLength, number>> = { P1M: 1, P3M: 3, P6M: 6, P1Y: 12 };

/** Start of the month `count` months after the one that `time` lies in. */
function addMonths(calendar: LocalCalendar, time: number, count: number): number {
  let start = calendar.monthStart(time);
  for (let i = 0; i < count; i++) start = calendar.monthStart(calendar.addDays(start, 32));
  for (let i = 0; i > count; i--) start = calendar.monthStart(calendar.addDays(start, -1));
  return start;
}

/** Start of the period that `time` lies in. */
export function periodStart(calendar: LocalCalendar, length: PeriodLength, time: number): number {
  if (length === "PT1H") return Math.floor(time / hourMs) * hourMs;
  if (length === "P1D") return calendar.dayStart(time);
  if (length === "P7D") return calendar.addDays(time, -calendar.weekday(time));
  const size = months[length] ?? 1;
  const month = Number(calendar.date(time).slice(5, 7)) - 1;
  return addMonths(calendar, time, -(month % size));
}

/** Start of the period `count` periods after the one that starts at `start`. */
export function periodAfter(calendar: LocalCalendar, length: PeriodLength, start: number, count = 1): number {
  if (length === "PT1H") return start + count * hourMs;
  if (length === "P1D") return calendar.addDays(start, count);
  if (length === "P7D") return calendar.addDays(start, 7 * count);
  return addMonths(calendar, start, (months[length] ?? 1) * count);
}

/** How many of these periods a year has. */
export function periodsAYear(length: PeriodLength): number {
  const counts: Record<PeriodLength, number> = { PT1H: 8760, P1D: 365, P7D: 52, P1M: 12, P3M: 4, P6M: 2, P1Y: 1 };
  return counts[length];
}
