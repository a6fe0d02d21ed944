import { join, resolve } from "node:path";
import { openDatasets } from "@ioc/catalogue";
import { networkOf, readPack, datastreamSpecs } from "@ioc/city-pack";
import { datastreamId } from "@ioc/contracts";
import type { Network, StatisticDefinition } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { createStatisticsEngine } from "@ioc/statistics";
import type { StatisticsOptions } from "@ioc/statistics";
import { Program, root, temporaryFolder, until } from "@ioc/testkit";
import { withoutRollups } from "./naive-reader.ts";
import { median, percentile, printTable } from "./table.ts";

const minuteMs = 60_000;

/** A city that has run long enough to have `days` of readings and all rows of its datasets, and has stopped again. */
async function laidDown(dataDir: string, days: number): Promise<void> {
  const program = await Program.start({ dataDir, env: { IOC_HISTORY_DAYS: String(days), IOC_SIMULATE_FAULTS: "off" } });
  try {
    await until("history and rows", 1_800_000, async () => {
      const city = await program.get<{ history: { done: boolean } | null } | null>("/api/v1/simulation");
      const { items } = await program.get<{ items: { origin: string; count: number }[] }>("/api/v1/datasets");
      const filled = items.filter(({ origin, count }) => origin !== "sent" || count > 0).length;
      return city?.history?.done === true && filled >= items.length - 3;
    });
  } finally {
    await program.stop();
  }
}

interface Opened extends Pick<StatisticsOptions, "network" | "reader" | "datasets"> {
  definitions: readonly StatisticDefinition[];
  now: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** ms to work out a view of each definition, by id; `pick` answers the groupings of one. */
async function timesOf(
  city: Opened,
  pick: (definition: StatisticDefinition) => readonly string[],
): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const definition of city.definitions) {
    const engine = createStatisticsEngine({ ...city, definitions: [definition] });
    for (const group of pick(definition)) {
      const ms = await timed(() => engine.frame(definition.id, { group }, city.now));
      times.set(definition.id, (times.get(definition.id) ?? 0) + ms);
    }
  }
  return times;
}

const totalOf = (times: ReadonlyMap<string, number>) => [...times.values()].reduce((sum, ms) => sum + ms, 0);
const seconds = (ms: number) => (ms / 1000).toFixed(2);

interface Incremental {
  observe: number[];
  /** A tick after a reading, and the same tick of an engine that was told nothing, ms. */
  told: number[];
  untold: number[];
}

/** One late reading of a datastream that many statistics look at: what marking costs, and what a tick costs with it and without. */
async function incremental(city: Opened): Promise<Incremental> {
  const engine = createStatisticsEngine(city);
  const control = createStatisticsEngine(city);
  await engine.tick(city.now);
  await control.tick(city.now);
  const station = city.network.stations.find(({ kind }) => kind === "street-flood");
  const datastream = datastreamId(station?.id ?? "", "depth");
  const found: Incremental = { observe: [], told: [], untold: [] };
  for (let i = 0; i < 20; i++) {
    // Six minutes: late data is taken in after five, so a tick holds all that the reading causes.
    const now = city.now + (i + 1) * 6 * minuteMs;
    const observation = {
      datastream,
      phenomenonTime: city.now - minuteMs - i,
      resultTime: now,
      result: 0.3,
      quality: 1 as const,
      reasons: [],
    };
    const startedAt = performance.now();
    engine.observe({ sequence: i, observations: [observation] });
    found.observe.push(performance.now() - startedAt);
    const both = [
      async () => found.told.push(await timed(() => engine.tick(now))),
      async () => found.untold.push(await timed(() => control.tick(now))),
    ];
    // The second of two equal ticks finds warm caches: they take turns.
    for (const run of i % 2 === 0 ? both : both.reverse()) await run();
  }
  return found;
}

function areaGroups({ groups }: StatisticDefinition): string[] {
  return groups.filter((group) => group === "city" || group === "ward");
}

async function measure(dataDir: string, network: Network, definitions: readonly StatisticDefinition[]): Promise<void> {
  const store = await openObservations({ file: join(dataDir, "observations.db"), timeZone: network.timezone });
  const datasets = openDatasets({
    file: join(dataDir, "datasets.db"),
    definitions: network.datasets,
    timeZone: network.timezone,
  });
  try {
    await store.writer.register(datastreamSpecs(network));
    const span = await store.reader.span();
    const now = Math.floor((span?.to ?? 0) / minuteMs) * minuteMs;
    const open = (reader: ObservationReader): Opened => ({ definitions, network, reader, datasets, now });
    const city = open(store.reader);
    const naive = open(withoutRollups(store.reader));
    await report(city, naive);
  } finally {
    await store.close();
    await datasets.close();
  }
}

async function report(city: Opened, naive: Opened): Promise<void> {
  const firstView = ({ groups }: StatisticDefinition) => [groups[0] ?? "city"];
  const rounds: ReadonlyMap<string, number>[] = [];
  for (let i = 0; i < 3; i++) rounds.push(await timesOf(city, firstView));
  const areas = await timesOf(city, areaGroups);
  const plain = await timesOf(naive, firstView);
  const plainAreas = await timesOf(naive, areaGroups);
  const defaults = median(rounds.map(totalOf));
  printTable(
    `${city.definitions.length} statistics over the whole history`,
    ["what", "from rollups, s", "naive: from single readings, s", "ratio"],
    [
      ["default views", seconds(defaults), seconds(totalOf(plain)), (totalOf(plain) / defaults).toFixed(1)],
      [
        "city and every ward",
        seconds(totalOf(areas)),
        seconds(totalOf(plainAreas)),
        (totalOf(plainAreas) / totalOf(areas)).toFixed(1),
      ],
    ],
  );
  const slowest = [...(rounds.at(-1) ?? [])].sort((a, b) => b[1] - a[1]).slice(0, 12);
  printTable(
    "The most costly default views",
    ["statistic", "ms"],
    slowest.map(([id, ms]) => [id, ms.toFixed(0)]),
  );
  const { observe, told, untold } = await incremental(city);
  const row = (what: string, times: readonly number[]) => [
    what,
    median(times).toFixed(3),
    percentile(times, 0.95).toFixed(3),
  ];
  printTable(
    "One reading of a flood tower, ms",
    ["step", "median", "p95"],
    [
      row("mark what depends on it", observe),
      row("what is due after six minutes, with the reading", told),
      row("what is due after six minutes, without it", untold),
      ["all statistics again", defaults.toFixed(0), ""],
    ],
  );
}

/** All statistics over `days` of the played city: from rollups, beside the same worked out from single readings. */
export async function statistics(days = 90): Promise<void> {
  const { pack } = await readPack(resolve(root, "fixtures/danang"));
  if (!pack) throw new Error("the city pack cannot be read");
  const network = networkOf(pack);
  using folder = temporaryFolder();
  await laidDown(folder.path, days);
  await measure(folder.path, network, pack.statistics);
}
