import type {
  DatastreamSpec,
  ObservationWriter,
  QualifiedObservation,
  QuarantineInput,
  RecordReceipt,
  RemovalReceipt,
  TimeSpan,
} from "../port.ts";
import type { WorkerChannel } from "./channel.ts";
import type { ChangeFeed } from "./change-feed.ts";
import { Group, GroupQueue, WaitingRemoval } from "./group-queue.ts";
import type { KnownState } from "./known-state.ts";
import type { CommitResult, RemovalResult, StoreState, WriterCalls } from "./messages.ts";
import { settle } from "./settle.ts";

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
  readonly #registered: () => Promise<void>;
  readonly queue: GroupQueue;
  /** The loop that empties the queue; null when it rests. */
  #draining: Promise<void> | null = null;
  /** A group of which it is not known whether it was committed, because the writer thread has ended. */
  #doubtful: Group | undefined;
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
    this.queue = new GroupQueue(options.maxQueued);
    this.#registered = options.registered;
  }

  async register(specs: readonly DatastreamSpec[]): Promise<void> {
    this.#checkOpen();
    this.#state.setSeries(await this.#channel.call("register", specs));
    await this.#registered();
  }

  // oxlint-disable-next-line typescript/require-await -- what it throws must become a rejection
  async record(observations: readonly QualifiedObservation[], by = ""): Promise<RecordReceipt> {
    this.#checkOpen();
    if (observations.length === 0) return { sequence: null, outcomes: [] };
    const series = this.#seriesIds(observations);
    return this.#enqueue(observations.length, observations, series, (group) => {
      const { reasons } = this.#state;
      group.columns.reserve(observations.length);
      for (let i = 0; i < observations.length; i++) {
        const observation = observations[i]!;
        group.columns.push(series[i]!, observation, reasons.id(observation.reasons));
      }
      group.senders.push({ end: group.columns.length, by });
    });
  }

  // oxlint-disable-next-line typescript/require-await -- what it throws must become a rejection
  async remove(spans: readonly TimeSpan[], by: string, reason: string): Promise<RemovalReceipt> {
    this.#checkOpen();
    const own = spans.map(({ datastream, from, to }) => ({ series: this.#seriesId(datastream), from, to }));
    if (own.length === 0) return { sequence: null, removed: 0 };
    const result = await new Promise<RemovalResult>((resolve, reject) => {
      this.queue.acceptRemoval(new WaitingRemoval({ spans: own, by, reason }, resolve, reject));
      this.#draining ??= this.#drain();
    });
    const { sequence, removed } = result;
    return { sequence, removed };
  }

  async quarantine(entries: readonly QuarantineInput[]): Promise<void> {
    this.#checkOpen();
    if (entries.length === 0) return;
    await this.#enqueue(entries.length, [], new Int32Array(), (group) => {
      for (const entry of entries) group.quarantine.push({ ...entry, sample: entry.sample.slice(0, SAMPLE_LENGTH) });
    });
  }

  /**
   * After the writer thread was started again: what it had committed without an answer is announced as a whole, since its
   * sender was told that nothing is certain and finds duplicates when it sends again.
   */
  restarted(found: StoreState): void {
    const group = this.#doubtful;
    const committed = found.head > this.#state.head;
    this.#doubtful = undefined;
    this.#state.reset(found);
    if (!group || !committed) return;
    this.#feed.announce({ sequence: found.head, observations: group.calls.flatMap((call) => call.observations) });
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

  #seriesId(datastream: string): number {
    const row = this.#state.series(datastream);
    if (!row) throw new Error(`datastream ${datastream} is not registered`);
    return row.id;
  }

  #seriesIds(observations: readonly QualifiedObservation[]): Int32Array {
    const ids = new Int32Array(observations.length);
    let last: string | undefined;
    let id = 0;
    for (let i = 0; i < ids.length; i++) {
      const { datastream } = observations[i]!;
      if (datastream !== last) {
        id = this.#seriesId(datastream);
        last = datastream;
      }
      ids[i] = id;
    }
    return ids;
  }

  #enqueue(
    size: number,
    observations: readonly QualifiedObservation[],
    series: Int32Array,
    pack: (group: Group) => void,
  ): Promise<RecordReceipt> {
    const group = this.queue.accept(size);
    const start = group.columns.length;
    pack(group);
    return new Promise((resolve, reject) => {
      group.calls.push({ observations, series, start, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = this.queue.next(); next; next = this.queue.next()) {
      if (next instanceof Group) await this.#commit(next);
      else await this.#remove(next);
    }
    this.#draining = null;
  }

  async #commit(group: Group): Promise<void> {
    const started = performance.now();
    const size = group.size;
    const reasonSets = this.#state.reasons.unsaved();
    const { senders, quarantine } = group;
    let result: CommitResult;
    this.#doubtful = group;
    try {
      const columns = group.columns.take();
      result = await this.#channel.call("commit", { ...columns, senders, reasonSets, quarantine });
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const call of group.calls) call.reject(reason);
      return;
    } finally {
      this.queue.settled(size, (performance.now() - started) / 1000);
    }
    this.#doubtful = undefined;
    this.#state.reasons.saved(reasonSets);
    this.#state.totals = result.totals;
    if (result.sequence !== null) this.#state.head = result.sequence;
    settle(group.calls, result, this.#state, this.#feed);
  }

  async #remove({ removal, resolve, reject }: WaitingRemoval): Promise<void> {
    try {
      const result = await this.#channel.call("remove", removal);
      this.#state.totals = result.totals;
      this.#state.removed(result);
      if (result.sequence !== null) {
        this.#state.head = result.sequence;
        this.#feed.announce({ sequence: result.sequence, observations: [], removed: this.#named(removal.spans) });
      }
      resolve(result);
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #named(spans: WaitingRemoval["removal"]["spans"]): TimeSpan[] {
    return spans.map(({ series, from, to }) => ({ datastream: this.#state.datastreamOf(series), from, to }));
  }
}
