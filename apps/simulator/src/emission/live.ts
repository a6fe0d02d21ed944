import type { Influence } from "../scenarios/influence.ts";
import type { World } from "../world/world.ts";
import type { Driver } from "./driver.ts";
import { labelAtOrBefore, sampledPeriod } from "./driver.ts";
import type { Faults } from "./faults.ts";
import { observationText, prefixOf } from "./text.ts";

/** Most readings that a silent station keeps for later. */
const keptByStation = 20_000;

export interface LiveOptions {
  world: World;
  drivers: readonly Driver[];
  faults: Faults;
  /** City time at the start: the last reading of every datastream up to it goes out first. */
  start: number;
  /** Times the period of non-total properties is shortened. */
  sampling: number;
  /** Newest label that the server has; earlier ones are not sent again. */
  haveTo: number | null;
}

/** Readings as city time passes. Gives each label out once; silent stations deliver theirs when they are back. */
export class Live {
  readonly #world: World;
  readonly #influence: Influence;
  readonly #drivers: readonly Driver[];
  readonly #faults: Faults;
  readonly #prefixes: string[];
  readonly #periods: Float64Array;
  readonly #next: Float64Array;
  readonly #first: Float64Array;
  readonly #held = new Map<number, string[]>();

  constructor(options: LiveOptions) {
    const { drivers, start, sampling, haveTo } = options;
    this.#world = options.world;
    this.#influence = options.world.influence;
    this.#drivers = drivers;
    this.#faults = options.faults;
    this.#prefixes = drivers.map((driver) => prefixOf(driver.id));
    this.#periods = Float64Array.from(drivers, (driver) => sampledPeriod(driver, sampling));
    this.#first = Float64Array.from(drivers, (driver, i) => labelAtOrBefore(driver, this.#periods[i] ?? 1, start));
    this.#next = this.#first.map((label, i) =>
      haveTo !== null && label <= haveTo ? label + (this.#periods[i] ?? 0) : label,
    );
  }

  /** First label of a driver (by its place in the list) that live readings answer for. */
  firstLabel(index: number): number {
    return this.#first[index] ?? 0;
  }

  /** Observations (JSON texts) that arrive up to `now`. */
  collect(now: number): string[] {
    this.#world.advance(now);
    const lines: string[] = [];
    for (const [i, driver] of this.#drivers.entries()) {
      const period = this.#periods[i] ?? 0;
      let label = this.#next[i] ?? 0;
      for (; label <= now; label += period) this.#emit(driver, i, label, period, lines);
      this.#next[i] = label;
    }
    this.#deliverHeld(now, lines);
    return lines;
  }

  #emit(driver: Driver, index: number, label: number, period: number, lines: string[]): void {
    const fault = this.#faults.at(driver.item, label);
    const station = this.#world.stations[driver.item];
    const silence = this.#influence.any && station ? this.#influence.silence(label, driver.item, station) : null;
    if (silence === "lost" || fault?.kind === "offline" || fault?.kind === "gap") return;
    const frozen = fault?.kind === "frozen" && driver.property !== "heartbeat";
    const asked = frozen ? labelAtOrBefore(driver, period, fault.start) : label;
    const value = this.#faults.spiked(driver, asked, driver.sample(asked, period));
    if (Number.isNaN(value)) return;
    const shown = fault?.kind === "skew" ? label + fault.skewMs : label;
    const text = observationText(this.#prefixes[index] ?? "", shown, value, driver.decimals);
    if (silence === "late" || fault?.kind === "late") {
      const held = this.#held.get(driver.item) ?? [];
      if (held.length < keptByStation) held.push(text);
      this.#held.set(driver.item, held);
      return;
    }
    lines.push(text);
    if (this.#faults.isDuplicated(driver, label)) lines.push(text);
  }

  #deliverHeld(now: number, lines: string[]): void {
    for (const [item, held] of this.#held) {
      const station = this.#world.stations[item];
      const silent = station !== undefined && this.#influence.silence(now, item, station) !== null;
      if (silent || this.#faults.at(item, now)?.kind === "late") continue;
      for (const text of held) lines.push(text);
      this.#held.delete(item);
    }
  }
}
