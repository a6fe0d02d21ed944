import type { Network, Station } from "@ioc/contracts";
import type { ReferenceTables, SimulatorParameters } from "../parameters.ts";
import { readParameters, readReference } from "../parameters.ts";
import { AutoRegression } from "../random/auto-regression.ts";
import { keyOf } from "../random/keyed.ts";
import { Influence } from "../scenarios/influence.ts";
import { Settings } from "../settings.ts";
import { Calendar, dayMs, hourMs } from "./calendar.ts";
import { Drainage } from "./drainage.ts";
import { Floods } from "./floods.ts";
import { RainField } from "./rain-field.ts";
import { Reservoirs } from "./reservoirs.ts";
import { Rivers } from "./rivers.ts";
import { Slopes } from "./slopes.ts";
import { StateSeries, stepMs } from "./state-series.ts";
import { Tide } from "./tide.ts";
import type { Site } from "./weather.ts";
import { Weather } from "./weather.ts";

export interface WorldOptions {
  network: Network;
  reference: Readonly<Record<string, unknown>>;
  /** The pack's `simulator` section. */
  simulator: unknown;
  seed: number;
  /** Earliest instant that will be asked for, ms. The world runs at least 15 days before it. */
  from: number;
  /** How long the past stays readable, ms. Default: from `from` on, and never less than ten days; sums over the week before stay possible. */
  keepMs?: number;
}

const warmUpMs = 15 * dayMs;
/** The world begins on a grid of 16 days, so that starts close to each other share every step. */
const beginGridMs = 16 * dayMs;

/**
 * The physical city: weather, rain, streets, rivers, reservoirs, sea, slopes. Deterministic: the same network, seed and
 * time give the same world, whatever the steps in which {@link World.advance} is called.
 */
export class World {
  readonly seed: number;
  readonly network: Network;
  readonly stations: readonly Station[];
  readonly parameters: SimulatorParameters;
  readonly tables: ReferenceTables;
  readonly settings: Settings;
  readonly calendar: Calendar;
  readonly influence: Influence;
  readonly rainField: RainField;
  readonly weather: Weather;
  readonly tide: Tide;
  readonly reservoirs: Reservoirs;
  readonly rivers: Rivers;
  readonly drainage: Drainage;
  readonly floods: Floods;
  readonly slopes: Slopes;
  readonly sites: readonly Site[];
  /** Rain since the world began at each station, mm. */
  readonly rainSum: StateSeries;
  /** Rain over the region, mm/h in the plain. */
  readonly regionalRain: StateSeries;
  readonly #surge: AutoRegression;
  readonly #orography: Float64Array;
  readonly #rainTotal: Float64Array;
  readonly #rain: Float64Array;
  readonly #numbers: Map<string, number>;
  #step: number;

  constructor(options: WorldOptions) {
    const { network, seed, from } = options;
    this.network = network;
    this.seed = seed;
    this.stations = network.stations;
    this.parameters = readParameters(options.simulator);
    this.tables = readReference(options.reference);
    this.settings = new Settings(this.parameters, seed);
    this.calendar = new Calendar(network.timezone, from);
    this.influence = new Influence(seed);
    this.rainField = new RainField(this.parameters, this.calendar, seed);
    this.tide = new Tide(this.tables.tide);
    const begin = Math.floor((from - warmUpMs) / beginGridMs) * beginGridMs;
    const keepMs = Math.max(options.keepMs ?? 0, 10 * dayMs);
    const capacity = Math.ceil((keepMs + 9 * dayMs) / stepMs) + 2;
    this.#step = begin / stepMs;
    this.#numbers = new Map(this.stations.map((station, i) => [station.id, i]));
    this.sites = this.stations.map((station, item) => ({
      lat: station.lat,
      lon: station.lon,
      item,
      elevationM: this.settings.number(station, "elevation_m", 5),
      exposure: this.settings.drawn(station, "wind_exposure", 0.75, 1.1),
    }));
    this.#orography = Float64Array.from(this.stations, (station) => this.rainField.orographyOf(station));
    this.#rainTotal = new Float64Array(this.stations.length);
    this.#rain = new Float64Array(this.stations.length);
    this.rainSum = new StateSeries(this.stations.length, capacity);
    this.regionalRain = new StateSeries(1, capacity);
    this.#surge = new AutoRegression(keyOf(seed, "sea-surge"), 0.98, 0.04, hourMs);
    this.weather = new Weather(this.parameters, this.calendar, this.influence, seed, (time) =>
      Math.min(1, this.regionalRain.at(0, time) / 5),
    );
    const ofKind = (kind: string): Station[] => this.stations.filter((station) => station.kind === kind);
    const monthlyRain = this.calendar.seasonal(this.parameters.climate.rain_mm, this.calendar.day(begin));
    const common = [this.tables, this.parameters] as const;
    this.reservoirs = new Reservoirs(ofKind("reservoir"), ...common, this.settings, this.calendar, begin, capacity);
    this.rivers = new Rivers(
      ofKind("river-level"),
      ...common,
      this.calendar,
      begin,
      capacity,
      this.reservoirs,
      (id) => this.#numbers.get(id) ?? -1,
    );
    this.drainage = new Drainage(
      ofKind("lake-level"),
      ofKind("pump-station"),
      this.settings,
      this.influence,
      seed,
      capacity,
    );
    this.floods = new Floods(
      ofKind("street-flood"),
      ofKind("flood-tower"),
      this.rivers,
      this.drainage,
      this.settings,
      capacity,
    );
    this.slopes = new Slopes(
      ofKind("landslide"),
      ofKind("forest-fire"),
      this.tables,
      this.calendar,
      monthlyRain,
      capacity,
    );
  }

