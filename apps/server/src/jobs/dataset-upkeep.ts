import type { Datasets } from "@ioc/catalogue";
import type { DatasetFaults } from "../datasets/faults.ts";
import type { SystemDatasets } from "../datasets/system.ts";
import { messageOf } from "../log.ts";

/** Real ms between two looks for alerts to write. */
const everyMs = 1000;
/** Steps between two lists of stations, and between two looks for rows that are too old. */
const stationSteps = 60;
const forgetSteps = 600;

/**
 * Looks after datasets in the background: alerts that changed are written within about a second, stations as they are once a
 * minute, rows that are too old go.
 */
export function startDatasetUpkeep(options: {
  datasets: Pick<Datasets, "forget">;
  system: SystemDatasets;
  /** City time, ms. */
  now(): number;
  faults: DatasetFaults;
}): { stop(): Promise<void> } {
  const { datasets, system, faults } = options;
  let steps = 0;
  let working: Promise<void> | undefined;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
      faults.set(what, null);
    } catch (error) {
      faults.set(what, messageOf(error));
    }
  };
  const step = async () => {
    await attempt("alerts as rows", () => system.writeAlerts());
    if (steps % stationSteps === 0) await attempt("stations as rows", () => system.writeStations());
    if (steps % forgetSteps === 0) await attempt("rows that are too old", () => datasets.forget(options.now()));
    steps += 1;
  };
  const begin = () => {
    working ??= step().finally(() => (working = undefined));
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
