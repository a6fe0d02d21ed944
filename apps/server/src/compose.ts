import type { RequestListener } from "node:http";
import { resolve } from "node:path";
import { datastreamSpecs, networkOf, readPack, type CityPack, type PackProblem } from "@ioc/city-pack";
import type { LocalizedText, Network, Summary } from "@ioc/contracts";
import { openApiKeys } from "@ioc/identity";
import { createReceiver, type DatastreamSpec } from "@ioc/observations";
import { openObservations, type Observations } from "@ioc/observations/sqlite";
import { createOpenAlerts, type OpenAlerts } from "./alerts/open-alerts.ts";
import { cityHandlers } from "./api/city.ts";
import { createDispatcher } from "./api/dispatcher.ts";
import type { OnUnreadable } from "./api/error-handler.ts";
import type { Handlers } from "./api/handlers.ts";
import { createKeyCheck, createTransientKey, type KeyCheck } from "./api/keys.ts";
import { observationHandlers } from "./api/observations.ts";
import { createRateLimit } from "./api/rate-limit.ts";
import { simulationHandlers, type SimulationControl } from "./api/simulation.ts";
import { stationHandlers } from "./api/stations.ts";
import { systemHandlers } from "./api/system.ts";
import { createApp } from "./app.ts";
import type { CityClock } from "./clock.ts";
import { createClosing, type Closing } from "./closing.ts";
import type { Config } from "./config/config.ts";
import { openDataFolder, type DataFolder } from "./data-folder.ts";
import { createHealthBoard, type HealthBoard } from "./health.ts";
import { listenHttp, type HttpServer } from "./http.ts";
import { createIntake, type Intake } from "./intake.ts";
import { keepCityTime } from "./jobs/city-time.ts";
import { superviseSimulator, type SimulatorProcess } from "./jobs/simulator.ts";
import type { Log } from "./log.ts";
import { startMqttBroker } from "./mqtt/broker.ts";
import { createMqttIntake } from "./mqtt/intake.ts";
import { createStationBoard, type StationBoard } from "./stations/board.ts";
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

/** A city pack that cannot be used; the message lists every problem. */
export class PackError extends Error {
  constructor(folder: string, problems: readonly PackProblem[]) {
    const lines = problems
      .slice(0, 20)
      .map((one) => `  ${one.file}:${one.line} ${one.path}: ${one.problem}; ${one.remedy}`);
    const more = problems.length > 20 ? [`  … and ${problems.length - 20} more: ioc pack check ${folder}`] : [];
    super([`the city pack ${folder} (IOC_CITY) cannot be used:`, ...lines, ...more].join("\n"));
    this.name = "PackError";
  }
}

const webFolder = resolve(import.meta.dirname, "../../web/dist");

/**
 * Starts the whole program: opens the data folder, reads the pack, composes the parts and answers.
 * @throws {PortBusy | FolderInUse | PackError} with a message that says what to do.
 */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const closing = createClosing(log);
  try {
    const health = createHealthBoard(version, Date.now);
    const http = await listenHttp(config.host, config.port, startingAnswer(health));
    closing.add("http", () => http.close());
    health.set("http", "ok");
    return await composeServer(config, log, { closing, health, http });
  } catch (error) {
    await closing.close();
    throw error;
  }
}

interface Base {
  closing: Closing;
  health: HealthBoard;
  http: HttpServer;
}

