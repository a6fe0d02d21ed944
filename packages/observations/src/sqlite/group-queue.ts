import { StoreBusy } from "../port.ts";
import type { QualifiedObservation, QuarantineInput, RecordReceipt } from "../port.ts";
import { ColumnBuffer } from "./columns.ts";
import type { Removal, RemovalResult } from "./messages.ts";

/** Largest transaction in readings; a longer wait would keep small senders behind large ones. */
const GROUP_LIMIT = 50_000;

/** One call that waits for its transaction. `observations` is empty for a quarantine call. */
export interface WaitingCall {
  observations: readonly QualifiedObservation[];
  /** Ids of their series. */
  series: Int32Array;
  /** Index of the first of them in the group. */
  start: number;
  resolve: (receipt: RecordReceipt) => void;
  reject: (error: Error) => void;
}

/** Calls that will share one transaction, packed. */
export class Group {
  readonly columns = new ColumnBuffer();
  readonly senders: { end: number; by: string }[] = [];
  readonly quarantine: QuarantineInput[] = [];
  readonly calls: WaitingCall[] = [];

  get size(): number {
    return this.columns.length + this.quarantine.length;
  }
}

/** A removal has a transaction of its own. */
export class WaitingRemoval {
  readonly removal: Removal;
  readonly resolve: (result: RemovalResult) => void;
  readonly reject: (error: Error) => void;

  constructor(removal: Removal, resolve: (result: RemovalResult) => void, reject: (error: Error) => void) {
    this.removal = removal;
    this.resolve = resolve;
    this.reject = reject;
  }
}

/** What waits for the writer, in order of arrival, bounded by the number of readings. */
export class GroupQueue {
  readonly limit: number;
  readonly #waiting: (Group | WaitingRemoval)[] = [];
  /** Readings accepted and not yet settled. */
  #unsettled = 0;
  /** Readings settled per second; a cautious guess until it is measured. */
  #rate = 50_000;

  constructor(limit: number) {
    this.limit = limit;
  }

  get readings(): number {
    return this.#unsettled;
  }

  /**
   * The group that takes `size` more items.
   * @throws {StoreBusy} when too much waits already; a call that finds nothing waiting is always taken.
   */
  accept(size: number): Group {
    if (this.#unsettled > 0 && this.#unsettled + size > this.limit) throw new StoreBusy(this.#retryAfterSeconds());
    this.#unsettled += size;
    const last = this.#waiting.at(-1);
    if (last instanceof Group && (last.size === 0 || last.size + size <= GROUP_LIMIT)) return last;
    const group = new Group();
    this.#waiting.push(group);
    return group;
  }

  acceptRemoval(removal: WaitingRemoval): void {
    this.#waiting.push(removal);
  }

  next(): Group | WaitingRemoval | undefined {
    return this.#waiting.shift();
  }

  settled(size: number, seconds: number): void {
    this.#unsettled -= size;
    if (size > 0 && seconds > 0) this.#rate = 0.8 * this.#rate + 0.2 * (size / seconds);
  }

  #retryAfterSeconds(): number {
    return Math.min(60, Math.max(1, Math.ceil(this.#unsettled / this.#rate)));
  }
}
