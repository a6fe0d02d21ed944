import type { Station } from "@ioc/contracts";
import type { SimulatorParameters } from "./parameters.ts";
import { keyOf, uniform } from "./random/keyed.ts";

/**
 * Settings of a station: its attribute in the pack, else the pack's model for the site, else a keyed draw or a default.
 */
export class Settings {
  readonly #sites: SimulatorParameters["model"]["sites"];
  readonly #seed: number;

  constructor(parameters: SimulatorParameters, seed: number) {
    this.#sites = parameters.model.sites;
    this.#seed = seed;
  }

  number(station: Station, name: string, fallback: number): number {
    const value = this.#value(station, name);
    return typeof value === "number" ? value : fallback;
  }

  /** Like {@link number}; without one, the same random number of [low, high) for ever. */
  drawn(station: Station, name: string, low: number, high: number): number {
    return this.number(station, name, low + (high - low) * uniform(keyOf(this.#seed, "setting", name, station.id), 0));
  }

  text(station: Station, name: string, fallback: string): string {
    const value = this.#value(station, name);
    return typeof value === "string" ? value : fallback;
  }

  #value(station: Station, name: string): string | number | boolean | undefined {
    return station.attributes[name] ?? this.#sites[station.id]?.[name];
  }
}
