import { join } from "node:path";
import type { Datasets } from "@ioc/catalogue";
import type { DatasetDefinition, Network } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { createDatasetFaults, type DatasetFaults } from "./faults.ts";
import { createHealthBoard } from "../health.ts";
import { createLog } from "../log.ts";
import { openCityDatasets } from "./open.ts";

/** The datasets of a server in a folder of their own, with the health they are told in. */
export function testStore(definitions: readonly DatasetDefinition[]): AsyncDisposable & {
  datasets: Datasets;
  faults: DatasetFaults;
  file: string;
  folder: string;
  health(): { status: string; detail?: string | undefined } | undefined;
} {
  const folder = temporaryFolder();
  const file = join(folder.path, "datasets.db");
  const board = createHealthBoard("1.2.3", () => 0);
  const faults = createDatasetFaults(
    board,
    createLog({ format: "text", level: "error" }, () => undefined),
  );
  const network = { datasets: definitions, timezone: "Asia/Ho_Chi_Minh" } as unknown as Network;
  const datasets = openCityDatasets(file, network, faults);
  return {
    datasets,
    faults,
    file,
    folder: folder.path,
    health: () => board.report().parts["datasets"],
    async [Symbol.asyncDispose]() {
      await datasets.close();
      folder[Symbol.dispose]();
    },
  };
}
