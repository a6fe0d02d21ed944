import type { QualityFlag, QuarantineReason } from "@ioc/contracts";
import { createFlagReader, type FlaggedValue } from "./flags.ts";
import type { Column, Mapping } from "./mapping.ts";
import { createTimeReader, offsetOf, utcOf, type Parts, type TimeReader } from "./time-format.ts";

/** One reading of a row. */
export interface RowReading {
  station: string;
  property: string;
  phenomenonTime: number;
  /** Null where the source only has a flag. */
  result: number | null;
  unit?: string | undefined;
  quality?: QualityFlag | undefined;
  sourceCodes?: readonly string[] | undefined;
}

/** What a row holds: its readings, how many of its cells say "no value", and cells or the row that cannot be read. */
export interface MappedRow {
  readings: RowReading[];
  missing: number;
  refused: { reason: QuarantineReason; message: string }[];
}

export type RowMapper = (fields: readonly string[]) => MappedRow;

/**
 * Makes the function that turns the fields of a row into readings.
 * @param header Names of the columns; null when the file has none.
 * @throws {Error} when the mapping names a column that the header lacks.
 */
export function createRowMapper(mapping: Mapping, header: readonly string[] | null): RowMapper {
  const at = (column: Column) => indexOf(column, header);
  const expected = mapping.format.columns ?? header?.length;
  const timeOf = timeReader(mapping, at);
  const stationOf = stationReader(mapping, at);
  const valuesOf = mapping.values ? wideReader(mapping, at) : longReader(mapping, at);
  return (fields) => {
    if (expected !== undefined && fields.length !== expected) {
      return refused("wrong-columns", `${fields.length} fields instead of ${expected}`);
    }
    const time = timeOf(fields);
    if (typeof time === "string") return refused("impossible-time", time);
    const station = stationOf(fields);
    if (station === "") return refused("unknown-station", "the station is empty");
    return valuesOf(fields, station, time);
  };
}

function refused(reason: QuarantineReason, message: string): MappedRow {
  return { readings: [], missing: 0, refused: [{ reason, message }] };
}

function indexOf(column: Column, header: readonly string[] | null): number {
  if (typeof column === "number") return column - 1;
  const index = header?.indexOf(column) ?? -1;
  if (index < 0) {
    throw new Error(`the file has no column "${column}"; it has: ${header?.join(", ") ?? "no header, use positions"}`);
  }
  return index;
}

type ColumnIndex = (column: Column) => number;

/** Answers the instant, or why there is none. */
function timeReader({ time }: Mapping, at: ColumnIndex): (fields: readonly string[]) => number | string {
  const add = time.addMinutes * 60_000;
  if (time.parts) {
    const { year, month, day, hour, minute, second } = time.parts;
    const columns = [year, month, day, hour, minute, second].map((one) => (one === undefined ? null : at(one)));
    const offset = offsetOf(time.offset);
    return (fields) => {
      const parts = columns.map((index) => (index === null ? 0 : integerOf(fields[index] ?? "")));
      const read = utcOf(parts as Parts, 0, offset);
      return read === null ? `${parts.join(" ")} is no time` : read + add;
    };
  }
  const index = at(time.column ?? 1);
  const read: TimeReader = createTimeReader(time.format, time.offset);
  return (fields) => {
    const text = fields[index] ?? "";
    const instant = read(text);
    return instant === null ? `"${text.slice(0, 60)}" is no time of the format ${time.format}` : instant + add;
  };
}

function integerOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : NaN;
}

function stationReader({ station }: Mapping, at: ColumnIndex): (fields: readonly string[]) => string {
  if (station.column === undefined) return () => station.id;
  const index = at(station.column);
  const made = new Map<string, string>();
  return (fields) => {
    const given = fields[index] ?? "";
    const known = made.get(given);
    if (known !== undefined) return known;
    const value = idPart(given);
    const id = value === "" ? "" : station.id.replace("{value}", value);
    // A file names few stations; a broken one must not fill the memory.
    if (made.size < 100_000) made.set(given, id);
    return id;
  };
}

/** Lower case ASCII words joined by hyphens, as ids of a pack are. */
export function idPart(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

type ValuesReader = (fields: readonly string[], station: string, time: number) => MappedRow;

function wideReader(mapping: Mapping, at: ColumnIndex): ValuesReader {
  const columns = (mapping.values ?? []).map((one) => ({
    ...one,
    valueOf: valueReader(mapping, at, one.column, one.flag, one.texts ?? {}),
  }));
  return (fields, station, phenomenonTime) => {
    const row: MappedRow = { readings: [], missing: 0, refused: [] };
    for (const { property, unit, valueOf } of columns) {
      const value = valueOf(fields);
      if (value === null) row.missing += 1;
      else if ("reason" in value) row.refused.push(value);
      else row.readings.push({ station, property, phenomenonTime, unit, ...value });
    }
    return row;
  };
}

function longReader(mapping: Mapping, at: ColumnIndex): ValuesReader {
  const { value, property, unit, flag } = mapping.long ?? { value: 1, property: [] };
  const valueOf = valueReader(mapping, at, value, flag, {});
  const named = property.map(at);
  const unitIndex = unit && at(unit.column);
  return (fields, station, phenomenonTime) => {
    const read = valueOf(fields);
    if (read === null) return { readings: [], missing: 1, refused: [] };
    if ("reason" in read) return refused(read.reason, read.message);
    const reading: RowReading = {
      station,
      property: propertyId(named.map((i) => fields[i] ?? "")),
      phenomenonTime,
      ...read,
    };
    if (unit && unitIndex !== undefined) {
      const given = fields[unitIndex] ?? "";
      reading.unit = unit.table[given];
      if (reading.unit === undefined) return refused("bad-unit", `no rule for the unit "${given.slice(0, 60)}"`);
    }
    return { readings: [reading], missing: 0, refused: [] };
  };
}

function propertyId(texts: readonly string[]): string {
  return texts
    .map((text) => idPart(text).replaceAll("-", "_"))
    .filter((part) => part !== "")
    .join("_");
}

/** Reads a value and, where the source has one, its flag. Null: neither is there. */
function valueReader(
  mapping: Mapping,
  at: ColumnIndex,
  column: Column,
  flagColumn: Column | undefined,
  texts: Readonly<Record<string, number>>,
): (fields: readonly string[]) => FlaggedValue | MappedRow["refused"][number] | null {
  const index = at(column);
  const numberOf = numberReader(mapping, texts);
  const flagIndex = flagColumn === undefined ? -1 : at(flagColumn);
  const withFlag = mapping.flags && flagColumn !== undefined ? createFlagReader(mapping.flags) : null;
  return (fields) => {
    const result = numberOf(fields[index] ?? "");
    if (typeof result === "string") return { reason: "not-a-number", message: `${column}: ${result}` };
    if (!withFlag) return result === null ? null : { result };
    const flagged = withFlag(result, fields[flagIndex] ?? "");
    return typeof flagged === "string" ? { reason: "bad-item", message: `${flagColumn}: ${flagged}` } : flagged;
  };
}

/** Answers the number, null for "no value", or a text that says why it is none. */
function numberReader(
  { format }: Mapping,
  texts: Readonly<Record<string, number>>,
): (text: string) => number | null | string {
  const missing = new Set(format.missing);
  return (text) => {
    const trimmed = text.trim();
    if (missing.has(trimmed)) return null;
    const named = texts[trimmed];
    if (named !== undefined) return named;
    const plain = format.decimal === "," ? trimmed.replace(",", ".") : trimmed;
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return Number(plain);
    return `"${trimmed.slice(0, 60)}" is no number`;
  };
}
