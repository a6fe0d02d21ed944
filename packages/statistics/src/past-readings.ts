import type { Change } from "@ioc/observations";
import type { Span } from "./grid.ts";
import type { Reading } from "./operators/water.ts";

const hourMs = 3_600_000;
/** Hours kept, those that were asked for last: one of each day of twelve weeks, and some of a second question. */
const hoursKept = 100;

type Series = Map<string, Reading[]>;

/** Start of the hour whose readings, (from, to], a time is one of. */
const hourOf = (time: number) => (Math.ceil(time / hourMs) - 1) * hourMs;

/**
 * Readings of days gone by that a calculation comes back to every few minutes, the same short slot of many days: the whole hour is read
 * at once and kept for the slots that follow in it. An hour in which something changes is forgotten, so that every answer is exact.
 */
export class PastReadings {
  /** By the start of the hour, then by the datastreams. */
  private readonly hours = new Map<number, Map<string, Promise<Series>>>();

  /** Whether a span, (from, to], lies within an hour of the clock, as it must to be asked for here. */
  static fits({ from, to }: Span): boolean {
    return hourOf(to) <= from;
  }

  /**
   * Readings of the hour that a span lies in.
   * @param read reads a span
   */
  async within(span: Span, datastreams: readonly string[], read: (span: Span) => Promise<Series>): Promise<Series> {
    const from = hourOf(span.to);
    const kept = this.hours.get(from) ?? new Map<string, Promise<Series>>();
    this.hours.delete(from);
    this.hours.set(from, kept);
    const [oldest] = this.hours.size > hoursKept ? this.hours.keys() : [];
    if (oldest !== undefined) this.hours.delete(oldest);
    const key = datastreams.join(" ");
    let series = kept.get(key);
    if (!series) {
      kept.set(key, (series = read({ from, to: from + hourMs })));
      series.catch(() => kept.delete(key));
    }
    return await series;
  }

  /** Forgets the hours that a commit touches; cheap, it runs on every one. */
  observe({ observations, removed }: Change): void {
    if (this.hours.size === 0) return;
    for (const { phenomenonTime } of observations) this.hours.delete(hourOf(phenomenonTime));
    for (const { from, to } of removed ?? []) {
      for (const hour of this.hours.keys()) if (hour + hourMs > from && hour < to) this.hours.delete(hour);
    }
  }
}
