import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import { createReceiver, type QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { requireSharedData, sharedData, temporaryFolder } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { createLog } from "../log.ts";
import { compareNeighbours, createDriftWatch, resumeDrifts, startNeighbourTest } from "./neighbours.ts";

const data = "air-beijing-multisite";
const hourMs = 3_600_000;
/** The inner city; the other three stations of the data lie too far out to have three neighbours. */
const stations = ["Aotizhongxin", "Guanyuan", "Nongzhanguan", "Tiantan", "Wanshouxigong"];
const faulty = "bj-guanyuan:temp";
const replay = resolve(import.meta.dirname, "../../../../fixtures/replay");

/** Hourly temperatures of January 2014 on, by the end of their hour. */
function temperatures(hours: number): { station: string; time: number; value: number }[] {
  return stations.flatMap((station) => {
    const file = sharedData(data, `PRSA_Data_${station}_20130301-20170228.csv.gz`);
    const [head = "", ...lines] = gunzipSync(readFileSync(file))
      .toString("utf8")
      .replaceAll('"', "")
      .trim()
      .split("\n");
    const names = head.split(",");
    const at = (row: readonly string[], name: string) => Number(row[names.indexOf(name)]);
    return lines
      .map((line) => line.split(","))
      .filter((row) => at(row, "year") === 2014)
      .slice(0, hours)
      .filter((row) => Number.isFinite(at(row, "TEMP")))
      .map((row) => ({
        station: `bj-${station.toLowerCase()}`,
        time: Date.UTC(2014, at(row, "month") - 1, at(row, "day"), at(row, "hour") + 1 - 8),
        value: at(row, "TEMP"),
      }));
  });
}

async function setup() {
  const folder = temporaryFolder();
  const { pack } = await readPack(replay);
  if (!pack) throw new Error("the replay pack does not read");
  const network = networkOf(pack);
  const specs = datastreamSpecs(network);
  const store = await openObservations({ file: join(folder.path, "observations.db") });
  await store.writer.register(specs);
  const watch = createDriftWatch(network, specs);
  const clock = { now: 0 };
  const { receive } = createReceiver({ specs, ...store, now: () => clock.now, drifting: watch.drifting });
  const marked: QualifiedObservation[] = [];
  store.changes.subscribe(({ observations }) => {
    marked.push(...observations.filter(({ reasons }) => reasons.includes("drift")));
  });
  return {
    store,
    watch,
    clock,
    receive,
    marked,
    network,
    specs,
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe.skipIf(!requireSharedData(data))("five weeks of winter in Beijing", () => {
  test("a sensor that drifts by a third of a degree an hour is marked until it is mended, and no other is", async () => {
    await using s = await setup();
    const readings = Map.groupBy(temperatures(35 * 24), ({ time }) => time);
    const times = [...readings.keys()].sort((a, b) => a - b);
    const [start = 0] = times;
    const drift = { from: start + 10 * 24 * hourMs, to: start + 20 * 24 * hourMs };
    const offset = (time: number) =>
      time > drift.from && time <= drift.to ? Math.min(12, ((time - drift.from) / hourMs) * 0.3) : 0;
    const began: number[] = [];
    const ended: number[] = [];
    for (const time of times) {
      s.clock.now = time;
      const inputs = readings.get(time)!.map(({ station, value }, index) => {
        const wrong = `${station}:temp` === faulty ? offset(time) : 0;
        return { index, station, property: "temp", phenomenonTime: time, result: value + wrong };
      });
      await s.receive(inputs, "test");
      const told = await compareNeighbours(s.watch, s.store.reader, time);
      if (told.began.length > 0) began.push(time);
      if (told.ended.length > 0) ended.push(time);
    }
    // 2 % of the range of 90 °C is 1.8 °C, so the daily median must be off by 7.2 °C: after some 36 hours of the ramp.
    expect(began).toHaveLength(1);
    expect((began[0]! - drift.from) / hourMs).toBeGreaterThan(20);
    expect((began[0]! - drift.from) / hourMs).toBeLessThan(60);
    // Mended: half of the window must be sound again.
    expect(ended).toHaveLength(1);
    expect((ended[0]! - drift.to) / hourMs).toBeGreaterThan(0);
    expect((ended[0]! - drift.to) / hourMs).toBeLessThanOrEqual(24);

    expect(new Set(s.marked.map(({ datastream, quality }) => `${datastream} ${quality}`))).toEqual(
      new Set([`${faulty} 3`]),
    );
    const hours = times.filter((time) => time > began[0]! && time <= ended[0]!);
    expect(s.marked.map(({ phenomenonTime }) => phenomenonTime)).toEqual(hours);
    // Kept as raw readings, left out of what statistics read.
    const span = { datastreams: [faulty], from: began[0]!, to: ended[0]! };
    expect((await s.store.reader.raw({ ...span, validOnly: false })).time).toEqual(hours);
    expect((await s.store.reader.rollups({ ...span, width: "1h" })).time).toEqual([]);
  });

  test("a drift is known again after a start", async () => {
    await using s = await setup();
    const time = Date.UTC(2014, 0, 5);
    s.clock.now = time;
    const drifting = new Map([[faulty, time]]);
    const { receive } = createReceiver({ specs: s.specs, ...s.store, now: () => time, drifting });
    await receive([{ index: 0, datastream: faulty, phenomenonTime: time, result: 9 }], "test");
    const watch = createDriftWatch(s.network, s.specs);
    resumeDrifts(watch, await s.store.reader.latest());
    expect([...watch.drifting]).toEqual([[faulty, time]]);
  });

  test("the comparison runs once an hour of city time, and a fault of the store does not end it", async () => {
    await using s = await setup();
    const asked: number[] = [];
    const reader = {
      ...s.store.reader,
      rollups: ({ to }: { to: number }) => {
        asked.push(to);
        return Promise.reject(new Error("no store"));
      },
    };
    let now = Date.UTC(2014, 0, 5, 3, 30);
    const lines: string[] = [];
    const log = createLog({ format: "text", level: "error" }, (line) => lines.push(line));
    const job = startNeighbourTest({ watch: s.watch, reader, now: () => (now += 20 * 60_000), log });
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    await job.stop();
    const [first = 0] = asked;
    expect(first).toBe(Date.UTC(2014, 0, 5, 3));
    expect(asked.slice(0, 3)).toEqual([first, first + hourMs, first + 2 * hourMs]);
    expect(lines[0]).toContain("no store");
  });
});

describe("Da Nang", () => {
  test("what neighbours measure alike is watched, and mountains are not compared with the coast", async () => {
    const { pack } = await readPack(resolve(import.meta.dirname, "../../../../fixtures/danang"));
    if (!pack) throw new Error("the pack does not read");
    const network = networkOf(pack);
    const watched = createDriftWatch(network, datastreamSpecs(network)).datastreams;
    expect(new Set(watched.map((id) => id.split(":")[1]))).toEqual(
      new Set(["temp", "rh", "pressure", "pm25", "pm10", "sea_temp"]),
    );
    const high = network.stations.filter(
      ({ kind, attributes }) => kind === "weather" && Number(attributes["elevation_m"]) > 400,
    );
    expect(high.length).toBeGreaterThan(0);
    for (const { id } of high) expect(watched).not.toContain(`${id}:temp`);
  });
});
