import { join, resolve } from "node:path";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import { datastreamId } from "@ioc/contracts";
import type { Network } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { root, temporaryFolder } from "@ioc/testkit";
import { createWarningEngine, openAlertStore } from "@ioc/warnings";
import type { WarningEngine } from "@ioc/warnings";
import { median, percentile, printTable } from "./table.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** 08:00 in Da Nang. */
const start = Date.UTC(2026, 9, 22, 1);
const speed = 60;
const historyReadings = 50_000;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** A plain reading of every datastream of the network. */
function everyStream({ stations, kinds }: Network, at: number): QualifiedObservation[] {
  const properties = new Map(kinds.map((kind) => [kind.id, kind.properties]));
  return stations.flatMap((station) =>
    (properties.get(station.kind) ?? []).map(({ id, min }) => ({
      datastream: datastreamId(station.id, id),
      phenomenonTime: at,
      resultTime: at,
      result: id === "lit" ? 0 : Math.max(1, min ?? 0),
      quality: 1 as const,
      reasons: [],
    })),
  );
}

/** Five minutes of every datastream at once, ms each. */
async function batches(engine: WarningEngine, network: Network): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 24; i++) {
    const at = start + i * 5 * minuteMs;
    const observations = everyStream(network, at);
    times.push(
      await timed(async () => {
        await engine.observe({ sequence: i + 1, observations }, at);
        await engine.tick(at);
      }),
    );
  }
  return times;
}

/** A batch of readings a month old, which no rule looks at, ms each. */
async function oldBatches(engine: WarningEngine, network: Network, now: number): Promise<number[]> {
  const one = everyStream(network, start - 30 * dayMs);
  const observations = Array.from({ length: historyReadings }, (_, i) => ({
    ...(one[i % one.length] as QualifiedObservation),
    phenomenonTime: start - 30 * dayMs + Math.floor(i / one.length) * 5 * minuteMs,
  }));
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    times.push(await timed(() => engine.observe({ sequence: 1000 + i, observations }, now + i)));
  }
  return times;
}

/**
 * Every rule of the pack over the whole network, without store, sockets or browser: what a batch costs while the city runs, what
 * filled-in history costs, and a quarter of an hour in which every station falls silent.
 */
export async function rules(): Promise<void> {
  const { pack } = await readPack(resolve(root, "fixtures/danang"));
  if (!pack) throw new Error("the city pack cannot be read");
  const network = networkOf(pack);
  using folder = temporaryFolder();
  const observations = await openObservations({ file: join(folder.path, "observations.db") });
  await observations.writer.register(datastreamSpecs(network));
  const database = openDatabase(join(folder.path, "city.db"));
  const store = openAlertStore(database);
  const engine = createWarningEngine({
    definitions: pack.warnings,
    network,
    reader: observations.reader,
    store,
    // Rules on rows have a cadence of their own and are not reviewed here.
    frames: () => Promise.reject(new Error("there are no rows")),
  });
  await engine.start(start);
  const live = await batches(engine, network);
  const end = start + 24 * 5 * minuteMs;
  const old = await oldBatches(engine, network, end);
  const before = (await store.list({ state: "open", limit: 5000, offset: 0 })).total;
  let raised = 0;
  const silent = await timed(async () => {
    for (let at = end; at < end + 3 * 60 * minuteMs; at += minuteMs) raised += (await engine.tick(at)).length;
  });
  const streams = everyStream(network, start).length;
  await observations.close();
  database.close();
  printTable(
    `${pack.warnings.length} rules, ${network.stations.length} stations, ${streams} datastreams`,
    ["", "median ms", "p95 ms", "limit ms"],
    [
      [
        `five minutes of every datastream at once (${(5 * 60) / speed} s at ${speed}×)`,
        median(live).toFixed(0),
        percentile(live, 0.95).toFixed(0),
        String((5 * 60_000) / speed),
      ],
      [`${historyReadings} readings a month old`, median(old).toFixed(0), percentile(old, 0.95).toFixed(0), ""],
      [`three hours of silence, minute by minute: ${raised} alerts changed`, (silent / 180).toFixed(1), "", "1000"],
    ],
  );
  console.log(`open before the silence: ${before}\n`);
}
