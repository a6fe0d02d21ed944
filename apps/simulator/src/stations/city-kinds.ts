import { AutoRegression } from "../random/auto-regression.ts";
import { keyOf, uniform } from "../random/keyed.ts";
import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import { newYearWeek } from "./new-year.ts";
import type { KindModel } from "./sampler.ts";
import { measuringNoise } from "./sampler.ts";

export const lighting: KindModel = (subject) => {
  const { world, station } = subject;
  const { settings, calendar, seed } = world;
  const lamps = Math.round(settings.drawn(station, "lamps", 40, 160));
  const rated = settings.drawn(station, "rated_kw", 4, 24);
  const faultKey = keyOf(seed, "lamps", station.id);
  const tripKey = keyOf(seed, "cabinet-trip", station.id);
  const dims = uniform(keyOf(seed, "dims", station.id), 0) < 0.7;
  const noise = measuringNoise(subject, "power");
  /** 1.5 % of the lamps on the average, changing when a crew comes or a lamp fails. */
  const faulty = (time: number): number => {
    const week = Math.floor(time / (9 * dayMs));
    return Math.round(lamps * 0.03 * uniform(faultKey, week));
  };
  const tripped = (time: number): boolean => {
    const today = calendar.day(time);
    for (const day of [today, today - 1]) {
      if (uniform(tripKey, day) > 0.3 / 30) continue;
      const start = calendar.startOfDay(day) + uniform(tripKey + 1, day) * dayMs;
      if (time >= start && time < start + (1 + 19 * uniform(tripKey + 2, day) ** 2) * hourMs) return true;
    }
    return world.influence.any && world.influence.powerCut(time, station);
  };
  const on = (time: number): boolean => {
    const hour = calendar.hour(time);
    const month = calendar.month(calendar.day(time));
    const from = month >= 9 || month <= 1 ? 17.5 : 18;
    return (hour >= from || hour < 5.25) && !tripped(time);
  };
  const power = (time: number): number => {
    if (!on(time)) return 0;
    const hour = calendar.hour(time);
    const dimmed = dims && (hour >= 23 || hour < 5.25) ? 0.5 : 1;
    return rated * (1 - faulty(time) / lamps) * dimmed;
  };
  return {
    lit: (time) => (on(time) ? 1 : 0),
    power: (time) => Math.max(0, power(time) * (1 + 0.01 * noise(time))),
    energy: (time, periodMs) => {
      const parts = Math.max(1, Math.round(periodMs / (5 * minuteMs)));
      let sum = 0;
      for (let i = 0; i < parts; i += 1) sum += power(time - ((i + 0.5) * periodMs) / parts);
      return (sum / parts) * (periodMs / hourMs);
    },
    lamps_faulty: faulty,
  };
};

export const buildingEnergy: KindModel = (subject) => {
  const { world, station } = subject;
  const { calendar, parameters, settings } = world;
  const base = settings.drawn(station, "power_kw", 60, 300);
  const use = settings.text(station, "use", /hospital/i.test(station.name.en) ? "hospital" : "office");
  const newYear = newYearWeek(world);
  const slow = new AutoRegression(keyOf(world.seed, "building", station.id), 0.9, 0.05, hourMs);
  const power = (time: number): number => {
    const day = calendar.day(time);
    const hour = calendar.hour(time);
    const warm = 1 + 0.03 * Math.max(0, world.weather.temperature(time, subject.site) - 26);
    if (use === "hospital") return base * shapeAt(parameters.shapes.power.v, hour) * warm;
    if (use === "steady") return base * (0.94 + 0.06 * shapeAt(parameters.shapes.power.v, hour)) * warm;
    const factor = shapeAt(parameters.shapes["office-power"].v, hour);
    const idle = calendar.isWeekend(day) || newYear(day) < 1;
    return base * (idle ? 0.5 * Math.min(1, 0.5 + 0.3 * factor) : factor) * warm;
  };
  const mean = (time: number, periodMs: number): number => {
    let sum = 0;
    for (const part of [1 / 6, 1 / 2, 5 / 6]) sum += power(time - part * periodMs);
    return clamp((sum / 3) * Math.exp(slow.at(time - periodMs / 2)), 0, 4900);
  };
  return { power: mean, energy: (time, periodMs) => (mean(time, periodMs) * periodMs) / hourMs };
};

export const fireAlarm: KindModel = (subject) => {
  const { world, station } = subject;
  const { calendar, seed } = world;
  const falseKey = keyOf(seed, "false-alarm", station.id);
  const fireKey = keyOf(seed, "fire", station.id);
  const faultKey = keyOf(seed, "panel-fault", station.id);
  /** Detectors in alarm: a false alarm a month (one detector, under 4 minutes), a real fire in six years. */
  const detectors = (time: number): number => {
    const day = calendar.day(time);
    if (uniform(falseKey, day) < 1 / 30) {
      const start = calendar.startOfDay(day) + (0.2 + 0.75 * uniform(falseKey + 1, day)) * dayMs;
      if (time >= start && time < start + (1.5 + 2.3 * uniform(falseKey + 2, day)) * minuteMs) return 1;
    }
    if (uniform(fireKey, day) < 1 / 2190) {
      const start = calendar.startOfDay(day) + uniform(fireKey + 1, day) * 0.9 * dayMs;
      const length = (12 + 40 * uniform(fireKey + 2, day)) * minuteMs;
      if (time >= start && time < start + length) return 3 + Math.floor(((time - start) / length) * 9);
    }
    return 0;
  };
  return {
    alarm: (time) => (detectors(time) > 0 ? 1 : 0),
    detectors_active: detectors,
    fault: (time) => {
      const day = calendar.day(time);
      const start = calendar.startOfDay(day) + uniform(faultKey + 1, day) * 0.8 * dayMs;
      return uniform(faultKey, day) < 1 / 90 && time >= start && time < start + 3 * hourMs ? 1 : 0;
    },
  };
};

const mainsKinds = new Set([
  "pump-station",
  "lighting",
  "building-energy",
  "fire-alarm",
  "drinking-water",
  "wastewater",
]);

/** What every station reports: that it lives, and its supply (12 V battery with a panel, or 24 V behind the mains). */
export const technical: KindModel = (subject) => {
  const { world, station } = subject;
  const mains = mainsKinds.has(station.kind);
  const noise = measuringNoise(subject, "battery");
  const old = uniform(keyOf(world.seed, "battery-age", station.id), 0) < 0.02 ? 0.9 : 0;
  return {
    heartbeat: () => 1,
    battery_v: (time) => {
      if (mains) return 24.1 + 0.05 * noise(time);
      const sun = world.weather.solar(time) / 900;
      const hour = world.calendar.hour(time);
      const drained = hour < 6 ? (hour + 6) / 12 : hour > 18 ? (hour - 18) / 12 : 0;
      return 12.7 + 0.9 * sun - 0.25 * drained - old + 0.02 * noise(time);
    },
  };
};
