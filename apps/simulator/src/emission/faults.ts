import { gaussian, keyOf, uniform } from "../random/keyed.ts";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";
import type { Driver } from "./driver.ts";

/**
 * `offline` and `gap`: readings are never sent. `late`: the station restarts and delivers its buffer afterwards.
 * `frozen`: it repeats the values of the beginning. `skew`: its clock is some minutes off.
 */
export type FaultKind = "offline" | "gap" | "late" | "frozen" | "skew";

interface Fault {
  kind: FaultKind;
  start: number;
  end: number;
  /** For `skew`: how much its labels are off, ms. */
  skewMs: number;
}

/** Chance a station-day and length in hours; together about 2.5 % of the stations have one at any time. */
const rates: Record<FaultKind, { chance: number; shortest: number; longest: number }> = {
  offline: { chance: 0.011, shortest: 3, longest: 42 },
  gap: { chance: 0.03, shortest: 0.3, longest: 2 },
  late: { chance: 0.02, shortest: 0.3, longest: 2.5 },
  frozen: { chance: 0.003, shortest: 6, longest: 30 },
  skew: { chance: 0.004, shortest: 24, longest: 70 },
};
const kinds = Object.keys(rates) as FaultKind[];
const longestDays = 4;
/** One reading in so many is a spike. */
const spikeOneIn = 9000;
/** One live reading in so many is delivered twice. */
const duplicateOneIn = 3000;

/** What goes wrong with stations, drawn by key. */
export class Faults {
  readonly #world: World;
  readonly #on: boolean;
  readonly #keys: Record<FaultKind, number>[];
  readonly #missingDay: number[];
  readonly #cache: { day: number; faults: Fault[] }[];

  /** With `on` false every station is healthy: nothing is lost, late, frozen, doubled or off. */
  constructor(world: World, on = true) {
    this.#on = on;
    this.#world = world;
    this.#keys = world.stations.map((station) => {
      const key = (kind: FaultKind): number => keyOf(world.seed, "fault", kind, station.id);
      return { offline: key("offline"), gap: key("gap"), late: key("late"), frozen: key("frozen"), skew: key("skew") };
    });
    this.#missingDay = world.stations.map((station) => keyOf(world.seed, "missing-day", station.id));
    this.#cache = world.stations.map(() => ({ day: Number.NaN, faults: [] }));
  }

  /** The fault that a station has at an instant; the gravest when there are several. */
  at(item: number, time: number): Fault | null {
    if (!this.#on) return null;
    const cache = this.#cache[item];
    if (!cache) return null;
    const day = Math.floor(time / dayMs);
    if (cache.day !== day) {
      cache.day = day;
      cache.faults = this.#around(item, day);
    }
    for (const fault of cache.faults) if (time >= fault.start && time < fault.end) return fault;
    return null;
  }

  /** Value with what a broken sensor makes of it: one reading in thousands jumps by three steps. */
  spiked(driver: Driver, time: number, value: number): number {
    if (!this.#on || driver.maxStep === null || driver.kind === "total" || driver.kind === "state") return value;
    const second = Math.floor(time / 1000);
    if (uniform(driver.key, second) * spikeOneIn >= 1) return value;
    return value + Math.sign(gaussian(driver.key + 1, second) || 1) * 3 * driver.maxStep;
  }

  isDuplicated(driver: Driver, time: number): boolean {
    return this.#on && uniform(driver.key + 2, Math.floor(time / 1000)) * duplicateOneIn < 1;
  }

  #around(item: number, day: number): Fault[] {
    const keys = this.#keys[item];
    if (!keys) return [];
    const faults: Fault[] = [];
    for (const kind of kinds) {
      const { chance, shortest, longest } = rates[kind];
      for (let d = day - longestDays; d <= day; d += 1) {
        if (uniform(keys[kind], d) >= chance) continue;
        const start = d * dayMs + uniform(keys[kind] + 1, d) * dayMs;
        const length = (shortest + (longest - shortest) * uniform(keys[kind] + 2, d)) * hourMs;
        const off = (uniform(keys[kind] + 3, d) - 0.6) * 15;
        const skewMs = Math.round((off + 2 * Math.sign(off)) * 60) * (minuteMs / 60);
        faults.push({ kind, start, end: start + length, skewMs: kind === "skew" ? skewMs : 0 });
      }
    }
    if (this.#world.stations[item]?.kind === "rain-gauge") faults.push(...this.#missingDays(item, day));
    return faults;
  }

  /** Rain gauges miss one day in 300, one in 20 during great rains. */
  #missingDays(item: number, day: number): Fault[] {
    const start = day * dayMs;
    const chance = this.#world.rainField.isEvent(start + dayMs / 2) ? 1 / 20 : 1 / 300;
    if (uniform(this.#missingDay[item] ?? 0, day) >= chance) return [];
    return [{ kind: "offline", start, end: start + dayMs, skewMs: 0 }];
  }
}
