import type { DatasetDefinition } from "@ioc/contracts";
import { migrate, openDatabase } from "@ioc/database";
import type { Datasets } from "../port.ts";
import { TableCache } from "../table-cache.ts";
import { DatasetRows } from "./dataset-rows.ts";
import { bringUpTables } from "./row-tables.ts";
import { migrations } from "./schema.ts";
import { SqliteDatasets } from "./sqlite-datasets.ts";

export interface OpenDatasetsOptions {
  /** Made when it is not there. */
  file: string;
  definitions: readonly DatasetDefinition[];
  /** IANA name of the city's time zone. */
  timeZone: string;
  /** Values that tables in memory may have together. Default 5 million: about 6 tables of 100,000 rows and 8 columns. */
  mostCells?: number;
  /** Only reads, beside the program that writes the file: its tables must be there. */
  readonly?: boolean;
}

const defaultMostCells = 5_000_000;
/** ms that a transaction waits for another program that holds the file. The whole program stands still meanwhile. */
const mostWaitMs = 100;

/**
 * Opens the rows of the datasets of a city. Datasets that the definitions do not name stay in the file untouched.
 *
 * @throws {DatabaseError} when the file cannot be used; {@link DatasetMismatch} when rows do not fit a changed definition;
 *   errors of SQLite when a page that is needed is damaged
 */
export function openDatasets(options: OpenDatasetsOptions): Datasets {
  const { file, definitions, timeZone, readonly = false } = options;
  const writing = openDatabase(file, readonly ? { readonly } : { synchronous: "full" });
  try {
    writing.pragma(`busy_timeout = ${mostWaitMs}`);
    if (!readonly) {
      migrate(writing, "datasets", migrations);
      bringUpTables(writing, definitions, timeZone);
    }
    const reading = openDatabase(file, { readonly: true });
    const connections = { reading, writing };
    const rows = definitions.map((one) => new DatasetRows(one, timeZone, connections));
    return new SqliteDatasets({
      rows,
      connections,
      cache: new TableCache(options.mostCells ?? defaultMostCells),
      timeZone,
    });
  } catch (error) {
    writing.close();
    throw error;
  }
}
