/**
 * City time on this device: the server's city time when it was last heard, carried forward at the city's speed. The
 * device's own clock never enters, only the time that passed on it.
 */
export class CityClock {
  #city: number;
  #device: number;
  #speed = 1;
  #known = false;
  readonly #deviceNow: () => number;
  readonly #listeners = new Set<() => void>();

  /** @param deviceNow milliseconds that grow evenly, for example `performance.now`. */
  constructor(deviceNow: () => number, initialCity: number) {
    this.#deviceNow = deviceNow;
    this.#device = deviceNow();
    this.#city = initialCity;
  }

  /** Sets the clock from a probe: `city` was true half a round trip ago. */
  set(city: number, speed: number, roundTripMs = 0): void {
    this.#city = city + (roundTripMs / 2) * speed;
    this.#device = this.#deviceNow();
    this.#speed = speed;
    this.#known = true;
    for (const listener of this.#listeners) listener();
  }

  now(): number {
    return this.#city + (this.#deviceNow() - this.#device) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Whether the server has been heard. */
  get known(): boolean {
    return this.#known;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
