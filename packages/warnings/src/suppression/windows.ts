import type { LocalCalendar, SuppressionRule } from "@ioc/contracts";

type Maintenance = Extract<SuppressionRule, { kind: "maintenance" }>;

const days = { day: 1, week: 7 } as const;

/**
 * End of the window that `at` lies in, ms; null when it lies in none. Windows come again at the same local time; the end of a window
 * belongs to it no more.
 * @param endless also windows before the first one and after the last: for asking what would have been
 */
export function windowAt(rule: Maintenance, at: number, calendar: LocalCalendar, endless = false): number | null {
  const { from, until, repeat } = rule;
  if (repeat === null) return from <= at && at < until ? until : null;
  const step = days[repeat.every];
  const first = calendar.dayStart(from);
  const daysSince = Math.round((calendar.dayStart(at) - first) / 86_400_000);
  const newest = Math.floor(daysSince / step);
  // One that began before may reach into this day.
  for (const turn of [newest, newest - 1]) {
    if (turn < 0 && !endless) continue;
    const begins = calendar.addDays(from, turn * step) + (from - first);
    if (!endless && repeat.until !== null && begins > repeat.until) continue;
    const ends = begins + (until - from);
    if (begins <= at && at < ends) return ends;
  }
  return null;
}

/** When the last window is over at the latest, ms; infinite for one that comes again for good. */
export function lastEnd({ from, until, repeat }: Maintenance): number {
  if (repeat === null) return until;
  return repeat.until === null ? Infinity : repeat.until + (until - from);
}
