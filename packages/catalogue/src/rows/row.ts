import { calendarOf } from "@ioc/contracts";
import type { ColumnType, DatasetColumn, DatasetDefinition, RowRefusal } from "@ioc/contracts";
import { columnStore, jsonOfText, textOfJson, Wrong } from "./row-types.ts";
import type { ColumnStore, Stored } from "./row-types.ts";

/** Why a row is refused. */
export interface RowProblem {
  /** Null when the row as a whole is wrong. */
  column: string | null;
  reason: RowRefusal;
  message: string;
}

/** One column of SQLite and of calculations. */
export type RowField = ColumnStore["fields"][number] & Pick<ColumnStore, "value"> & { type: ColumnType };

/** The rows of one dataset: from JSON to the stored values of all fields and back. */
export interface RowShape {
  readonly columns: readonly { column: DatasetColumn; store: ColumnStore }[];
  /** Fields of all columns, in their order. */
  readonly fields: readonly RowField[];
  /** Places of the key's fields among `fields`. */
  readonly keys: readonly number[];
  /** The stored values of all fields, or why the row is refused. */
  read(row: unknown): Stored[] | RowProblem;
  json(stored: readonly Stored[]): Record<string, unknown>;
}

const longestName = 60;

/** @throws {RangeError} when the time zone is not known */
export function rowShape(columns: readonly DatasetColumn[], timeZone: string): RowShape {
  const city = { timeZone, calendar: calendarOf(timeZone) };
  const stores = columns.map((column) => ({ column, store: columnStore(column, city) }));
  const names = new Set(columns.map(({ id }) => id));
  const fields = stores.flatMap(({ column: { type }, store: { value, fields } }) =>
    fields.map((field): RowField => ({ ...field, type, ...(value && { value }) })),
  );
  const keyNames = new Set(columns.filter(({ key }) => key).map(({ id }) => id));
  return {
    columns: stores,
    fields,
    keys: fields.flatMap(({ name }, at) => (keyNames.has(name) ? [at] : [])),
    read(row) {
      if (typeof row !== "object" || row === null || Array.isArray(row)) {
        return { column: null, reason: "wrong-type", message: "give an object with values by the ids of columns" };
      }
      const stranger = Object.keys(row).find((name) => !names.has(name));
      if (stranger !== undefined) return unknownColumn(stranger, names);
      return readColumns(row as Record<string, unknown>, stores);
    },
    json(stored) {
      let at = 0;
      return Object.fromEntries(
        stores.map(({ column, store }) => {
          const own = stored.slice(at, (at += store.fields.length));
          return [column.id, own[0] === null ? null : store.json(own)];
        }),
      );
    },
  };
}

function readColumns(row: Record<string, unknown>, columns: RowShape["columns"]): Stored[] | RowProblem {
  const all: Stored[] = [];
  for (const { column, store } of columns) {
    const value = Object.hasOwn(row, column.id) ? row[column.id] : null;
    if (isMissing(value, store)) {
      if (column.key) {
        return { column: column.id, reason: "missing-key", message: "give it a value: it is part of the key" };
      }
      for (const _field of store.fields) all.push(null);
      continue;
    }
    const read = store.read(value);
    if (read instanceof Wrong) return { column: column.id, reason: read.reason, message: read.message };
    for (const stored of read) all.push(stored);
  }
  return all;
}

/** An empty text is a missing value, for in CSV the two cannot be told apart. */
function isMissing(value: unknown, { fields }: ColumnStore): boolean {
  return value === null || value === undefined || (value === "" && fields[0]?.sql === "TEXT");
}

function unknownColumn(name: string, known: ReadonlySet<string>): RowProblem {
  const message = `the dataset has no such column; use: ${[...known].join(", ")}`;
  return { column: name.slice(0, longestName), reason: "unknown-column", message };
}

/** The stored values of the key. */
export function keyOf({ keys }: Pick<RowShape, "keys">, row: readonly Stored[]): Stored[] {
  return keys.map((at) => row[at] ?? null);
}

/** A row of JSON values from the texts of a CSV file's cells, by column id; cells of unknown columns stay texts. */
export function rowOfText(
  columns: readonly DatasetColumn[],
  cells: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const types = new Map(columns.map(({ id, type }) => [id, type]));
  return Object.fromEntries(
    Object.entries(cells).map(([name, text]) => {
      const type = types.get(name);
      return [name, type === undefined ? text : jsonOfText(type, text)];
    }),
  );
}

/** Texts of a CSV file's cells from a row of JSON values; the inverse of {@link rowOfText}. */
export function textOfRow(row: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOfJson(value)]));
}

/** Tells what is wrong with a row of a CSV file; null when it is good. */
export function textRowCheck(
  { columns }: Pick<DatasetDefinition, "columns">,
  timeZone: string,
): (cells: Readonly<Record<string, string>>) => RowProblem | null {
  const shape = rowShape(columns, timeZone);
  return (cells) => {
    const read = shape.read(rowOfText(columns, cells));
    return Array.isArray(read) ? null : read;
  };
}
