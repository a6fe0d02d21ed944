import type { Database } from "@ioc/database";
import type { RowShape } from "../row.ts";
import type { Stored } from "../row-types.ts";

/** Ids of columns begin with a letter, so these are nobody's. */
export const syntheticColumn = "_synthetic";
export const updatedColumn = "_updated_at";

export function tableOf(dataset: string): string {
  return quoted(`rows_${dataset}`);
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What a new table of a dataset looks like. */
export function createTable(name: string, { fields, keys }: RowShape): string {
  const columns = fields.map(
    (field, at) => `${quoted(field.name)} ${field.sql}${keys.includes(at) ? " NOT NULL" : ""}`,
  );
  return `CREATE TABLE ${name} (${columns.join(", ")}, ${syntheticColumn} INTEGER NOT NULL,
    ${updatedColumn} INTEGER NOT NULL, PRIMARY KEY (${keysOf({ fields, keys })})) STRICT, WITHOUT ROWID`;
}

/** `(a, b)` behind which a place in the order of keys follows. */
function keysOf({ fields, keys }: Pick<RowShape, "fields" | "keys">): string {
  return keys.map((at) => quoted(fields[at]?.name ?? "")).join(", ");
}

/** Reading rows of one dataset. */
export interface RowReading {
  /** Rows in the order of their keys behind `after`, from the beginning when it is null. */
  slice(after: readonly Stored[] | null, limit: number): Stored[][];
}

export function rowReading(db: Database, dataset: string, shape: RowShape): RowReading {
  const names = shape.fields.map(({ name }) => quoted(name)).join(", ");
  const keys = keysOf(shape);
  const places = shape.keys.map(() => "?").join(", ");
  const order = `ORDER BY ${keys} LIMIT ?`;
  const first = db.prepare<Stored[], Stored[]>(`SELECT ${names} FROM ${tableOf(dataset)} ${order}`).raw();
  const behind = db
    .prepare<Stored[], Stored[]>(`SELECT ${names} FROM ${tableOf(dataset)} WHERE (${keys}) > (${places}) ${order}`)
    .raw();
  return { slice: (after, limit) => (after === null ? first.all(limit) : behind.all(...after, limit)) };
}

/** Writing rows of one dataset; the transaction is the caller's. */
export interface RowWriting {
  /** All fields and whether the row is made up; undefined when there is none of this key. */
  get(key: readonly Stored[]): Stored[] | undefined;
  put(row: readonly Stored[], synthetic: boolean, now: number): void;
  /** Answers whether the removed row was made up. */
  remove(key: readonly Stored[]): boolean;
  /** Keys and nothing else, in their order. */
  keys(after: readonly Stored[] | null, limit: number): Stored[][];
  /** The greatest value of a field; null when there is none. */
  greatest(field: string): Stored;
  /** Keys of up to `limit` rows whose field is below the bound. */
  below(field: string, bound: Stored, limit: number): Stored[][];
}

export function rowWriting(db: Database, dataset: string, shape: RowShape): RowWriting {
  const table = tableOf(dataset);
  const names = shape.fields.map(({ name }) => quoted(name));
  const keys = keysOf(shape);
  const places = shape.keys.map(() => "?").join(", ");
  const others = names.filter((_, at) => !shape.keys.includes(at));
  const updated = [...others, syntheticColumn, updatedColumn].map((name) => `${name} = excluded.${name}`);
  const get = db
    .prepare<Stored[], Stored[]>(
      `SELECT ${names.join(", ")}, ${syntheticColumn} FROM ${table} WHERE (${keys}) = (${places})`,
    )
    .raw();
  const put = db.prepare<Stored[]>(
    `INSERT INTO ${table} (${names.join(", ")}, ${syntheticColumn}, ${updatedColumn})
     VALUES (${names.map(() => "?").join(", ")}, ?, ?) ON CONFLICT (${keys}) DO UPDATE SET ${updated.join(", ")}`,
  );
  const remove = db
    .prepare<Stored[], number>(`DELETE FROM ${table} WHERE (${keys}) = (${places}) RETURNING ${syntheticColumn}`)
    .pluck();
  const firstKeys = db.prepare<Stored[], Stored[]>(`SELECT ${keys} FROM ${table} ORDER BY ${keys} LIMIT ?`).raw();
  const keysBehind = db
    .prepare<Stored[], Stored[]>(`SELECT ${keys} FROM ${table} WHERE (${keys}) > (${places}) ORDER BY ${keys} LIMIT ?`)
    .raw();
  return {
    get: (key) => get.get(...key),
    put: (row, synthetic, now) => void put.run(...row, synthetic ? 1 : 0, now),
    remove: (key) => remove.get(...key) === 1,
    keys: (after, limit) => (after === null ? firstKeys.all(limit) : keysBehind.all(...after, limit)),
    greatest: (field) =>
      db
        .prepare<[], Stored>(`SELECT max(${quoted(field)}) FROM ${table}`)
        .pluck()
        .get() ?? null,
    below: (field, bound, limit) =>
      db
        .prepare<Stored[], Stored[]>(`SELECT ${keys} FROM ${table} WHERE ${quoted(field)} < ? LIMIT ?`)
        .raw()
        .all(bound, limit),
  };
}
