import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { datastreamSpecs } from "@ioc/city-pack";
import type { LocalizedText } from "@ioc/contracts";
import { createReceiver } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { createStatisticsEngine } from "@ioc/statistics";
import { createWarningEngine, openAlertStore } from "@ioc/warnings";
import { createOpenAlerts } from "./alerts/open-alerts.ts";
import { cityHandlers } from "./api/city.ts";
import { createDispatcher } from "./api/dispatcher.ts";
import type { OnUnreadable } from "./api/error-handler.ts";
import type { Handlers } from "./api/handlers.ts";
import { exportHandlers } from "./api/exports.ts";
import { observationHandlers } from "./api/observations.ts";
import { createRateLimit } from "./api/rate-limit.ts";
import { seriesHandlers } from "./api/series.ts";
import { simulationHandlers, type SimulationControl } from "./api/simulation.ts";
import { stationHandlers } from "./api/stations.ts";
import { systemHandlers } from "./api/system.ts";
import { alertHandlers } from "./api/alerts.ts";
import { warningHandlers } from "./api/warnings.ts";
import { createApp } from "./app.ts";
import type { CityClock } from "./clock.ts";
import { createClosing, type Closing } from "./closing.ts";
import type { Config } from "./config/config.ts";
import { openDataFolder } from "./data-folder.ts";
import { pushHandlers } from "./devices/push-handlers.ts";
import { createHealthBoard, type HealthBoard } from "./health.ts";
import { listenHttp, type HttpServer } from "./http.ts";
import { createIntake, type Intake } from "./intake.ts";
import { keepCityTime } from "./jobs/city-time.ts";
import { startEngines } from "./jobs/engines.ts";
import { createDriftWatch, resumeDrifts, startNeighbourTest } from "./jobs/neighbours.ts";
import { startUpkeep } from "./jobs/upkeep.ts";
import { superviseSimulator, type SimulatorProcess } from "./jobs/simulator.ts";
import { createNames } from "./names.ts";
import { createPictures } from "./web/pictures.ts";
import { statisticHandlers } from "./api/statistics.ts";
import { createCityNews, createCityTopics } from "./live/city-topics.ts";
import { createLiveGateway } from "./live/gateway.ts";
import { createLiveHub } from "./live/hub.ts";
import { loadPack } from "./load-pack.ts";
import { metricsEndpoint } from "./metrics/endpoint.ts";
import { createTelemetry } from "./metrics/telemetry.ts";
import type { Log } from "./log.ts";
import type { MqttBroker } from "./mqtt/broker.ts";
import { startMqtt } from "./mqtt/start.ts";
import { openServerKeys } from "./server-keys.ts";
import { createStandards } from "./standards.ts";
import { startingAnswer } from "./starting-answer.ts";
import { createStationBoard } from "./stations/board.ts";
import { summaryOf } from "./summary.ts";
import { systemReportHandlers } from "./system/report.ts";
import type { SystemServices } from "./system/services.ts";
import { watchStorage } from "./system/storage.ts";
import { version } from "./version.ts";
import { createSite } from "./web/site.ts";

/** A server that answers; everything a person is told at the start is here. */
export interface RunningServer {
  url: string;
  port: number;
  /** Null when the broker is off. */
  mqttPort: number | null;
  mqttMoved: boolean;
  city: LocalizedText;
  /** The first key of a new data folder, to be shown this once. */
  newKey: string | null;
  simulated: boolean;
  webBuilt: boolean;
  clock: CityClock;
  /** Stops the simulator, writes what was accepted and closes everything. */
  stop(): Promise<void>;
}

/** Far more than a city can have open. */
const mostOpenAlerts = 100_000;
const webFolder = resolve(import.meta.dirname, "../../web/dist");

/**
 * Starts the whole program: listens, opens the data folder, reads the pack, composes the parts and answers.
 * @throws {PortBusy | FolderInUse | PackError} with a message that says what to do.
 */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const closing = createClosing(log);
  try {
    const health = createHealthBoard(version, Date.now);
    const http = await listenHttp(config.host, config.port, startingAnswer(health));
    closing.add("http", () => http.close());
    health.set("http", "ok");
    return await compose(config, { log, closing, health, http });
  } catch (error) {
    await closing.close();
    throw error;
  }
}

interface Base {
  log: Log;
  closing: Closing;
  health: HealthBoard;
  http: HttpServer;
}

