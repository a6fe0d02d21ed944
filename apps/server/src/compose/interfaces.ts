import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { createCityIso } from "@ioc/contracts";
import { alertActionHandlers } from "../api/alert-actions.ts";
import { alertHandlers } from "../api/alerts.ts";
import { boardHandlers } from "../api/boards.ts";
import { cityHandlers } from "../api/city.ts";
import { datasetHandlers } from "../api/datasets.ts";
import { drillHandlers } from "../api/drills.ts";
import { createDispatcher } from "../api/dispatcher.ts";
import type { OnUnreadable } from "../api/error-handler.ts";
import { exportHandlers } from "../api/exports.ts";
import { forecastHandlers } from "../api/forecasts.ts";
import type { Handlers } from "../api/handlers.ts";
import { notificationHandlers } from "../api/notifications.ts";
import { observationHandlers } from "../api/observations.ts";
import { createRateLimit } from "../api/rate-limit.ts";
import { seriesHandlers } from "../api/series.ts";
import { sessionHandlers } from "../api/sessions.ts";
import { simulationHandlers } from "../api/simulation.ts";
import { stationHandlers } from "../api/stations.ts";
import { definitionHandlers } from "../api/statistic-definitions.ts";
import { statisticHandlers } from "../api/statistics.ts";
import { suppressionHandlers } from "../api/suppressions.ts";
import { systemHandlers } from "../api/system.ts";
import { warningHandlers } from "../api/warnings.ts";
import { createApp } from "../app.ts";
import { createDrills, type Drills } from "../drills/drills.ts";
import { pushHandlers } from "../devices/push-handlers.ts";
import type { Intake } from "../intake.ts";
import type { Log } from "../log.ts";
import { metricsEndpoint } from "../metrics/endpoint.ts";
import type { MqttBroker } from "../mqtt/broker.ts";
import { startMqtt } from "../mqtt/start.ts";
import { createNames } from "../names.ts";
import { createStandards } from "../standards.ts";
import { systemReportHandlers } from "../system/report.ts";
import type { SystemServices } from "../system/services.ts";
import { watchStorage } from "../system/storage.ts";
import { version } from "../version.ts";
import { createBacktests } from "../warnings/backtests.ts";
import { createVerification } from "../warnings/verification.ts";
import { createPictures, type Pictures } from "../web/pictures.ts";
import { createSite } from "../web/site.ts";
import type { Base, City } from "./city.ts";
import type { Engines } from "./engines.ts";

const webFolder = resolve(import.meta.dirname, "../../../web/dist");

interface Interfaces {
  /** Address under which this machine reaches the server. */
  url: string;
  /** Null when it is off. */
  mqtt: MqttBroker | null;
  webBuilt: boolean;
}

