import type { Datasets } from "@ioc/catalogue";
import {
  createCityIso,
  type ForecastDefinition,
  type Network,
  type RegressionDefinition,
  type StatisticDefinition,
} from "@ioc/contracts";
import type { StatisticsEngine } from "@ioc/statistics";
import type { Closing } from "../closing.ts";
import type { HealthBoard } from "../health.ts";
import { startForecasting } from "../jobs/forecasting.ts";
import type { Log } from "../log.ts";
import { createCityForecasts, type CityForecasts } from "./city-forecasts.ts";
import { createForecastMaker } from "./maker.ts";
import { createRegressions } from "./regressions.ts";

/** Starts what makes the forecasts of a city, fits its regressions and keeps both as rows. */
export function startForecasts(options: {
  pack: { forecasts: readonly ForecastDefinition[]; regressions: readonly RegressionDefinition[] };
  network: Network;
  datasets: Datasets;
  statistics: Pick<StatisticsEngine, "preview">;
  /** City time, ms. */
  now(): number;
  health: HealthBoard;
  log: Log;
  closing: Closing;
}): CityForecasts {
  const { pack, network, datasets, statistics, now, health, log, closing } = options;
  const maker = createForecastMaker();
  const abort = new AbortController();
  const services = {
    network,
    datasets,
    frames: (definition: StatisticDefinition, at: number) => statistics.preview(definition, {}, at),
    iso: createCityIso(network.timezone),
    signal: abort.signal,
  };
  const forecasts = createCityForecasts({ definitions: pack.forecasts, maker, ...services });
  const regressions = createRegressions({ definitions: pack.regressions, ...services });
  const step = async (at: number) => new Map([...(await forecasts.step(at)), ...(await regressions.step(at))]);
  closing.add("thread of forecasts", () => maker.close());
  const job = startForecasting({ forecasts: { step }, abort, now, health, log });
  closing.add("forecasts", () => job.stop());
  return forecasts;
}
