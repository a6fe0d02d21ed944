import type { LatestValue } from "@ioc/contracts";
import type { QualifiedObservation } from "../port.ts";
import type { LatestRow, SeriesRow, StoreState, Totals } from "./messages.ts";

/** What the main loop knows of the file without asking: loaded when it is opened, then fed by each commit. */
export class KnownState {
  totals: Totals;
  head: number;
  readonly reasons: ReasonSets;
  readonly #byDatastream = new Map<string, SeriesRow>();
  readonly #latest = new Map<string, LatestValue>();

  constructor(state: StoreState) {
    this.totals = state.totals;
    this.head = state.head;
    this.reasons = new ReasonSets(state.reasonSets);
    this.setSeries(state.series);
    const names = new Map(state.series.map((row) => [row.id, row.datastream]));
    for (const row of state.latest) {
      const datastream = names.get(row.series);
      if (datastream !== undefined) this.#latest.set(datastream, this.latestOf(datastream, row));
    }
  }

  get datastreams(): number {
    return this.#byDatastream.size;
  }

  setSeries(rows: readonly SeriesRow[]): void {
    for (const row of rows) this.#byDatastream.set(row.datastream, row);
  }

  series(datastream: string): SeriesRow | undefined {
    return this.#byDatastream.get(datastream);
  }

  /** Newest value of a datastream, or of all that have one. */
  latest(datastream: string): LatestValue | undefined {
    return this.#latest.get(datastream);
  }

  allLatest(): LatestValue[] {
    return [...this.#latest.values()];
  }

  latestOf(datastream: string, row: Omit<LatestRow, "series">): LatestValue {
    return {
      datastream,
      phenomenonTime: row.t,
      result: row.value,
      quality: row.quality,
      reasons: [...this.reasons.names(row.reasons)],
    };
  }

  /** Takes over a committed reading that was new or a correction. */
  committed(observation: QualifiedObservation): void {
    const { datastream, phenomenonTime, result, quality, reasons } = observation;
    const known = this.#latest.get(datastream);
    if (known && known.phenomenonTime > phenomenonTime) return;
    this.#latest.set(datastream, { datastream, phenomenonTime, result, quality, reasons: [...reasons] });
  }
}

const SEPARATOR = ",";
/** Ids are kept in 16 bits. */
const MOST_SETS = 65_535;

/** Sets of reasons by number; 0 is the empty set. */
export class ReasonSets {
  readonly #idOf = new Map<string, number>([["", 0]]);
  readonly #namesOf = new Map<number, readonly string[]>([[0, []]]);
  readonly #unsaved = new Map<number, string>();
  #highest = 0;

  constructor(saved: readonly { id: number; names: string }[]) {
    for (const { id, names } of saved) this.#add(id, names);
  }

  id(reasons: readonly string[]): number {
    if (reasons.length === 0) return 0;
    const names = reasons.join(SEPARATOR);
    const known = this.#idOf.get(names);
    if (known !== undefined) return known;
    if (this.#highest === MOST_SETS) throw new RangeError("too many different sets of reasons");
    const id = this.#highest + 1;
    this.#add(id, names);
    this.#unsaved.set(id, names);
    return id;
  }

  names(id: number): readonly string[] {
    return this.#namesOf.get(id) ?? [];
  }

  /** Sets that no commit has saved yet. */
  unsaved(): { id: number; names: string }[] {
    return [...this.#unsaved].map(([id, names]) => ({ id, names }));
  }

  saved(sets: readonly { id: number }[]): void {
    for (const { id } of sets) this.#unsaved.delete(id);
  }

  #add(id: number, names: string): void {
    this.#idOf.set(names, id);
    this.#namesOf.set(id, names.split(SEPARATOR));
    this.#highest = Math.max(this.#highest, id);
  }
}