async function composeServer(config: Config, log: Log, { closing, health, http }: Base): Promise<RunningServer> {
  const folder = openDataFolder(config.dataDir);
  closing.add("data", () => folder.close());
  health.set("database", "ok");
  const { pack, network } = await loadPack(config);
  health.set("pack", "ok", pack.id);
  const time = keepCityTime(folder.settings, config.speed);
  closing.add("city time", () => time.stop());
  const { clock } = time;

  const specs = datastreamSpecs(network);
  const store = await openStore(folder, config, specs);
  closing.add("observations", () => store.close());
  health.set("observations", "ok");
  const board = createStationBoard({
    network,
    specs,
    sampling: config.simulate ? config.sampling : 1,
    speed: config.speed,
  });
  const alerts = createOpenAlerts(network.scheme);
  board.load(await store.reader.latest(), [], clock.now());
  const receiver = createReceiver({ specs, writer: store.writer, reader: store.reader, now: clock.now });
  const intake = createIntake({ receiver, held: await store.reader.counts(), wallNow: Date.now });

  const { keys, newKey, ownKey } = openKeys(folder, config);
  const own: { simulator: SimulatorProcess | null } = { simulator: null };
  const simulation: SimulationControl = {
    state: () => own.simulator?.state() ?? null,
    startScenario: (id) => {
      if (!own.simulator) throw new Error("the city is not played");
      return own.simulator.startScenario(id);
    },
  };
  const summary = () => summaryOf({ clock, board, alerts, intake });

  const handlers: Partial<Handlers> = {
    ...systemHandlers(health),
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
    ...observationHandlers({ intake, reader: store.reader, board }),
    ...simulationHandlers(simulation, pack.scenarios),
  };
  const dispatcher = createDispatcher(handlers as Handlers);
  const site = createSite({ folder: webFolder, publicUrl: config.publicUrl, data: dispatcher.get, log });
  health.set("web", site.built ? "ok" : "degraded", site.built ? undefined : "not built");
  const app = createApp({
    dispatcher,
    keys,
    rateLimit: createRateLimit(config.rateLimit, () => performance.now()),
    site: site.handlers,
    onUnreadable: quarantineUnreadable(intake, log),
    version,
    trustProxy: config.trustProxy,
    log,
  });
  http.serve(app);

  const mqtt = await startMqtt(config, { keys, intake, network, clock, log, health });
  if (mqtt) closing.add("mqtt", () => mqtt.close());
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${http.port}`;
  if (config.simulate) {
    own.simulator = superviseSimulator({
      pack: config.city,
      url,
      key: ownKey,
      clock,
      sampling: config.sampling,
      seed: config.seed,
      historyDays: config.historyDays,
      have: () => store.reader.span(),
      log,
      health,
    });
    closing.add("simulator", () => own.simulator?.stop());
  } else health.set("simulator", "off");
  const everySecond = setInterval(() => time.note(), 1000);
  closing.add("timer", () => clearInterval(everySecond));
  return {
    url,
    port: http.port,
    mqttPort: mqtt?.port ?? null,
    mqttMoved: mqtt?.moved ?? false,
    city: pack.name,
    newKey,
    simulated: own.simulator !== null,
    webBuilt: site.built,
    clock,
    stop: () => closing.close(),
  };
}

/** While the store is opened: health tells so, everything else asks to come back. */
function startingAnswer(health: HealthBoard): RequestListener {
  return (request, response) => {
    const isHealth = request.url === "/api/v1/health";
    const body = JSON.stringify(health.report());
    const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", "Retry-After": "1" };
    response.writeHead(isHealth ? 200 : 503, headers).end(body);
  };
}

async function loadPack(config: Config): Promise<{ pack: CityPack; network: Network }> {
  const { pack, problems } = await readPack(config.city);
  if (!pack) throw new PackError(config.city, problems);
  const scheme = config.scheme || pack.scheme;
  if (!pack.schemes.some((one) => one.id === scheme)) {
    const known = pack.schemes.map((one) => one.id).join(", ");
    throw new Error(`IOC_SCHEME is "${scheme}"; the pack ${pack.id} has: ${known}`);
  }
  return { pack, network: networkOf(pack, scheme) };
}

async function openStore(folder: DataFolder, config: Config, specs: readonly DatastreamSpec[]): Promise<Observations> {
  const store = await openObservations({ file: folder.observationsFile, maxQueued: config.maxQueued });
  try {
    await store.writer.register(specs);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Keys {
  keys: KeyCheck;
  newKey: string | null;
  /** Key of the simulator; lives as long as the process. */
  ownKey: string;
}

function openKeys(folder: DataFolder, config: Config): Keys {
  const stored = openApiKeys(folder.city);
  const isFirst = stored.list().length === 0 && config.apiKey === "";
  const newKey = isFirst ? stored.create("first key", ["admin"]).key : null;
  const ownKey = createTransientKey();
  const keys = createKeyCheck(stored.verify, [
    { key: ownKey, scopes: ["observations:write"] },
    ...(config.apiKey === "" ? [] : [{ key: config.apiKey, scopes: ["admin"] as const }]),
  ]);
  return { keys, newKey, ownKey };
}

function quarantineUnreadable(intake: Intake, log: Log): OnUnreadable {
  return (request, reason, message, sample) => {
    if (!request.path.endsWith("/observations")) return;
    intake
      .quarantine("http", [{ reason, message, sample }])
      .catch((error: unknown) => log.error("intake", String(error)));
  };
}

async function startMqtt(
  config: Config,
  parts: { keys: KeyCheck; intake: Intake; network: Network; clock: CityClock; log: Log; health: HealthBoard },
) {
  const { intake, network, clock, health } = parts;
  if (config.mqttPort === "off") {
    health.set("mqtt", "off");
    return null;
  }
  const kinds = new Map(network.stations.map((station) => [station.id, station.kind]));
  const onMessage = createMqttIntake({ intake, kindOf: (station) => kinds.get(station), now: clock.now });
  const broker = await startMqttBroker({ ...parts, host: config.host, port: config.mqttPort, onMessage });
  const moved = broker.moved ? `port ${config.mqttPort} was busy` : undefined;
  health.set("mqtt", "ok", [`port ${broker.port}`, moved].filter(Boolean).join("; "));
  return broker;
}

function summaryOf(parts: { clock: CityClock; board: StationBoard; alerts: OpenAlerts; intake: Intake }): Summary {
  const { observationsPerSecond, stored, quarantined } = parts.intake.figures();
  return {
    now: parts.clock.now(),
    stations: parts.board.counts(),
    alerts: parts.alerts.counts(),
    dataTime: parts.board.dataTime(),
    observationsPerSecond,
    observationsStored: stored,
    quarantined,
  };
}
