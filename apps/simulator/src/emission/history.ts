import { dayMs } from "../world/calendar.ts";
import type { Driver } from "./driver.ts";
import { labelAtOrBefore } from "./driver.ts";
import type { Faults } from "./faults.ts";
import { bodyOf, observationText, prefixOf } from "./text.ts";

export interface HistoryOptions {
  drivers: readonly Driver[];
  faults: Faults;
  /** Oldest label, ms. */
  from: number;
  /** Newest label of a driver that history lays down is the one before this (live readings begin with it). */
  liveFrom(driver: Driver): number;
  /** City time at the start. */
  to: number;
  /** Labels that the server has already: `from` to `to`, both included; null when it has none. */
  have: { from: number; to: number } | null;
  /** Most observations in a batch. */
  batch: number;
}

export interface HistoryBatch {
  body: string;
  count: number;
  /** Everything after this instant has been given out when this batch has. */
  reachedBack: number;
}

/**
 * The past, newest day first, in bodies for the public intake: the last 24 hours, then day by day backwards. Within a day
 * station by station and datastream by datastream, times rising: the order that a store takes fastest.
 */
export function* historyBatches(options: HistoryOptions): Generator<HistoryBatch> {
  const { drivers, faults, from, to, have, batch, liveFrom } = options;
  const ends = drivers.map(liveFrom);
  const prefixes = drivers.map((driver) => prefixOf(driver.id));
  let lines: string[] = [];
  for (let end = to; end > from; end -= dayMs) {
    const start = Math.max(from, end - dayMs);
    // The newest day reaches up to each driver's first live label.
    const newest = end === to;
    for (const [i, driver] of drivers.entries()) {
      const last = newest ? (ends[i] ?? 0) - 1 : Math.min(end, (ends[i] ?? 0) - 1);
      const period = driver.periodMs;
      let label = labelAtOrBefore(driver, period, start) + period;
      if (label - period === start && start === from) label = start;
      for (; label <= last; label += period) {
        if (have && label >= have.from && label <= have.to) continue;
        const text = historyText(driver, faults, label, prefixes[i] ?? "");
        if (text === null) continue;
        lines.push(text);
        if (lines.length === batch) {
          yield { body: bodyOf(lines), count: lines.length, reachedBack: end };
          lines = [];
        }
      }
    }
    if (lines.length > 0) {
      yield { body: bodyOf(lines), count: lines.length, reachedBack: start };
      lines = [];
    }
  }
}

function historyText(driver: Driver, faults: Faults, label: number, prefix: string): string | null {
  const fault = faults.at(driver.item, label);
  let asked = label;
  let shown = label;
  if (fault) {
    if (fault.kind === "offline" || fault.kind === "gap") return null;
    if (fault.kind === "frozen" && driver.property !== "heartbeat") {
      asked = labelAtOrBefore(driver, driver.periodMs, fault.start);
    }
    if (fault.kind === "skew") shown = label + fault.skewMs;
  }
  const value = faults.spiked(driver, asked, driver.sample(asked, driver.periodMs));
  return Number.isNaN(value) ? null : observationText(prefix, shown, value, driver.decimals);
}
