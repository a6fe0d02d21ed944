import type { LatestValue } from "@ioc/contracts";
import type { QualifiedObservation } from "../port.ts";
import type { LatestRow, RemovalResult, SeriesRow, StoreState, Totals } from "./messages.ts";

/** The newest reading of a datastream; a recorded observation is kept as it came. */
type Newest = Pick<LatestValue, "phenomenonTime" | "result" | "quality"> & { reasons: readonly string[] };

/** What the main loop knows of the file without asking: loaded when it is opened, then fed by each commit. */
export class KnownState {
  totals: Totals;
  head: number;
  readonly reasons: ReasonSets;
  readonly #byDatastream = new Map<string, SeriesRow>();
  /** By id of the series. */
  readonly #names: string[] = [];
  #newest: (Newest | undefined)[] = [];

  constructor(state: StoreState) {
    this.totals = state.totals;
    this.head = state.head;
    this.reasons = new ReasonSets(state.reasonSets);
    this.setSeries(state.series);
    this.#setLatest(state.latest);
  }

  /** Takes what a writer says that was started again. Sets of reasons stay: calls that wait may use unsaved ones. */
  reset(state: StoreState): void {
    this.totals = state.totals;
    this.head = state.head;
    this.setSeries(state.series);
    this.#newest = [];
    this.#setLatest(state.latest);
  }

  get datastreams(): number {
    return this.#byDatastream.size;
  }

  setSeries(rows: readonly SeriesRow[]): void {
    for (const row of rows) {
      this.#byDatastream.set(row.datastream, row);
      this.#names[row.id] = row.datastream;
    }
  }

  series(datastream: string): SeriesRow | undefined {
    return this.#byDatastream.get(datastream);
  }

  datastreamOf(id: number): string {
    return this.#names[id] ?? "";
  }

  allSeries(): SeriesRow[] {
    return [...this.#byDatastream.values()];
  }

  /** Newest value of a datastream. */
  latest({ id, datastream }: SeriesRow): LatestValue | undefined {
    const newest = this.#newest[id];
    if (!newest) return undefined;
    const { phenomenonTime, result, quality, reasons } = newest;
    return { datastream, phenomenonTime, result, quality, reasons: [...reasons] };
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
  committed(series: number, observation: QualifiedObservation): void {
    const known = this.#newest[series];
    if (!known || known.phenomenonTime <= observation.phenomenonTime) this.#newest[series] = observation;
  }

  /** Takes over a removal. */
  removed({ latest, empty }: RemovalResult): void {
    for (const id of empty) this.#newest[id] = undefined;
    this.#setLatest(latest);
  }

  #setLatest(rows: readonly LatestRow[]): void {
    for (const { series, t, value, quality, reasons } of rows) {
      this.#newest[series] = { phenomenonTime: t, result: value, quality, reasons: this.reasons.names(reasons) };
    }
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
    // Senders make up codes of their own: a set too many is kept as the longest beginning that is known.
    if (this.#highest === MOST_SETS) return this.id(reasons.slice(0, -1));
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
