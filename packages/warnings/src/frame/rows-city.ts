import { join } from "node:path";
import { tableOfRows } from "@ioc/catalogue";
import { datastreamSpecs } from "@ioc/city-pack";
import type { Frame, WarningDefinition } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { emptyStore } from "@ioc/observations/testing";
import { createStatisticsEngine } from "@ioc/statistics";
import { temporaryFolder } from "@ioc/testkit";
import { createWarningEngine } from "../engine/engine.ts";
import { definition, network } from "../engine/test-city.ts";
import { openAlertStore } from "../store/alert-store.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Wednesday, 10:00 in Da Nang. */
export const now = Date.parse("2026-11-25T10:00:00+07:00");
export const iso = (time: number) => new Date(time).toISOString();

/** Wards of the scheme in use. */
export const wards: readonly string[] = network.areas
  .filter(({ scheme, level }) => scheme === network.scheme && level === "ward")
  .map(({ id }) => id);

/** ISO week of the one so many weeks before the newest that is over at `now`, 2026-W47. */
export function weekBefore(back: number): string {
  const thursday = Date.parse("2026-11-19T00:00:00Z") - back * 7 * day;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

export type Row = Record<string, unknown>;
export type Rows = Record<string, Row[]>;

/**
 * A city with one rule on rows: it sees what `rows` and the observation store hold when it is reviewed.
 * @param readings recorded before the start
 */
export async function cityOf(
  asked: string | WarningDefinition,
  rows: Rows,
  readings: readonly QualifiedObservation[] = [],
) {
  const rule = typeof asked === "string" ? definition(asked) : asked;
  const folder = temporaryFolder();
  const looks = readings.length > 0 || rule.inputs.some((input) => "kind" in input);
  const own = looks ? await openObservations({ file: join(folder.path, "observations.db") }) : null;
  const observations = own ?? (await emptyStore());
  const record = async (batch: readonly QualifiedObservation[]) => {
    const heard = new Set(batch.map(({ datastream }) => datastream.split(":")[0]));
    const stations = network.stations.filter(({ id }) => heard.has(id));
    await observations.writer.register(datastreamSpecs({ ...network, stations }));
    await observations.writer.record(batch);
  };
  if (readings.length > 0) await record(readings);
  const database = openDatabase(join(folder.path, "city.db"));
  const store = openAlertStore(database);
  const read: string[] = [];
  let at = now;
  const statistics = createStatisticsEngine({
    definitions: [],
    network,
    reader: observations.reader,
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
      reader: observations.reader,
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
    /** Later readings; the same again changes nothing. */
    record,
    review: (time: number) => {
      at = time;
      return engine.review(time);
    },
    /** What is told when the rows stay the same for `hold`: at once and when it is over. */
    async settle(time: number, hold = hour) {
      const atOnce = await this.review(time);
      for (const dataset of Object.keys(rows)) this.changed(dataset);
      return [...atOnce, ...(await this.review(time + hold))];
    },
    changed: (dataset: string) => engine.observeRows(dataset),
    async restart(time: number) {
      engine = await open(time);
    },
    list: () => engine.list(now)[0],
    explain: (subject: string, time: number) => engine.explain(rule.id, subject, time, now),
    open: async () => (await store.list({ limit: 100, offset: 0 })).items,
    /** Subjects of open alerts with their levels. */
    async levels() {
      const { items } = await store.list({ limit: 1000, offset: 0 });
      return Object.fromEntries(items.map(({ subject, level }) => [subject.id, level]));
    },
    /** Reviews at a cadence, so that what must last has its time: (from, to]. */
    async pass(from: number, to: number, every: number) {
      for (let time = from + every; time <= to; time += every) {
        at = time;
        await engine.review(time);
      }
    },
    /** Every line of every log, or of one alert: `1.5 fired 1` is an hour and a half after {@link now}, to level 1. */
    async log(alert?: string) {
      const { items } = await store.list({ state: "all", limit: 100, offset: 0 });
      const logs = await Promise.all(items.map(({ id }) => store.events(id, { limit: 100, offset: 0 })));
      return logs
        .flatMap(({ items: events }) => events)
        .filter((event) => alert === undefined || event.alert === alert)
        .sort((a, b) => a.sequence - b.sequence)
        .map(({ time, type, to }) => `${Number(((time - now) / hour).toFixed(2))} ${type} ${to.level}`);
    },
    async [Symbol.asyncDispose]() {
      await own?.close();
      database.close();
      folder[Symbol.dispose]();
    },
  };
}
