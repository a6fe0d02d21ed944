import { weekdays, type Hours, type LocalCalendar } from "@ioc/contracts";

const minuteMs = 60_000;

/** True when `now` (ms UTC) lies in the hours; those that reach past midnight belong to the day that they begin on. */
export function isWithin({ days, from, to }: Hours, now: number, calendar: LocalCalendar): boolean {
  const today = calendar.dayStart(now);
  const minute = Math.floor((now - today) / minuteMs);
  const [first, last] = [minutesOf(from), minutesOf(to)];
  const on = (day: number) => days?.includes(weekdays[calendar.weekday(day)] ?? "mon") ?? true;
  if (first < last) return on(today) && minute >= first && minute < last;
  return (on(today) && minute >= first) || (on(calendar.addDays(today, -1)) && minute < last);
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
