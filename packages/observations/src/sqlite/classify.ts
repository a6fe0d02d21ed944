import type { Readings } from "../readings.ts";
import { REMOVED, emptyReadings } from "../readings.ts";
import type { Block } from "./block-cache.ts";
import type { BlockTable } from "./block-table.ts";
import { indexAt } from "./columns-of-readings.ts";
import { dayEnd, dayOf } from "./days.ts";
import { CORRECTED, DUPLICATE, EXPIRED, STORED } from "./messages.ts";
import type { ObservationColumns } from "./messages.ts";
import type { SeriesMemory } from "./series-memory.ts";
import { isCorrupt } from "./store-error.ts";

interface Known {
  value: number;
  quality: number;
}

/** A stored reading whose place another one takes. */
export interface Replaced extends Known {
  /** Index of the new reading in the group. */
  index: number;
}

/** What a group of readings changes; nothing has been changed yet. */
export interface Plan {
  /** For each reading of the group STORED, DUPLICATE, CORRECTED or EXPIRED. */
  outcomes: Uint8Array;
  allStored: boolean;
  /** Readings that the commit changes. */
  changed: number;
  /** Readings that are more than before: new ones, and removed ones that are valid again. */
  added: number;
  /** phenomenonTime of the oldest and newest reading that is changed. */
  oldest: number;
  newest: number;
  /** Indexes for the journal, by series and time, each key once. */
  journal: Uint32Array;
  /** Series of which so many readings came that they are written into blocks at once. */
  bulk: { series: SeriesMemory; readings: Readings }[];
  replaced: Replaced[];
}

/** From this many readings of one series in a group they go straight into blocks: history and back-fill. */
const BULK = 64;

/** Tells new, repeated and corrected readings apart. */
export class Classifier {
  readonly #seriesOf: (id: number) => SeriesMemory;
  readonly #blocks: BlockTable;
  readonly #dayOffset: number;

  constructor(seriesOf: (id: number) => SeriesMemory, blocks: BlockTable, dayOffset: number) {
    this.#seriesOf = seriesOf;
    this.#blocks = blocks;
    this.#dayOffset = dayOffset;
  }

  /**
   * @param order indexes by series, time and arrival
   * @param bulk readings of a series from which they go straight into blocks
   */
  plan(group: ObservationColumns, order: Uint32Array, bulk = BULK): Plan {
    const plan: Plan = {
      outcomes: new Uint8Array(order.length),
      allStored: true,
      changed: 0,
      added: 0,
      oldest: Infinity,
      newest: -Infinity,
      journal: new Uint32Array(order.length),
      bulk: [],
      replaced: [],
    };
    let length = 0;
    for (let from = 0; from < order.length;) {
      const id = group.series[order[from]!]!;
      let to = from + 1;
      while (to < order.length && group.series[order[to]!] === id) to++;
      const series = this.#seriesOf(id);
      const end = this.#run(series, group, order, from, to, plan, length);
      plan.changed += end - length;
      if (end - length < bulk) length = end;
      else plan.bulk.push({ series, readings: gathered(group, plan.journal.subarray(length, end)) });
      from = to;
    }
    plan.journal = plan.journal.subarray(0, length);
    return plan;
  }

  /**
   * Judges the readings [from, to) of one series and adds the indexes of those that change something to `plan.journal` at
   * `start`.
   * @returns the end of what was added
   */
  #run(
    series: SeriesMemory,
    group: ObservationColumns,
    order: Uint32Array,
    from: number,
    to: number,
    plan: Plan,
    start: number,
  ): number {
    const { time } = group;
    const changed = plan.journal;
    const stored = new Lookup(series, this.#blocks, this.#dayOffset);
    let { top } = series;
    let end = start;
    for (let k = from; k < to; k++) {
      const i = order[k]!;
      const t = time[i]!;
      if (t > top && t > series.keptSince) {
        top = t;
        changed[end++] = i;
        plan.added++;
        continue;
      }
      const again = end > start && time[changed[end - 1]!] === t;
      const known = again ? readingAt(group, changed[end - 1]!) : stored.find(t);
      const outcome = t <= series.keptSince ? EXPIRED : outcomeOf(known, group.value[i]!);
      if (outcome !== STORED) plan.allStored = false;
      plan.outcomes[i] = outcome;
      if (outcome === DUPLICATE || outcome === EXPIRED) continue;
      if (outcome === CORRECTED) plan.replaced.push({ index: i, ...known! });
      if (!known || known.quality === REMOVED) plan.added++;
      changed[again ? end - 1 : end++] = i;
    }
    if (end > start) {
      plan.oldest = Math.min(plan.oldest, time[changed[start]!]!);
      plan.newest = Math.max(plan.newest, time[changed[end - 1]!]!);
    }
    return end;
  }
}

/** Finds what is stored of one series; times are asked in rising order, so the block of the last one is often right. */
class Lookup {
  readonly #series: SeriesMemory;
  readonly #blocks: BlockTable;
  readonly #dayOffset: number;
  #end = -Infinity;
  #block: Block | undefined;

  constructor(series: SeriesMemory, blocks: BlockTable, dayOffset: number) {
    this.#series = series;
    this.#blocks = blocks;
    this.#dayOffset = dayOffset;
  }

  find(time: number): Known | undefined {
    const { id, tail } = this.#series;
    const inTail = tail.find(time);
    if (inTail >= 0) return { value: tail.valueAt(inTail), quality: tail.qualityAt(inTail) };
    if (time > this.#end) {
      const day = dayOf(time, this.#dayOffset);
      this.#end = dayEnd(day, this.#dayOffset);
      this.#block = this.#readable(id, day);
    }
    if (!this.#block) return undefined;
    const { readings } = this.#block;
    const at = indexAt(readings.time, time);
    return at < 0 ? undefined : readingAt(readings, at);
  }

  /** What lies on a damaged page cannot be compared with: readings of that day are taken as new ones. */
  #readable(series: number, day: number): Block | undefined {
    try {
      return this.#blocks.get(series, day);
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      return undefined;
    }
  }
}

function readingAt(columns: { value: Float64Array; quality: Uint8Array }, i: number): Known {
  return { value: columns.value[i]!, quality: columns.quality[i]! };
}

/** The same value again changes nothing, whatever its quality; two readings without a result are the same. */
function outcomeOf(known: Known | undefined, value: number): number {
  if (!known) return STORED;
  return known.value === value || (Number.isNaN(known.value) && Number.isNaN(value)) ? DUPLICATE : CORRECTED;
}

function gathered(group: ObservationColumns, indexes: Uint32Array): Readings {
  const n = indexes.length;
  const readings = emptyReadings(n);
  for (let k = 0; k < n; k++) {
    const i = indexes[k]!;
    readings.time[k] = group.time[i]!;
    readings.value[k] = group.value[i]!;
    readings.quality[k] = group.quality[i]!;
    readings.reasons[k] = group.reasons[i]!;
    readings.delay[k] = group.delay[i]!;
  }
  return readings;
}
