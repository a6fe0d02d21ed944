import type { LocalCalendar } from "@ioc/contracts";

/** A daily schedule in local time, `18:00-05:15`; it may run over midnight. */
export const schedulePattern = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Whether an instant lies in a daily schedule: from the first time on, before the second. In the months of `earlier` (1 to 12)
 * it begins `by` ms before.
 *
 * @param schedule text that {@link schedulePattern} knows; of any other text nothing lies in it
 */
export function scheduleOf(
  schedule: string,
  earlier: { readonly months: readonly number[]; readonly by: number },
  calendar: LocalCalendar,
): (at: number) => boolean {
  const found = schedulePattern.exec(schedule);
  if (!found) return () => false;
  const [onHour = 0, onMinute = 0, offHour = 0, offMinute = 0] = found.slice(1).map(Number);
  const onTime = (onHour * 60 + onMinute) * minute;
  const offTime = (offHour * 60 + offMinute) * minute;
  return (at) => {
    const time = at - calendar.dayStart(at);
    const month = Number(calendar.date(at).slice(5, 7));
    const on = (onTime - (earlier.months.includes(month) ? earlier.by : 0) + day) % day;
    return on <= offTime ? time >= on && time < offTime : time >= on || time < offTime;
  };
}
