import { datastreamSpecs } from "@ioc/city-pack";
import { createReceiver } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import type { Closing } from "../closing.ts";
import type { Config } from "../config/config.ts";
import { openDataFolder } from "../data-folder.ts";
import { createDatasetFaults } from "../datasets/faults.ts";
import { openCityDatasets } from "../datasets/open.ts";
import { bringPackRows } from "../datasets/pack-rows.ts";
import type { HealthBoard } from "../health.ts";
import type { HttpServer } from "../http.ts";
import { createIntake } from "../intake.ts";
import { keepCityTime } from "../jobs/city-time.ts";
import { createDriftWatch } from "../jobs/neighbours.ts";
import { loadPack } from "../load-pack.ts";
import type { Log } from "../log.ts";
import { createTelemetry } from "../metrics/telemetry.ts";
import { makeDemoAccounts } from "../identity/demo-accounts.ts";
import { openServerKeys } from "../server-keys.ts";
import { soundSeriesOf } from "../system/sound-series.ts";
import { createStoreHealth } from "../system/store-health.ts";

/** What a server has before anything of a city is open. */
export interface Base {
  config: Config;
  log: Log;
  closing: Closing;
  health: HealthBoard;
  http: HttpServer;
}

export type City = Awaited<ReturnType<typeof openCity>>;

/** Opens what a city is kept in, and the one way in for its readings. */
export async function openCity({ config, log, closing, health, http }: Base) {
  const telemetry = createTelemetry(Date.now);
  closing.add("telemetry", () => telemetry.stop());
  const folder = openDataFolder(config.dataDir);
  closing.add("data folder", () => folder.close());
  health.set("database", "ok");
  const { pack, network } = await loadPack(config.city, config.scheme);
  health.set("pack", "ok", pack.id);
  const specs = datastreamSpecs(network);
  const store = await openObservations({
    file: folder.observationsFile,
    maxQueued: config.maxQueued,
    timeZone: network.timezone,
    onProgress: (message) => log.info("store", message),
  });
  closing.add("observations", () => store.close());
  const datasetFaults = createDatasetFaults(health, log);
  const datasets = openCityDatasets(folder.datasetsFile, network, datasetFaults);
  closing.add("datasets", () => datasets.close());
  // Once all files are known to be sound: a start that fails changes nothing, and makes no key that nobody is told.
  const keys = openServerKeys(folder.city, config.apiKey);
  // Only where the city is played: the people of a real one are added by who runs it.
  const demoAccounts = config.simulate ? await makeDemoAccounts(keys.people.accounts) : [];
  const { clock, ...time } = keepCityTime(folder.settings, { speed: config.speed, played: config.simulate });
  if (time.mistrusted) log.warn("clock", time.mistrusted);
  closing.add("city time", () => time.stop());
  const { datasets: definitions } = network;
  await bringPackRows({ datasets, definitions, folder: pack.folder, now: clock.now(), faults: datasetFaults });
  const storeHealth = createStoreHealth(health, log, Date.now);
  const writer = storeHealth.watch(store.writer);
  await writer.register(specs);
  // Closed before the store, so that no request meets a closed one.
  closing.add("http", () => http.close());
  health.set("observations", "ok");
  const reads = telemetry.watch(store.reader, storeHealth.readFailed);
  const { reader } = reads;
  const watch = createDriftWatch(network, specs);
  const receiver = createReceiver({
    specs,
    writer,
    reader: soundSeriesOf(reader),
    now: clock.now,
    drifting: watch.drifting,
  });
  const intake = createIntake({ receiver, held: await reader.counts(), wallNow: Date.now });
  return {
    telemetry,
    database: folder.city,
    pack,
    network,
    specs,
    ...keys,
    demoAccounts,
    clock,
    /** Notes the city time; answers what is wrong with the wall clock, or null. */
    noteTime: time.note,
    store,
    datasets,
    datasetFaults,
    storeHealth,
    writer,
    reads,
    reader,
    watch,
    receiver,
    intake,
  };
}
