import { join } from "node:path";
import type { DatasetDefinition } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { definitionOf } from "../testing.ts";
import type { Datasets, RowTable, RowValue } from "./port.ts";
import { openDatasets } from "./sqlite/open.ts";

export const timeZone = "Asia/Ho_Chi_Minh";

/** One column of every type, with a key of two columns. */
export const allTypes = definitionOf("all-types", [
  { id: "station", type: "string", key: true },
  { id: "day", type: "date", key: true },
  { id: "count", type: "integer" },
  { id: "share", type: "number" },
  { id: "planned", type: "boolean" },
  { id: "at", type: "datetime" },
  { id: "month", type: "month" },
  { id: "quarter", type: "quarter" },
  { id: "week", type: "isoweek" },
  {
    id: "level",
    type: "category",
    values: [
      { id: "low", name: { vi: "thấp", en: "low" } },
      { id: "high", name: { vi: "cao", en: "high" } },
    ],
  },
  { id: "location", type: "geo-point" },
  { id: "shape", type: "geo-polygon" },
  { id: "page", type: "uri" },
]);

/** A row of {@link allTypes} with a value in every column. */
export const fullRow = {
  station: "Trạm Cẩm Lệ",
  day: "2026-10-22",
  count: 12,
  share: 0.25,
  planned: true,
  at: "2026-10-22T09:00:00+07:00",
  month: "2026-10",
  quarter: "2026-Q4",
  week: "2026-W43",
  level: "low",
  location: [108.2, 16.06],
  shape: {
    type: "Polygon",
    coordinates: [
      [
        [108, 16],
        [108.5, 16],
        [108.5, 16.5],
        [108, 16],
      ],
    ],
  },
  page: "https://danang.gov.vn/a?b=c",
};

/** Measurements: two key columns and a value. */
export const measured = definitionOf("measured", [
  { id: "station", type: "string", key: true },
  { id: "hour", type: "integer", key: true },
  { id: "value", type: "number" },
]);

/** Datasets in a folder of their own, closed and removed at the end of the scope. */
export function testDatasets(
  definitions: readonly DatasetDefinition[],
  options: { mostCells?: number } = {},
): AsyncDisposable & {
  datasets: Datasets;
  file: string;
  reopen(definitions: readonly DatasetDefinition[]): Promise<void>;
} {
  const folder = temporaryFolder();
  const file = join(folder.path, "datasets.db");
  const open = (all: readonly DatasetDefinition[]) => openDatasets({ file, definitions: all, timeZone, ...options });
  const own = {
    datasets: open(definitions),
    file,
    async reopen(all: readonly DatasetDefinition[]) {
      await own.datasets.close();
      own.datasets = open(all);
    },
    async [Symbol.asyncDispose]() {
      await own.datasets.close();
      folder[Symbol.dispose]();
    },
  };
  return own;
}

/** Rows of a table as lists, in order. */
export function rowsOf(table: RowTable): RowValue[][] {
  const columns = [...table.columns.values()];
  return Array.from({ length: table.length }, (_, row) => columns.map((column) => column[row] ?? null));
}
