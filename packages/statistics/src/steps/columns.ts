import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";

/** From this many places for a row that counts on, those that count get columns of their own. */
const sparse = 8;

/** Columns that rows were taken out of, by the shorter one made of them. */
const whole = new WeakMap<readonly RowValue[], readonly RowValue[]>();
const oldest = new WeakMap<readonly RowValue[], number>();

/** Places that columns have for rows. */
export function lengthOf(columns: Rows["columns"]): number {
  let longest = 0;
  for (const { length } of columns.values()) longest = Math.max(longest, length);
  return longest;
}

/** Few rows of many get columns of their own length, so that a column added to them is not as long as the whole dataset. */
export function compacted(rows: Rows): Rows {
  const { columns, index } = rows;
  if (index.length * sparse > lengthOf(columns)) return rows;
  const own = new Map<string, readonly RowValue[]>();
  for (const [name, values] of columns) {
    const kept = index.map((row): RowValue => values[row] ?? null);
    whole.set(kept, whole.get(values) ?? values);
    own.set(name, kept);
  }
  return { ...rows, columns: own, index: index.map((_, place) => place) };
}

/** Oldest time of a column, in the rows that do not count too; Infinity where it has none. */
export function oldestIn(column: readonly RowValue[]): number {
  const all = whole.get(column) ?? column;
  let found = oldest.get(all);
  if (found !== undefined) return found;
  found = Infinity;
  for (const at of all) if (typeof at === "number" && at < found) found = at;
  oldest.set(all, found);
  return found;
}
