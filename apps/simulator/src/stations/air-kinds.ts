import { AutoRegression } from "../random/auto-regression.ts";
import { keyOf, uniform } from "../random/keyed.ts";
import { hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { nearest } from "../world/geometry.ts";
import { clamp } from "../world/weather.ts";
import type { World } from "../world/world.ts";
import type { KindModel, Sampler } from "./sampler.ts";
import { measuringNoise, middleOf } from "./sampler.ts";

export const pmMonth = [1.35, 1.3, 1.25, 1.1, 0.9, 0.75, 0.7, 0.75, 0.85, 0.95, 1.1, 1.25];
export const o3Month = [1, 1, 1.3, 1.3, 1.3, 1, 1, 1, 1, 1, 1, 1];

interface AirModel {
  pm25: (time: number) => number;
  pm10: (time: number) => number;
}

/** Particles at the place of an air-quality station; sensors around follow it. */
function particles(world: World, item: number): AirModel {
  const station = world.stations[item];
  const id = station?.id ?? "city";
  const base = station ? world.settings.number(station, "pm25_base", 18) : 18;
  const own = new AutoRegression(keyOf(world.seed, "pm", id), 0.9, 0.14, hourMs);
  const city = new AutoRegression(keyOf(world.seed, "pm-city"), 0.9, 0.21, hourMs);
  const coarse = new AutoRegression(keyOf(world.seed, "pm-coarse", id), 0.8, 0.08, hourMs);
  const { calendar, weather, parameters } = world;
  const pm25 = (time: number): number => {
    const day = calendar.day(time);
    const season = calendar.seasonal(pmMonth, day);
    const shape = shapeAt(parameters.shapes.pm.v, calendar.hour(time));
    const rain = station ? world.rainOver(item, time, hourMs) : 0;
    // Rain washes the air: half of the dust is left in hours with over 2 mm.
    const wash = 1 - 0.5 * clamp(rain / 2, 0, 1);
    const haze = 1 + 1.2 * weather.haze(time);
    return base * season * shape * wash * haze * Math.exp(own.at(time) + city.at(time));
  };
  return { pm25, pm10: (time) => pm25(time) * 1.7 * Math.exp(coarse.at(time)) };
}

export const airQuality: KindModel = (subject) => {
  const { world, station, item, site } = subject;
  const { calendar, weather, parameters, seed } = world;
  const dust = particles(world, item);
  const traffic = new AutoRegression(keyOf(seed, "no2", station.id), 0.85, 0.18, hourMs);
  const ozone = new AutoRegression(keyOf(seed, "o3", station.id), 0.85, 0.16, hourMs);
  const so2Base = world.settings.number(station, "so2_base", 8);
  const puffKey = keyOf(seed, "so2-puff", station.id);
  const noise = measuringNoise(subject, "air");
  const shape = (name: "no2" | "o3", time: number): number => shapeAt(parameters.shapes[name].v, calendar.hour(time));
  const mean =
    (value: Sampler): Sampler =>
    (time, periodMs) =>
      Math.max(0, value(middleOf(time, periodMs), periodMs));
  return {
    pm25: mean((time) => dust.pm25(time)),
    pm10: mean((time) => dust.pm10(time) + 0.8 * noise(time)),
    so2: mean((time) => {
      const hour = Math.floor(time / hourMs);
      const puff = so2Base >= 14 && uniform(puffKey, hour) < 0.04 ? 1 + 3 * uniform(puffKey + 1, hour) : 1;
      return so2Base * puff * Math.exp(0.5 * traffic.at(time)) * (1 + 0.08 * noise(time));
    }),
    no2: mean((time) => 22 * shape("no2", time) * Math.exp(traffic.at(time)) * (1 + 0.04 * noise(time))),
    co: mean((time) => 700 * shape("no2", time) ** 0.6 * Math.exp(0.8 * traffic.at(time)) * (1 + 0.03 * noise(time))),
    o3: mean((time) => {
      const month = calendar.month(calendar.day(time));
      const sky = 1.2 - 0.4 * weather.cloud(time);
      return 35 * shape("o3", time) * (o3Month[month] ?? 1) * sky * Math.exp(ozone.at(time));
    }),
    temp: (time, periodMs) => clamp(weather.temperature(middleOf(time, periodMs), site), 5.1, 44.9),
    rh: (time, periodMs) => weather.humidity(middleOf(time, periodMs), site),
    wind_speed: (time, periodMs) => weather.wind(middleOf(time, periodMs), site).speed,
    wind_dir: (time, periodMs) => Math.round(weather.wind(middleOf(time, periodMs), site).from) % 360,
  };
};

/** A low-cost sensor: the nearest station's air, a bias of its own, too high in damp air. */
export const airSensor: KindModel = (subject) => {
  const { world, station, site } = subject;
  const stations = world.stations.filter((other) => other.kind === "air-quality");
  const near = nearest(station, stations);
  const dust = particles(world, near ? world.numberOf(near.id) : -1);
  const key = keyOf(world.seed, "sensor-bias", station.id);
  const bias = clamp(1.05 + 0.12 * (uniform(key, 1) + uniform(key, 2) + uniform(key, 3) - 1.5) * 2, 0.75, 1.4);
  const noise = measuringNoise(subject, "sensor");
  const read = (value: number, time: number): number => {
    const damp = clamp((world.weather.humidity(time, site) - 88) / 4, 0, 1);
    return Math.max(0, value * bias * (1 + 0.25 * damp) * (1 + 0.08 * noise(time)));
  };
  return {
    pm25: (time, periodMs) => read(dust.pm25(middleOf(time, periodMs)), time),
    pm10: (time, periodMs) => read(dust.pm10(middleOf(time, periodMs)), time),
    temp: (time, periodMs) =>
      clamp(world.weather.temperature(time - Math.min(periodMs, 10 * minuteMs) / 2, site) + 0.6, 5.1, 49.9),
    rh: (time, periodMs) => clamp(world.weather.humidity(middleOf(time, periodMs), site) - 1, 10, 100),
  };
};
