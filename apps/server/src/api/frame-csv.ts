import type { Cell, Frame, FrameColumn, Lang, StatisticItem } from "@ioc/contracts";

/** Byte order mark: without it spreadsheets read UTF-8 as something else. */
const bom = "\ufeff";

/** Hanoi time, UTC+7 without summer time. */
const offsetMs = 7 * 3_600_000;

/**
 * A frame as CSV (RFC 4180, UTF-8 with BOM). The first row names the columns with their unit; area and station columns are
 * followed by a column with their name. After the columns of the frame come `asOf`, overall coverage and status, the
 * same in each row. Times are ISO 8601 with the offset +07:00.
 */
export function frameCsv(
  item: StatisticItem,
  frame: Frame,
  lang: Lang,
  nameOf: (id: string, lang: Lang) => string,
): string {
  const header = [
    ...frame.columns.flatMap((column) => headersOf(column, lang)),
    "asOf",
    lang === "vi" ? "độ phủ chung (1)" : "overall coverage (1)",
    lang === "vi" ? "trạng thái chung" : "overall status",
    "statistic",
  ];
  const tail = [
    frame.asOf === null ? "" : isoWithOffset(frame.asOf),
    frame.coverage === null ? "" : String(frame.coverage),
    frame.status,
    item.id,
  ];
  const rows = frame.rows.map((row) => [
    ...frame.columns.flatMap((column, i) => cellsOf(column, row[i] ?? null, (id) => nameOf(id, lang))),
    ...tail,
  ]);
  return bom + [header, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
}

function headersOf(column: FrameColumn, lang: Lang): string[] {
  const name = column.name[lang];
  const titled = column.unit === undefined ? name : `${name} (${column.unit})`;
  if (column.type !== "area" && column.type !== "station") return [titled];
  return [`${titled} (id)`, titled];
}

function cellsOf(column: FrameColumn, value: Cell, nameOf: (id: string) => string): string[] {
  const named = column.type === "area" || column.type === "station";
  if (value === null) return named ? ["", ""] : [""];
  if (column.type === "time" && typeof value === "number") return [isoWithOffset(value)];
  if (named) return [String(value), nameOf(String(value))];
  return [typeof value === "number" ? String(value) : value];
}

/**
 * Quotes what must be quoted. A text that a spreadsheet would run as a formula is preceded by an apostrophe; numbers,
 * negative ones too, stay numbers.
 */
export function csvField(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `2026-10-22T09:00:00+07:00` of an instant in ms. */
export function isoWithOffset(time: number): string {
  return `${new Date(time + offsetMs).toISOString().slice(0, 19)}+07:00`;
}
