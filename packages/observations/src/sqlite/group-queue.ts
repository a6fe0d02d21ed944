import { StoreBusy } from "../port.ts";
import type { QualifiedObservation, QuarantineInput, RecordReceipt } from "../port.ts";
import { ColumnBuffer } from "./columns.ts";

/** Largest transaction in readings; a longer wait would keep small senders behind large ones. */
const GROUP_LIMIT = 50_000;

/** One call that waits for its transaction. `observations` is empty for a quarantine call. */
export interface Waiting {
  observations: readonly QualifiedObservation[];
  resolve: (receipt: RecordReceipt) => void;
  reject: (error: Error) => void;
}

/** Calls that will share one transaction, packed. */
export class Group {
  readonly columns = new ColumnBuffer();
  readonly quarantine: QuarantineInput[] = [];
  readonly calls: Waiting[] = [];

  get size(): number {
    return this.columns.length + this.quarantine.length;
  }
}

/** What waits for the writer, in order of arrival, bounded by the number of readings. */
export class GroupQueue {
  readonly #limit: number;
  readonly #groups: Group[] = [];
  /** Readings accepted and not yet settled. */
  #unsettled = 0;
  /** Readings settled per second; a cautious guess until it is measured. */
  #rate = 50_000;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The group that takes `size` more items.
   * @throws {StoreBusy} when too much waits already; a call that finds nothing waiting is always taken.
   */
  accept(size: number): Group {
    if (this.#unsettled > 0 && this.#unsettled + size > this.#limit) throw new StoreBusy(this.#retryAfterSeconds());
    this.#unsettled += size;
    let group = this.#groups.at(-1);
    if (!group || (group.size > 0 && group.size + size > GROUP_LIMIT)) this.#groups.push((group = new Group()));
    return group;
  }

  next(): Group | undefined {
    return this.#groups.shift();
  }

  settled(size: number, seconds: number): void {
    this.#unsettled -= size;
    if (size > 0 && seconds > 0) this.#rate = 0.8 * this.#rate + 0.2 * (size / seconds);
  }

  #retryAfterSeconds(): number {
    return Math.min(60, Math.max(1, Math.ceil(this.#unsettled / this.#rate)));
  }
}