  /** Newest instant that can be asked for, ms. */
  get reachedTo(): number {
    return this.#step * stepMs;
  }

  /** Number of a station in `stations`, -1 when the network does not have it. */
  numberOf(station: string): number {
    return this.#numbers.get(station) ?? -1;
  }

  /** Run forward so that every instant up to `time` can be asked for. */
  advance(time: number): void {
    const last = Math.floor(time / stepMs) + 1;
    while (this.#step < last) this.#takeStep(this.#step + 1);
  }

  /** Rain since `time - spanMs` at a station, mm. */
  rainOver(station: number, time: number, spanMs: number): number {
    return Math.max(0, this.rainSum.at(station, time) - this.rainSum.at(station, time - spanMs));
  }

  /** Rain at a station as a rate over the last ten minutes, mm/h. */
  rainRate(station: number, time: number): number {
    return this.rainOver(station, time, 600_000) * 6;
  }

  /** Height of the sea about its mean without the tide: surge, low pressure, the season's 0.10 m. */
  surge(time: number, at: Site): number {
    const month = this.calendar.month(this.calendar.day(time));
    const season = month >= 9 ? 0.1 : 0;
    if (!this.influence.any) return this.#surge.at(time) + season;
    const low = Math.max(0, -this.influence.pressure(time, at)) * 0.01;
    return this.#surge.at(time) + season + low + this.influence.surge(time, at);
  }

  #takeStep(step: number): void {
    const end = step * stepMs;
    const middle = end - stepMs / 2;
    this.#fallRain(step, middle);
    const rain = (stations: readonly Station[]) => (i: number) => this.#rain[this.numberOf(stations[i]?.id ?? "")] ?? 0;
    const sea = this.tide.anomaly(end) + (this.sites[0] ? this.surge(end, this.sites[0]) : 0);
    this.reservoirs.step(step, rain(this.reservoirs.stations));
    this.rivers.step(step, (station) => this.#rain[station] ?? 0, sea, this.reservoirs);
    this.drainage.step(step, { lake: rain(this.drainage.lakes), pump: rain(this.drainage.pumps) }, sea);
    this.floods.step(step, rain(this.floods.streets), this.rivers, this.drainage);
    const dayRain = (stations: readonly Station[]) => (i: number) => {
      const number = this.numberOf(stations[i]?.id ?? "");
      return this.rainSum.get(number, step) - this.rainSum.get(number, step - 288);
    };
    this.slopes.step(
      step,
      { rain: rain(this.slopes.landslides), rainOfDay: dayRain(this.slopes.landslides) },
      { rainOfDay: dayRain(this.slopes.forests), noon: (i) => this.#noon(i, end - 1) },
    );
    this.#step = step;
  }

  #fallRain(step: number, middle: number): void {
    const spells = this.rainField.active(middle);
    const calm = this.influence.any ? this.influence.calm(middle).rain : 1;
    let regional = 0;
    for (const spell of spells) regional += spell.rateAt(middle) * calm;
    for (let i = 0; i < this.sites.length; i += 1) {
      const site = this.sites[i];
      if (!site) continue;
      let rate = 0;
      for (const spell of spells) rate += calm * this.rainField.rateOf(spell, middle, site, this.#orography[i] ?? 1);
      if (this.influence.any) {
        const extra = this.influence.rain(middle, site);
        rate += extra;
        regional += extra / this.sites.length;
      }
      this.#rain[i] = rate;
      this.#rainTotal[i] = (this.#rainTotal[i] ?? 0) + rate / 12;
      this.rainSum.set(i, step, this.#rainTotal[i] ?? 0);
    }
    this.regionalRain.set(0, step, regional);
  }

  #noon(forest: number, time: number): { temp: number; rh: number } {
    const site = this.sites[this.numberOf(this.slopes.forests[forest]?.id ?? "")];
    if (!site) return { temp: 25, rh: 80 };
    return { temp: this.weather.temperature(time, site), rh: this.weather.humidity(time, site) };
  }
}

/** A world that can be asked from `from` on, after {@link World.advance}. */
export function createWorld(options: WorldOptions): World {
  return new World(options);
}
