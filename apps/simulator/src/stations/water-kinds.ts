import { AutoRegression } from "../random/auto-regression.ts";
import { keyOf, uniform } from "../random/keyed.ts";
import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { nearest } from "../world/geometry.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { KindModel, Subject } from "./sampler.ts";
import { measuringNoise, middleOf } from "./sampler.ts";

export const streetFlood: KindModel = (subject) => {
  const { world, station, index } = subject;
  const offset = world.settings.drawn(station, "dry_offset_m", 0, 0.03);
  const noise = measuringNoise(subject, "depth");
  return {
    depth: (time) => {
      const depth = world.floods.streetDepth(index, time);
      return clamp(depth + offset + 0.003 * noise(time), -0.02, 1.55);
    },
  };
};

export const floodTower: KindModel = (subject) => {
  const noise = measuringNoise(subject, "depth");
  return {
    depth: (time) => {
      const depth = subject.world.floods.towerDepth.at(subject.index, time);
      return clamp(depth + 0.004 * noise(time), -0.02, 3.15);
    },
  };
};

export const riverLevel: KindModel = (subject) => {
  const { rivers } = subject.world;
  const { index } = subject;
  const noise = measuringNoise(subject, "level");
  const rated = (rivers.gauges[index]?.model.coefficient ?? 0) > 0;
  return {
    level: (time) => clamp(rivers.level.at(index, time) + 0.008 * noise(time), -1.9, 39),
    discharge: rated ? (time) => clamp(rivers.discharge.at(index, time), 0, 19_000) : () => Number.NaN,
  };
};

export const reservoir: KindModel = (subject) => {
  const { reservoirs } = subject.world;
  const { index } = subject;
  const noise = measuringNoise(subject, "inflow");
  return {
    level: (time) => clamp(reservoirs.level.at(index, time), 0, 690),
    inflow: (time, periodMs) =>
      clamp(reservoirs.inflow.at(index, middleOf(time, periodMs)) * (1 + 0.04 * noise(time)), 0, 19_000),
    outflow_turbine: (time, periodMs) =>
      clamp(reservoirs.turbine.at(index, middleOf(time, periodMs)) * (1 + 0.015 * noise(time + 9000)), 0, 990),
    outflow_spill: (time, periodMs) => clamp(reservoirs.spill.at(index, middleOf(time, periodMs)), 0, 19_000),
  };
};

/** Sea temperature near the coast, Cel. */
function seaTemperature({ world }: Subject): (time: number) => number {
  const slow = new AutoRegression(keyOf(world.seed, "sea-temp"), 0.97, 0.5, 6 * hourMs);
  return (time) => {
    const day = world.calendar.day(time);
    const daily = 0.25 * Math.sin(((world.calendar.hour(time) - 9) / 12) * Math.PI);
    return world.calendar.seasonal(world.parameters.climate.sea_temp_cel, day) + slow.at(time) + daily;
  };
}

export const tideGauge: KindModel = (subject) => {
  const { world, site } = subject;
  const { tide } = world;
  const noise = measuringNoise(subject, "tide");
  const temperature = seaTemperature(subject);
  return {
    level: (time) => clamp(tide.mean + tide.anomaly(time) + world.surge(time, site) + 0.008 * noise(time), -0.9, 3.9),
    sea_temp: (time) => temperature(time) + 0.05 * noise(time + 7000),
  };
};

const waveMonth = [1.1, 0.9, 0.7, 0.5, 0.45, 0.45, 0.45, 0.5, 0.7, 1.1, 1.4, 1.4];

export const seaState: KindModel = (subject) => {
  const { world, station, site } = subject;
  const sea = new AutoRegression(keyOf(world.seed, "waves"), 0.97, 0.22, hourMs);
  const factor = world.settings.number(station, "wave_factor", 1);
  const noise = measuringNoise(subject, "sea");
  const temperature = seaTemperature(subject);
  const height = (time: number): number => {
    const base = world.calendar.seasonal(waveMonth, world.calendar.day(time));
    const surge = (world.weather.monsoonSurge(time) - 1) / 0.35;
    const storm = world.influence.any ? world.influence.waves(time, site) : 0;
    return factor * (base * Math.exp(sea.at(time) - 0.25) + 0.85 * surge + storm);
  };
  return {
    hs: (time, periodMs) => clamp(height(middleOf(time, periodMs)) * (1 + 0.04 * noise(time)), 0.1, 11.5),
    tp: (time, periodMs) => clamp(4.2 + 2.6 * Math.sqrt(height(middleOf(time, periodMs))) + 0.3 * noise(time), 2, 20),
    current: (time, periodMs) =>
      clamp(0.15 + 0.18 * height(middleOf(time, periodMs)) + 0.02 * noise(time + 3000), 0, 2.9),
    sea_temp: (time, periodMs) => temperature(middleOf(time, periodMs)) + 0.05 * noise(time + 7000),
  };
};

