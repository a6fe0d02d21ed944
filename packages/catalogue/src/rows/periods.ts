import type { LocalCalendar } from "@ioc/contracts";

/** Types of columns that name a piece of the calendar. */
export type PeriodType = "date" | "month" | "quarter" | "isoweek";

/** Years have four digits, so that the order of texts is the order in time. */
const patterns: Record<PeriodType, RegExp> = {
  date: /^([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  month: /^([1-9]\d{3})-(0[1-9]|1[0-2])$/,
  quarter: /^([1-9]\d{3})-Q([1-4])$/,
  isoweek: /^([1-9]\d{3})-W(0[1-9]|[1-4]\d|5[0-3])$/,
};

type LocalDate = [year: number, month: number, day: number];

/** First local day of a period, month counted from 1; null when the text is no period of this type. */
export function firstDayOf(type: PeriodType, text: string): LocalDate | null {
  const match = patterns[type].exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const second = Number(match[2]);
  switch (type) {
    case "date": {
      const day = Number(match[3]);
      return day <= new Date(Date.UTC(year, second, 0)).getUTCDate() ? [year, second, day] : null;
    }
    case "month":
      return [year, second, 1];
    case "quarter":
      return [year, second * 3 - 2, 1];
    case "isoweek":
      return mondayOf(year, second);
  }
}

/** Week 1 is the week of 4 January (ISO 8601); null for a week 53 that the year does not have. */
function mondayOf(year: number, week: number): LocalDate | null {
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = new Date(Date.UTC(year, 0, 4 - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7));
  const thursday = new Date(monday.getTime() + 3 * 86_400_000);
  if (thursday.getUTCFullYear() !== year) return null;
  return [monday.getUTCFullYear(), monday.getUTCMonth() + 1, monday.getUTCDate()];
}

/** The period of a type that an instant lies in. */
export function periodAt(type: PeriodType, time: number, calendar: LocalCalendar): string {
  const date = calendar.date(time);
  switch (type) {
    case "date":
      return date;
    case "month":
      return date.slice(0, 7);
    case "quarter":
      return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
    case "isoweek": {
      const thursday = new Date(Date.parse(date) + (3 - calendar.weekday(time)) * 86_400_000);
      const year = thursday.getUTCFullYear();
      const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
      return `${year}-W${String(week).padStart(2, "0")}`;
    }
  }
}
