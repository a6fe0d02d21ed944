import type { Lang, PropertyStorage } from "@ioc/contracts";

export type StorageColumn = "name" | "readings" | "bytes" | "perReading" | "from" | "to";

export interface StorageOrder {
  column: StorageColumn;
  descending: boolean;
}

/** Bytes of a reading; null where there is none. */
export function bytesPerReading({ bytes, readings }: PropertyStorage): number | null {
  return readings === 0 ? null : bytes / readings;
}

const figureOf: Readonly<Record<Exclude<StorageColumn, "name">, (row: PropertyStorage) => number | null>> = {
  readings: (row) => row.readings,
  bytes: (row) => row.bytes,
  perReading: bytesPerReading,
  from: (row) => row.from,
  to: (row) => row.to,
};

/** `độ sâu ngập Tháp báo ngập`, as the table shows it. */
export function storageName(row: PropertyStorage, lang: Lang): string {
  return `${row.name[lang]} ${row.kindName[lang]}`;
}

/** Rows in an order; those without a figure come last whatever the direction, equal ones by name. */
export function orderedRows(
  rows: readonly PropertyStorage[],
  { column, descending }: StorageOrder,
  lang: Lang,
): PropertyStorage[] {
  const byName = (a: PropertyStorage, b: PropertyStorage) =>
    storageName(a, lang).localeCompare(storageName(b, lang), lang);
  const sign = descending ? -1 : 1;
  if (column === "name") return rows.toSorted((a, b) => sign * byName(a, b));
  const figure = figureOf[column];
  return rows.toSorted((a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (x === null || y === null) return x === y ? byName(a, b) : x === null ? 1 : -1;
    return sign * (x - y) || byName(a, b);
  });
}

/** A click on the column in use turns it around; another begins with the largest figure, names with A. */
export function nextOrder(order: StorageOrder, column: StorageColumn): StorageOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== "name" };
}