const saltMonth = [0, 0.2, 0.4, 0.5, 0.6, 0.6, 0.6, 0.5, -0.2, -0.8, -0.8, -0.4];

/** log10 of the salinity in mg/L near the Cau Do intake; other places differ by an offset. */
function logSalinity(subject: Subject): (time: number) => number {
  const { world } = subject;
  const weir = world.stations.filter((s) => s.kind === "river-level" && /weir/i.test(s.name.en))[0];
  const gauge = world.rivers.gauges.findIndex((g) => g.station.id === weir?.id);
  const slow = new AutoRegression(keyOf(world.seed, "salinity"), 0.9, 0.15, hourMs);
  return (time) => {
    const season = world.calendar.seasonal(saltMonth, world.calendar.day(time));
    const fresh = gauge < 0 ? 2 : world.rivers.level.at(gauge, time);
    const tide = world.tide.anomaly(time) + world.surge(time, subject.site) - 0.1;
    // A river in flood washes the salt out, which the low-flow formula does not know.
    const flush = Math.max(0, fresh - 2.3) * 0.9;
    return 1.9 + 1.4 * tide + 1.1 * Math.max(0, 1.9 - fresh) + season + slow.at(time) - flush;
  };
}

export const salinity: KindModel = (subject) => {
  const { world, station } = subject;
  const log = logSalinity(subject);
  const offset = world.settings.number(station, "log10_offset", 0);
  const gauge = nearest(station, world.rivers.gauges);
  const noise = measuringNoise(subject, "salt");
  return {
    salinity: (time) => Math.min(34_000, Math.max(14, 10 ** (log(time) + offset)) * (1 + 0.04 * noise(time))),
    level: (time) => (gauge ? clamp(world.rivers.level.at(gauge.index, time) + 0.01 * noise(time), -1.9, 7.9) : 0),
  };
};

export const waterQuality: KindModel = (subject) => {
  const { world, station, item, site } = subject;
  const { settings, calendar } = world;
  const lake = /lake|park/i.test(station.name.en);
  const doBase = settings.number(station, "do_base", lake ? 5 : 6.4);
  const codBase = settings.number(station, "cod_base", 9);
  const nh4Base = settings.number(station, "nh4_base", 0.25);
  const tidal = settings.number(station, "tidal", 0);
  const slow = (name: string, sigma: number): AutoRegression =>
    new AutoRegression(keyOf(world.seed, "water", name, station.id), 0.95, sigma, hourMs);
  const oxygen = slow("do", 0.25);
  const dirt = slow("dirt", 0.16);
  const acid = slow("ph", 0.1);
  const salt = logSalinity(subject);
  const noise = measuringNoise(subject, "water");
  const gauge = nearest(station, lake ? [] : world.rivers.gauges, 15);
  /** 0 clear .. 1 flood water. */
  const flood = (time: number): number => {
    const rain = world.rainOver(item, time, dayMs) / 180;
    const river = gauge?.floodFrom ? (world.rivers.level.at(gauge.index, time) - (gauge.floodFrom - 1.2)) / 1.2 : 0;
    return clamp(Math.max(rain, river), 0, 1);
  };
  const turbidity = (time: number): number =>
    14 * (1 + 18 * flood(time)) * Math.exp(2 * dirt.at(time)) * (1 + 0.05 * noise(time));
  return {
    temp: (time) => {
      const day = calendar.day(time);
      const mean = calendar.seasonal(world.parameters.climate.temp_mean_cel, day);
      return clamp(mean + 0.6 * (world.weather.temperature(time - 3 * hourMs, site) - mean) + 0.8, 11, 38);
    },
    ph: (time) => clamp(7.2 + acid.at(time) + 0.02 * noise(time), 5.8, 9),
    do: (time) => {
      const daily = 0.6 * Math.cos(((calendar.hour(time) - 15) / 12) * Math.PI);
      return clamp(doBase + daily + oxygen.at(time) + 0.05 * noise(time), 0.3, 12);
    },
    turbidity: (time) => clamp(turbidity(time), 1, 3500),
    ec: (time) => clamp(130 + (tidal > 0 ? tidal * 10 ** (salt(time) + 0.9) * 1.6 : 0) + 3 * noise(time), 40, 55_000),
    tss: (time) => clamp(0.9 * turbidity(time) + 2, 1, 2800),
    cod: (time) => clamp(codBase * Math.exp(dirt.at(time)) + 8 * flood(time), 2, 480),
    nh4_n: (time) => clamp(nh4Base * Math.exp(1.2 * dirt.at(time)), 0.02, 45),
  };
};

