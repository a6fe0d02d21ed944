import { clamp, smooth } from "../world/weather.ts";
import { keyOf, uniform } from "../random/keyed.ts";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { KindModel, Sampler, Subject } from "./sampler.ts";
import { measuringNoise, middleOf } from "./sampler.ts";

/** Tips of a tipping-bucket gauge, mm. */
const tip = 0.2;

/** Rain total of a period in whole tips; what is left in the bucket counts for the next one. */
function tippingBucket({ world, item }: Subject): Sampler {
  const tips = (time: number): number => Math.floor(world.rainSum.at(item, time) / tip + 1e-6);
  return (time, periodMs) => Math.max(0, tips(time) - tips(time - periodMs)) * tip;
}

export const rainGauge: KindModel = (subject) => ({ rain: tippingBucket(subject) });

export const weatherStation: KindModel = (subject) => {
  const { world, site, item } = subject;
  const { weather, calendar } = world;
  const noise = measuringNoise(subject, "weather");
  return {
    temp: (time) => clamp(weather.temperature(time, site) + 0.05 * noise(time), 0.1, 44.9),
    rh: (time) => weather.humidity(time, site),
    pressure: (time) => weather.pressure(time, site) + 0.1 * noise(time),
    wind_speed: (time, periodMs) => weather.wind(middleOf(time, periodMs), site).speed,
    wind_dir: (time, periodMs) => Math.round(weather.wind(middleOf(time, periodMs), site).from) % 360,
    gust: (time) => clamp(weather.gust(time, weather.wind(time, site).speed, 1.5, item), 0, 95),
    rain: tippingBucket(subject),
    solar: (time, periodMs) => weather.solar(middleOf(time, periodMs)),
    uv_index: (time) => {
      const hour = calendar.hour(time);
      return hour < 6.5 || hour > 17.5 ? 0 : clamp(weather.solar(time) / 80, 0, 14);
    },
  };
};

export const bridgeWind: KindModel = (subject) => {
  const { world, item, site } = subject;
  const { weather } = world;
  const deck = { ...site, exposure: world.settings.number(subject.station, "wind_exposure", 0.9) * 1.3 };
  const noise = measuringNoise(subject, "deck");
  const speed = (time: number): number => weather.wind(time, deck).speed * (1 + 0.06 * noise(time));
  return {
    wind_speed: (time, periodMs) => clamp(speed(middleOf(time, periodMs)), 0, 74),
    gust: (time) => clamp(weather.gust(time, weather.wind(time, deck).speed, 1.45, item), 0, 98),
    wind_dir: (time, periodMs) => Math.round(weather.wind(middleOf(time, periodMs), deck).from) % 360,
  };
};

const droughtOfLevelThree = 10_000;

export const forestFire: KindModel = (subject) => {
  const { world, site, station, index } = subject;
  const { weather, calendar, slopes, seed } = world;
  const noise = measuringNoise(subject, "forest");
  const fireKey = keyOf(seed, "forest-fire", station.id);
  const fogKey = keyOf(seed, "fog", station.id);
  const fogs = station.attributes["fog"] === true || world.parameters.model.sites[station.id]?.["fog"] === true;
  /** 0..1 while a wood burns near the tower: afternoons of March to September with a P index of level III or above. */
  const burning = (time: number): number => {
    const day = calendar.day(time);
    const month = calendar.month(day);
    if (month < 2 || month > 8 || uniform(fireKey, day) > 0.03) return 0;
    if (slopes.drought.held(index, time) < droughtOfLevelThree) return 0;
    const start = calendar.startOfDay(day) + (12 + 5 * uniform(fireKey + 1, day)) * hourMs;
    const length = (1 + 3 * uniform(fireKey + 2, day)) * hourMs;
    return time < start || time > start + length ? 0 : clamp((time - start) / (10 * minuteMs), 0.2, 1);
  };
  /** Fog that the smoke detector mistakes, twice a month on the high towers. */
  const fog = (time: number): number => {
    const day = calendar.day(time);
    if (!fogs || uniform(fogKey, day) > 2 / 30) return 0;
    const start = calendar.startOfDay(day) + (3 + 4 * uniform(fogKey + 1, day)) * hourMs;
    return time < start || time > start + 90 * minuteMs ? 0 : 6 + 3 * uniform(fogKey + 2, day);
  };
  return {
    smoke: (time) => clamp(0.3 + 0.15 * noise(time) + 22 * burning(time) + fog(time), 0, 100),
    flame: (time) => (burning(time) > 0.6 ? 1 : 0),
    temp: (time) => clamp(weather.temperature(time, site), 0, 60),
    rh: (time) => weather.humidity(time, site),
    wind_speed: (time, periodMs) => weather.wind(middleOf(time, periodMs), site).speed,
    rain: tippingBucket(subject),
  };
};

