import { join, relative, sep } from "node:path";
import type {
  ForecastDefinition,
  RegressionDefinition,
  Scenario,
  StatisticDefinition,
  WarningDefinition,
} from "@ioc/contracts";
import type { PackFiles } from "./pack-files.ts";
import { placeBelow } from "./problems.ts";
import type { Placed } from "./problems.ts";
import { itemsOf } from "./read-network.ts";
import {
  forecastsFile,
  referenceFile,
  regressionsFile,
  scenarioFile,
  simulatorFile,
  statisticsFile,
  warningsFile,
} from "./schemas.ts";
import type { CityFile } from "./schemas.ts";

export type ReferenceTable = Record<string, unknown>;

/** Every table of `reference/*.yaml`; the file is only a grouping. */
export async function readReference(files: PackFiles): Promise<Placed<{ id: string; table: ReferenceTable }>[]> {
  const tables: Placed<{ id: string; table: ReferenceTable }>[] = [];
  for (const file of await files.list("reference", ".yaml")) {
    const read = await files.yaml(file, referenceFile, true);
    for (const [id, table] of Object.entries(read?.value ?? {})) {
      if (read) tables.push({ value: { id, table }, place: placeBelow(read.place, [id]) });
    }
  }
  return tables;
}

export async function readStatistics(files: PackFiles): Promise<Placed<StatisticDefinition>[]> {
  const all: Placed<StatisticDefinition>[] = [];
  for (const file of await files.list("statistics", ".yaml"))
    all.push(...itemsOf(await files.yaml(file, statisticsFile, true)));
  return all;
}

export async function readWarnings(files: PackFiles): Promise<Placed<WarningDefinition>[]> {
  const all: Placed<WarningDefinition>[] = [];
  for (const file of await files.list("warnings", ".yaml"))
    all.push(...itemsOf(await files.yaml(file, warningsFile, true)));
  return all;
}

export async function readForecasts(files: PackFiles): Promise<Placed<ForecastDefinition>[]> {
  const all: Placed<ForecastDefinition>[] = [];
  for (const file of await files.list("forecasts", ".yaml"))
    all.push(...itemsOf(await files.yaml(file, forecastsFile, true)));
  return all;
}

export async function readRegressions(files: PackFiles): Promise<Placed<RegressionDefinition>[]> {
  const all: Placed<RegressionDefinition>[] = [];
  for (const file of await files.list("regressions", ".yaml"))
    all.push(...itemsOf(await files.yaml(file, regressionsFile, true)));
  return all;
}

/** The scenarios of the folder that `city.yaml` names; free further keys are left to the simulator. */
export async function readScenarios(files: PackFiles, city: CityFile): Promise<Placed<Scenario>[]> {
  if (city.scenarios === undefined) return [];
  const folder = relative(files.folder, join(files.folder, city.scenarios)).split(sep).join("/");
  const all: Placed<Scenario>[] = [];
  for (const file of await files.list(folder, ".yaml")) {
    const read = await files.yaml(file, scenarioFile, true);
    if (read) all.push({ value: read.value, place: read.place });
  }
  return all;
}

export async function readSimulator(files: PackFiles): Promise<Record<string, unknown> | null> {
  return (await files.yaml("simulator.yaml", simulatorFile, false))?.value ?? null;
}
