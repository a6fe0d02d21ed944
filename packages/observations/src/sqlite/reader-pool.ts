import { WorkerChannel } from "./channel.ts";
import type { ReaderCalls, ReaderOptions } from "./messages.ts";

/** A reader's call that took long. */
export interface SlowQuery {
  call: string;
  ms: number;
  /** When it was answered, ms of real time. */
  at: number;
  /** Series that it asked for. */
  series: number;
}

const SLOW_MS = 250;
const KEPT_SLOW = 50;

/**
 * Several reader threads; each call goes to the one with the fewest under way, of equals to each in turn, so that none falls
 * far behind the journal.
 */
export class ReaderPool {
  readonly #channels: WorkerChannel<ReaderCalls>[];
  readonly slow: SlowQuery[] = [];
  #turn = 0;

  constructor(threads: number, options: ReaderOptions) {
    const script = new URL("./reader-thread.ts", import.meta.url);
    const name = (i: number) => `observation reader ${i + 1}`;
    this.#channels = Array.from({ length: threads }, (_, i) => {
      return new WorkerChannel<ReaderCalls>({ script, name: name(i), argument: options });
    });
  }

  async open(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.open()));
  }

  async call<K extends keyof ReaderCalls & string>(
    call: K,
    argument: Parameters<ReaderCalls[K]>[0],
  ): Promise<ReturnType<ReaderCalls[K]>> {
    const idlest = this.#idlest();
    const series = seriesIn(argument);
    const started = performance.now();
    try {
      return await idlest.call(call, argument);
    } finally {
      const ms = performance.now() - started;
      if (ms > SLOW_MS) this.#note({ call, ms, at: Math.round(performance.timeOrigin + started + ms), series });
    }
  }

  /** Tells every thread that the known datastreams have changed. */
  async reload(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.call("reload", null)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.call("close", null).then(() => channel.end())));
  }

  async end(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.end()));
  }

  /** Ends all threads as a crash would. */
  async crash(): Promise<void> {
    await Promise.all(this.#channels.map((channel) => channel.crash()));
  }

  #idlest(): WorkerChannel<ReaderCalls> {
    const n = this.#channels.length;
    let place = this.#turn++ % n;
    for (let i = 1; i < n; i++) {
      const other = (this.#turn + i - 1) % n;
      if (this.#channels[other]!.underWay < this.#channels[place]!.underWay) place = other;
    }
    return this.#channels[place]!;
  }

  #note(query: SlowQuery): void {
    this.slow.push(query);
    if (this.slow.length > KEPT_SLOW) this.slow.shift();
  }
}

/** How many series a call asks for; counted before its columns move to the other thread. */
function seriesIn(argument: unknown): number {
  if (typeof argument !== "object" || argument === null || !("series" in argument)) return 0;
  const { series } = argument;
  if (typeof series === "number") return 1;
  return ArrayBuffer.isView(series) || Array.isArray(series) ? (series as ArrayLike<number>).length : 0;
}
