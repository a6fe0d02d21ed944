import type { Station } from "@ioc/contracts";
import { keyOf, uniform } from "../random/keyed.ts";
import type { Influence } from "../scenarios/influence.ts";
import type { Settings } from "../settings.ts";
import { nearest } from "./geometry.ts";
import { StateSeries, stepMs } from "./state-series.ts";
import { clamp } from "./weather.ts";

interface Lake {
  normal: number;
  spill: number;
  /** Water that reaches the lake for each mm of rain, in m of level. */
  risePerMm: number;
  areaM2: number;
}
interface Pump {
  installed: number;
  /** One pump's output, m3 per step. */
  output: number;
  sumpM2: number;
  /** m3 per mm of rain that reach the sump. */
  m3PerMm: number;
  /** Sewage that seeps in without rain, m3 per step. */
  dryInflow: number;
  lake: number;
}

const firstStart = 1;
const startStep = 0.3;
const stopLevel = 0.5;
/** One pump in twelve is under repair. */
const brokenShare = 1 / 12;

/** Regulating lakes and storm-water pumps of the city. */
export class Drainage {
  readonly lakes: readonly Station[];
  readonly pumps: readonly Station[];
  readonly lakeLevel: StateSeries;
  readonly gate: StateSeries;
  readonly sump: StateSeries;
  readonly running: StateSeries;
  readonly ready: StateSeries;
  readonly power: StateSeries;
  readonly #lakes: Lake[];
  readonly #pumps: Pump[];
  readonly #influence: Influence;
  readonly #seed: number;

  constructor(
    lakes: readonly Station[],
    pumps: readonly Station[],
    settings: Settings,
    influence: Influence,
    seed: number,
    capacity: number,
  ) {
    this.lakes = lakes;
    this.pumps = pumps;
    this.#influence = influence;
    this.#seed = seed;
    this.#lakes = lakes.map((station) => {
      const areaM2 = settings.drawn(station, "area_m2", 8000, 120_000);
      const catchmentM2 = areaM2 * settings.drawn(station, "catchment_ratio", 7, 13);
      return {
        areaM2,
        normal: settings.number(station, "normal_level_m", 1.2),
        spill: settings.number(station, "spill_level_m", 2.5),
        risePerMm: (0.7 * catchmentM2) / areaM2 / 1000,
      };
    });
    this.#pumps = pumps.map((station) => {
      const installed = Math.round(settings.drawn(station, "pumps", 2, 6));
      const capacityM3 = settings.drawn(station, "capacity_m3_h", 3000, 20_000);
      const lake = nearest(station, lakes, 1.2);
      return {
        installed,
        output: capacityM3 / installed / 12,
        sumpM2: capacityM3 / 14,
        m3PerMm: capacityM3 / 32,
        dryInflow: capacityM3 * 0.0007,
        lake: lake ? lakes.indexOf(lake) : -1,
      };
    });
    this.lakeLevel = new StateSeries(lakes.length, capacity);
    this.gate = new StateSeries(lakes.length, capacity);
    this.sump = new StateSeries(pumps.length, capacity);
    this.running = new StateSeries(pumps.length, capacity);
    this.ready = new StateSeries(pumps.length, capacity);
    this.power = new StateSeries(pumps.length, capacity);
    this.#lakes.forEach((lake, i) => this.lakeLevel.fill(i, lake.normal));
    pumps.forEach((_, i) => this.sump.fill(i, stopLevel + 0.4 * uniform(keyOf(seed, "sump"), i)));
  }

  /** Take the step that ends at `step`; rain in mm/h at the i-th lake and pump, `sea` height of the sea about its mean. */
  step(step: number, rain: { lake: (i: number) => number; pump: (i: number) => number }, sea: number): void {
    this.#pumps.forEach((pump, i) => this.#stepPump(pump, i, step, rain.pump(i)));
    this.#lakes.forEach((lake, i) => {
      const before = this.lakeLevel.get(i, step - 1);
      let level = before + (rain.lake(i) / 12) * lake.risePerMm;
      this.#pumps.forEach((pump, p) => {
        if (pump.lake === i && level > lake.normal - 0.1) {
          level -= (this.running.get(p, step) * pump.output * 0.5) / lake.areaM2;
        }
      });
      // The gate drains to the river while the sea is low, and holds the normal level.
      const gate = level > lake.normal + 0.03 && sea < 0.25 ? clamp((level - lake.normal) * 160, 10, 100) : 0;
      level -= (gate / 100) * 0.0125;
      level += (lake.normal - level) * 0.0004;
      if (level > lake.spill) level -= (level - lake.spill) * 0.4;
      this.lakeLevel.set(i, step, level);
      this.gate.set(i, step, Math.round(gate / 5) * 5);
    });
  }

  /** 0 when a lake has room, 1 when it is about to overflow. */
  lakeFull(index: number, step: number): number {
    const lake = this.#lakes[index];
    return lake ? clamp((this.lakeLevel.get(index, step) - (lake.spill - 0.5)) / 0.5, 0, 1) : 0;
  }

  /** Share of the installed pumps that can run at a step. */
  readyShare(index: number, step: number): number {
    const installed = this.#pumps[index]?.installed ?? 1;
    return (this.power.get(index, step) * this.ready.get(index, step)) / installed;
  }

  #stepPump(pump: Pump, i: number, step: number, rain: number): void {
    const station = this.pumps[i];
    if (!station) return;
    const time = step * stepMs;
    const week = Math.floor(step / (12 * 24 * 10));
    let ready = 0;
    for (let unit = 0; unit < pump.installed; unit += 1) {
      if (uniform(keyOf(this.#seed, "pump", station.id, unit), week) >= brokenShare) ready += 1;
    }
    ready = Math.max(1, ready);
    // In a storm the mains fail here and there: one chance in twenty for every six hours of pouring rain.
    const block = Math.floor(step / 72);
    const cutAt = (at: number): boolean => this.#influence.any && this.#influence.powerCut(at, station);
    // They stay away for the rest of the six hours; a cut that a scenario made ends with the scenario's.
    const away = this.power.get(i, step - 1) === 0 && step % 72 !== 0 && !cutAt(time - stepMs);
    const failed = (rain > 25 || away) && uniform(keyOf(this.#seed, "pump-mains", station.id), block) < 0.05;
    const power = failed || cutAt(time) ? 0 : 1;
    const before = this.sump.get(i, step - 1);
    const inflow = pump.dryInflow + (rain / 12) * pump.m3PerMm;
    const rising = before + inflow / pump.sumpM2;
    let running = this.running.get(i, step - 1);
    if (before <= stopLevel) running = 0;
    for (let unit = 0; unit < ready; unit += 1) {
      if (rising >= firstStart + unit * startStep) running = Math.max(running, unit + 1);
    }
    running = power === 1 ? Math.min(running, ready) : 0;
    const level = before + (inflow - running * pump.output) / pump.sumpM2;
    this.sump.set(i, step, clamp(level, 0.35, 4.5));
    this.running.set(i, step, running);
    this.ready.set(i, step, ready);
    this.power.set(i, step, power);
  }
}
