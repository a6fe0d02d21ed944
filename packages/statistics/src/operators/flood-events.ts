import type { Reading } from "./water.ts";

export interface FloodRule {
  /** Depth in m from which a flood begins, reached by so many readings running. */
  start: number;
  times: number;
  /** Depth in m below which it ends once that has lasted `lasting` ms. */
  end: number;
  lasting: number;
  /** After a silence longer than this nobody knows how it went on, ms. */
  silence: number;
}

export interface FloodEvent {
  start: number;
  /** First reading of the dry stay that ended it; null while it lasts, and when the readings stopped before. */
  end: number | null;
  /** Largest depth, m. */
  peak: number;
  /** It had not ended at the time of asking. */
  ongoing: boolean;
}

/**
 * Floods of one place. An event starts with the first of `times` readings running of at least `start`; it ends at the first of
 * the readings below `end` when they have stayed below for `lasting`. A reading of `end` or more in between begins the stay
 * anew. When the readings stop for longer than `silence` the event is closed without an end: its length is not known.
 * @param readings valid depths in time order
 * @param now time of asking, ms
 */
export function floodEvents(readings: readonly Reading[], rule: FloodRule, now: number): FloodEvent[] {
  const events: FloodEvent[] = [];
  let current: FloodEvent | null = null;
  let wet: Reading[] = [];
  let dry: number | null = null;
  let last: number | null = null;
  const close = (end: number | null) => {
    if (current) events.push({ ...current, end });
    current = null;
    wet = [];
    dry = null;
  };
  for (const reading of readings) {
    if (last !== null && reading.time - last > rule.silence) close(null);
    last = reading.time;
    if (!current) {
      wet = reading.value >= rule.start ? [...wet, reading] : [];
      if (wet.length < rule.times) continue;
      const peak = Math.max(...wet.map(({ value }) => value));
      current = { start: (wet[0] as Reading).time, end: null, peak, ongoing: false };
      continue;
    }
    const event: FloodEvent = current;
    event.peak = Math.max(event.peak, reading.value);
    if (reading.value >= rule.end) dry = null;
    else if ((dry ??= reading.time) + rule.lasting <= reading.time) close(dry);
  }
  if (current && last !== null) events.push({ ...(current as FloodEvent), ongoing: now - last <= rule.silence });
  return events;
}
