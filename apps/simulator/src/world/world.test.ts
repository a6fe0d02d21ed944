import { networkOf } from "@ioc/city-pack";
import { expect, test } from "vitest";
import { driversOf } from "../emission/driver.ts";
import { daNang, daNangWorld } from "../testing/da-nang.ts";
import { dayMs, hourMs } from "./calendar.ts";
import { RainField } from "./rain-field.ts";
import { createWorld } from "./world.ts";

const november = Date.UTC(2026, 10, 1);
const synoptic = "wx-tram-khi-tuong-da-nang-48855";
const average = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test("the same seed gives the same readings, whatever the steps and the start", async () => {
  const pack = await daNang();
  const options = { network: networkOf(pack), reference: pack.reference, simulator: pack.simulator, seed: 7 };
  const whole = createWorld({ ...options, from: november, keepMs: 3 * dayMs });
  whole.advance(november + 2 * dayMs);
  const stepwise = createWorld({ ...options, from: november + dayMs, keepMs: 3 * dayMs });
  for (let time = november; time <= november + 2 * dayMs; time += 17 * 60_000) stepwise.advance(time);
  const a = driversOf(whole);
  const b = driversOf(stepwise);
  const time = november + 1.5 * dayMs;
  const differing = a.filter(
    (driver, i) => !Object.is(driver.sample(time, driver.periodMs), b[i]?.sample(time, driver.periodMs)),
  );
  expect(a.length).toBeGreaterThan(2500);
  expect(differing.map(({ id }) => id)).toEqual([]);
});

test("another seed gives another city", async () => {
  const one = await daNangWorld(november, 2, 1, ["weather"]);
  const two = await daNangWorld(november, 2, 2, ["weather"]);
  const at = november + dayMs;
  const site = one.sites[0];
  expect(site && one.weather.temperature(at, site)).not.toBe(site && two.weather.temperature(at, site));
});

test("the tide is mixed with a spring range of about a metre", async () => {
  const world = await daNangWorld(november, 1, 1, ["tide"]);
  const ranges: number[] = [];
  for (let day = 0; day < 30; day += 1) {
    const levels = Array.from({ length: 144 }, (_, i) => world.tide.anomaly(november + day * dayMs + i * 600_000));
    ranges.push(Math.max(...levels) - Math.min(...levels));
  }
  expect(Math.max(...ranges)).toBeGreaterThan(0.8);
  expect(Math.max(...ranges)).toBeLessThan(1.4);
  expect(Math.min(...ranges)).toBeLessThan(0.7);
});

test("a month has the climate's temperature, and months over the years the climate's rain", async () => {
  const world = await daNangWorld(november, 30, 1, ["weather"]);
  const site = world.sites[world.numberOf(synoptic)];
  if (!site) throw new Error("no synoptic station");
  const hours = Array.from({ length: 720 }, (_, i) => world.weather.temperature(november + i * hourMs, site));
  expect(Math.abs(average(hours) - 24.4)).toBeLessThan(1.5);
  const monthly = (seed: number, year: number): number => {
    const field = new RainField(world.parameters, world.calendar, seed);
    let sum = 0;
    for (let time = Date.UTC(year, 10, 1); time < Date.UTC(year, 11, 1); time += 600_000) {
      for (const spell of field.active(time)) sum += field.rateOf(spell, time, site, 1) / 6;
    }
    return sum;
  };
  const rain = [1, 2, 3, 4].flatMap((seed) => [2022, 2023, 2024, 2025, 2026, 2027].map((year) => monthly(seed, year)));
  // Normal of November: 366 mm.
  expect(average(rain)).toBeGreaterThan(366 * 0.75);
  expect(average(rain)).toBeLessThan(366 * 1.3);
});

test("in July the sea breeze blows and the days are hot and mostly dry", async () => {
  const july = Date.UTC(2026, 6, 1);
  const world = await daNangWorld(july, 20, 1, ["weather"]);
  const site = world.sites[world.numberOf(synoptic)];
  if (!site) throw new Error("no synoptic station");
  const days = Array.from({ length: 20 }, (_, day) => july + day * dayMs);
  const warmest = days.map((day) =>
    Math.max(...Array.from({ length: 24 }, (_, hour) => world.weather.temperature(day + hour * hourMs, site))),
  );
  expect(average(warmest)).toBeGreaterThan(32);
  expect(average(warmest)).toBeLessThan(37);
  const noon = world.weather.wind(july + 5 * dayMs + 6 * hourMs, site).speed;
  const night = world.weather.wind(july + 5 * dayMs + 19 * hourMs, site).speed;
  expect(noon).toBeGreaterThan(night);
});

test("great rain fills the rivers hours later, and calm weeks stay below alarm I", async () => {
  const from = Date.UTC(2026, 9, 20);
  const world = await daNangWorld(from, 34, 1, ["weather", "river-level", "reservoir"]);
  const gauge = world.rivers.gauges.find(({ station }) => station.id === "rl-ai-nghia");
  const rainGauge = world.numberOf("wx-kham-duc");
  if (!gauge) throw new Error("no gauge");
  const steps = Array.from({ length: 34 * 24 }, (_, i) => from + i * hourMs);
  const level = steps.map((time) => world.rivers.level.at(gauge.index, time));
  const rain = steps.map((time) => world.rainOver(rainGauge, time, 12 * hourMs));
  const wettest = rain.indexOf(Math.max(...rain));
  const highest = level.indexOf(Math.max(...level));
  expect(highest).toBeGreaterThan(wettest - 12);
  expect(highest).toBeLessThan(wettest + 36);
  const calm = level.filter((value) => value < 6.5).length / level.length;
  expect(calm).toBeGreaterThan(0.8);
  expect(Math.min(...level)).toBeGreaterThan(2.3);
  expect(Math.max(...level)).toBeLessThan(11.5);
});
