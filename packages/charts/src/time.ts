import type { Lang } from "@ioc/contracts";

/** Asia/Ho_Chi_Minh has been UTC+7 without daylight saving since 1975; fixed, so that every machine shows the same. */
const offset = 7 * 3_600_000;
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const englishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdayNames = {
  vi: {
    long: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
    short: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
  },
  en: {
    long: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    short: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  },
} as const;

/** Calendar fields of an instant (ms UTC) in the city's time zone. `month` is 1 to 12, `weekday` 0 = Sunday. */
export interface CityParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

export function cityParts(time: number): CityParts {
  const shifted = new Date(time + offset);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** Instant (ms UTC) of a wall-clock time in the city; fields may run over, as in `Date.UTC`. */
export function cityTime(year: number, month: number, dayOfMonth = 1, hourOfDay = 0, minuteOfHour = 0): number {
  return Date.UTC(year, month - 1, dayOfMonth, hourOfDay, minuteOfHour) - offset;
}

/** Start of the city's day that contains `time`. */
export function startOfCityDay(time: number): number {
  return Math.floor((time + offset) / day) * day - offset;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `09:00`, with seconds `09:00:20`. */
export function formatTime(time: number, options: { seconds?: boolean } = {}): string {
  const at = cityParts(time);
  return `${two(at.hour)}:${two(at.minute)}${options.seconds ? `:${two(at.second)}` : ""}`;
}

/** `22/10/2026` · `22 Oct 2026`. */
export function formatDate(time: number, lang: Lang): string {
  const at = cityParts(time);
  return lang === "vi"
    ? `${two(at.day)}/${two(at.month)}/${at.year}`
    : `${at.day}\u00a0${englishMonths[at.month - 1]}\u00a0${at.year}`;
}

/** Day and month without the year: `22/10` · `22 Oct`. */
export function formatDayMonth(time: number, lang: Lang): string {
  const at = cityParts(time);
  return lang === "vi" ? `${at.day}/${at.month}` : `${at.day}\u00a0${englishMonths[at.month - 1]}`;
}

/** `10/2026` · `Oct 2026`. */
export function formatMonth(time: number, lang: Lang): string {
  const at = cityParts(time);
  return lang === "vi" ? `${two(at.month)}/${at.year}` : `${englishMonths[at.month - 1]}\u00a0${at.year}`;
}

/** `Thứ Năm, 22/10` · `Thursday, 22 Oct`. */
export function formatWeekdayDate(time: number, lang: Lang): string {
  return `${weekdayNames[lang].long[cityParts(time).weekday]}, ${formatDayMonth(time, lang)}`;
}

/** Name of a weekday, 0 = Sunday. */
export function weekdayName(weekday: number, lang: Lang, form: "long" | "short" = "long"): string {
  return weekdayNames[lang][form][((weekday % 7) + 7) % 7]!;
}

/** Name of a month, 1 to 12: `Tháng 10` · `Oct`. */
export function monthName(month: number, lang: Lang): string {
  return lang === "vi" ? `Tháng\u00a0${month}` : englishMonths[month - 1]!;
}

/** `09:00 22/10/2026` · `22 Oct 2026, 09:00`. */
export function formatDateTime(time: number, lang: Lang, options: { seconds?: boolean } = {}): string {
  const clock = formatTime(time, options);
  return lang === "vi" ? `${clock} ${formatDate(time, lang)}` : `${formatDate(time, lang)}, ${clock}`;
}

/** Within the year of `now` the year is left out: `08:40 22/10` · `22 Oct, 08:40`. */
export function formatShortDateTime(time: number, lang: Lang, options: { seconds?: boolean } = {}): string {
  const clock = formatTime(time, options);
  return lang === "vi" ? `${clock} ${formatDayMonth(time, lang)}` : `${formatDayMonth(time, lang)}, ${clock}`;
}

/** `08:00–09:00`, over midnight with days. */
export function formatTimeRange(from: number, to: number, lang: Lang): string {
  if (startOfCityDay(from) === startOfCityDay(to)) return `${formatTime(from)}–${formatTime(to)}`;
  return `${formatShortDateTime(from, lang)} – ${formatShortDateTime(to, lang)}`;
}

const durationNames = {
  vi: { day: ["ngày", "ngày"], hour: ["giờ", "giờ"], minute: ["phút", "phút"], second: ["giây", "giây"] },
  en: { day: ["day", "days"], hour: ["h", "h"], minute: ["min", "min"], second: ["s", "s"] },
} as const;

/** A length of time in at most two units: `2 phút 41 giây`, `5 giờ`, `1 ngày 3 giờ` · `2 min 41 s`. */
export function formatDuration(length: number, lang: Lang): string {
  const total = Math.max(0, Math.round(length / second));
  const parts = (
    [
      ["day", Math.floor(total / 86_400)],
      ["hour", Math.floor((total % 86_400) / 3600)],
      ["minute", Math.floor((total % 3600) / 60)],
      ["second", total % 60],
    ] as const
  ).map(([unit, count]) => ({ count, text: `${count}\u00a0${durationNames[lang][unit][count === 1 ? 0 : 1]}` }));
  const first = parts.findIndex((part) => part.count > 0);
  if (first < 0) return parts[3]!.text;
  const next = parts[first + 1];
  return next && next.count > 0 ? `${parts[first]!.text} ${next.text}` : parts[first]!.text;
}

/** A length as people name a span: up to three days in hours (`48 giờ`), then in days. */
export function formatSpan(length: number, lang: Lang): string {
  const hours = Math.round(length / hour);
  if (hours * hour !== length || hours < 24 || hours > 72) return formatDuration(length, lang);
  return `${hours}\u00a0${lang === "vi" ? "giờ" : "hours"}`;
}

/** A running clock: `02:41`, from one hour `01:02:41`. */
export function formatClock(length: number): string {
  const total = Math.max(0, Math.floor(length / second));
  const hours = Math.floor(total / 3600);
  const rest = `${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/** How long ago, up to one hour: `4 giây trước`; from then on the date and time. */
export function formatAge(time: number, now: number, lang: Lang): string {
  const age = Math.max(0, now - time);
  if (age >= hour) return formatDateTime(time, lang);
  const short = age < minute ? Math.floor(age / second) * second : Math.floor(age / minute) * minute;
  return lang === "vi" ? `${formatDuration(short, lang)} trước` : `${formatDuration(short, lang)} ago`;
}

/** Age of a value that is late: `Cũ 12 phút` · `12 min old`. */
export function formatStaleness(age: number, lang: Lang): string {
  const rounded = age < minute ? Math.floor(age / second) * second : Math.floor(age / minute) * minute;
  const text = formatDuration(rounded, lang);
  return lang === "vi" ? `Cũ ${text}` : `${text} old`;
}

/** Time and age together: `09:00:20 (4 giây trước)`; after an hour only the date and time. */
export function formatAsOf(time: number, now: number, lang: Lang): string {
  if (now - time >= hour || now < time - minute) return formatDateTime(time, lang);
  return `${formatTime(time, { seconds: true })} (${formatAge(time, now, lang)})`;
}

const isoUnits: Record<string, { vi: string; one: string; en: string }> = {
  Y: { vi: "năm", one: "year", en: "years" },
  M: { vi: "tháng", one: "month", en: "months" },
  W: { vi: "tuần", one: "week", en: "weeks" },
  D: { vi: "ngày", one: "day", en: "days" },
  TH: { vi: "giờ", one: "hour", en: "hours" },
  TM: { vi: "phút", one: "minute", en: "minutes" },
  TS: { vi: "giây", one: "second", en: "seconds" },
};

/** An ISO 8601 duration in words: `PT24H` → `24 giờ` · `24 hours`. What cannot be read comes back as it is. */
export function formatIsoDuration(iso: string, lang: Lang): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso);
  if (!match) return iso;
  const words = ["Y", "M", "W", "D", "TH", "TM", "TS"].flatMap((key, index) => {
    const count = match[index + 1];
    if (count === undefined) return [];
    const unit = isoUnits[key]!;
    return [`${count}\u00a0${lang === "vi" ? unit.vi : count === "1" ? unit.one : unit.en}`];
  });
  return words.length > 0 ? words.join(" ") : iso;
}
