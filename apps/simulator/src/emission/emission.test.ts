import { beforeAll, expect, test } from "vitest";
import { daNangWorld, scenarioPlan } from "../testing/da-nang.ts";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";
import type { Driver } from "./driver.ts";
import { driversOf } from "./driver.ts";
import { Faults } from "./faults.ts";
import { historyBatches } from "./history.ts";
import { Live } from "./live.ts";

interface Reading {
  datastream: string;
  phenomenonTime: string;
  result: number;
}

const start = Date.parse("2026-11-06T10:07:31Z");
let world: World;
let drivers: Driver[];
let byId: Map<string, Driver>;
let known: Faults;

beforeAll(async () => {
  world = await daNangWorld(start - 3 * dayMs, 4);
  drivers = driversOf(world);
  known = new Faults(world);
  byId = new Map(drivers.map((driver) => [driver.id, driver]));
});

const live = (sampling = 1, haveTo: number | null = null): Live =>
  new Live({ world, drivers, faults: new Faults(world), start, sampling, haveTo });
const read = (lines: string[]): Reading[] => lines.map((line) => JSON.parse(line) as Reading);
const history = (
  have: { from: number; to: number } | null = null,
  days = 3,
): { readings: Reading[]; back: number[] } => {
  const first = live();
  const firsts = new Map(drivers.map((driver, i) => [driver, first.firstLabel(i)]));
  const some = drivers.filter((driver) => driver.item % 6 === 0);
  const readings: Reading[] = [];
  const back: number[] = [];
  const batches = historyBatches({
    drivers: some,
    faults: new Faults(world),
    from: start - days * dayMs,
    to: start,
    liveFrom: (driver) => firsts.get(driver) ?? 0,
    have,
    batch: 50_000,
  });
  for (const { body, count, reachedBack } of batches) {
    const items = (JSON.parse(body) as { observations: Reading[] }).observations;
    expect(items).toHaveLength(count);
    expect(count).toBeLessThanOrEqual(50_000);
    readings.push(...items);
    back.push(reachedBack);
  }
  return { readings, back };
};
const healthy = (id: string, time: number): boolean => {
  const driver = byId.get(id);
  return driver !== undefined && known.at(driver.item, time) === null;
};

test("the first readings are the newest of every station that works", () => {
  const readings = read(live().collect(start));
  const stations = new Set(readings.map(({ datastream }) => datastream.split(":")[0]));
  expect(stations.size).toBeGreaterThan(0.95 * world.stations.length);
  for (const { phenomenonTime } of readings) {
    expect(Date.parse(phenomenonTime)).toBeGreaterThan(start - hourMs - 20 * minuteMs);
  }
});

test("the network gives about four to five observations a second", () => {
  const player = live();
  player.collect(start);
  const count = player.collect(start + 2 * hourMs).length;
  expect(count / 7200).toBeGreaterThan(3.5);
  expect(count / 7200).toBeLessThan(5.5);
});

test("labels keep their period: intervals end on the grid, instants keep a phase of their own", () => {
  const player = live();
  player.collect(start);
  const phases = new Set<number>();
  for (const { datastream, phenomenonTime } of read(player.collect(start + hourMs))) {
    const driver = byId.get(datastream);
    const time = Date.parse(phenomenonTime);
    if (!driver || !healthy(datastream, time) || !healthy(datastream, start)) continue;
    if (driver.kind === "mean" || driver.kind === "total") expect(time % driver.periodMs).toBe(0);
    else if (driver.property === "heartbeat") phases.add(time % driver.periodMs);
  }
  expect(phases.size).toBeGreaterThan(200);
});

test("faster sampling shortens everything but totals", () => {
  const player = live(5);
  player.collect(start);
  const counts = new Map<string, number>();
  for (const { datastream } of read(player.collect(start + hourMs)))
    counts.set(datastream, (counts.get(datastream) ?? 0) + 1);
  const rain = drivers.filter((d) => d.property === "rain" && d.stationKind === "rain-gauge");
  const depth = drivers.filter((d) => d.property === "depth" && d.stationKind === "street-flood");
  const most = (list: Driver[]): number => Math.max(...list.map((d) => counts.get(d.id) ?? 0));
  expect(most(rain)).toBeLessThanOrEqual(7);
  expect(most(depth)).toBeGreaterThanOrEqual(59);
});

