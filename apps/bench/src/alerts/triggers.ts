import { join, resolve } from "node:path";
import { networkOf, readPack } from "@ioc/city-pack";
import { datastreamId } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import type { Change } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { root, temporaryFolder } from "@ioc/testkit";
import { createWarningEngine, openAlertStore, suppressionCityOf } from "@ioc/warnings";
import { percentile, printTable } from "../table.ts";

const rule = "w-street-flood";
const concurrent = 1_000;
/** 08:00 in Da Nang. */
const start = Date.UTC(2026, 9, 22, 1);
const minuteMs = 60_000;

/** 1,000 readings that each trigger one rule on one subject, handed over at once, as many senders would. */
export async function triggers(): Promise<void> {
  const { pack } = await readPack(resolve(root, "fixtures/danang"));
  if (!pack) throw new Error("the city pack cannot be read");
  const network = networkOf(pack);
  const station = network.stations.find(({ kind }) => kind === "street-flood");
  if (!station) throw new Error("the pack has no street-flood station");
  using folder = temporaryFolder();
  const observations = await openObservations({ file: join(folder.path, "observations.db") });
  const database = openDatabase(join(folder.path, "city.db"));
  const store = openAlertStore(database);
  store.writer.suppressIn(suppressionCityOf(network, pack.warnings));
  const engine = createWarningEngine({
    definitions: pack.warnings.filter(({ id }) => id === rule),
    network,
    reader: observations.reader,
    store,
    frames: () => Promise.reject(new Error("there are no rows")),
  });
  await engine.start(start);
  const changes = Array.from({ length: concurrent }, (_, i): Change => {
    const at = start + (i % 60) * minuteMs;
    return {
      sequence: i + 1,
      observations: [
        {
          datastream: datastreamId(station.id, "depth"),
          phenomenonTime: at,
          resultTime: at,
          result: 0.6 + (i % 7) / 100 + Number(station.attributes["dry_offset_m"] ?? 0),
          quality: 1,
          reasons: [],
        },
      ],
    };
  });
  const now = start + 60 * minuteMs;
  const startedAt = performance.now();
  const times = await Promise.all(
    changes.map(async (change) => {
      await engine.observe(change, now);
      return performance.now() - startedAt;
    }),
  );
  const total = performance.now() - startedAt;
  const { total: alerts } = await store.list({ state: "all", limit: 10, offset: 0 });
  await observations.close();
  database.close();
  if (alerts !== 1) throw new Error(`${alerts} alerts came of it, not 1`);
  printTable(
    `${concurrent} concurrent triggers of ${rule} on one subject`,
    ["alerts", "goal", "all done ms", "median ms", "p99 ms"],
    [[alerts, 1, total.toFixed(0), percentile(times, 0.5).toFixed(0), percentile(times, 0.99).toFixed(0)]],
  );
}
