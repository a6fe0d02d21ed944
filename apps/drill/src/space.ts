import { openDatasets, type Datasets } from "@ioc/catalogue";
import { datastreamSpecs, type CityPack } from "@ioc/city-pack";
import type { Alert, Network, WarningItem } from "@ioc/contracts";
import { createReceiver, type Change } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { bringPackRows, openDataFolder, parseItems } from "@ioc/server";
import { createStatisticsEngine } from "@ioc/statistics";
import { createWarningEngine, openAlertStore } from "@ioc/warnings";

/** Real ms that the store may spend on its upkeep at a time. */
const upkeepBudget = 1000;
const mostAlerts = 100_000;

export interface SpaceOptions {
  /** Folder of its own; created when missing. */
  folder: string;
  pack: CityPack;
  network: Network;
  /** City time, ms; the clock of the space. */
  now(): number;
  /** Told what goes wrong without ending the drill. */
  report(text: string): void;
}

/** A city beside the real one: its own files, the same rules, a clock that is moved by hand. All its alerts are exercises. */
export interface Space {
  /** Stores readings, given as a body of the public intake. Answers how many were not taken. */
  take(body: string): Promise<number>;
  datasets: Pick<Datasets, "put" | "definition">;
  /** The rules look back at what was taken so far; from then on every {@link take} is followed by them. */
  startRules(): Promise<void>;
  /** The rules follow everything taken since, then the clock. Answers the alerts that changed. */
  step(): Promise<Alert[]>;
  upkeep(): Promise<void>;
  warnings(): WarningItem[];
  /** All that have fired, in the order in which they did. */
  alerts(): Promise<Alert[]>;
  close(): Promise<void>;
}

/**
 * Opens an isolated city.
 * @throws when its files cannot be made
 */
export async function openSpace(options: SpaceOptions): Promise<Space> {
  const { pack, network, now } = options;
  const folder = openDataFolder(options.folder);
  const specs = datastreamSpecs(network);
  const store = await openObservations({ file: folder.observationsFile, timeZone: network.timezone });
  const datasets = openDatasets({
    file: folder.datasetsFile,
    definitions: network.datasets,
    timeZone: network.timezone,
  });
  const faults = {
    set: (what: string, message: string | null) => {
      if (message !== null) options.report(`${what}: ${message}`);
    },
  };
  await bringPackRows({ datasets, definitions: network.datasets, folder: pack.folder, now: now(), faults });
  await store.writer.register(specs);
  const receiver = createReceiver({ specs, writer: store.writer, reader: store.reader, now });
  const statistics = createStatisticsEngine({
    definitions: [],
    network,
    reader: store.reader,
    datasets,
    played: true,
  });
  const alerts = openAlertStore(folder.city, { exercise: true });
  const engine = createWarningEngine({
    definitions: pack.warnings,
    network,
    reader: store.reader,
    store: alerts,
    frames: (definition, at) => statistics.preview(definition, {}, at),
  });
  const waiting: Change[] = [];
  const ends: (() => void)[] = [];
  return {
    async take(body) {
      const { observations } = JSON.parse(body) as { observations: unknown[] };
      if (observations.length === 0) return 0;
      const { inputs, refused } = parseItems(observations);
      const receipt = await receiver.receive(inputs, "drill", refused);
      return receipt.quarantined;
    },
    datasets,
    async startRules() {
      await engine.start(now());
      ends.push(
        store.changes.subscribe((change) => {
          statistics.observe(change);
          waiting.push(change);
        }),
      );
      ends.push(datasets.subscribe(({ dataset }) => engine.observeRows(dataset)));
    },
    async step() {
      const changed: Alert[] = [];
      for (let change = waiting.shift(); change; change = waiting.shift())
        changed.push(...(await engine.observe(change, now())));
      changed.push(...(await engine.tick(now())));
      changed.push(...(await engine.review(now())));
      return changed;
    },
    async upkeep() {
      await store.maintain(now(), upkeepBudget);
    },
    warnings: () => engine.list(now()),
    async alerts() {
      const { items } = await alerts.list({ limit: mostAlerts, offset: 0, state: "all" });
      return items.toSorted((a, b) => (a.firedAt ?? 0) - (b.firedAt ?? 0));
    },
    async close() {
      for (const end of ends) end();
      statistics.stop();
      await store.close();
      datasets.close();
      folder.close();
    },
  };
}
