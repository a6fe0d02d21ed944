import type { Readings } from "../readings.ts";
import { REMOVED } from "../readings.ts";
import type { BlockTable } from "./block-table.ts";
import { indexAt } from "./columns-of-readings.ts";
import { dayEnd, dayOf } from "./days.ts";
import { isCorrupt } from "./store-error.ts";
import type { LatestRow, ObservationColumns } from "./messages.ts";
import { SeriesMemory } from "./series-memory.ts";
import type { StateTable } from "./state-table.ts";
import type { QualityFlag } from "@ioc/contracts";

/** All series as the writer thread remembers them: their tails, and what their blocks hold. */
export class KnownSeries {
  readonly #blocks: BlockTable;
  readonly #states: StateTable;
  readonly #dayOffset: number;
  /** By id, which are small integers. */
  readonly #series: SeriesMemory[] = [];
  /** Readings in all tails. */
  tail = 0;

  constructor(blocks: BlockTable, states: StateTable, dayOffset: number) {
    this.#blocks = blocks;
    this.#states = states;
    this.#dayOffset = dayOffset;
    this.reload();
  }

  of(id: number): SeriesMemory {
    while (this.#series.length <= id) this.#series.push(new SeriesMemory(this.#series.length));
    return this.#series[id]!;
  }

  all(): Iterable<SeriesMemory> {
    return this.#series;
  }

  /** Reads again what the blocks hold, after someone else has changed them. */
  reload(): void {
    for (const { series: id, ...stored } of this.#states.all()) {
      const series = this.of(id);
      series.stored = stored;
      series.keptSince = stored.rawFrom === null ? -Infinity : dayEnd(stored.rawFrom - 1, this.#dayOffset);
    }
  }

  /** Adds readings of a commit to the tails. */
  add(columns: ObservationColumns, indexes: Uint32Array, sequence: number): void {
    const { series: ids, time, value, quality, reasons, delay } = columns;
    let series: SeriesMemory | undefined;
    for (let k = 0; k < indexes.length; k++) {
      const i = indexes[k]!;
      const t = time[i]!;
      if (ids[i] !== series?.id) series = this.of(ids[i]!);
      if (series!.tail.put(t, value[i]!, quality[i]!, reasons[i]!, delay[i]!, sequence)) this.tail++;
      if (t > series!.top) series!.top = t;
    }
  }

  /** Takes a row of the journal when the file is opened; what a series has in its blocks is left out. */
  replay(sequence: number, columns: ObservationColumns): void {
    const indexes: number[] = [];
    for (let i = 0; i < columns.series.length; i++) {
      if (this.of(columns.series[i]!).stored.flushed < sequence) indexes.push(i);
    }
    this.add(columns, Uint32Array.from(indexes), sequence);
  }

  /** To be called once the journal was replayed. */
  loaded(): void {
    for (const series of this.#series) {
      const day = this.#blocks.lastBlock(series.id);
      if (day === undefined) continue;
      const last = this.#readable(series.id, day)?.time.at(-1) ?? dayEnd(day, this.#dayOffset);
      series.top = Math.max(series.top, last);
    }
  }

  /** The newest reading of a series. */
  latest(id: number): LatestRow | undefined {
    const { tail, stored } = this.of(id);
    const { newest } = stored;
    const inTail = tail.length > 0 && tail.newest >= (newest ?? -Infinity);
    const readings = inTail ? tail.all() : newest === null ? undefined : this.#readable(id, this.#day(newest));
    const at = inTail ? tail.length - 1 : readings && newest !== null ? indexAt(readings.time, newest) : -1;
    if (!readings || at < 0) return undefined;
    const value = readings.value[at]!;
    return {
      series: id,
      t: readings.time[at]!,
      value: Number.isNaN(value) ? null : value,
      quality: readings.quality[at]! as QualityFlag,
      reasons: readings.reasons[at]!,
    };
  }

  allLatest(): LatestRow[] {
    return this.#series.map(({ id }) => this.latest(id)).filter((row) => row !== undefined);
  }

  /** Readings without the removed ones. */
  count(): number {
    let count = 0;
    for (const series of this.#series) count += series.stored.n + this.#added(series);
    return count;
  }

  /** Readings in blocks. */
  stored(): number {
    let stored = 0;
    for (const series of this.#series) stored += series.stored.n;
    return stored;
  }

  /** phenomenonTime of the oldest and newest reading of all. */
  extent(): { oldest: number | null; newest: number | null } {
    let [oldest, newest] = [Infinity, -Infinity];
    for (const { stored, tail } of this.#series) {
      oldest = Math.min(oldest, stored.oldest ?? Infinity, tail.length > 0 ? tail.oldest : Infinity);
      newest = Math.max(newest, stored.newest ?? -Infinity, tail.length > 0 ? tail.newest : -Infinity);
    }
    return oldest === Infinity ? { oldest: null, newest: null } : { oldest, newest };
  }

  /** Readings of the tail that are not in a block in another version. */
  #added({ id, tail, stored }: SeriesMemory): number {
    if (tail.length === 0 || stored.newest === null || tail.oldest > stored.newest) return tail.length;
    let added = 0;
    for (const time of tail.all().time) {
      const block: Readings | undefined = time > stored.newest ? undefined : this.#readable(id, this.#day(time));
      const at = block ? indexAt(block.time, time) : -1;
      if (at < 0 || block!.quality[at] === REMOVED) added++;
    }
    return added;
  }

  #day(time: number): number {
    return dayOf(time, this.#dayOffset);
  }

  /** The block of a day; none when its page cannot be read, so that all others can be used. */
  #readable(series: number, day: number): Readings | undefined {
    try {
      return this.#blocks.get(series, day)?.readings;
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      process.emitWarning(error);
      return undefined;
    }
  }
}
