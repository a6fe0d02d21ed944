export { tableOfRows } from "./rows/memory-table.ts";
export { PastTables } from "./rows/past-tables.ts";
export { BadCursor } from "./rows/port.ts";
export type {
  DatasetReader,
  Datasets,
  RowChange,
  RowChanges,
  RowKeeper,
  RowPage,
  RowTable,
  RowValue,
  RowWriter,
  WholeRow,
} from "./rows/port.ts";
export { rowOfText, textRowCheck } from "./rows/row.ts";
export { checkDatasets } from "./rows/sqlite/check.ts";
export type { DatasetsCheck } from "./rows/sqlite/check.ts";
export { openDatasets } from "./rows/sqlite/open.ts";
