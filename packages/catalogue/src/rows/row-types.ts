import { createCityIso, isoTime } from "@ioc/contracts";
import type { ColumnType, DatasetColumn, LocalCalendar, RowRefusal } from "@ioc/contracts";
import { parseGeometry, parsePoint } from "./geometry.ts";
import { firstDayOf } from "./periods.ts";
import type { PeriodType } from "./periods.ts";
import type { RowValue } from "./port.ts";

/** The one place that knows what a column type is in JSON, in a CSV cell, in SQLite and in calculations. */

/** A value as it lies in SQLite. */
export type Stored = string | number | null;

/** Why a value is refused, and what would be right. */
export class Wrong {
  readonly reason: RowRefusal;
  readonly message: string;
  constructor(reason: RowRefusal, message: string) {
    this.reason = reason;
    this.message = message;
  }
}

/** How values of one column are kept. */
export interface ColumnStore {
  /** Columns of SQLite, which are those of calculations too; a geo-point has two. */
  readonly fields: readonly { name: string; sql: "TEXT" | "INTEGER" | "REAL" }[];
  /** From a value of a JSON body, never null. One stored value for each field. */
  read(value: unknown): readonly Stored[] | Wrong;
  /** To JSON; the stored values are not null. */
  json(stored: readonly Stored[]): unknown;
  /** To calculations, where that is not the stored value itself. */
  readonly value?: (stored: Stored) => RowValue;
}

/** Texts of a row, in UTF-16 units. */
const longestText = 2000;
/** A key is part of addresses (`after`). */
const longestKey = 200;

/** How the values of a column are read, kept and shown, in the time zone of the city. */
export function columnStore(column: DatasetColumn, city: { timeZone: string; calendar: LocalCalendar }): ColumnStore {
  const name = column.id;
  const single = (sql: "TEXT" | "INTEGER" | "REAL", parts: Partial<ColumnStore> & Pick<ColumnStore, "read">) => ({
    fields: [{ name, sql }],
    json: ([stored]: readonly Stored[]): unknown => stored,
    ...parts,
  });
  switch (column.type) {
    case "string":
    case "category":
    case "uri":
      return single("TEXT", { read: textReader(column) });
    case "integer":
      return single("INTEGER", { read: (value) => numberOr(value, Number.isSafeInteger(value), wrong.integer) });
    case "number":
      return single("REAL", { read: (value) => numberOr(value, Number.isFinite(value), wrong.number) });
    case "boolean":
      return single("INTEGER", {
        read: (value) => (typeof value === "boolean" ? [value ? 1 : 0] : wrong.boolean),
        json: ([stored]) => stored === 1,
      });
    case "datetime": {
      const iso = createCityIso(city.timeZone);
      return single("INTEGER", {
        read(value) {
          const time = isoTime.safeParse(value).success ? Date.parse(value as string) : NaN;
          return Number.isNaN(time) ? wrong.datetime : [time];
        },
        json: ([stored]) => iso(Number(stored)),
      });
    }
    case "date":
    case "month":
    case "quarter":
    case "isoweek":
      return single("TEXT", periodOf(column.type, city.calendar));
    case "geo-point":
      return {
        fields: [
          { name: `${name}_lon`, sql: "REAL" },
          { name: `${name}_lat`, sql: "REAL" },
        ],
        read: (value) => parsePoint(value) ?? wrong["geo-point"],
        json: (stored) => [...stored],
      };
    case "geo-polygon":
      return single("TEXT", {
        read: (value) => textOrWrong(parseGeometry(value)),
        json: ([stored]) => JSON.parse(String(stored)) as unknown,
      });
  }
}

function textOrWrong(text: string | null | "too-long"): readonly Stored[] | Wrong {
  if (text === "too-long") return new Wrong("too-long", "give a shape of at most 10,000 positions");
  return text === null ? wrong["geo-polygon"] : [text];
}

/** What would be right, by type. */
const wrong = Object.fromEntries(
  Object.entries({
    string: "give a text in quotes",
    category: "give a text in quotes",
    uri: "give an address that begins with https:// or http://",
    integer: "give a whole number between -9007199254740991 and 9007199254740991, without quotes",
    number: "give a finite number, without quotes",
    boolean: "give true or false, without quotes",
    date: "give a day as YYYY-MM-DD",
    datetime: "give an ISO 8601 time with offset, such as 2026-10-22T09:00:00+07:00",
    month: "give a month as YYYY-MM",
    quarter: "give a quarter as YYYY-Qn, such as 2026-Q3",
    isoweek: "give a week as YYYY-Www, such as 2026-W05; not every year has a week 53",
    "geo-point": "give [longitude, latitude] in degrees (WGS 84)",
    "geo-polygon": "give a GeoJSON geometry with longitude and latitude in degrees (WGS 84)",
  } satisfies Record<ColumnType, string>).map(([type, message]) => [type, new Wrong("wrong-type", message)]),
) as Record<ColumnType, Wrong>;

function numberOr(value: unknown, fits: boolean, otherwise: Wrong): readonly Stored[] | Wrong {
  // Adding 0 makes -0 the same as 0.
  return fits ? [(value as number) + 0] : otherwise;
}

/** Texts are kept in Unicode NFC without broken surrogates, so that the same text is the same key. */
function textReader(column: DatasetColumn): ColumnStore["read"] {
  const longest = column.key ? longestKey : longestText;
  const tooLong = new Wrong("too-long", `give a text of at most ${longest} characters`);
  const known = column.values && new Set(column.values.map(({ id }) => id));
  const otherwise = wrong[column.type];
  return (value) => {
    if (typeof value !== "string") return otherwise;
    if (value.length > longest) return tooLong;
    if (value.includes("\u0000")) return new Wrong("wrong-type", "give a text without the character U+0000");
    const text = value.toWellFormed().normalize("NFC");
    if (known && !known.has(text))
      return new Wrong("unknown-value", `use one of: ${[...known].slice(0, 30).join(", ")}`);
    if (column.type === "uri" && !isWebAddress(text)) return otherwise;
    return [text];
  };
}

/** Other schemes (`javascript:`) must not become links of a page. */
function isWebAddress(text: string): boolean {
  const parsed = URL.parse(text);
  return parsed !== null && (parsed.protocol === "https:" || parsed.protocol === "http:");
}

const mostPeriods = 50_000;

function periodOf(type: PeriodType, calendar: LocalCalendar): Required<Pick<ColumnStore, "read" | "value">> {
  /** Rows repeat their periods; null: no period. */
  const begins = new Map<string, number | null>();
  const beginOf = (text: string): number | null => {
    let begin = begins.get(text);
    if (begin !== undefined) return begin;
    const first = firstDayOf(type, text);
    begin = first ? calendar.dateStart(...first) : null;
    if (begins.size >= mostPeriods) begins.clear();
    begins.set(text, begin);
    return begin;
  };
  return {
    read: (value) =>
      typeof value === "string" && value.length <= 10 && beginOf(value) !== null ? [value] : wrong[type],
    value: (stored) => (stored === null ? null : beginOf(String(stored))),
  };
}

/** The JSON value that the text of a CSV cell stands for; what is none of the type stays text, to be refused as such. */
export function jsonOfText(type: ColumnType, text: string): unknown {
  if (text === "") return null;
  switch (type) {
    case "integer":
    case "number":
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "geo-point":
    case "geo-polygon":
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return text;
      }
    default:
      return text;
  }
}

/** The text of a CSV cell for a JSON value; the inverse of {@link jsonOfText}. */
export function textOfJson(value: unknown): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
