const keys = new WeakMap<object, string>();
let count = 0;

/** Key of a row of a list that is edited: its own as long as the row lives, wherever it moves. Equal rows have different keys. */
export function rowKey(row: object): string {
  const known = keys.get(row);
  if (known !== undefined) return known;
  count += 1;
  const key = `row-${count}`;
  keys.set(row, key);
  return key;
}

/** The rows with one of them changed; the changed row keeps its key. */
export function withRow<Row extends object>(rows: readonly Row[], index: number, next: Row): Row[] {
  const before = rows[index];
  if (before && !keys.has(next)) keys.set(next, rowKey(before));
  return rows.with(index, next);
}