/** Where ports meet adapters: every part is made here and given what it needs. */
async function compose(config: Config, { log, closing, health, http }: Base): Promise<RunningServer> {
  const telemetry = createTelemetry(Date.now);
  closing.add("telemetry", () => telemetry.stop());
  const folder = openDataFolder(config.dataDir);
  closing.add("data folder", () => folder.close());
  health.set("database", "ok");
  const { pack, network } = await loadPack(config.city, config.scheme);
  health.set("pack", "ok", pack.id);
  const { keys, newKey, simulatorKey } = openServerKeys(folder.city, config.apiKey);
  const { clock, ...time } = keepCityTime(folder.settings, { speed: config.speed, played: config.simulate });
  if (time.mistrusted) log.warn("clock", time.mistrusted);
  closing.add("city time", () => time.stop());

  const specs = datastreamSpecs(network);
  const store = await openObservations({
    file: folder.observationsFile,
    maxQueued: config.maxQueued,
    timeZone: network.timezone,
  });
  closing.add("observations", () => store.close());
  await store.writer.register(specs);
  // Closed before the store, so that no request meets a closed one.
  closing.add("http", () => http.close());
  health.set("observations", "ok");
  const { writer } = store;
  const reads = telemetry.watch(store.reader);
  const { reader } = reads;
  const watch = createDriftWatch(network, specs);
  const receiver = createReceiver({ specs, writer, reader, now: clock.now, drifting: watch.drifting });
  const intake = createIntake({ receiver, held: await reader.counts(), wallNow: Date.now });

  const statistics = createStatisticsEngine({ definitions: pack.statistics, network, reader });
  const sampling = config.simulate ? config.sampling : 1;
  const board = createStationBoard({ network, specs, sampling, speed: config.speed });
  const alertStore = openAlertStore(folder.city);
  const warnings = createWarningEngine({ definitions: pack.warnings, network, reader, store: alertStore });
  await warnings.start(clock.now());
  const alerts = createOpenAlerts(network.scheme);
  const openAtStart = await alertStore.list({ limit: mostOpenAlerts, offset: 0 });
  alerts.observe(openAtStart.items);
  const latest = await reader.latest();
  board.load(latest, openAtStart.items, clock.now());
  resumeDrifts(watch, latest);
  const neighbours = startNeighbourTest({ watch, reader, now: clock.now, log });
  closing.add("neighbour test", () => neighbours.stop());

  const own: { simulator: SimulatorProcess | null; mqtt: MqttBroker | null } = { simulator: null, mqtt: null };
  const simulation: SimulationControl = {
    state: () => own.simulator?.state() ?? null,
    startScenario: (id) => {
      if (!own.simulator) throw new Error("the city is not played");
      return own.simulator.startScenario(id);
    },
  };
  const summary = () => summaryOf({ clock, board, alerts, intake });

  const epoch = randomUUID();
  const live = { http: http.server, clock, epoch, version, log, socketsPerAddress: config.liveSockets };
  const gateway = createLiveGateway({ ...live, onFrame: telemetry.frame });
  closing.add("live", () => gateway.close());
  const frame = (id: string) => (statistics.get(id) ? statistics.frame(id, {}, clock.now()) : Promise.resolve(null));
  const source = createCityTopics({ network, board, alerts, summary, simulation: simulation.state, frame });
  const hub = createLiveHub({ epoch, source, broadcast: gateway.broadcast, now: clock.now });
  gateway.serve(hub);
  const news = createCityNews(hub, board, alerts);

  const nameOf = createNames(network);
  const pictures = createPictures(nameOf, network, clock.now);
  // Before anything can come in, so that the engines miss no change.
  const engines = startEngines({
    changes: store.changes,
    latest: (datastreams) => reader.latest(datastreams),
    clock,
    board,
    alerts,
    news,
    statistics: {
      observe: (change) => statistics.observe(change),
      tick: (now) => telemetry.run("statistics", () => statistics.tick(now)),
      watched: async (id, now) => (hub.isOpen(`statistic:${id}`) ? statistics.frame(id, {}, now) : null),
    },
    warnings: {
      observe: (change, now) => telemetry.run("warnings", () => warnings.observe(change, now)),
      tick: (now) => telemetry.run("warnings", () => warnings.tick(now)),
    },
    tellSummary: () => news.summary(summary(), simulation.state()),
    everySecond() {
      const fault = time.note();
      health.set("clock", fault === null ? "ok" : "degraded", fault ?? undefined);
    },
    health,
    log,
  });
  closing.add("engines", () => engines.stop());
  const upkeep = startUpkeep({ maintain: store.maintain, now: clock.now, health, log });
  closing.add("upkeep", () => upkeep.stop());
  for (const part of ["statistics", "warnings", "live"]) health.set(part, "ok");

  const system: SystemServices = {
    version,
    telemetry,
    reads,
    reader,
    store: store.storage,
    storage: watchStorage({ reader, network, specs, dataDir: config.dataDir, wallNow: Date.now }),
    intake,
    pendingLimit: config.maxQueued,
    health,
    network,
    clock,
    summary,
    statistics: () => statistics.list(),
    warnings: () => warnings.list(clock.now()),
    liveClients: () => gateway.connections,
    mqttClients: () => own.mqtt?.clients() ?? null,
    wallNow: Date.now,
  };
  const handlers: Handlers = {
    ...systemHandlers(health),
    ...systemReportHandlers(system),
    ...cityHandlers({
      pack,
      network,
      datastreams: specs.length,
      clock,
      version,
      simulation: simulation.state,
      summary,
    }),
    ...stationHandlers(network, board),
    ...observationHandlers({ intake, reader, board }),
    ...pushHandlers({ pack, specs, intake, now: clock.now }),
    ...seriesHandlers({ reader, writer, changes: store.changes, network, specs }),
    ...exportHandlers({ reader, network, specs, timezone: pack.timezone, now: clock.now }),
    ...warningHandlers(() => warnings.list(clock.now())),
    ...alertHandlers(alertStore, network.scheme),
    ...statisticHandlers({ engine: statistics, picture: pictures.draw, nameOf, now: clock.now }),
    ...simulationHandlers(simulation, pack.scenarios),
  };
  const dispatcher = createDispatcher(handlers);
  const site = createSite({ folder: webFolder, publicUrl: config.publicUrl, data: dispatcher.get, log });
  health.set("web", site.built ? "ok" : "degraded", site.built ? undefined : "not built");
  const rateLimit = createRateLimit(config.rateLimit, () => performance.now());
  const onUnreadable = quarantineUnreadable(intake, log);
  const { trustProxy } = config;
  const standards = await createStandards({
    config,
    pack,
    network,
    specs,
    board,
    intake,
    reader,
    writer,
    changes: store.changes,
    addDatastreams: async (added) => {
      await writer.register(added);
      receiver.add(added);
    },
    database: folder.city,
    origin: addressOf(config.host, http.port),
    mqttPort: () => own.mqtt?.port ?? null,
    keys,
    rateLimit,
    clock,
    log,
  });
  const metrics = { path: "/metrics", handler: metricsEndpoint({ services: system, keys, rateLimit }) };
  const mounts = [metrics, ...standards.mounts];
  const web = { dispatcher, keys, rateLimit, mounts, site: site.handlers, onUnreadable };
  http.serve(createApp({ ...web, measure: telemetry.http.measure, version, trustProxy, log }));

  const mqtt = await startMqtt(config, {
    keys,
    intake,
    network,
    clock,
    log,
    health,
    telemetry,
    topics: standards.topics,
  });
  own.mqtt = mqtt;
  if (mqtt) closing.add("mqtt", () => mqtt.close());
  const url = addressOf(config.host, http.port);
  if (config.simulate) {
    const played = {
      pack: config.city,
      scheme: network.scheme,
      url,
      key: simulatorKey,
      clock,
      sampling,
      seed: config.seed,
      faults: config.faults,
    };
    const have = () => reader.span();
    const simulator = superviseSimulator({ ...played, historyDays: config.historyDays, have, log, health });
    closing.add("simulator", () => simulator.stop());
    own.simulator = simulator;
  } else health.set("simulator", "off");

  return {
    url,
    port: http.port,
    mqttPort: mqtt?.port ?? null,
    mqttMoved: mqtt?.moved ?? false,
    city: pack.name,
    newKey,
    simulated: config.simulate,
    webBuilt: site.built,
    clock,
    stop: () => closing.close(),
  };
}

/** Address under which this machine reaches the server. */
function addressOf(host: string, port: number): string {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}

function quarantineUnreadable(intake: Intake, log: Log): OnUnreadable {
  return (request, reason, message, sample) => {
    const source = /\/(observations|sources\/[\w-]+)$/.exec(request.path)?.[1];
    if (source === undefined) return;
    const kept = intake.quarantine(source === "observations" ? "http" : source.replace("sources/", ""), [
      { reason, message, sample },
    ]);
    kept.catch((error: unknown) => log.error("intake", String(error)));
  };
}
