/** Reads a text as an instant, ms since 1970 (UTC); null when it does not fit. */
export type TimeReader = (text: string) => number | null;

const tokens: Readonly<Record<string, string>> = {
  YYYY: "(?<year>\\d{4})",
  MM: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})",
  SSS: "(?<ms>\\d{1,3})",
};

/**
 * Reader of a time format: `iso` (with or without offset), `epoch-s`, `epoch-ms`, or a pattern of `YYYY MM DD HH mm ss SSS`
 * such as `YYYY/MM/DD HH:mm:ss`.
 * @param offset UTC offset such as `+07:00` of texts that name none.
 * @throws {RangeError} when the format or the offset is none.
 */
export function createTimeReader(format: string, offset: string): TimeReader {
  const offsetMs = offsetOf(offset);
  if (format === "iso") return (text) => isoTime(text, offset);
  if (format === "epoch-s") return (text) => epoch(text, 1000);
  if (format === "epoch-ms") return (text) => epoch(text, 1);
  const used: readonly string[] = format.match(/YYYY|MM|DD|HH|mm|SSS|ss/g) ?? [];
  if (!used.includes("YYYY") || !used.includes("MM") || !used.includes("DD")) {
    throw new RangeError(
      `time format "${format}" is neither iso, epoch-s, epoch-ms nor a pattern with YYYY, MM and DD`,
    );
  }
  const source = format.replace(/YYYY|MM|DD|HH|mm|SSS|ss|[^A-Za-z]/g, (part) => tokens[part] ?? `\\${part}`);
  const pattern = new RegExp(`^${source}$`);
  return (text) => {
    const groups = pattern.exec(text.trim())?.groups;
    if (!groups) return null;
    const part = (name: string, missing: number) => (groups[name] === undefined ? missing : Number(groups[name]));
    const read = [
      part("year", 0),
      part("month", 1),
      part("day", 1),
      part("hour", 0),
      part("minute", 0),
      part("second", 0),
    ];
    return utcOf(read as Parts, part("ms", 0), offsetMs);
  };
}

/** Year, month from 1, day, hour, minute, second. */
export type Parts = [number, number, number, number, number, number];

/** Instant of a wall time at an offset; null when there is no such day or hour. 24:00 is the end of the day. */
export function utcOf(parts: Parts, ms: number, offsetMs: number): number | null {
  const [year, month, day, hour, minute, second] = parts;
  if (parts.some((part) => !Number.isInteger(part)) || hour > 24 || minute > 59 || second > 60) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, ms) - offsetMs;
}

/** @throws {RangeError} */
export function offsetOf(offset: string): number {
  if (offset === "Z") return 0;
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(offset);
  if (!match) throw new RangeError(`UTC offset "${offset}" must be like +07:00`);
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function isoTime(text: string, offset: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(trimmed)) return null;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(trimmed);
  const time = Date.parse((hasOffset ? trimmed : trimmed + offset).replace(" ", "T"));
  return Number.isFinite(time) ? time : null;
}

function epoch(text: string, scale: number): number | null {
  return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) * scale : null;
}
