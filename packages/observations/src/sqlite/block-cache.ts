import type { Readings } from "../readings.ts";

/** A decoded block. Its columns are never changed. */
export interface Block {
  readings: Readings;
  /** Readings without the removed ones. */
  n: number;
  /** Bytes in the file. */
  bytes: number;
  /** Its bytes cannot be read: it holds no readings here, and they are put aside before it is written again. */
  damaged?: boolean;
}

/** Days of one series lie together in the number that stands for a block: day numbers stay below 2^22 until the year 13000. */
const DAYS = 2 ** 22;
const HALF = DAYS / 2;

/** The blocks that were used last, up to a number of readings as a whole. */
export class BlockCache {
  readonly #most: number;
  readonly #blocks = new Map<number, Block>();
  #readings = 0;

  constructor(mostReadings: number) {
    this.#most = mostReadings;
  }

  get size(): number {
    return this.#blocks.size;
  }

  get(series: number, day: number): Block | undefined {
    const key = keyOf(series, day);
    const block = this.#blocks.get(key);
    if (block) {
      this.#blocks.delete(key);
      this.#blocks.set(key, block);
    }
    return block;
  }

  set(series: number, day: number, block: Block): void {
    this.delete(series, day);
    this.#blocks.set(keyOf(series, day), block);
    this.#readings += block.readings.time.length;
    for (const [key, oldest] of this.#blocks) {
      if (this.#readings <= this.#most) return;
      this.#blocks.delete(key);
      this.#readings -= oldest.readings.time.length;
    }
  }

  delete(series: number, day: number): void {
    const key = keyOf(series, day);
    const block = this.#blocks.get(key);
    if (!block) return;
    this.#blocks.delete(key);
    this.#readings -= block.readings.time.length;
  }

  clear(): void {
    this.#blocks.clear();
    this.#readings = 0;
  }
}

function keyOf(series: number, day: number): number {
  return series * DAYS + day + HALF;
}
