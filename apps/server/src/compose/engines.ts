import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createWarningEngine, openAlertStore, suppressionCityOf } from "@ioc/warnings";
import { createOpenAlerts } from "../alerts/open-alerts.ts";
import type { SimulationControl } from "../api/simulation.ts";
import { startForecasts } from "../forecasts/start.ts";
import { createSystemDatasets } from "../datasets/system.ts";
import { startDatasetUpkeep } from "../jobs/dataset-upkeep.ts";
import { startEngines } from "../jobs/engines.ts";
import { resumeDrifts, startNeighbourTest } from "../jobs/neighbours.ts";
import type { SimulatorProcess } from "../jobs/simulator.ts";
import { startUpkeep } from "../jobs/upkeep.ts";
import { createCityNews, createCityTopics } from "../live/city-topics.ts";
import { createLiveGateway } from "../live/gateway.ts";
import { createLiveHub } from "../live/hub.ts";
import type { MqttBroker } from "../mqtt/broker.ts";
import { createNotifications } from "../notifications/start.ts";
import { watchCityDatabase } from "../system/city-database.ts";
import { soundSeriesOf } from "../system/sound-series.ts";
import { createStationBoard } from "../stations/board.ts";
import { startStatistics } from "../statistics/start.ts";
import { summaryOf } from "../summary.ts";
import { version } from "../version.ts";
import type { Base, City } from "./city.ts";

/** Far more than a city can have open. */
const mostOpenAlerts = 100_000;

export type Engines = Awaited<ReturnType<typeof runEngines>>;

