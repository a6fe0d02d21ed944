import { calendarOf, type Domain, type StatisticDefinition } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import { createStatisticsEngine, type StatisticsEngine, type StatisticsOptions } from "@ioc/statistics";
import {
  openBoardStore,
  openDefinitionStore,
  openResultStore,
  ResultRetention,
  type BoardStore,
  type ResultStore,
} from "@ioc/statistics/store";
import type { Log } from "../log.ts";
import { createDefinitionCheck } from "./definition-check.ts";
import { createSavedDefinitions, type SavedDefinitions } from "./definitions.ts";
import { createPreviews, type Previews } from "./previews.ts";
import { createResultLog, type ResultLog } from "./result-log.ts";

/** The statistics of a city, and what is kept of them. */
export interface CityStatistics {
  engine: StatisticsEngine;
  definitions: SavedDefinitions;
  previews: Previews;
  results: ResultStore;
  resultLog: ResultLog;
  boards: BoardStore;
}

interface CityStatisticsOptions extends Omit<StatisticsOptions, "definitions" | "onResult"> {
  pack: { statistics: readonly StatisticDefinition[]; domains: readonly Domain[] };
  /** `city.db`. */
  database: Database;
  /** City time, ms. */
  now: number;
  log: Log;
}

/** Opens what is kept of statistics, and an engine with the pack's definitions and those saved here. */
export async function startStatistics(options: CityStatisticsOptions): Promise<CityStatistics> {
  const { pack, database, now, log, ...rest } = options;
  const { network } = rest;
  const results = openResultStore(database);
  const boards = openBoardStore(database);
  const retention = new ResultRetention(results, calendarOf(network.timezone));
  const resultLog = createResultLog({ store: results, retention, log });
  const engine = createStatisticsEngine({ ...rest, definitions: pack.statistics, onResult: resultLog.note });
  const check = createDefinitionCheck(network, pack.domains);
  const store = openDefinitionStore(database);
  const definitions = createSavedDefinitions({ engine, store, own: pack.statistics, check });
  for (const fault of await definitions.apply(now)) log.warn("statistics", fault);
  return { engine, definitions, previews: createPreviews({ engine, check }), results, resultLog, boards };
}