test("however the clock is read, the same readings come, each once but for rare repeats", () => {
  const once = live();
  const often = live();
  const whole = [...once.collect(start), ...once.collect(start + hourMs)];
  const pieces: string[] = [];
  for (let time = start; time <= start + hourMs; time += 7_000) pieces.push(...often.collect(time));
  pieces.push(...often.collect(start + hourMs));
  expect(pieces.toSorted()).toEqual(whole.toSorted());
  const repeats = whole.length - new Set(whole).size;
  expect(repeats).toBeLessThan(whole.length / 500);
});

test("history is complete, newest day first, and ends where live readings begin", () => {
  const { readings, back } = history();
  expect(back).toEqual(back.toSorted((a, b) => b - a));
  expect(back.at(-1)).toBe(start - 3 * dayMs);
  const keys = new Set(readings.map(({ datastream, phenomenonTime }) => `${datastream} ${phenomenonTime}`));
  const skewed = readings.filter(({ datastream, phenomenonTime }) => !healthy(datastream, Date.parse(phenomenonTime)));
  expect(readings.length - keys.size).toBeLessThanOrEqual(skewed.length);
  const twice = read(live().collect(start)).filter(
    ({ datastream, phenomenonTime }) =>
      healthy(datastream, Date.parse(phenomenonTime)) && keys.has(`${datastream} ${phenomenonTime}`),
  );
  expect(twice).toEqual([]);
  // Every healthy label of some datastreams is there, up to the live one.
  for (const driver of drivers.filter((d, i) => d.item % 6 === 0 && i % 19 === 0)) {
    const times = readings.filter((r) => r.datastream === driver.id).map((r) => Date.parse(r.phenomenonTime));
    const seen = new Set(times);
    const last = live().firstLabel(drivers.indexOf(driver)) - driver.periodMs;
    for (let label = last; label > start - 3 * dayMs; label -= driver.periodMs) {
      const silent = Number.isNaN(driver.sample(label, driver.periodMs));
      if (healthy(driver.id, label) && !silent && !seen.has(label)) throw new Error(`${driver.id} lacks ${label}`);
    }
  }
});

test("spans that the server has are left out, and live readings go on behind them", () => {
  const have = { from: start - 2 * dayMs, to: start - 6 * hourMs };
  const { readings } = history(have, 3);
  const inside = readings.filter(({ datastream, phenomenonTime }) => {
    const time = Date.parse(phenomenonTime);
    return time >= have.from && time <= have.to && healthy(datastream, time);
  });
  expect(inside).toEqual([]);
  const times = readings.map(({ phenomenonTime }) => Date.parse(phenomenonTime));
  expect(times.some((time) => time > have.to)).toBe(true);
  expect(times.some((time) => time < have.from)).toBe(true);
  expect(live(1, start + hourMs).collect(start)).toEqual([]);
});

test("two to three stations in a hundred have some fault at any time", () => {
  const faults = new Faults(world);
  const shares = Array.from({ length: 60 }, (_, k) => {
    const time = start - k * 7 * hourMs;
    return world.stations.filter((_, item) => faults.at(item, time) !== null).length / world.stations.length;
  });
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  expect(mean).toBeGreaterThan(0.015);
  expect(mean).toBeLessThan(0.04);
});

test("a station that restarts delivers its buffer afterwards, and nothing of it is lost", async () => {
  const player = live();
  player.collect(start);
  world.influence.start(await scenarioPlan("mass-outage"), start);
  const during = read(player.collect(start + 2 * hourMs));
  const after = read(player.collect(start + 5 * hourMs));
  const late = world.stations.filter((s, i) => world.influence.silence(start + hourMs, i, s) === "late");
  expect(late.length).toBeGreaterThan(30);
  const station = late.find((s) => s.kind === "street-flood");
  if (!station) throw new Error("no late street-flood tower");
  const of = (list: Reading[]): number[] =>
    list
      .filter(({ datastream }) => datastream === `${station.id}:depth`)
      .map(({ phenomenonTime }) => Date.parse(phenomenonTime));
  expect(of(during).filter((time) => time > start + 2 * minuteMs)).toEqual([]);
  const delivered = of(after).filter((time) => time > start + 2 * minuteMs && time < start + 3 * hourMs);
  expect(delivered.length).toBeGreaterThan(30);
});
