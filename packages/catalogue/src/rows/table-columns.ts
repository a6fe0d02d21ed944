import { setImmediate as nextTurn } from "node:timers/promises";
import { compareStored } from "./key-order.ts";
import type { RowValue } from "./port.ts";
import { keyOf } from "./row.ts";
import type { RowField, RowShape } from "./row.ts";
import type { Stored } from "./row-types.ts";

/** Rows in columns, ordered by key; never changed once made. */
export interface TableColumns {
  readonly length: number;
  /** As calculations see them, one list for each field. */
  readonly values: readonly (readonly RowValue[])[];
  /** As they are stored, one list for each field of the key; the list of `values` where that is the same. */
  readonly keys: readonly (readonly Stored[])[];
}

/** Rows that are looked up before other work gets a turn. */
const sliceLength = 500;

/** Makes columns of rows that come in the order of their keys. */
export class ColumnsBuilder {
  readonly #shape: RowShape;
  readonly #values: RowValue[][];
  readonly #keys: Stored[][];
  /** Texts that many rows repeat are kept once. */
  readonly #texts: (Map<string, string> | null)[];

  constructor(shape: RowShape) {
    this.#shape = shape;
    this.#values = shape.fields.map(() => []);
    this.#keys = shape.keys.map((at) => (isShownAsStored(shape.fields[at]) ? (this.#values[at] ?? []) : []));
    this.#texts = shape.fields.map(({ type }) => (type === "category" ? new Map() : null));
  }

  add(rows: readonly (readonly Stored[])[]): void {
    const { fields, keys } = this.#shape;
    for (const [at, field] of fields.entries()) {
      const list = this.#values[at] ?? [];
      const texts = this.#texts[at];
      for (const row of rows) {
        const stored = row[at] ?? null;
        if (field.value) list.push(field.value(stored));
        else list.push(texts && typeof stored === "string" ? once(texts, stored) : stored);
      }
    }
    for (const [place, at] of keys.entries()) {
      const list = this.#keys[place] ?? [];
      if (list !== this.#values[at]) for (const row of rows) list.push(row[at] ?? null);
    }
  }

  columns(): TableColumns {
    return { length: this.#values[0]?.length ?? 0, values: this.#values, keys: this.#keys };
  }
}

function isShownAsStored(field: RowField | undefined): boolean {
  return field?.value === undefined;
}

function once(texts: Map<string, string>, text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, text);
  return text;
}

/** New columns with these rows in them, each in the place of the row of its key or where it belongs. */
export async function mergedColumns(
  columns: TableColumns,
  rows: readonly (readonly Stored[])[],
  shape: RowShape,
): Promise<TableColumns> {
  const sorted = rows.map((row) => ({ row, key: keyOf(shape, row) })).sort((a, b) => compareKeys(a.key, b.key));
  const places: Place[] = [];
  for (const [at, { key }] of sorted.entries()) {
    if (at % sliceLength === sliceLength - 1) await nextTurn();
    places.push(placeOf(key, columns, places.at(-1)?.at ?? 0));
  }
  const brought = new ColumnsBuilder(shape);
  brought.add(sorted.map(({ row }) => row));
  const { values, keys } = brought.columns();
  const mergedValues: RowValue[][] = [];
  for (const [at, list] of columns.values.entries()) {
    mergedValues.push(mergedList(list, values[at] ?? [], places));
    await nextTurn();
  }
  const mergedKeys = columns.keys.map((list, place) => {
    const shown = columns.values.indexOf(list);
    return (shown >= 0 ? mergedValues[shown] : undefined) ?? mergedList(list, keys[place] ?? [], places);
  });
  return { length: mergedValues[0]?.length ?? 0, values: mergedValues, keys: mergedKeys };
}

/** Where a row goes: before the old row `at`, or in its place. */
interface Place {
  at: number;
  replaces: boolean;
}

/** @param from the row is not before this one */
function placeOf(key: readonly Stored[], { keys, length }: TableColumns, from: number): Place {
  const compare = (at: number): number => {
    for (const [place, own] of key.entries()) {
      const order = compareStored(keys[place]?.[at] ?? null, own);
      if (order !== 0) return order;
    }
    return 0;
  };
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return { at: low, replaces: low < length && compare(low) === 0 };
}

function compareKeys(a: readonly Stored[], b: readonly Stored[]): number {
  for (const [place, own] of a.entries()) {
    const order = compareStored(own, b[place] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function mergedList<T>(old: readonly T[], brought: readonly T[], places: readonly Place[]): T[] {
  const added = places.filter(({ replaces }) => !replaces).length;
  // Given its length first, a long list is filled in a third of the time that growing takes.
  const merged = old.slice();
  merged.length = old.length + added;
  let [from, to] = [0, 0];
  for (const [next, { at, replaces }] of places.entries()) {
    while (from < at) merged[to++] = old[from++] as T;
    merged[to++] = brought[next] as T;
    if (replaces) from++;
  }
  while (from < old.length) merged[to++] = old[from++] as T;
  return merged;
}
