/** Quantiles are within this share of a value that lies at the rank asked for. */
const ACCURACY = 0.01;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Logarithm of the value of bin 0 that is equally far, in shares, from both of its edges. */
const LOG_MIDDLE = Math.log(2 / (1 + GAMMA));

/**
 * Approximate quantiles of many values in little room: DDSketch (C. Masson, J. E. Rim, H. K. Lee: "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12(12), 2019). Values are counted in bins whose
 * edges are powers of gamma; those of two sketches are simply added, so a merged sketch is the one of all values together.
 * Negative values have bins of their own, zero is counted by itself. There is a bin for any double, so none is folded.
 */
export class QuantileSketch {
  /** Values at index i lie in (gamma^(i-1), gamma^i], or below zero with the sign turned. */
  readonly positive: Map<number, number> = new Map();
  readonly negative: Map<number, number> = new Map();
  zeros = 0;
  #count = 0;

  /** Of the first `count` values, by default all; NaN are left out. */
  static of(values: Float64Array, count = values.length): QuantileSketch {
    const sketch = new QuantileSketch();
    for (let i = 0; i < count; i++) sketch.add(values[i]!);
    return sketch;
  }

  static ofBins(zeros: number, positive: Map<number, number>, negative: Map<number, number>): QuantileSketch {
    const sketch = new QuantileSketch();
    sketch.zeros = zeros;
    sketch.#count = zeros;
    sketch.#addBins(sketch.positive, positive);
    sketch.#addBins(sketch.negative, negative);
    return sketch;
  }

  /** Values that were added. */
  get count(): number {
    return this.#count;
  }

  /** Counts a finite value; NaN and infinities are left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count++;
    if (value === 0) this.zeros++;
    else increase(value > 0 ? this.positive : this.negative, Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA), 1);
  }

  /** Adds all that the other has counted; the other stays as it is. */
  merge(other: QuantileSketch): void {
    this.zeros += other.zeros;
    this.#count += other.zeros;
    this.#addBins(this.positive, other.positive);
    this.#addBins(this.negative, other.negative);
  }

  /**
   * The value at rank floor(q (count - 1)) in rising order, within {@link ACCURACY} of it; null without values.
   * @param q 0 to 1
   */
  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.floor(Math.min(1, Math.max(0, q)) * (this.#count - 1));
    for (const [index, count] of sorted(this.negative).reverse()) {
      if (left < count) return -middle(index);
      left -= count;
    }
    if (left < this.zeros) return 0;
    left -= this.zeros;
    let last = 0;
    for (const [index, count] of sorted(this.positive)) {
      last = middle(index);
      if (left < count) break;
      left -= count;
    }
    return last;
  }

  #addBins(own: Map<number, number>, other: ReadonlyMap<number, number>): void {
    for (const [index, count] of other) {
      increase(own, index, count);
      this.#count += count;
    }
  }
}

function increase(bins: Map<number, number>, index: number, by: number): void {
  bins.set(index, (bins.get(index) ?? 0) + by);
}

function sorted(bins: ReadonlyMap<number, number>): [index: number, count: number][] {
  return [...bins].sort(([a], [b]) => a - b);
}

function middle(index: number): number {
  return Math.min(Number.MAX_VALUE, Math.exp(index * LOG_GAMMA + LOG_MIDDLE));
}
