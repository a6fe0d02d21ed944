import { join } from "node:path";
import { tableOfRows } from "@ioc/catalogue";
import { datastreamSpecs } from "@ioc/city-pack";
import type { Frame, WarningDefinition } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { createStatisticsEngine } from "@ioc/statistics";
import { temporaryFolder } from "@ioc/testkit";
import { afterAll } from "vitest";
import { createWarningEngine } from "../engine/engine.ts";
import { network } from "../engine/test-city.ts";
import { openAlertStore } from "../store/alert-store.ts";

const hour = 3_600_000;
/** Wednesday, 10:00 in Da Nang. */
export const now = Date.parse("2026-11-25T10:00:00+07:00");
export const iso = (time: number) => new Date(time).toISOString();

let shared: { folder: ReturnType<typeof temporaryFolder>; store: ReturnType<typeof openObservations> } | undefined;

/** A store without readings, opened once for all cities of a file: opening one takes longer than most rules. */
function withoutReadings(): ReturnType<typeof openObservations> {
  if (!shared) {
    const folder = temporaryFolder();
    shared = { folder, store: openObservations({ file: join(folder.path, "observations.db") }) };
  }
  return shared.store;
}
afterAll(async () => {
  await (await shared?.store)?.close();
  shared?.folder[Symbol.dispose]();
});

type Rows = Record<string, Record<string, unknown>[]>;

/** A city of rows only, from 10:00 on a Wednesday: its rules see what `rows` holds when they are reviewed. */
export async function cityOf(rule: WarningDefinition, rows: Rows, readings: readonly QualifiedObservation[] = []) {
  const folder = temporaryFolder();
  const own = readings.length > 0 ? await openObservations({ file: join(folder.path, "observations.db") }) : null;
  if (own) {
    await own.writer.register(datastreamSpecs(network));
    await own.writer.record(readings);
  }
  const { reader } = own ?? (await withoutReadings());
  const database = openDatabase(join(folder.path, "city.db"));
  const store = openAlertStore(database);
  const read: string[] = [];
  let at = now;
  const statistics = createStatisticsEngine({
    definitions: [],
    network,
    reader,
    datasets: {
      table: async (id) => {
        read.push(id);
        const dataset = network.datasets.find((candidate) => candidate.id === id);
        if (!dataset) throw new Error(`there is no dataset ${id}`);
        const options = { timeZone: network.timezone, updatedAt: at, synthetic: true };
        return tableOfRows(dataset, rows[id] ?? [], options);
      },
    },
  });
  const open = async (time: number) => {
    const engine = createWarningEngine({
      definitions: [rule],
      network,
      reader,
      store,
      frames: (asked, when): Promise<Frame> => statistics.preview(asked, {}, when),
    });
    await engine.start(time);
    return engine;
  };
  let engine = await open(now);
  return {
    rows,
    read,
    review: (time: number) => {
      at = time;
      return engine.review(time);
    },
    changed: (dataset: string) => engine.observeRows(dataset),
    async restart(time: number) {
      engine = await open(time);
    },
    list: () => engine.list(now)[0],
    open: async () => (await store.list({ limit: 100, offset: 0 })).items,
    async log() {
      const { items } = await store.list({ state: "all", limit: 100, offset: 0 });
      const logs = await Promise.all(items.map(({ id }) => store.events(id, { limit: 100, offset: 0 })));
      return logs
        .flatMap(({ items: events }) => events)
        .sort((a, b) => a.sequence - b.sequence)
        .map(({ time, type, to }) => `${(time - now) / hour} ${type} ${to.level}`);
    },
    async [Symbol.asyncDispose]() {
      await own?.close();
      database.close();
      folder[Symbol.dispose]();
    },
  };
}