export const drinkingWater: KindModel = (subject) => {
  const { world, station } = subject;
  const { settings, calendar, parameters } = world;
  const plant = parameters.model.sites[station.id]?.["plant"] === true || /plant/i.test(station.name.en);
  const flow = settings.drawn(station, "flow_m3_h", 40, 120);
  const noise = measuringNoise(subject, "supply");
  const slow = keyOf(world.seed, "demand", station.id);
  const chlorine = new AutoRegression(keyOf(world.seed, "chlorine", station.id), 0.9, 0.045, hourMs);
  const leak = keyOf(world.seed, "leak", station.id);
  const demand = (time: number): number => {
    const factor = shapeAt(parameters.shapes["water-demand"].v, calendar.hour(time));
    return 1 + (factor - 1) * (plant ? 0.45 : 1);
  };
  /** A slow leak in the network: extra flow for 3 to 8 days, about once in four months at a point. */
  const leaking = (time: number): number => (plant ? 0 : world.weather.spell(time, leak, 1 / 120, 3, 8, () => true));
  /** A burst pipe, about once in ten years at a point: more flow, and pressure that falls with it. */
  const burst = keyOf(world.seed, "burst", station.id);
  const bursting = (time: number): number => (plant ? 0 : world.weather.spell(time, burst, 1 / 3650, 2, 4, () => true));
  return {
    flow: (time, periodMs) => {
      const at = middleOf(time, periodMs);
      const slowly = 1 + 0.03 * smooth(slow, at, 2 * hourMs) + 0.015 * noise(time);
      return clamp(flow * (demand(at) * slowly + 0.25 * leaking(at) + 0.5 * bursting(at)), 0, 19_500);
    },
    pressure: (time, periodMs) => {
      const at = middleOf(time, periodMs);
      const high = plant ? 4.2 - 0.5 * (demand(at) - 1) : 2.5 - 0.8 * (demand(at) - 1);
      return clamp(high - 0.2 * leaking(at) - 0.6 * bursting(at) + 0.04 * noise(time + 5000), 0.2, 11);
    },
    turbidity: (time) => clamp(0.4 * Math.exp(0.2 * smooth(slow + 9, time, 3 * hourMs)), 0.05, 90),
    free_chlorine: (time) => clamp(0.5 + chlorine.at(time) + 0.015 * noise(time), 0.05, 4.5),
    ph: (time) => clamp(7.2 + 0.08 * smooth(slow + 17, time, 6 * hourMs) + 0.02 * noise(time + 11_000), 6.5, 8.3),
  };
};

export const wastewater: KindModel = (subject) => {
  const { world, station, item } = subject;
  const { settings, calendar, parameters } = world;
  const flow = settings.drawn(station, "flow_m3_h", 200, 1500);
  const load = settings.number(station, "load", 1);
  const noise = measuringNoise(subject, "effluent");
  const upset = keyOf(world.seed, "upset", station.id);
  const slow = (name: string): AutoRegression =>
    new AutoRegression(keyOf(world.seed, name, station.id), 0.92, 0.2, hourMs);
  const organic = slow("effluent-cod");
  const solids = slow("effluent-tss");
  const ammonia = slow("effluent-nh4");
  /** Upsets of the heavily loaded plants: 2-3 a month, 4-8 h. */
  const upsetting = (time: number): number => {
    if (load < 1.5) return 1;
    for (const day of [calendar.day(time), calendar.day(time) - 1]) {
      if (uniform(upset, day) > 2.5 / 30) continue;
      const start = calendar.startOfDay(day) + uniform(upset + 1, day) * dayMs;
      const length = (4 + 4 * uniform(upset + 2, day)) * hourMs;
      if (time >= start && time < start + length) return 2;
    }
    return 1;
  };
  return {
    flow: (time, periodMs) => {
      const at = middleOf(time, periodMs);
      const shape = 1 + 0.7 * (shapeAt(parameters.shapes["water-demand"].v, calendar.hour(at - 2 * hourMs)) - 1);
      const rain = Math.min(0.9, world.rainOver(item, at, 6 * hourMs) * 0.012);
      return clamp(flow * (shape + rain) * (1 + 0.03 * noise(time)), 0, 9800);
    },
    ph: (time) => clamp(7.1 + 0.15 * organic.at(time - 30 * minuteMs) + 0.03 * noise(time), 5.5, 8.9),
    cod: (time) => clamp(45 * load * upsetting(time) * Math.exp(organic.at(time)), 5, 1900),
    tss: (time) => clamp(25 * load * upsetting(time) * Math.exp(solids.at(time)), 2, 1900),
    nh4_n: (time) => clamp(4.2 * load * upsetting(time) * Math.exp(ammonia.at(time)), 0.1, 190),
  };
};

export const pumpStation: KindModel = ({ world, index }) => {
  const { drainage } = world;
  return {
    pumps_running: (time) => drainage.running.held(index, time),
    pumps_ready: (time) => drainage.ready.held(index, time),
    sump_level: (time) => drainage.sump.at(index, time),
    power_ok: (time) => drainage.power.held(index, time),
  };
};

export const lakeLevel: KindModel = (subject) => {
  const { drainage } = subject.world;
  const noise = measuringNoise(subject, "lake");
  return {
    level: (time) => clamp(drainage.lakeLevel.at(subject.index, time) + 0.004 * noise(time), -0.9, 5.9),
    gate_open: (time) => drainage.gate.held(subject.index, time),
  };
};