/** Statistics, warnings, the station board and the live topics, all following the change log and the city clock. */
export async function runEngines({ config, log, closing, health, http }: Base, city: City) {
  const { network, specs, pack, reader, clock, store, telemetry, intake, watch } = city;
  const { datasets, database } = city;
  const { engine: statistics, ...kept } = await startStatistics({
    pack,
    network,
    reader,
    datasets,
    database,
    played: config.simulate,
    // A turn for requests between two calculations.
    pause: () => nextTurn(),
    now: clock.now(),
    log,
  });
  const sampling = config.simulate ? config.sampling : 1;
  const board = createStationBoard({ network, specs, sampling, speed: config.speed });
  const notifications = createNotifications({
    config,
    pack,
    network,
    database,
    now: clock.now,
    wallNow: Date.now,
    health,
    log,
  });
  const alertStore = openAlertStore(city.database, { alongside: notifications.alongside });
  const suppressionCity = suppressionCityOf(network, pack.warnings);
  alertStore.writer.suppressIn(suppressionCity);
  const warnings = createWarningEngine({
    definitions: pack.warnings,
    network,
    reader: soundSeriesOf(reader),
    store: alertStore,
    frames: (definition, now) => statistics.preview(definition, {}, now),
  });
  await warnings.start(clock.now());
  const endRows = datasets.subscribe(({ dataset }) => {
    statistics.observeRows(dataset);
    warnings.observeRows(dataset);
  });
  closing.add("rows of datasets", async () => endRows());
  const alerts = createOpenAlerts(network.scheme);
  const openAtStart = await alertStore.list({ limit: mostOpenAlerts, offset: 0 });
  alerts.observe(openAtStart.items);
  const latest = await reader.latest();
  board.load(latest, openAtStart.items, clock.now());
  resumeDrifts(watch, latest);
  const neighbours = startNeighbourTest({ watch, reader, now: clock.now, log });
  closing.add("neighbour test", () => neighbours.stop());

  const simulator = simulatorSlot();
  const summary = () => summaryOf({ clock, board, alerts, intake });
  const epoch = randomUUID();
  const live = { http: http.server, clock, epoch, version, log, socketsPerAddress: config.liveSockets };
  const gateway = createLiveGateway({ ...live, onFrame: telemetry.frame });
  closing.add("live", () => gateway.close());
  const frame = (id: string) => (statistics.get(id) ? statistics.frame(id, {}, clock.now()) : Promise.resolve(null));
  const openIncidents = async () => {
    const { items } = await notifications.store.incidents.list({ state: "open", limit: mostOpenAlerts, offset: 0 });
    return items;
  };
  const topics = { network, board, alerts, summary, simulation: simulator.control.state, frame, openIncidents };
  const source = createCityTopics(topics);
  const hub = createLiveHub({ epoch, source, broadcast: gateway.broadcast, now: clock.now });
  gateway.serve(hub);
  const news = createCityNews(hub, board, alerts);

  const system = createSystemDatasets({
    datasets,
    network,
    statusOf: board.status,
    alertsAfter: (id, limit) => alertStore.after(id, limit),
    played: config.simulate,
    now: clock.now,
    faults: city.datasetFaults,
  });
  // Closed when the engines have stopped.
  closing.add("results of statistics", () => kept.resultLog.close());
  const cityDatabase = watchCityDatabase(city.database, health, log);
  // Before anything can come in, so that the engines miss no change.
  const engines = startEngines({
    changes: store.changes,
    latest: (datastreams) => reader.latest(datastreams),
    clock,
    board,
    alerts: {
      ...alerts,
      observe(changed) {
        alerts.observe(changed);
        system.observeAlerts(changed);
      },
    },
    news,
    statistics: {
      observe: (change) => statistics.observe(change),
      tick: (now) => telemetry.run("statistics", () => statistics.tick(now)),
      stop: () => statistics.stop(),
      watched: async (id, now) => (hub.isOpen(`statistic:${id}`) ? statistics.frame(id, {}, now) : null),
    },
    warnings: {
      observe: (change, now) => telemetry.run("warnings", () => warnings.observe(change, now)),
      tick: (now) =>
        telemetry.run("warnings", async () => [
          ...(await warnings.tick(now)),
          ...(await alertStore.writer.review(now)),
        ]),
      review: (now) => telemetry.run("warnings", () => warnings.review(now)),
    },
    tellSummary: () => news.summary(summary(), simulator.control.state()),
    everySecond() {
      const fault = cityDatabase.attempt("city time", city.noteTime);
      if (fault !== undefined) health.set("clock", fault === null ? "ok" : "degraded", fault ?? undefined);
      void cityDatabase.attemptLater("results of statistics", () => kept.resultLog.step(clock.now()));
      city.storeHealth.everySecond();
    },
    health,
    log,
  });
  closing.add("engines", () => engines.stop());
  intake.holdBack(engines.waiting, config.maxQueued);
  const upkeep = startUpkeep({ maintain: store.maintain, now: clock.now, health, log });
  closing.add("upkeep", () => upkeep.stop());
  const forecasts = startForecasts({ pack, network, datasets, statistics, now: clock.now, health, log, closing });
  const datasetUpkeep = startDatasetUpkeep({ datasets, system, now: clock.now, faults: city.datasetFaults });
  closing.add("upkeep of datasets", () => datasetUpkeep.stop());
  for (const part of ["statistics", "warnings", "live"]) health.set(part, "ok");
  return {
    statistics,
    ...kept,
    sampling,
    board,
    alertStore,
    suppressionCity,
    tellAlerts: engines.tellAlerts,
    warnings,
    forecasts,
    notifications,
    simulator,
    summary,
    gateway,
    /** Steps of ladders are taken and notices are sent from then on; to be called when everything answers. */
    async notify(broker: () => MqttBroker | null) {
      const { stop } = await notifications.start({ broker, watchers: news });
      closing.add("notifications", stop);
    },
  };
}

/** The simulator starts last, when everything answers; until then the city is not played. */
function simulatorSlot(): { control: SimulationControl; set(simulator: SimulatorProcess): void } {
  let simulator: SimulatorProcess | null = null;
  return {
    set: (started) => (simulator = started),
    control: {
      state: () => simulator?.state() ?? null,
      startScenario(id) {
        if (!simulator) throw new Error("the city is not played");
        return simulator.startScenario(id);
      },
    },
  };
}
