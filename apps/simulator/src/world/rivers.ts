import type { Station } from "@ioc/contracts";
import type { GaugeModel, ReferenceTables, SimulatorParameters } from "../parameters.ts";
import type { Calendar } from "./calendar.ts";
import { hourMs } from "./calendar.ts";
import type { Place } from "./geometry.ts";
import { nearest } from "./geometry.ts";
import type { Reservoirs } from "./reservoirs.ts";
import { RunOff } from "./run-off.ts";
import { StateSeries, stepMs } from "./state-series.ts";

interface Gauge extends Place {
  station: Station;
  index: number;
  model: GaugeModel;
  /** Level from which the land around is flooded; null when unknown. */
  floodFrom: number | null;
  rainFrom: number[];
  discharge: { index: number; steps: number; share: number }[];
  releases: { index: number; part: "all" | "turbine" | "spill"; steps: number }[];
  wave: { index: number; steps: number; attenuation: number; calm: number } | null;
}

/** Without a model a gauge is a brook: it rises with the rain at its own place. */
const brook: GaugeModel = {
  zero_m: 0.2,
  coefficient: 0.16,
  exponent: 0.49,
  area_km2: 60,
  quick_h: 3,
  rain_from: [],
  discharge_from: [],
  release_from: [],
  tide_factor: 0,
};
const stepHours = stepMs / hourMs;

/**
 * Levels and discharges at the river gauges: run-off of the catchment that no dam holds back, releases and rivers from
 * above after their travel time, a rating curve, the tide near the sea and the attenuated flood wave in the lowland.
 */
export class Rivers {
  readonly gauges: readonly Gauge[];
  readonly level: StateSeries;
  readonly discharge: StateSeries;
  readonly #runOff: RunOff;
  /** Gauges in an order in which everything from above comes first. */
  readonly #order: Gauge[];

  /** `indexOf` answers the number of a station among all stations, -1 when the network does not have it. */
  constructor(
    stations: readonly Station[],
    tables: ReferenceTables,
    parameters: SimulatorParameters,
    calendar: Calendar,
    from: number,
    capacity: number,
    reservoirs: Reservoirs,
    indexOf: (id: string) => number,
  ) {
    const ids = stations.map((station) => station.id);
    const known = <T extends { index: number }>(entry: T): boolean => entry.index >= 0;
    const steps = (hours: number): number => Math.round(hours / stepHours);
    const dams = reservoirs.stations.map((station) => station.id);
    this.gauges = stations.map((station, index) => {
      const model = parameters.model.rivers[station.id] ?? brook;
      const alarm = tables.alarms[station.id]?.bd[0];
      const rainFrom = model.rain_from.map(indexOf).filter((i) => i >= 0);
      const wave = model.wave_from;
      const waveIndex = wave ? ids.indexOf(wave.gauge) : -1;
      return {
        station,
        lat: station.lat,
        lon: station.lon,
        index,
        model,
        floodFrom: model.flood_from_m ?? (alarm === undefined ? null : alarm + 0.3),
        rainFrom: rainFrom.length > 0 ? rainFrom : [indexOf(station.id)],
        discharge: model.discharge_from
          .map((d) => ({ index: ids.indexOf(d.gauge), steps: steps(d.lag_h), share: d.share }))
          .filter(known),
        releases: model.release_from
          .map((r) => ({ index: dams.indexOf(r.reservoir), part: r.part, steps: steps(r.lag_h) }))
          .filter(known),
        wave:
          wave && waveIndex >= 0
            ? { index: waveIndex, steps: steps(wave.lag_h), attenuation: wave.attenuation, calm: wave.calm_m }
            : null,
      };
    });
    const rain = calendar.seasonal(parameters.climate.rain_mm, calendar.day(from));
    this.#runOff = new RunOff(
      this.gauges.map(({ model }) => ({ areaKm2: model.area_km2, quickHours: model.quick_h })),
      rain * 1.3,
    );
    this.#order = downstream(this.gauges);
    this.level = new StateSeries(stations.length, capacity);
    this.discharge = new StateSeries(stations.length, capacity);
    for (const gauge of this.gauges) {
      this.level.fill(gauge.index, gauge.wave?.calm ?? gauge.model.zero_m + 0.5);
      this.discharge.fill(gauge.index, gauge.model.area_km2 * 0.03);
    }
    // Lowland gauges look back at the level above: before the first step that is its calm level.
    for (const gauge of this.gauges) if (gauge.wave) this.level.fill(gauge.wave.index, gauge.wave.calm);
  }

  /** Take the step that ends at `step`: `rain` mm/h at a station of the network, `sea` height of the sea about its mean. */
  step(step: number, rain: (station: number) => number, sea: number, reservoirs: Reservoirs): void {
    for (const gauge of this.#order) {
      const { model, index } = gauge;
      let mm = 0;
      for (const station of gauge.rainFrom) mm += rain(station);
      let flow = model.area_km2 > 0 ? this.#runOff.step(index, mm / gauge.rainFrom.length) : 0;
      for (const { index: above, steps, share } of gauge.discharge) {
        flow += share * this.discharge.get(above, step - steps);
      }
      for (const { index: dam, part, steps } of gauge.releases) {
        if (part !== "spill") flow += reservoirs.turbine.get(dam, step - steps);
        if (part !== "turbine") flow += reservoirs.spill.get(dam, step - steps);
      }
      let level = model.zero_m + model.coefficient * flow ** model.exponent;
      if (gauge.wave) {
        const above = this.level.get(gauge.wave.index, step - gauge.wave.steps);
        level += gauge.wave.attenuation * Math.max(-0.3, above - gauge.wave.calm);
      }
      // A high river lets less of the tide in.
      const open = 1 / (1 + Math.max(0, level - model.zero_m - 0.8));
      level += model.tide_factor * sea * open;
      this.discharge.set(index, step, flow);
      this.level.set(index, step, level);
    }
  }

  /** The nearest gauge whose flood level is known. */
  floodGaugeOf(place: Place, withinKm?: number): Gauge | undefined {
    return nearest(
      place,
      this.gauges.filter((gauge) => gauge.floodFrom !== null),
      withinKm,
    );
  }
}

function downstream(gauges: readonly Gauge[]): Gauge[] {
  const done = new Set<number>();
  const order: Gauge[] = [];
  const visit = (gauge: Gauge): void => {
    if (done.has(gauge.index)) return;
    done.add(gauge.index);
    const above = [...gauge.discharge.map((d) => d.index), ...(gauge.wave ? [gauge.wave.index] : [])];
    for (const index of above) {
      const next = gauges[index];
      if (next) visit(next);
    }
    order.push(gauge);
  };
  gauges.forEach(visit);
  return order;
}
