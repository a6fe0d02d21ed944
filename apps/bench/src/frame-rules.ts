import { join, resolve } from "node:path";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import { datastreamId } from "@ioc/contracts";
import type { Frame, Network, StatisticDefinition } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openObservations } from "@ioc/observations/sqlite";
import { root, temporaryFolder } from "@ioc/testkit";
import { createWarningEngine, openAlertStore } from "@ioc/warnings";
import { median, printTable } from "./table.ts";
import { statisticsWithoutRows } from "./without-rows.ts";

const dayMs = 86_400_000;
/** 08:00 in Da Nang. */
const now = Date.UTC(2026, 9, 22, 1);
/** Days of readings: as many as most rules look back at. Forest fire and night flow look back further and find nothing there. */
const daysKept = 3;
const rounds = 5;

/** Readings of every datastream that these statistics read, at its own period, a day at a time. */
function* readingsOf(network: Network, definitions: readonly StatisticDefinition[]) {
  const read = new Map<string, Set<string>>();
  for (const input of definitions.flatMap((definition) => definition.input)) {
    if (!("kind" in input)) continue;
    read.set(input.kind, (read.get(input.kind) ?? new Set()).union(new Set(input.properties)));
  }
  const streams = network.stations.flatMap(({ id, kind }) =>
    (network.kinds.find((one) => one.id === kind)?.properties ?? []).flatMap((property) =>
      read.get(kind)?.has(property.id) ? [{ property, datastream: datastreamId(id, property.id) }] : [],
    ),
  );
  for (let from = now - daysKept * dayMs; from < now; from += dayMs) {
    yield streams.flatMap(({ property: { periodSeconds, min }, datastream }) =>
      Array.from({ length: Math.floor(dayMs / (periodSeconds * 1000)) }, (_, i) => {
        const time = from + (i + 1) * periodSeconds * 1000;
        const result = Math.max(1, min ?? 0);
        return { datastream, phenomenonTime: time, resultTime: time, result, quality: 1 as const, reasons: [] };
      }),
    );
  }
}

/** One working out of each rule on rows that is made of readings, over the whole network; ms and processor ms of all threads. */
export async function frameRules(): Promise<void> {
  const { pack } = await readPack(resolve(root, "fixtures/danang"));
  if (!pack) throw new Error("the city pack cannot be read");
  const network = networkOf(pack);
  using folder = temporaryFolder();
  const observations = await openObservations({ file: join(folder.path, "observations.db") });
  await observations.writer.register(datastreamSpecs(network));
  const database = openDatabase(join(folder.path, "city.db"));
  const statistics = statisticsWithoutRows(network, observations.reader);
  const asked = new Map<string, StatisticDefinition>();
  const engine = createWarningEngine({
    definitions: pack.warnings,
    network,
    reader: observations.reader,
    store: openAlertStore(database),
    frames: (definition): Promise<Frame> => {
      asked.set(definition.id, definition);
      return Promise.reject(new Error("only asked"));
    },
  });
  await engine.start(now);
  await engine.review(now);
  const made = [...asked.values()].filter(({ input }) => input.some((one) => "kind" in one));
  for (const batch of readingsOf(network, made)) await observations.writer.record(batch);
  const rows: string[][] = [];
  for (const definition of made) {
    const times: number[] = [];
    const before = process.cpuUsage();
    let error: string | null = null;
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      error = (await statistics.preview(definition, {}, now)).error;
      times.push(performance.now() - startedAt);
    }
    const { user, system } = process.cpuUsage(before);
    const busy = (user + system) / 1000 / rounds;
    rows.push([definition.id, definition.window, median(times).toFixed(0), busy.toFixed(0), error ?? ""]);
  }
  await observations.close();
  database.close();
  printTable(
    "one working out of each rule on rows that reads stations",
    ["", "every", "median ms", "CPU ms", ""],
    rows,
  );
}
