import { gaussian } from "./keyed.ts";

/**
 * AR(1) process on a grid of `stepMs`, standard deviation `sigma`, read at any time (linear between grid points).
 * It begins as the sum of its past keyed innovations, so that it does not remember when the program was started.
 */
export class AutoRegression {
  readonly #key: number;
  readonly #phi: number;
  readonly #sigma: number;
  readonly #stepMs: number;
  #first = 0;
  #values: number[] = [];

  constructor(key: number, phi: number, sigma: number, stepMs: number) {
    this.#key = key;
    this.#phi = phi;
    this.#sigma = sigma;
    this.#stepMs = stepMs;
  }

  /** Value at a time in ms. */
  at(time: number): number {
    const position = time / this.#stepMs;
    const index = Math.floor(position);
    const low = this.#grid(index);
    return low + (this.#grid(index + 1) - low) * (position - index);
  }

  #grid(index: number): number {
    if (this.#values.length === 0 || index < this.#first) this.#begin(index);
    let last = this.#first + this.#values.length - 1;
    const scale = this.#sigma * Math.sqrt(1 - this.#phi ** 2);
    while (last < index) {
      last += 1;
      this.#values.push(this.#phi * (this.#values.at(-1) ?? 0) + scale * gaussian(this.#key, last));
    }
    return this.#values[index - this.#first] ?? 0;
  }

  #begin(index: number): void {
    const reach = Math.ceil(Math.log(1e-5) / Math.log(this.#phi));
    let sum = 0;
    for (let k = index - reach; k <= index; k += 1) sum = this.#phi * sum + gaussian(this.#key, k);
    this.#first = index;
    this.#values = [sum * this.#sigma * Math.sqrt(1 - this.#phi ** 2)];
  }
}
