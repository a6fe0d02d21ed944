import type { Station } from "@ioc/contracts";
import type { ReferenceTables, SimulatorParameters } from "../parameters.ts";
import type { Settings } from "../settings.ts";
import type { Calendar } from "./calendar.ts";
import { hourMs, shapeAt } from "./calendar.ts";
import { RunOff } from "./run-off.ts";
import { StateSeries, stepMs } from "./state-series.ts";

interface Dam {
  dead: number;
  normal: number;
  /** Highest level allowed before a flood; null: no such rule. */
  preMax: number | null;
  deadVolume: number;
  normalVolume: number;
  turbineMax: number;
  /** How fast open gates bring the level down, hours. */
  emptyingHours: number;
  /** Level at which gates open where no flood-season rule holds. */
  gateLevel: number;
  /** Index of the dam above whose release arrives an hour later, -1 when there is none. */
  above: number;
  /** Which part of that release: a diversion's turbines may feed another river than its spillway. */
  aboveSpill: boolean;
}

/** Part of the useful volume that the operators aim at, Jan..Dec: full in December, drawn down by August. */
const ruleCurve = [0.93, 0.87, 0.79, 0.7, 0.6, 0.5, 0.41, 0.34, 0.42, 0.6, 0.78, 0.9];
const stepSeconds = stepMs / 1000;

/**
 * Water balance of the reservoirs on the two-point curve of the reference table. Turbines follow the day's power shape and
 * steer towards the rule curve; gates open above the flood-season limit (1 Sep - 15 Dec) or just below the normal level.
 */
export class Reservoirs {
  readonly stations: readonly Station[];
  readonly level: StateSeries;
  readonly inflow: StateSeries;
  readonly turbine: StateSeries;
  readonly spill: StateSeries;
  readonly #dams: Dam[];
  readonly #runOff: RunOff;
  readonly #volume: Float64Array;
  readonly #calendar: Calendar;
  readonly #power: readonly number[];

  constructor(
    stations: readonly Station[],
    tables: ReferenceTables,
    parameters: SimulatorParameters,
    settings: Settings,
    calendar: Calendar,
    from: number,
    capacity: number,
  ) {
    this.stations = stations;
    this.#calendar = calendar;
    this.#power = parameters.shapes.power.v;
    const ids = stations.map((station) => station.id);
    this.#dams = stations.map((station) => damOf(station, tables.reservoirs[station.id], settings, ids));
    const day = calendar.day(from);
    const rain = calendar.seasonal(parameters.climate.rain_mm, day);
    const areas = stations.map((station, i) => {
      const size = useful(this.#dams[i]);
      return settings.number(station, "catchment_km2", Math.min(600, Math.max(6, size * 1.6)));
    });
    this.#dams.forEach((dam, i) => openGates(dam, this.#catchmentOf(i, areas)));
    this.#runOff = new RunOff(
      areas.map((areaKm2) => ({ areaKm2, quickHours: 2 + Math.sqrt(areaKm2) / 5 })),
      rain * 1.5,
    );
    const filled = calendar.seasonal(ruleCurve, day);
    this.#volume = Float64Array.from(this.#dams, (dam) => dam.deadVolume + targetOf(dam, filled, true) * useful(dam));
    this.level = new StateSeries(stations.length, capacity);
    this.inflow = new StateSeries(stations.length, capacity);
    this.turbine = new StateSeries(stations.length, capacity);
    this.spill = new StateSeries(stations.length, capacity);
    this.#dams.forEach((dam, i) => this.level.fill(i, levelOf(dam, this.#volume[i] ?? 0)));
  }

