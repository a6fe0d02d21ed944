import type { Datasets } from "@ioc/catalogue";
import { forecastDataset, regressionDataset } from "@ioc/city-forecasts";
import { createCityIso, type Alert, type Network, type StationStatus } from "@ioc/contracts";
import type { DatasetFaults } from "./faults.ts";
import { registryRows } from "./station-registry.ts";
import { createWarningLog } from "./warning-log.ts";

interface SystemDatasetOptions {
  datasets: Datasets;
  network: Network;
  statusOf(station: string): StationStatus | undefined;
  /** Alerts in the order of their ids, behind one; from the beginning when it is null. */
  alertsAfter(id: string | null, limit: number): Promise<Alert[]>;
  played: boolean;
  /** City time, ms. */
  now(): number;
  faults: DatasetFaults;
}

/** Datasets of origin `system`: what the program itself knows, kept as rows like those of anybody else. */
export interface SystemDatasets {
  /** Takes in alerts that changed. */
  observeAlerts(alerts: readonly Alert[]): void;
  /** Writes the alerts that changed. */
  writeAlerts(): Promise<void>;
  /** Writes the stations as they are now. */
  writeStations(): Promise<void>;
}

/** Datasets of the pack that the program brings; one that it does not know stays empty, and is told. */
export function createSystemDatasets(options: SystemDatasetOptions): SystemDatasets {
  const { datasets, network, faults, now } = options;
  const own = network.datasets.filter(({ origin }) => origin === "system");
  const registry = own.find(({ id }) => id === "station-registry");
  const log = own.find(({ id }) => id === "warning-log");
  for (const one of own) {
    // Forecasts and the coefficients of regressions are written by the job that makes them.
    if (one !== registry && one !== log && one.id !== forecastDataset && one.id !== regressionDataset)
      faults.set(`rows of ${one.id}`, "this program brings no rows of this dataset");
  }
  const iso = createCityIso(network.timezone);
  const warnings = log && createWarningLog({ ...options, definition: log, scheme: network.scheme, iso, now });
  return {
    observeAlerts: (alerts) => warnings?.observe(alerts),
    writeAlerts: async () => warnings?.step(),
    async writeStations() {
      if (!registry) return;
      const rows = registryRows(network, options.statusOf, registry);
      const { problems } = await datasets.replace(registry.id, rows, { now: now() });
      const [first] = problems;
      const told = first ? `column ${first.column}: ${first.message}` : null;
      faults.set(`rows of ${registry.id}`, told);
    },
  };
}
