import type { Reading } from "./water.ts";

export interface RainEvent {
  /** Start of the first wet interval and end of the last, ms. */
  start: number;
  end: number;
  /** Sum, mm. */
  total: number;
  /** Largest sum of `window`, mm. */
  most: number;
}

/**
 * Rain events of a gauge: wet intervals between which it stays dry for less than `dry` ms.
 * @param readings totals of intervals of `period` ms, labelled by their end, in time order; dry ones may be missing
 * @param options.window length of the running sum whose largest value is wanted, ms
 */
export function rainEvents(
  readings: readonly Reading[],
  { period, dry, window }: { period: number; dry: number; window: number },
): RainEvent[] {
  const events: RainEvent[] = [];
  let inside: Reading[] = [];
  for (const reading of readings) {
    if (reading.value <= 0) continue;
    let event = events.at(-1);
    if (!event || reading.time - period - event.end >= dry) {
      event = { start: reading.time - period, end: reading.time, total: 0, most: 0 };
      events.push(event);
      inside = [];
    }
    inside = [...inside.filter(({ time }) => time > reading.time - window), reading];
    event.end = reading.time;
    event.total += reading.value;
    event.most = Math.max(
      event.most,
      inside.reduce((sum, { value }) => sum + value, 0),
    );
  }
  return events;
}
