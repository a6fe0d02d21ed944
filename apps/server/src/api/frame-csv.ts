import { unitText } from "@ioc/charts/units";
import type { Cell, Frame, FrameColumn, Lang, LocalizedText, StatisticItem } from "@ioc/contracts";
import { folded } from "./page.ts";

/** Byte order mark: without it spreadsheets read UTF-8 as something else. */
const bom = "\ufeff";

/** What a CSV of a frame is written with. */
export interface CsvLook {
  lang: Lang;
  /** Name of a station or area; an unknown id as it is. */
  nameOf(id: string, lang: Lang): string;
  /** An instant as ISO 8601 with the offset of the city. */
  iso(time: number): string;
}

/** One column of the file. */
interface Field {
  header: string;
  unit: string;
  /** Text of a row, given the cells of the frame. */
  cell(row: readonly Cell[]): string;
}

/** Columns about the whole frame, the same in each row: they stay with the figures when rows are copied elsewhere. */
const whole: readonly {
  name: LocalizedText;
  unit?: string;
  of: (frame: Frame, item: StatisticItem) => Cell | boolean;
}[] = [
  { name: { vi: "độ phủ chung", en: "overall coverage" }, unit: "%", of: ({ coverage }) => percent(coverage) },
  { name: { vi: "trạng thái chung", en: "overall status" }, of: ({ status }) => status },
  { name: { vi: "chất lượng", en: "quality" }, of: ({ quality }) => quality },
  { name: { vi: "dữ liệu giả lập", en: "synthetic data" }, of: ({ synthetic }) => synthetic },
  { name: { vi: "mã thống kê", en: "statistic" }, of: (_frame, item) => item.id },
  { name: { vi: "phiên bản", en: "version" }, of: ({ version }) => version },
];

/**
 * A frame as CSV (RFC 4180, UTF-8 with BOM): a row of names, a row of units, then the rows of the frame. Codes of areas,
 * stations and classes are followed by a column with their name. After the columns of the frame come, the same in each
 * row, the time of the newest data, coverage, status and quality of the whole, whether some of the data are made up
 * (`true` or `false`), and which statistic it is. Numbers are unrounded, with a point; what is missing is empty.
 */
export function frameCsv(item: StatisticItem, frame: Frame, look: CsvLook): string {
  const fields = [
    ...frame.columns.flatMap((column, i) => fieldsOf(column, i, look)),
    ...wholeFields(item, frame, look),
  ];
  const lines = [
    fields.map((field) => field.header),
    fields.map((field) => field.unit),
    ...frame.rows.map((row) => fields.map((field) => field.cell(row))),
  ];
  return bom + lines.map((line) => line.map(csvField).join(",")).join("\r\n") + "\r\n";
}

/**
 * Name of the file of a frame: name of the statistic, and of the subject where there is one, without accents, and the first
 * and last local day of the window: `muc-nuoc-song-cam-le_20261020-20261022.csv`.
 */
export function frameFileName(item: StatisticItem, frame: Frame, look: CsvLook): string {
  const subject = frame.subject === null ? "" : look.nameOf(frame.subject, look.lang);
  const name = folded(`${item.name[look.lang]} ${subject}`).replace(/[^a-z0-9]+/g, "-");
  const day = (time: number) => look.iso(time).slice(0, 10).replaceAll("-", "");
  const first = day(frame.window.from);
  // A window that ends at midnight does not reach into the day that begins then.
  const last = day(Math.max(frame.window.from, frame.window.to - 1));
  const days = first === last ? first : `${first}-${last}`;
  return `${name.slice(0, 100).replace(/^-+|-+$/g, "") || item.id}_${days}.csv`;
}

function fieldsOf(column: FrameColumn, index: number, look: CsvLook): Field[] {
  const { lang } = look;
  const header = column.name[lang];
  const text = (row: readonly Cell[]) => textOf(column, row[index] ?? null, look);
  const named = nameIn(column, look);
  if (!named) return [{ header, unit: column.unit === undefined ? "" : unitText(column.unit, lang), cell: text }];
  return [
    { header: `${header} (${lang === "vi" ? "mã" : "id"})`, unit: "", cell: text },
    { header, unit: "", cell: (row) => (row[index] == null ? "" : named(String(row[index]))) },
  ];
}

/** How the codes in a column are named; null when it holds none. */
function nameIn({ type, labels }: FrameColumn, { lang, nameOf }: CsvLook): ((code: string) => string) | null {
  if (type === "area" || type === "station") return (code) => nameOf(code, lang);
  return labels ? (code) => labels[code]?.[lang] ?? code : null;
}

function textOf({ type }: FrameColumn, value: Cell, { iso }: CsvLook): string {
  if (value === null) return "";
  return type === "time" && typeof value === "number" ? iso(value) : String(value);
}

function wholeFields(item: StatisticItem, frame: Frame, { lang, iso }: CsvLook): Field[] {
  const newest = frame.asOf === null ? "" : iso(frame.asOf);
  const asOf = { header: lang === "vi" ? "số liệu đến" : "data until", unit: "", cell: () => newest };
  const rest = whole.map(({ name, unit, of }) => {
    const text = String(of(frame, item) ?? "");
    return { header: name[lang], unit: unit ?? "", cell: () => text };
  });
  return [asOf, ...rest];
}

/** A share as percent; a hundredth of a percent is enough. */
function percent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 100;
}

/**
 * Quotes what must be quoted. A text that a spreadsheet would run as a formula is preceded by an apostrophe; numbers,
 * negative ones too, stay numbers.
 */
export function csvField(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
