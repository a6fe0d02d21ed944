import { beforeAll, expect, test } from "vitest";
import type { Driver } from "../emission/driver.ts";
import { driversOf, labelAtOrBefore } from "../emission/driver.ts";
import { daNang, daNangWorld } from "../testing/da-nang.ts";
import { dayMs, hourMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";

const start = Date.UTC(2026, 10, 2);
let world: World;
let drivers: Driver[];

beforeAll(async () => {
  world = await daNangWorld(start, 7);
  drivers = driversOf(world);
});

const series = (driver: Driver, from: number, to: number): { time: number; value: number }[] => {
  const list = [];
  const first = labelAtOrBefore(driver, driver.periodMs, from) + driver.periodMs;
  for (let time = first; time <= to; time += driver.periodMs)
    list.push({ time, value: driver.sample(time, driver.periodMs) });
  return list;
};
const find = (id: string): Driver => {
  const driver = drivers.find((candidate) => candidate.id === id);
  if (!driver) throw new Error(`no datastream ${id}`);
  return driver;
};

test("every property of all 26 kinds is played for every station", async () => {
  const pack = await daNang();
  expect(new Set(drivers.map(({ stationKind }) => stationKind)).size).toBe(pack.kinds.length);
  const expected = world.stations.flatMap((station) =>
    (pack.kinds.find((kind) => kind.id === station.kind)?.properties ?? []).map((p) => `${station.id}:${p.id}`),
  );
  expect(drivers.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
});

test("values lie in the valid range of their property; only optional properties may be silent", async () => {
  const pack = await daNang();
  const wrong: string[] = [];
  for (const driver of drivers) {
    const property = pack.kinds
      .find((kind) => kind.id === driver.stationKind)
      ?.properties.find((p) => p.id === driver.property);
    if (!property) throw new Error(driver.id);
    // Every seventh reading of two days is enough for 2,700 datastreams.
    for (const { time, value } of series(driver, start, start + 2 * dayMs).filter((_, i) => i % 7 === 0)) {
      const silent = Number.isNaN(value) && property.optional;
      const inside = value >= (property.min ?? -Infinity) && value <= (property.max ?? Infinity);
      if (!silent && !inside) wrong.push(`${driver.id} ${new Date(time).toISOString()} ${value}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("rain comes in tips of 0.2 mm and adds up to the rain that fell", () => {
  const driver = find(
    "rg-cau-cam-le:rain".replace("rg-cau-cam-le", world.stations.find((s) => s.kind === "rain-gauge")?.id ?? ""),
  );
  const values = series(driver, start, start + 7 * dayMs);
  for (const { value } of values) expect(Math.abs(value / 0.2 - Math.round(value / 0.2))).toBeLessThan(1e-6);
  const sum = values.reduce((total, { value }) => total + value, 0);
  expect(Math.abs(sum - world.rainOver(driver.item, start + 7 * dayMs, 7 * dayMs))).toBeLessThan(0.5);
});

test("traffic has its peaks at the rush hours, and lorries keep out of them", () => {
  const monday = Date.parse("2026-11-02T00:00:00+07:00");
  const perHour = (property: string): number[] => {
    const hours = Array.from({ length: 24 }, () => 0);
    for (const driver of drivers.filter((d) => d.stationKind === "traffic-counter" && d.property === property)) {
      for (const { time, value } of series(driver, monday, monday + dayMs)) {
        const hour = Math.floor((time - 1 - monday) / hourMs);
        hours[hour] = (hours[hour] ?? 0) + value;
      }
    }
    return hours;
  };
  const moto = perHour("moto");
  const order = moto.map((value, hour) => ({ value, hour })).toSorted((a, b) => b.value - a.value);
  expect([6, 7, 16, 17]).toContain(order[0]?.hour);
  expect(moto[7]).toBeGreaterThan(4 * (moto[2] ?? 0));
  expect(moto[17]).toBeGreaterThan(1.3 * (moto[12] ?? 0));
  const truck = perHour("truck");
  expect(truck[10]).toBeGreaterThan(1.5 * (truck[7] ?? 0));
  expect(truck[17]).toBeLessThan(truck[10] ?? 0);
});

test("lamps burn at night, half of the power after 23:00 where they dim", () => {
  const noon = Date.parse("2026-11-03T12:00:00+07:00");
  const evening = Date.parse("2026-11-03T20:00:00+07:00");
  const late = Date.parse("2026-11-04T01:00:00+07:00");
  const sum = (time: number): number =>
    drivers
      .filter((d) => d.stationKind === "lighting" && d.property === "power")
      .reduce((total, d) => total + d.sample(time, d.periodMs), 0);
  expect(sum(noon)).toBe(0);
  expect(sum(evening)).toBeGreaterThan(300);
  expect(sum(late)).toBeLessThan(0.8 * sum(evening));
});

test("an energy total is its mean power times the hours", () => {
  const energy = find("be-trung-tam-hanh-chinh-thanh-pho:energy");
  const power = find("be-trung-tam-hanh-chinh-thanh-pho:power");
  const time = Date.parse("2026-11-03T10:00:00+07:00");
  expect(energy.sample(time, energy.periodMs)).toBeCloseTo(power.sample(time, power.periodMs) / 4);
  expect(power.sample(time, power.periodMs)).toBeGreaterThan(600);
});

test("the air is that of a clean coastal city", () => {
  const values = drivers
    .filter((d) => d.stationKind === "air-quality" && d.property === "pm25")
    .flatMap((d) => series(d, start, start + 7 * dayMs).map(({ value }) => value));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean).toBeGreaterThan(10);
  expect(mean).toBeLessThan(40);
});

test("calm days are calm: dry streets, rivers below alarm, few gales", () => {
  const calm = Date.UTC(2026, 10, 6);
  const depths = drivers
    .filter((d) => d.stationKind === "street-flood" && d.property === "depth")
    .flatMap((d) => series(d, calm, calm + dayMs).map(({ value }) => value));
  expect(Math.max(...depths)).toBeLessThan(0.1);
  const gusts = drivers
    .filter((d) => d.stationKind === "weather" && d.property === "gust")
    .flatMap((d) => series(d, calm, calm + dayMs).map(({ value }) => value));
  expect(Math.max(...gusts)).toBeLessThan(17.2);
});
