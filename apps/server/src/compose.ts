import type { LocalizedText } from "@ioc/contracts";
import type { CityClock } from "./clock.ts";
import { createClosing } from "./closing.ts";
import { openCity, type Base, type City } from "./compose/city.ts";
import { runEngines, type Engines } from "./compose/engines.ts";
import { serveInterfaces } from "./compose/interfaces.ts";
import type { Config } from "./config/config.ts";
import { createHealthBoard } from "./health.ts";
import type { DemoAccount } from "./identity/demo-accounts.ts";
import { listenHttp } from "./http.ts";
import { superviseSimulator } from "./jobs/simulator.ts";
import type { Log } from "./log.ts";
import { startingAnswer } from "./starting-answer.ts";
import { version } from "./version.ts";

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
  /** Accounts that were made just now, to be shown this once. */
  demoAccounts: readonly DemoAccount[];
  simulated: boolean;
  webBuilt: boolean;
  clock: CityClock;
  /** Stops the simulator, writes what was accepted and closes everything. */
  stop(): Promise<void>;
}

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
    return await compose({ config, log, closing, health, http });
  } catch (error) {
    await closing.close();
    throw error;
  }
}

/** Where ports meet adapters: the parts are made in this order, each given what it needs. */
async function compose(base: Base): Promise<RunningServer> {
  const { config, http } = base;
  const city = await openCity(base);
  const engines = await runEngines(base, city);
  const { url, mqtt, webBuilt } = await serveInterfaces(base, city, engines);
  if (config.simulate) play(base, city, engines, url);
  else base.health.set("simulator", "off");
  return {
    url,
    port: http.port,
    mqttPort: mqtt?.port ?? null,
    mqttMoved: mqtt?.moved ?? false,
    city: city.pack.name,
    newKey: city.newKey,
    demoAccounts: city.demoAccounts,
    simulated: config.simulate,
    webBuilt,
    clock: city.clock,
    stop: () => base.closing.close(),
  };
}

/** Starts the simulator, which sends to `url` like any gateway. */
function play({ config, log, closing, health }: Base, city: City, engines: Engines, url: string): void {
  const simulator = superviseSimulator({
    pack: config.city,
    scheme: city.network.scheme,
    url,
    key: city.simulatorKey,
    clock: city.clock,
    sampling: engines.sampling,
    seed: config.seed,
    faults: config.faults,
    historyDays: config.historyDays,
    have: () => city.reader.span(),
    log,
    health,
  });
  closing.add("simulator", () => simulator.stop());
  engines.simulator.set(simulator);
}
