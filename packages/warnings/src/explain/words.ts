const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const locales = { vi: "vi-VN", en: "en-GB" } as const;

/** Units of a length of time, largest first: ms, Vietnamese, English of one and of many. */
const units = [
  [day, "ngày", "day", "days"],
  [hour, "giờ", "hour", "hours"],
  [minute, "phút", "minute", "minutes"],
  [1000, "giây", "second", "seconds"],
] as const;

/** A length of time in its two largest units: 5,400,000 ms → "1 hour 30 minutes". Rounded to seconds. */
export function spanWords(ms: number, lang: "vi" | "en"): string {
  const words: string[] = [];
  let rest = Math.round(ms / 1000) * 1000;
  for (const [length, vi, one, many] of units) {
    const count = Math.floor(rest / length);
    if (count === 0 || words.length === 2) continue;
    words.push(`${count} ${lang === "vi" ? vi : count === 1 ? one : many}`);
    rest -= count * length;
  }
  return words.length > 0 ? words.join(" ") : lang === "vi" ? "0 giây" : "0 seconds";
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number with at most four significant decimals. */
export function numberWords(value: number, lang: "vi" | "en"): string {
  let format = formats.get(lang);
  if (!format) formats.set(lang, (format = new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 4 })));
  return format.format(value);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Local time of an instant, `08:15`; with the date, `08:15 21/10`, when it is more than half a day from `beside`. */
export function clockTime(time: number, beside: number, timezone: string): string {
  let format = clocks.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: timezone,
      hour: "2-digit",
      minute: "2-digit",
      day: "2-digit",
      month: "2-digit",
    });
    clocks.set(timezone, format);
  }
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const clock = `${parts.get("hour")}:${parts.get("minute")}`;
  return Math.abs(beside - time) > day / 2 ? `${clock} ${parts.get("day")}/${parts.get("month")}` : clock;
}
