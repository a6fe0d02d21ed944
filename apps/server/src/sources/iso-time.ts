/**
 * Instant of an ISO 8601 text in its usual forms, `2026-10-22T02:00:24Z` and `2026-10-22T02:00:24.500Z`, in ms; null for
 * anything else, also for the days 29 to 31, which need the calendar. Several times as fast as `Date.parse`, because a busy
 * intake reads tens of thousands a second.
 */
export function plainIsoTime(text: string): number | null {
  const length = text.length;
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90) return null;
  // Punctuation: - - T : : and . where there are milliseconds.
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  if (length === 24 && text.charCodeAt(19) !== 46) return null;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  const ms = length === 24 ? pair(text, 20) * 10 + digit(text, 22) : 0;
  // A character that is no digit makes its number NaN, and every comparison with it false.
  const fits = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  if (!fits || !(hour <= 23 && minute <= 59 && second <= 59 && ms <= 999)) return null;
  return ((daysUntil(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms;
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : NaN;
}

function pair(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

/** Days from 1 January 1970 (civil calendar to day number, H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function daysUntil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
