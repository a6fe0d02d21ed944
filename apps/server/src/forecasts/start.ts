import type { Datasets } from "@ioc/catalogue";
import { createCityIso, type ForecastDefinition, type Network } from "@ioc/contracts";
import type { StatisticsEngine } from "@ioc/statistics";
import type { Closing } from "../closing.ts";
import type { HealthBoard } from "../health.ts";
import { startForecasting } from "../jobs/forecasting.ts";
import type { Log } from "../log.ts";
import { createCityForecasts, type CityForecasts } from "./city-forecasts.ts";
import { createForecastMaker } from "./maker.ts";

/** Starts what makes the forecasts of a city and keeps them as rows. */
export function startForecasts(options: {
  pack: { forecasts: readonly ForecastDefinition[] };
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
  const forecasts = createCityForecasts({
    definitions: pack.forecasts,
    network,
    datasets,
    frames: (definition, at) => statistics.preview(definition, {}, at),
    maker,
    iso: createCityIso(network.timezone),
    signal: abort.signal,
  });
  closing.add("thread of forecasts", () => maker.close());
  const job = startForecasting({ forecasts, abort, now, health, log });
  closing.add("forecasts", () => job.stop());
  return forecasts;
}
