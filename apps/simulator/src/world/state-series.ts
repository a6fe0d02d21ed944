/** Length of a step of the world, ms. All series lie on the grid of its multiples since 1970. */
export const stepMs = 300_000;

/**
 * One number per step for each of `width` things, the newest `capacity` steps. Index is the step number (time / stepMs).
 * One flat typed array, so that 45 days of 524 stations stay compact.
 */
export class StateSeries {
  readonly #width: number;
  readonly #capacity: number;
  readonly #data: Float32Array;

  constructor(width: number, capacity: number) {
    this.#width = width;
    this.#capacity = capacity;
    this.#data = new Float32Array(width * capacity);
  }

  set(item: number, step: number, value: number): void {
    this.#data[item * this.#capacity + (step % this.#capacity)] = value;
  }

  /** Value at a step that is still kept. */
  get(item: number, step: number): number {
    return this.#data[item * this.#capacity + (step % this.#capacity)] ?? 0;
  }

  /** Value at a time in ms, linear between steps. The step after it must have been taken. */
  at(item: number, time: number): number {
    const position = time / stepMs;
    const step = Math.floor(position);
    const low = this.get(item, step);
    const fraction = position - step;
    return fraction === 0 ? low : low + (this.get(item, step + 1) - low) * fraction;
  }

  /** The newest step's value not after a time; for states that jump. */
  held(item: number, time: number): number {
    return this.get(item, Math.floor(time / stepMs));
  }

  /** Fill every kept step of an item, as its past before the first step. */
  fill(item: number, value: number): void {
    this.#data.fill(value, item * this.#capacity, (item + 1) * this.#capacity);
  }

  get width(): number {
    return this.#width;
  }
}