/** Everything that is answered: the REST API, other standards, the site, MQTT. */
export async function serveInterfaces(base: Base, city: City, engines: Engines): Promise<Interfaces> {
  const { config, log, closing, health, http } = base;
  const own: { mqtt: MqttBroker | null } = { mqtt: null };
  const url = addressOf(config.host, http.port);
  const system = systemServices(base, city, engines, () => own.mqtt?.clients() ?? null);
  const { pack, network, clock } = city;
  const shapes = pack.shapes[network.scheme];
  const pictures = createPictures({ nameOf: createNames(network), network, shapes, now: clock.now });
  closing.add("pictures", pictures.close);
  const drills = createDrills({
    folder: join(config.dataDir, "drills"),
    pack: config.city,
    scheme: network.scheme,
    scenarioFolder: join(config.city, "..", "scenarios"),
    scenarios: pack.scenarios,
    seed: config.seed,
    wallNow: Date.now,
    log,
  });
  closing.add("drills", () => drills.close());
  const dispatcher = createDispatcher(handlersOf(base, city, engines, pictures, system, drills));
  const site = createSite({ folder: webFolder, publicUrl: config.publicUrl, data: dispatcher.get, log });
  health.set("web", site.built ? "ok" : "degraded", site.built ? undefined : "not built");
  const rateLimit = createRateLimit(config.rateLimit, () => performance.now());
  const standards = await createStandards({
    ...city,
    config,
    board: engines.board,
    changes: city.store.changes,
    addDatastreams: async (added) => {
      await city.writer.register(added);
      city.receiver.add(added);
    },
    origin: url,
    mqttPort: () => own.mqtt?.port ?? null,
    rateLimit,
    log,
  });
  const metrics = { path: "/metrics", handler: metricsEndpoint({ services: system, keys: city.keys, rateLimit }) };
  const app = createApp({
    dispatcher,
    keys: city.keys,
    rateLimit,
    mounts: [metrics, ...standards.mounts],
    site: site.handlers,
    onUnreadable: quarantineUnreadable(city.intake, log),
    measure: city.telemetry.http.measure,
    version,
    trustProxy: config.trustProxy,
    log,
  });
  http.serve(app);
  own.mqtt = await startMqtt(config, { ...city, log, health, topics: standards.topics });
  const { mqtt } = own;
  if (mqtt) closing.add("mqtt", () => mqtt.close());
  await engines.notify(() => mqtt);
  return { url, mqtt, webBuilt: site.built };
}

function handlersOf(
  { health, log }: Base,
  city: City,
  engines: Engines,
  pictures: Pictures,
  system: SystemServices,
  drills: Drills,
): Handlers {
  const { pack, network, specs, intake, reader, writer, clock, store } = city;
  const { board, statistics, definitions, previews, results, boards, warnings, forecasts, simulator, summary } =
    engines;
  const nameOf = createNames(network);
  const simulation = simulator.control;
  return {
    ...systemHandlers(health),
    ...systemReportHandlers(system),
    ...sessionHandlers(city.people, Date.now, log),
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
    ...warningHandlers({
      engine: warnings,
      backtests: createBacktests({ network, reader, datasets: city.datasets }),
      verification: createVerification({
        definitions: () => pack.warnings,
        network,
        alerts: engines.alertStore,
        datasets: city.datasets,
        wallNow: Date.now,
      }),
      now: clock.now,
    }),
    ...forecastHandlers(forecasts, clock.now),
    ...alertHandlers(engines.alertStore, network.scheme, city.keys),
    ...notificationHandlers(engines.notifications, clock.now),
    ...alertActionHandlers({
      writer: engines.alertStore.writer,
      alerts: engines.alertStore,
      scheme: network.scheme,
      keys: city.keys,
      now: clock.now,
      tell: engines.tellAlerts,
    }),
    ...suppressionHandlers({
      store: engines.alertStore,
      city: engines.suppressionCity,
      network,
      definitions: new Set(pack.warnings.map(({ id }) => id)),
      keys: city.keys,
      now: clock.now,
      newId: randomUUID,
      tell: engines.tellAlerts,
    }),
    ...statisticHandlers({
      engine: statistics,
      results,
      pictures,
      nameOf,
      iso: createCityIso(pack.timezone),
      now: clock.now,
    }),
    ...definitionHandlers({ definitions, previews, keys: city.keys, now: clock.now }),
    ...boardHandlers(boards, clock.now),
    ...datasetHandlers({ datasets: city.datasets, keys: city.keys, now: clock.now }),
    ...simulationHandlers(simulation, pack.scenarios),
    ...drillHandlers(drills),
  };
}

function systemServices(
  { config, health }: Base,
  city: City,
  { summary, statistics, warnings, gateway }: Engines,
  mqttClients: () => number | null,
): SystemServices {
  const { telemetry, reads, reader, intake, network, specs, clock } = city;
  return {
    version,
    telemetry,
    reads,
    reader,
    store: city.store.storage,
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
    mqttClients,
    wallNow: Date.now,
  };
}

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