  /** Catchment with everything above, km2. */
  #catchmentOf(index: number, areas: readonly number[], depth = 0): number {
    const above = this.#dams[index]?.above ?? -1;
    const own = areas[index] ?? 0;
    return above < 0 || depth > 10 ? own : own + this.#catchmentOf(above, areas, depth + 1);
  }

  /** Take the step that ends at `step`; `rain` mm/h at the i-th reservoir. */
  step(step: number, rain: (index: number) => number): void {
    const time = step * stepMs;
    const day = this.#calendar.day(time);
    const filled = this.#calendar.seasonal(ruleCurve, day);
    const monthDay = this.#calendar.month(day) * 100 + new Date(time + this.#calendar.offsetMs).getUTCDate();
    const floodSeason = monthDay >= 801 && monthDay <= 1115;
    const power = shapeAt(this.#power, this.#calendar.hour(time));
    this.#dams.forEach((dam, i) => {
      const own = this.#runOff.step(i, rain(i));
      const hourAgo = step - Math.round(hourMs / stepMs);
      const fromAbove =
        dam.above < 0
          ? 0
          : this.turbine.get(dam.above, hourAgo) + (dam.aboveSpill ? this.spill.get(dam.above, hourAgo) : 0);
      const inflow = own + fromAbove;
      const volume = this.#volume[i] ?? 0;
      const size = useful(dam);
      const target = dam.deadVolume + targetOf(dam, filled, floodSeason) * size;
      // Small ponds follow the river within hours, large reservoirs the season.
      const hours = Math.min(240, Math.max(4, (size * 1e6 * 0.5) / (Math.max(1, dam.turbineMax) * 3600)));
      const wanted = inflow + ((volume - target) * 1e6) / (hours * 3600);
      const turbine = Math.min(dam.turbineMax, Math.max(0, wanted * (hours > 24 ? power : 1)));
      const limit = volumeOf(dam, floodSeason && dam.preMax !== null ? dam.preMax : dam.gateLevel);
      const spill = Math.max(0, ((volume - limit) * 1e6) / (dam.emptyingHours * 3600));
      const dry = volume <= 0.9 * dam.deadVolume;
      const out = dry ? Math.min(inflow, turbine) : turbine + spill;
      this.#volume[i] = Math.max(0, volume + ((inflow - out) * stepSeconds) / 1e6);
      this.level.set(i, step, levelOf(dam, this.#volume[i] ?? 0));
      this.inflow.set(i, step, inflow);
      this.turbine.set(i, step, dry ? out : turbine);
      this.spill.set(i, step, dry ? 0 : spill);
    });
  }
}

function damOf(
  station: Station,
  table: ReferenceTables["reservoirs"][string] | undefined,
  settings: Settings,
  ids: string[],
): Dam {
  const dead = table?.dead ?? settings.number(station, "dead_level_m", 20);
  const deadVolume = table?.v_dead ?? settings.number(station, "dead_volume_mm3", 1);
  return {
    dead,
    normal: table?.normal ?? settings.number(station, "normal_level_m", dead + 10),
    preMax: table?.pre_max ?? null,
    deadVolume,
    normalVolume: table?.v_normal ?? settings.number(station, "normal_volume_mm3", deadVolume + 10),
    turbineMax: settings.number(station, "turbine_m3_s", 5),
    emptyingHours: 4,
    gateLevel: dead,
    above: ids.indexOf(settings.text(station, "below_reservoir", "")),
    aboveSpill: settings.text(station, "from_above", "all") !== "turbine",
  };
}

/** Gates of a dam: a flood of 1.2 m3/s from each km2 may lift a full reservoir by a quarter of its useful volume. */
function openGates(dam: Dam, catchmentKm2: number): void {
  const size = useful(dam);
  dam.emptyingHours = Math.min(4, Math.max(0.17, (0.25 * size * 1e6) / (1.2 * catchmentKm2 * 3600)));
  dam.gateLevel = dam.dead + headOf(dam) * (size < 30 ? 0.75 : 0.97);
}

function useful(dam: Dam | undefined): number {
  return dam ? Math.max(0.05, dam.normalVolume - dam.deadVolume) : 0.05;
}
function headOf(dam: Dam): number {
  return Math.max(0.1, dam.normal - dam.dead);
}
function targetOf(dam: Dam, filled: number, floodSeason: boolean): number {
  const limit =
    floodSeason && dam.preMax !== null ? (dam.preMax - dam.dead) / headOf(dam) - 0.06 : useful(dam) < 30 ? 0.7 : 0.93;
  return Math.min(filled, limit);
}
function levelOf(dam: Dam, volume: number): number {
  return dam.dead + (headOf(dam) * (volume - dam.deadVolume)) / useful(dam);
}
function volumeOf(dam: Dam, level: number): number {
  return dam.deadVolume + (useful(dam) * (level - dam.dead)) / headOf(dam);
}
