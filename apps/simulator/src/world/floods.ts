import type { Station } from "@ioc/contracts";
import type { Settings } from "../settings.ts";
import type { Drainage } from "./drainage.ts";
import { nearest } from "./geometry.ts";
import type { Rivers } from "./rivers.ts";
import { StateSeries } from "./state-series.ts";
import { clamp } from "./weather.ts";

interface Street {
  drain: number;
  /** Rain of the small catchment that gathers at the low point, times the rain on the street itself. */
  gathering: number;
  river: number;
  lake: number;
  pump: number;
}
interface Tower {
  river: number;
  /** Part of the depth that drains away in one step. */
  recession: number;
}

/** Stored water at which as much runs off over the ground as through the drains, mm; empties a street in 1-4 h. */
const spreadingMm = 100;

/** Water on the streets and on the flood plain. */
export class Floods {
  readonly streets: readonly Station[];
  readonly towers: readonly Station[];
  /** Water stored at a street-flood tower, mm. */
  readonly stored: StateSeries;
  readonly towerDepth: StateSeries;
  readonly #streets: Street[];
  readonly #towers: Tower[];

  constructor(
    streets: readonly Station[],
    towers: readonly Station[],
    rivers: Rivers,
    drainage: Drainage,
    settings: Settings,
    capacity: number,
  ) {
    this.streets = streets;
    this.towers = towers;
    this.#streets = streets.map((station) => {
      const lake = nearest(station, drainage.lakes, 1);
      const pump = nearest(station, drainage.pumps, 1.5);
      return {
        drain: settings.drawn(station, "drain_mm_h", 30, 60),
        gathering: 1 + 1.1 * settings.drawn(station, "catchment_km2", 0.1, 1.2),
        river: rivers.floodGaugeOf(station, 4)?.index ?? -1,
        lake: lake ? drainage.lakes.indexOf(lake) : -1,
        pump: pump ? drainage.pumps.indexOf(pump) : -1,
      };
    });
    this.#towers = towers.map((station) => ({
      river: rivers.floodGaugeOf(station)?.index ?? -1,
      recession: 1 / (12 * settings.drawn(station, "recession_h", 10, 24)),
    }));
    this.stored = new StateSeries(streets.length, capacity);
    this.towerDepth = new StateSeries(towers.length, capacity);
  }

  /**
   * Take the step that ends at `step`. Streets: a bucket, dS/dt = gathered rain - drain; the drain fails while the river,
   * lake or pumps it leads to cannot take the water. Towers: 0.8 m of depth for each metre the river stands too high.
   */
  step(step: number, rain: (street: number) => number, rivers: Rivers, drainage: Drainage): void {
    this.#streets.forEach((street, i) => {
      const before = this.stored.get(i, step - 1);
      const mm = rain(i);
      if (before === 0 && mm === 0) {
        this.stored.set(i, step, 0);
        return;
      }
      let open = 1;
      const gauge = rivers.gauges[street.river];
      if (gauge?.floodFrom !== null && gauge !== undefined) {
        open -= clamp((rivers.level.get(street.river, step) - gauge.floodFrom + 0.4) / 1.2, 0, 0.9);
      }
      if (street.lake >= 0) open -= 0.5 * drainage.lakeFull(street.lake, step);
      if (street.pump >= 0) open *= 0.5 + 0.5 * drainage.readyShare(street.pump, step);
      // Deep water also finds its way over the ground, the faster the deeper it stands.
      const drain = street.drain * clamp(open, 0.08, 1) * (1 + before / spreadingMm);
      this.stored.set(i, step, clamp(before + (mm * street.gathering - drain) / 12, 0, 700));
    });
    this.#towers.forEach((tower, i) => {
      const gauge = rivers.gauges[tower.river];
      const target =
        gauge?.floodFrom === null || gauge === undefined
          ? 0
          : 0.8 * Math.max(0, rivers.level.get(tower.river, step) - gauge.floodFrom);
      const before = this.towerDepth.get(i, step - 1);
      const falling = before * (1 - tower.recession);
      this.towerDepth.set(i, step, falling < 0.01 && target === 0 ? 0 : Math.max(target, falling));
    });
  }

  /** Depth over the road in m at a time: 0.004 * S^0.9. */
  streetDepth(index: number, time: number): number {
    return 0.004 * this.stored.at(index, time) ** 0.9;
  }
}
