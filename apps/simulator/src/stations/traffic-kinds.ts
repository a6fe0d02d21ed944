import { AutoRegression } from "../random/auto-regression.ts";
import { keyOf, uniform } from "../random/keyed.ts";
import { hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import { newYearWeek } from "./new-year.ts";
import type { KindModel, Subject } from "./sampler.ts";
import { measuringNoise, middleOf } from "./sampler.ts";

const site = (subject: Subject, name: string): boolean =>
  subject.world.parameters.model.sites[subject.station.id]?.[name] === true;

export const trafficCounter: KindModel = (subject) => {
  const { world, station, item } = subject;
  const { settings, calendar, parameters, tables, seed } = world;
  const lanes = settings.drawn(station, "lanes", 2, 8);
  const capacity = settings.number(station, "capacity_pcu_h", lanes * 900);
  const freeFlow = settings.drawn(station, "free_flow_kmh", 40, 60);
  // Peak of the working day over capacity: most links keep room, a few are full.
  const busy = uniform(keyOf(seed, "busy", station.id), 0);
  const peak = capacity * (busy < 0.15 ? 0.88 + 0.6 * busy : 0.48 + 0.3 * busy);
  const motoPeak = Math.min(6500, (0.46 * peak) / (tables.pcu["moto"] ?? 0.3));
  const carPeak = Math.min(2200, 0.42 * peak);
  const base = {
    moto: (motoPeak / 2.15) * settings.number(station, "motorcycles", 1),
    car: carPeak / 2.15,
    bus: Math.max(4, (0.03 * peak) / 2 / 2.15),
    truck: Math.max(6, ((0.06 * peak) / 2.5 / 1.3) * settings.number(station, "trucks", 1)),
  };
  const centre = site(subject, "centre") || settings.number(station, "trucks", 1) === 1;
  const bridge = site(subject, "bridge");
  const newYear = newYearWeek(world);
  const dayFactor = keyOf(seed, "traffic-day", station.id);
  const slow = new AutoRegression(keyOf(seed, "traffic", station.id), 0.8, 0.05, hourMs);
  const incident = keyOf(seed, "incident", station.id);
  const noise = {
    moto: measuringNoise(subject, "moto"),
    car: measuringNoise(subject, "car"),
    bus: measuringNoise(subject, "bus"),
    truck: measuringNoise(subject, "truck"),
    speed: measuringNoise(subject, "speed"),
  };
  const shape = (time: number): number => {
    const day = calendar.day(time);
    const shapes = parameters.shapes;
    const v = calendar.isWeekend(day) ? shapes["traffic-weekend"].v : shapes["traffic-weekday"].v;
    const hour = calendar.hour(time);
    const month = calendar.month(day);
    // Evenings of the fireworks festival (Saturdays of June and July) draw the city to the bridges.
    const festival = bridge && (month === 5 || month === 6) && calendar.weekday(day) === 6 && hour >= 18 ? 1.6 : 1;
    const today = 1 + 0.08 * (uniform(dayFactor, day) - 0.5);
    return shapeAt(v, hour) * festival * newYear(day) * today * Math.exp(slow.at(time));
  };
  const wet = (time: number): number => (world.rainRate(item, time) > 10 ? 1 : 0);
  /** Share of the road that stays open: an accident closes half of it for 20 to 60 minutes, one in ten most of it. */
  const open = (time: number): number => {
    const day = calendar.day(time);
    if (uniform(incident, day) > 0.012) return 1;
    const start = calendar.startOfDay(day) + (6 + 14 * uniform(incident + 1, day)) * hourMs;
    const length = (20 + 40 * uniform(incident + 2, day)) * minuteMs;
    const left = uniform(incident + 3, day) < 0.1 ? 0.32 : 0.5;
    return time >= start && time < start + length ? left : 1;
  };
  const trucksAllowed = (time: number): number => {
    if (!centre) return 1;
    const hour = calendar.hour(time);
    const banned = (hour >= 6 && hour < 8.5) || (hour >= 16 && hour < 19);
    return banned ? 0.06 : 1;
  };
  type Vehicle = keyof typeof base;
  const perHour = (vehicle: Vehicle, time: number): number => {
    const daily = shape(time);
    const rain = 1 - 0.15 * wet(time);
    if (vehicle === "truck") return base.truck * (0.5 + 0.5 * Math.min(1.3, daily)) * trucksAllowed(time) * rain;
    const passing = open(time) < 1 ? 0.45 : 1;
    return base[vehicle] * daily * rain * passing;
  };
  const ratio = (time: number): number => {
    let pcu = 0;
    for (const vehicle of ["moto", "car", "bus", "truck"] as const) {
      pcu += perHour(vehicle, time) * (tables.pcu[vehicle] ?? 1);
    }
    const share = open(time);
    // Behind an accident the demand stays while the road does not.
    return share < 1 ? Math.max(share < 0.5 ? 1.9 : 1.65, pcu / 0.45 / (capacity * share)) : pcu / capacity;
  };
  const speed = (time: number): number => {
    const vc = ratio(time);
    return ((freeFlow * 0.95) / (1 + 0.15 * vc ** 4)) * (1 - 0.2 * wet(time));
  };
  const count =
    (vehicle: Vehicle, most: number) =>
    (time: number, periodMs: number): number => {
      const expected = (perHour(vehicle, middleOf(time, periodMs)) * periodMs) / hourMs;
      return Math.round(clamp(expected + Math.sqrt(expected) * noise[vehicle](time), 0, most));
    };
  return {
    moto: count("moto", 1990),
    car: count("car", 790),
    bus: count("bus", 98),
    truck: count("truck", 195),
    speed: (time, periodMs) => clamp(speed(middleOf(time, periodMs)) * (1 + 0.03 * noise.speed(time)), 2, 120),
    occupancy: (time, periodMs) => {
      const at = middleOf(time, periodMs);
      return clamp(((26 * ratio(at) * freeFlow) / Math.max(5, speed(at))) * (1 + 0.05 * noise.speed(time)), 0, 96);
    },
  };
};

export const parking: KindModel = (subject) => {
  const { world, station } = subject;
  const { calendar, parameters } = world;
  const capacity = Math.round(world.settings.drawn(station, "capacity", 30, 600));
  const tourist = site(subject, "tourist");
  const slow = new AutoRegression(keyOf(world.seed, "parking", station.id), 0.85, 0.09, hourMs);
  const noise = measuringNoise(subject, "parking");
  return {
    occupied: (time) => {
      const day = calendar.day(time);
      const month = calendar.month(day);
      const busy = tourist && (calendar.isWeekend(day) || (month >= 3 && month <= 7)) ? 1.4 : 1;
      const rain = tourist ? 1 - 0.4 * Math.min(1, world.rainRate(subject.item, time) / 8) : 1;
      const share = 0.5 * shapeAt(parameters.shapes.parking.v, calendar.hour(time)) * busy * rain;
      return Math.round(clamp(capacity * share * Math.exp(slow.at(time)) + 0.8 * noise(time), 0, capacity));
    },
  };
};
