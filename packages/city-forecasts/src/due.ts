import type { LocalCalendar } from "@ioc/contracts";
import type { ForecastTerms } from "./terms.ts";

const dayMs = 86_400_000;

/** When the newest issue was due at `now` (ms): parts of a day count from the city's midnight, weeks from Monday. */
export function dueAt({ every, offset }: ForecastTerms, calendar: LocalCalendar, now: number): number {
  const shifted = now - offset;
  const day = calendar.dayStart(shifted);
  if (every > dayMs) return calendar.addDays(day, -calendar.weekday(day)) + offset;
  return day + Math.floor((shifted - day) / every) * every + offset;
}
