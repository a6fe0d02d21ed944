import type { Readings } from "../readings.ts";
import { REMOVED, emptyReadings } from "../readings.ts";
import type { BlockTable } from "./block-table.ts";
import { concatenate, copyOf, merged, spanOf, visible } from "./columns-of-readings.ts";
import { dayOf, firstDayAfter } from "./days.ts";
import type { SeriesMemory } from "./series-memory.ts";

/** The readings of a series in (from, to] that are stored and not removed, blocks and tail together. */
export function storedReadings(
  blocks: BlockTable,
  { id, tail }: SeriesMemory,
  span: { from: number; to: number },
  dayOffset: number,
): Readings {
  const days = blocks.days(id, firstDayAfter(span.from, dayOffset), dayOf(span.to, dayOffset));
  const parts = days.map((day) => spanOf(blocks.get(id, day)!.readings, span.from, span.to));
  const inBlocks = parts.length === 0 ? emptyReadings() : concatenate(parts);
  return visible(merged(inBlocks, tail.span(span.from, span.to)), false);
}

/** The same readings as removed ones: value and time stay, so that the same reading cannot come back. */
export function tombstones(readings: Readings): Readings {
  const removed = copyOf(readings);
  removed.quality.fill(REMOVED);
  removed.reasons.fill(0);
  return removed;
}
