import { openDatasets, type Datasets } from "@ioc/catalogue";
import type { Network } from "@ioc/contracts";
import { StoreBusy, StoreUnavailable } from "@ioc/observations";
import { storeError } from "@ioc/observations/sqlite";
import type { DatasetFaults } from "./faults.ts";

/** Puts that may wait, each with up to 5,000 rows. */
const mostWaiting = 20;
const retryAfterSeconds = 2;

/**
 * The datasets of a city in their file. What the file cannot do is told as `StoreUnavailable`, and noted; who puts more than can
 * be written meanwhile is told `StoreBusy`.
 * @throws `DatabaseError`, `StoreUnavailable` or `DatasetMismatch` when the file cannot be used or its rows do not fit the pack
 */
export function openCityDatasets(file: string, network: Network, faults: DatasetFaults): Datasets {
  const datasets = told(() => openDatasets({ file, definitions: network.datasets, timeZone: network.timezone }));
  let waiting = 0;
  const writing = <T>(work: () => Promise<T>) => noted("rows cannot be stored", faults, work);
  return {
    definition: (id) => datasets.definition(id),
    items: () => datasets.items(),
    source: (id) => datasets.source(id),
    subscribe: (listener) => datasets.subscribe(listener),
    close: () => datasets.close(),
    table: (id) => noted(`rows of ${id} cannot be read`, faults, () => datasets.table(id)),
    page: (id, options) => told(() => datasets.page(id, options)),
    async put(id, rows, options) {
      if (waiting >= mostWaiting) throw new StoreBusy(retryAfterSeconds);
      waiting += 1;
      try {
        return await writing(() => datasets.put(id, rows, options));
      } finally {
        waiting -= 1;
      }
    },
    replace: (id, rows, options) => writing(() => datasets.replace(id, rows, options)),
    forget: (now) => noted("old rows cannot be removed", faults, () => datasets.forget(now)),
  };
}

function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error, "datasets.db");
  }
}

async function noted<T>(what: string, faults: DatasetFaults, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    faults.set(what, null);
    return result;
  } catch (thrown) {
    const error = storeError(thrown, "datasets.db");
    if (error instanceof StoreUnavailable) faults.set(what, error.message);
    throw error;
  }
}
