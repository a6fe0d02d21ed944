import type { ReferenceTables } from "../parameters.ts";
import { hourMs } from "./calendar.ts";

const epoch = Date.UTC(2000, 0, 1);

/**
 * Astronomical tide by harmonic constants: mean + sum of amp * cos(speed * t - phase), t in hours since 2000-01-01T00:00Z,
 * no nodal corrections. The phases of the demonstration table are invented: never for navigation.
 */
export class Tide {
  readonly mean: number;
  readonly #amplitude: Float64Array;
  readonly #speed: Float64Array;
  readonly #phase: Float64Array;

  constructor(table: ReferenceTables["tide"]) {
    this.mean = table.mean_level;
    this.#amplitude = Float64Array.from(table.constituents, (c) => c.amp);
    this.#speed = Float64Array.from(table.constituents, (c) => (c.speed * Math.PI) / 180);
    this.#phase = Float64Array.from(table.constituents, (c) => (c.phase * Math.PI) / 180);
  }

  /** Height above the mean level in m at a time in ms. */
  anomaly(time: number): number {
    const hours = (time - epoch) / hourMs;
    let sum = 0;
    for (let i = 0; i < this.#amplitude.length; i += 1) {
      sum += (this.#amplitude[i] ?? 0) * Math.cos((this.#speed[i] ?? 0) * hours - (this.#phase[i] ?? 0));
    }
    return sum;
  }
}
