import type { Network } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import { createStatisticsEngine } from "@ioc/statistics";

/** Works statistics out from readings, in a city whose datasets have no rows. */
export function statisticsWithoutRows(network: Network, reader: ObservationReader) {
  const empty = { length: 0, columns: new Map<string, never[]>(), updatedAt: null, synthetic: false, version: 1 };
  const columnsOf = (id: string) => network.datasets.find((dataset) => dataset.id === id)?.columns ?? [];
  return createStatisticsEngine({
    definitions: [],
    network,
    reader,
    datasets: {
      table: (dataset) => {
        const names = columnsOf(dataset).flatMap(({ id, type }) =>
          type === "geo-point" ? [id, `${id}_lat`, `${id}_lon`] : [id],
        );
        return Promise.resolve({ ...empty, dataset, columns: new Map(names.map((name) => [name, []])) });
      },
    },
  });
}
