import type { Readings } from "../readings.ts";
import { REMOVED } from "../readings.ts";
import type { Block } from "./block-cache.ts";
import type { BlockTable } from "./block-table.ts";
import { copyOf, countUpTo, merged, part } from "./columns-of-readings.ts";
import { dayEnd, dayOf } from "./days.ts";
import type { SeriesMemory, StoredState } from "./series-memory.ts";
import type { StateTable } from "./state-table.ts";

/** What a flush has written: becomes the state in memory once its transaction is committed. */
export interface Flushed {
  series: SeriesMemory;
  stored: StoredState;
  blocks: { day: number; block: Block }[];
}

/** Writes readings of a series into the blocks of their days, inside the transaction of its caller. */
export class Flush {
  readonly #blocks: BlockTable;
  readonly #states: StateTable;
  readonly #dayOffset: number;

  constructor(blocks: BlockTable, states: StateTable, dayOffset: number) {
    this.#blocks = blocks;
    this.#states = states;
    this.#dayOffset = dayOffset;
  }

  /**
   * Merges the series' tail, and what is `more` and newer, into its blocks.
   * @param sequence journal rows up to this one are then in the blocks for this series
   */
  series(series: SeriesMemory, sequence: number, more?: Readings): Flushed {
    const changes = more ? merged(series.tail.all(), more) : series.tail.all();
    const blocks: Flushed["blocks"] = [];
    let { n, bytes } = series.stored;
    for (let from = 0; from < changes.time.length;) {
      const day = dayOf(changes.time[from]!, this.#dayOffset);
      const to = countUpTo(changes.time, dayEnd(day, this.#dayOffset));
      const before = this.#blocks.get(series.id, day);
      const own = part(changes, from, to);
      const all =
        before && before.readings.time.length > 0
          ? merged(before.readings, own)
          : own.time.length === changes.time.length
            ? own
            : copyOf(own);
      const block = this.#blocks.write(series.id, day, all, before);
      n += block.n - (before?.n ?? 0);
      bytes += block.bytes - (before?.bytes ?? 0);
      blocks.push({ day, block });
      from = to;
    }
    const extent = changes.quality.includes(REMOVED) ? this.#extent(series.id) : grown(series.stored, changes);
    const stored = { ...series.stored, ...extent, n, bytes, flushed: sequence };
    this.#states.write(series.id, stored);
    return { series, stored, blocks };
  }

  /** Takes over into memory what was committed. */
  done({ series, stored, blocks }: Flushed): void {
    series.stored = stored;
    series.tail.clear();
    let largest = 0;
    for (const { day, block } of blocks) {
      this.#blocks.keep(series.id, day, block);
      largest = Math.max(largest, block.readings.time.length);
    }
    series.flushed(largest);
  }

  /** The oldest and newest reading of the blocks; after readings were removed it must be looked up. */
  #extent(series: number): { oldest: number | null; newest: number | null } {
    const first = this.#blocks.firstDay(series);
    const last = this.#blocks.lastDay(series);
    if (first === undefined || last === undefined) return { oldest: null, newest: null };
    const start = this.#blocks.read(series, first)!.readings;
    const end = this.#blocks.read(series, last)!.readings;
    const kept = (quality: number) => quality !== REMOVED;
    return {
      oldest: start.time[start.quality.findIndex(kept)] ?? null,
      newest: end.time[end.quality.findLastIndex(kept)] ?? null,
    };
  }
}

function grown(stored: StoredState, changes: Readings): { oldest: number | null; newest: number | null } {
  const { time } = changes;
  if (time.length === 0) return stored;
  const [oldest, newest] = [time[0]!, time[time.length - 1]!];
  return {
    oldest: stored.oldest === null ? oldest : Math.min(stored.oldest, oldest),
    newest: stored.newest === null ? newest : Math.max(stored.newest, newest),
  };
}
