import type { Station } from "@ioc/contracts";
import type { ReferenceTables } from "../parameters.ts";
import type { Calendar } from "./calendar.ts";
import { StateSeries, stepMs } from "./state-series.ts";

/** Water that the soil above the slip surface holds, mm. */
const bucketMm = 120;
const drainPerStep = 0.06 / 288;

/** Soil water and creep of the slopes; drought of the forests. */
export class Slopes {
  readonly landslides: readonly Station[];
  readonly forests: readonly Station[];
  readonly soil: StateSeries;
  readonly tilt: StateSeries;
  readonly displacement: StateSeries;
  /** P index (Nesterov type): sum over dry days of temperature times dew-point deficit at 13:00. */
  readonly drought: StateSeries;
  readonly #rainReset: Record<string, number>;
  readonly #calendar: Calendar;

  constructor(
    landslides: readonly Station[],
    forests: readonly Station[],
    tables: ReferenceTables,
    calendar: Calendar,
    monthlyRain: number,
    capacity: number,
  ) {
    this.landslides = landslides;
    this.forests = forests;
    this.#rainReset = tables.fireRainReset;
    this.#calendar = calendar;
    this.soil = new StateSeries(landslides.length, capacity);
    this.tilt = new StateSeries(landslides.length, capacity);
    this.displacement = new StateSeries(landslides.length, capacity);
    this.drought = new StateSeries(forests.length, capacity);
    landslides.forEach((_, i) => this.soil.fill(i, Math.min(95, 25 + monthlyRain * 0.13)));
  }

  /** Take the step that ends at `step`. `rain` and `rainOfDay` in mm/h and mm; `noon` temperature and humidity of a forest. */
  step(
    step: number,
    landslide: { rain: (i: number) => number; rainOfDay: (i: number) => number },
    forest: { rainOfDay: (i: number) => number; noon: (i: number) => { temp: number; rh: number } },
  ): void {
    this.landslides.forEach((_, i) => {
      const before = this.soil.get(i, step - 1);
      const soil = Math.min(100, before + ((landslide.rain(i) / 12) * 100 * 0.8) / bucketMm - before * drainPerStep);
      const creeping = soil > 92 && landslide.rainOfDay(i) > 200;
      this.soil.set(i, step, Math.max(5, soil));
      this.tilt.set(i, step, this.tilt.get(i, step - 1) + (creeping ? 0.02 / 12 : 0));
      this.displacement.set(i, step, this.displacement.get(i, step - 1) + (creeping ? 2 / 12 : 0));
    });
    const atNoon = Math.floor(this.#calendar.hour(step * stepMs) * 12 + 0.01) === 13 * 12;
    const month = this.#calendar.month(this.#calendar.day(step * stepMs)) + 1;
    const reset = this.#rainReset[String(month)] ?? this.#rainReset["default"] ?? 5;
    this.forests.forEach((_, i) => {
      const before = this.drought.get(i, step - 1);
      this.drought.set(i, step, atNoon ? nextDrought(before, forest.rainOfDay(i), reset, forest.noon(i)) : before);
    });
  }
}

function nextDrought(before: number, rainOfDay: number, reset: number, noon: { temp: number; rh: number }): number {
  if (rainOfDay > reset) return 0;
  // Deficit of the dew point by the Magnus formula.
  const gammaOf = Math.log(noon.rh / 100) + (17.62 * noon.temp) / (243.12 + noon.temp);
  const dewPoint = (243.12 * gammaOf) / (17.62 - gammaOf);
  return before + Math.max(0, noon.temp) * Math.max(0, noon.temp - dewPoint);
}
