import type {
  DatastreamSpec,
  ObservationWriter,
  QualifiedObservation,
  QuarantineInput,
  RecordReceipt,
  RemovalReceipt,
} from "../port.ts";
import type { WorkerChannel } from "./channel.ts";
import type { ChangeFeed } from "./change-feed.ts";
import { GroupQueue } from "./group-queue.ts";
import type { Group, Waiting } from "./group-queue.ts";
import type { KnownState } from "./known-state.ts";
import { OUTCOMES } from "./messages.ts";
import type { CommitResult, WriterCalls } from "./messages.ts";

/** The longest sample that is kept of something quarantined, in UTF-16 units. */
const SAMPLE_LENGTH = 500;

/**
 * Main side of the writer. Calls of one turn of the event loop, and all that arrive while a transaction is under way, share
 * the next transaction; there is never more than one under way and never a wait for a timer.
 */
export class SqliteWriter implements ObservationWriter {
  readonly #channel: WorkerChannel<WriterCalls>;
  readonly #state: KnownState;
  readonly #feed: ChangeFeed;
  readonly #queue: GroupQueue;
  readonly #registered: () => Promise<void>;
  /** The loop that empties the queue; null when it rests. */
  #draining: Promise<void> | null = null;
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(options: {
    channel: WorkerChannel<WriterCalls>;
    state: KnownState;
    feed: ChangeFeed;
    maxQueued: number;
    /** Called when the known datastreams have changed. */
    registered: () => Promise<void>;
  }) {
    this.#channel = options.channel;
    this.#state = options.state;
    this.#feed = options.feed;
    this.#queue = new GroupQueue(options.maxQueued);
    this.#registered = options.registered;
  }

  async register(specs: readonly DatastreamSpec[]): Promise<void> {
    this.#checkOpen();
    this.#state.setSeries(await this.#channel.call("register", specs));
    await this.#registered();
  }

  // oxlint-disable-next-line typescript/require-await -- what it throws must become a rejection
  async record(observations: readonly QualifiedObservation[]): Promise<RecordReceipt> {
    this.#checkOpen();
    if (observations.length === 0) return { sequence: null, outcomes: [] };
    const series = observations.map((observation) => this.#seriesId(observation));
    return this.#enqueue(observations.length, observations, (group) => {
      group.columns.reserve(observations.length);
      for (const [i, observation] of observations.entries()) {
        group.columns.push(series[i]!, observation, this.#state.reasons.id(observation.reasons));
      }
    });
  }

  remove(): Promise<RemovalReceipt> {
    return Promise.reject(new Error("not there yet"));
  }

  async quarantine(entries: readonly QuarantineInput[]): Promise<void> {
    this.#checkOpen();
    if (entries.length === 0) return;
    await this.#enqueue(entries.length, [], (group) => {
      for (const entry of entries) group.quarantine.push({ ...entry, sample: entry.sample.slice(0, SAMPLE_LENGTH) });
    });
  }

  /** Accepts nothing more, and waits for what was accepted. */
  async finish(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.finish();
    await this.#channel.call("close", null);
    await this.#channel.end();
  }

  #checkOpen(): void {
    if (this.#closed) throw new Error("the observation writer is closed");
  }

  #seriesId(observation: QualifiedObservation): number {
    const row = this.#state.series(observation.datastream);
    if (!row) throw new Error(`datastream ${observation.datastream} is not registered`);
    return row.id;
  }

  #enqueue(
    size: number,
    observations: readonly QualifiedObservation[],
    pack: (group: Group) => void,
  ): Promise<RecordReceipt> {
    const group = this.#queue.accept(size);
    pack(group);
    return new Promise((resolve, reject) => {
      group.calls.push({ observations, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (let group = this.#queue.next(); group; group = this.#queue.next()) await this.#commit(group);
    this.#draining = null;
  }

  async #commit(group: Group): Promise<void> {
    const started = performance.now();
    const size = group.size;
    const reasonSets = this.#state.reasons.unsaved();
    let result: CommitResult;
    try {
      const columns = group.columns.take();
      result = await this.#channel.call("commit", { ...columns, reasonSets, quarantine: group.quarantine });
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const call of group.calls) call.reject(reason);
      return;
    } finally {
      this.#queue.settled(size, (performance.now() - started) / 1000);
    }
    this.#state.reasons.saved(reasonSets);
    this.#state.totals = result.totals;
    if (result.sequence !== null) this.#state.head = result.sequence;
    this.#settle(group.calls, result);
  }

  #settle(calls: readonly Waiting[], { sequence, outcomes }: CommitResult): void {
    const changed: QualifiedObservation[] = [];
    const receipts: RecordReceipt[] = [];
    let at = 0;
    for (const { observations } of calls) {
      const before = changed.length;
      const own = observations.map((observation) => {
        const outcome = OUTCOMES[outcomes[at++]!]!;
        if (outcome !== "duplicate") {
          this.#state.committed(observation);
          changed.push(observation);
        }
        return outcome;
      });
      receipts.push({ sequence: changed.length > before ? sequence : null, outcomes: own });
    }
    if (sequence !== null) this.#feed.announce({ sequence, observations: changed });
    for (const [i, call] of calls.entries()) call.resolve(receipts[i]!);
  }
}
