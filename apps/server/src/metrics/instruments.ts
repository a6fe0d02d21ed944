import type { Family, HistogramSample, Labels, Sample } from "./exposition.ts";

/** Label values that one instrument keeps; what comes later is counted under `other`, so that no sender can fill memory. */
const mostSeries = 500;

/** A value for each combination of label values that occurred. */
class Series<T> {
  readonly #labelNames: readonly string[];
  readonly #make: () => T;
  readonly #byKey = new Map<string, { labels: Labels; value: T }>();

  constructor(labelNames: readonly string[], make: () => T) {
    this.#labelNames = labelNames;
    this.#make = make;
  }

  at(values: readonly string[]): T {
    const key = values.join("\u0000");
    const known = this.#byKey.get(key);
    if (known) return known.value;
    const other = this.#labelNames.map(() => "other");
    if (this.#byKey.size >= mostSeries && key !== other.join("\u0000")) return this.at(other);
    const labels = Object.fromEntries(this.#labelNames.map((name, i) => [name, values[i] ?? ""]));
    const made = this.#make();
    this.#byKey.set(key, { labels, value: made });
    return made;
  }

  entries(): IterableIterator<{ labels: Labels; value: T }> {
    return this.#byKey.values();
  }
}

/** A number that only grows, by label values. */
export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #series: Series<{ sum: number }>;

  /** @param name Without `_total`. */
  constructor(name: string, help: string, labelNames: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#series = new Series(labelNames, () => ({ sum: 0 }));
    if (labelNames.length === 0) this.#series.at([]);
  }

  add(amount: number, ...labelValues: string[]): void {
    this.#series.at(labelValues).sum += amount;
  }

  family(): Family {
    const samples = [...this.#series.entries()].map(({ labels, value }) => ({ labels, value: value.sum }));
    return { type: "counter", name: this.#name, help: this.#help, samples };
  }
}

/** Counts of a duration by bucket, by label values. */
export class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series: Series<{ counts: Float64Array; sum: number }>;

  /** @param bounds Upper bounds in seconds, rising. */
  constructor(name: string, help: string, bounds: readonly number[], labelNames: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#series = new Series(labelNames, () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }));
  }

  observe(seconds: number, ...labelValues: string[]): void {
    const series = this.#series.at(labelValues);
    const bucket = this.#bounds.findIndex((bound) => seconds <= bound);
    const at = bucket < 0 ? this.#bounds.length : bucket;
    series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += seconds;
  }

  family(): Family {
    const samples = [...this.#series.entries()].map(({ labels, value }): HistogramSample => ({
      labels,
      bounds: this.#bounds,
      ...value,
    }));
    return { type: "histogram", name: this.#name, help: this.#help, samples };
  }
}

/** Bounds for what a person or a sender waits for, in seconds. */
export const durationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { type: "gauge", name, help, samples };
}

/** A gauge with one label, from a table of its values. */
export function gaugeBy(name: string, help: string, label: string, values: Readonly<Record<string, number>>): Family {
  return gauge(
    name,
    help,
    Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
  );
}
