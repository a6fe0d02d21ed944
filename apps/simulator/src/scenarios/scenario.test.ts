import { beforeAll, expect, test } from "vitest";
import { driversOf } from "../emission/driver.ts";
import { daNangWorld, scenarioPlan } from "../testing/da-nang.ts";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";

const from = Date.UTC(2026, 10, 6, 3);

function start(world: World, id: Awaited<ReturnType<typeof scenarioPlan>>): void {
  world.advance(from);
  world.influence.start(id, from);
}
const water = [
  "weather",
  "rain-gauge",
  "street-flood",
  "river-level",
  "reservoir",
  "lake-level",
  "pump-station",
  "sea-state",
];
async function played(id: string, days: number, kinds?: readonly string[]): Promise<World> {
  const world = await daNangWorld(from - dayMs, 0.5, 1, kinds);
  start(world, await scenarioPlan(id));
  world.advance(from + days * dayMs);
  return world;
}
const depths = (world: World, time: number): number[] =>
  world.floods.streets.map((_, i) => world.floods.streetDepth(i, time));

let cloudburst: World;
beforeAll(async () => {
  cloudburst = await played("flash-flood", 1, water);
});

test("a cloudburst floods several streets within half an hour, and they run dry again", () => {
  const world = cloudburst;
  expect(depths(world, from - minuteMs).every((depth) => depth < 0.05)).toBe(true);
  expect(depths(world, from + 20 * minuteMs).filter((depth) => depth > 0.15).length).toBeGreaterThanOrEqual(3);
  expect(depths(world, from + 30 * minuteMs).filter((depth) => depth > 0.3).length).toBeGreaterThanOrEqual(4);
  expect(depths(world, from + 14 * hourMs).every((depth) => depth < 0.1)).toBe(true);
  const worst = Math.max(...depths(world, from + 2.5 * hourMs));
  expect(worst).toBeLessThan(1.6);
});

test("rain of a cloudburst is read by gauges before the water stands high", () => {
  const world = cloudburst;
  const drivers = driversOf(world).filter((d) => d.stationKind === "rain-gauge" && d.property === "rain");
  const sums = drivers.map((d) => d.sample(from + 20 * minuteMs, 10 * minuteMs));
  expect(Math.max(...sums)).toBeGreaterThan(10);
  expect(Math.max(...sums)).toBeLessThanOrEqual(60);
});

test("pumps and lakes answer to the water", () => {
  const world = cloudburst;
  const running = (time: number): number =>
    world.drainage.pumps.reduce((sum, _, i) => sum + world.drainage.running.held(i, time), 0);
  expect(running(from + hourMs)).toBeGreaterThan(running(from - hourMs) + 3);
  const lake = (time: number): number =>
    Math.max(...world.drainage.lakes.map((_, i) => world.drainage.lakeLevel.at(i, time)));
  expect(lake(from + 2 * hourMs)).toBeGreaterThan(lake(from) + 0.3);
});

test("a scenario that is ended early stops raining", async () => {
  const world = await daNangWorld(from - dayMs, 0.5, 1, ["street-flood"]);
  start(world, await scenarioPlan("flash-flood"));
  world.advance(from + 15 * minuteMs);
  world.influence.end(from + 15 * minuteMs);
  expect(world.influence.playing(from + 16 * minuteMs)).toBeNull();
  world.advance(from + 3 * hourMs);
  const station = world.numberOf("sf-ho-thac-gian");
  expect(world.rainOver(station, from + 3 * hourMs, 2 * hourMs)).toBeLessThan(5);
});

test("a typhoon brings wind, surge and low pressure, then the rivers rise after the rain", async () => {
  const world = await played("typhoon", 4, water);
  const drivers = driversOf(world);
  const hours = Array.from({ length: 96 }, (_, i) => from + i * hourMs);
  const highest = (kind: string, property: string): { value: number; hour: number } => {
    const own = drivers.filter((d) => d.stationKind === kind && d.property === property);
    let best = { value: -Infinity, hour: 0 };
    for (const [hour, time] of hours.entries()) {
      for (const driver of own) {
        const value = driver.sample(time, driver.periodMs);
        if (value > best.value) best = { value, hour };
      }
    }
    return best;
  };
  const gust = highest("weather", "gust");
  expect(gust.value).toBeGreaterThan(30);
  expect(gust.value).toBeLessThan(75);
  expect(gust.hour).toBeGreaterThan(25);
  expect(gust.hour).toBeLessThan(48);
  expect(highest("sea-state", "hs").value).toBeGreaterThan(4);
  const lowland = world.rivers.gauges.find(({ station }) => station.id === "rl-cam-le");
  if (!lowland) throw new Error("no gauge");
  const levels = hours.map((time) => world.rivers.level.at(lowland.index, time));
  const peak = levels.indexOf(Math.max(...levels));
  expect(levels[peak]).toBeGreaterThan(1.8);
  expect(levels[peak]).toBeLessThan(4.5);
  expect(peak).toBeGreaterThan(gust.hour);
});

test("a heat wave reaches the temperatures of its days without rain", async () => {
  const world = await played("heatwave", 5, ["weather"]);
  const site = world.sites[world.numberOf("wx-tram-khi-tuong-da-nang-48855")];
  if (!site) throw new Error("no synoptic station");
  const day = (number: number): number =>
    Math.max(
      ...Array.from({ length: 48 }, (_, i) =>
        world.weather.temperature(from + number * dayMs + i * 30 * minuteMs, site),
      ),
    );
  expect(day(0)).toBeGreaterThan(33.5);
  expect(day(3)).toBeGreaterThan(37);
  expect(day(3)).toBeLessThan(42.5);
  expect(world.rainOver(site.item, from + 5 * dayMs, 4.9 * dayMs)).toBe(0);
});

test("an outage silences most stations around the centre and darkens the lamps", async () => {
  const world = await played("mass-outage", 0.5);
  const during = from + hourMs;
  const silent = world.stations.filter((station, i) => world.influence.silence(during, i, station) !== null);
  expect(silent.length).toBeGreaterThan(80);
  expect(silent.length).toBeLessThan(world.stations.length / 2);
  expect(world.stations.some((station, i) => world.influence.silence(from + 4 * hourMs, i, station))).toBe(false);
  const cut = world.drainage.pumps.filter((_, i) => world.drainage.power.held(i, during) === 0);
  expect(cut.length).toBeGreaterThan(2);
});

test("pumps have their mains back when an outage ends, whenever it came", async () => {
  const world = await daNangWorld(from - dayMs, 0.5, 1, ["pump-station"]);
  const plan = await scenarioPlan("mass-outage");
  for (let at = from; at < from + 3 * dayMs; at += 6 * hourMs) {
    world.advance(at);
    world.influence.start(plan, at);
    world.advance(at + 4 * hourMs);
    const dead = world.drainage.pumps.filter((_, i) => world.drainage.power.held(i, at + 3.5 * hourMs) === 0);
    expect(dead.map(({ id }) => id)).toEqual([]);
  }
});
