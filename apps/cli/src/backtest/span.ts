import { calendarOf, isoTime } from "@ioc/contracts";

const date = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Span from `--from` and `--to`: dates of the city, the last one included, or instants with offset.
 *
 * @throws Error that says what is wrong and what would be right
 */
export function spanOf(
  from: string | undefined,
  to: string | undefined,
  timezone: string,
): { from: number; to: number } {
  const span = { from: instantOf("--from", from, timezone, 0), to: instantOf("--to", to, timezone, 1) };
  if (span.from < span.to) return span;
  throw new Error(`--from ${from} must lie before --to ${to}`);
}

function instantOf(option: string, text: string | undefined, timezone: string, daysLater: number): number {
  if (text === undefined) throw new Error(`${option} is missing`);
  const [, year, month, day] = date.exec(text) ?? [];
  if (year !== undefined) {
    const calendar = calendarOf(timezone);
    const start = calendar.dateStart(Number(year), Number(month), Number(day));
    if (calendar.date(start) === text) return calendar.dateStart(Number(year), Number(month), Number(day) + daysLater);
  } else if (isoTime.safeParse(text).success) return Date.parse(text);
  throw new Error(`${option} ${text} is no date such as 2026-10-22 and no instant such as 2026-10-22T08:00:00+07:00`);
}