export const landslide: KindModel = (subject) => {
  const { slopes } = subject.world;
  const { index } = subject;
  const noise = measuringNoise(subject, "slope");
  return {
    rain: tippingBucket(subject),
    soil_sat: (time) => clamp(slopes.soil.at(index, time) + 0.3 * noise(time), 0, 100),
    tilt: (time) => slopes.tilt.at(index, time) + 0.01 * noise(time),
    displacement: (time) => slopes.displacement.at(index, time) + 0.1 * noise(time),
  };
};

export const noiseMeter: KindModel = (subject) => {
  const { world, station } = subject;
  const { calendar, parameters } = world;
  const special = station.attributes["zone"] === "special";
  const base = world.settings.number(station, "laeq_base", special ? 55 : 61);
  const nightlife = parameters.model.sites[station.id]?.["nightlife"] === true;
  const noise = measuringNoise(subject, "noise");
  const peak = measuringNoise(subject, "noise-peak");
  const slow = keyOf(world.seed, "noise-slow", station.id);
  const shape = parameters.shapes.noise.v;
  const level = (time: number): number => {
    const hour = calendar.hour(time);
    const weekday = calendar.weekday(calendar.day(time));
    const evening = nightlife && hour >= 19 && (weekday === 5 || weekday === 6 || weekday === 0) ? 6 : 0;
    const index = Math.floor(hour);
    const factor = (shape[index] ?? 0) + ((shape[(index + 1) % 24] ?? 0) - (shape[index] ?? 0)) * (hour - index);
    const rain = Math.min(6, world.rainRate(subject.item, time) * 0.15);
    return base + 8 * factor + evening + rain + 1.5 * smooth(slow, time, 20 * minuteMs) + 2 * noise(time);
  };
  return {
    laeq: (time, periodMs) => clamp(level(middleOf(time, periodMs)), 28, 115),
    lamax: (time, periodMs) => clamp(level(middleOf(time, periodMs)) + 14 + clamp(2.2 * peak(time), -6, 6), 36, 135),
  };
};

export const landfill: KindModel = (subject) => {
  const { world, site, item } = subject;
  const noise = measuringNoise(subject, "landfill");
  const slow = keyOf(world.seed, "landfill-slow", subject.station.id);
  const gas = (time: number): number => {
    const hour = world.calendar.hour(time);
    const night = hour < 6 || hour >= 19;
    const still = world.weather.wind(time, site).speed < 1.5;
    const wetDays = [1, 2, 3].every((d) => world.rainOver(item, time - (d - 1) * dayMs, dayMs) > 2);
    const factor = (night && still ? 1.6 : 1) * (wetDays ? 1.5 : 1);
    return factor * Math.exp(0.25 * smooth(slow, time, 2 * hourMs)) * (1 + 0.06 * noise(time));
  };
  return {
    h2s: (time, periodMs) => clamp(20 * gas(middleOf(time, periodMs)), 0, 4000),
    nh3: (time, periodMs) => clamp(60 * gas(middleOf(time, periodMs)), 0, 15_000),
    ch4: (time, periodMs) => clamp(180 * gas(middleOf(time, periodMs)), 0, 40_000),
    leachate_flow: (time) => clamp(15 + 0.12 * world.rainOver(item, time, 7 * dayMs) + 0.4 * noise(time), 0, 190),
    wind_speed: (time, periodMs) => world.weather.wind(middleOf(time, periodMs), site).speed,
    wind_dir: (time, periodMs) => Math.round(world.weather.wind(middleOf(time, periodMs), site).from) % 360,
  };
};
