import { parentPort, Worker } from "node:worker_threads";
import type { Transferable } from "node:worker_threads";
import { StoreUnavailable } from "../port.ts";

/** Calls that a worker thread answers, one after the other. `open` comes first. */
type Calls = Record<string, (argument: never) => unknown>;

interface Request {
  id: number;
  call: string;
  argument: unknown;
}
type Answer = { id: number; value: unknown } | { id: number; error: { name: string; message: string } };
interface Progress {
  progress: string;
}
/** Asks a thread to end when everything before it is answered. */
const LEAVE = "leave";

export interface ChannelOptions<C extends Calls> {
  script: URL;
  /** For messages: `observation writer`. */
  name: string;
  /** Argument of the call `open`. */
  argument: Parameters<C["open"]>[0];
  /** Takes what `open` answers when the thread had to be started again. */
  reopened?: (value: ReturnType<C["open"]>) => void;
  /** Takes what the thread reports of a long call. */
  onProgress?: ((message: string) => void) | undefined;
}
type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

/**
 * Main side: calls into one worker thread. Typed arrays of an argument or an answer are moved to the other side. A thread
 * that ends by itself is started and opened again by the next call; the calls under way are rejected.
 */
export class WorkerChannel<C extends Calls> {
  readonly #options: ChannelOptions<C>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #opening: Promise<unknown> | undefined;
  #nextId = 1;
  #closed = false;

  constructor(options: ChannelOptions<C>) {
    this.#options = options;
  }

  /** Calls that are not answered yet. */
  get underWay(): number {
    return this.#waiting.size;
  }

  /** Starts the thread. */
  open(): Promise<ReturnType<C["open"]>> {
    this.#start();
    return this.#post("open", this.#options.argument);
  }

  /** @throws {StoreUnavailable} when the thread ends before it has answered, or cannot be opened again */
  async call<K extends keyof C & string>(call: K, argument: Parameters<C[K]>[0]): Promise<ReturnType<C[K]>> {
    if (this.#closed) throw new Error(`the ${this.#options.name} is closed`);
    if (!this.#worker) this.#opening ??= this.#openAgain();
    if (this.#opening) await this.#opening;
    return this.#post(call, argument);
  }

  /**
   * Lets the thread end by itself after what was asked of it: to stop it inside a call of the database driver can take the
   * whole process with it.
   */
  async end(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.postMessage(LEAVE, []);
    await ended;
  }

  /** Ends the thread as a crash would. */
  async crash(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #openAgain(): Promise<void> {
    try {
      const found = await this.open();
      this.#options.reopened?.(found);
    } catch (error) {
      const worker = this.#worker;
      this.#worker = undefined;
      await worker?.terminate();
      const { message } = error as Error;
      throw new StoreUnavailable(`the ${this.#options.name} cannot be started again: ${message}`);
    } finally {
      this.#opening = undefined;
    }
  }

  #start(): void {
    const worker = new Worker(this.#options.script, { name: this.#options.name });
    this.#worker = worker;
    worker.on("message", (answer: Answer | Progress) => {
      if ("progress" in answer) this.#options.onProgress?.(answer.progress);
      else this.#settle(answer);
    });
    worker.on("error", (error: Error) => this.#fail(worker, error.message));
    worker.on("exit", (code) => this.#fail(worker, `exit code ${code}`));
  }

  #post<K extends keyof C & string>(call: K, argument: Parameters<C[K]>[0]): Promise<ReturnType<C[K]>> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new StoreUnavailable(`the ${this.#options.name} has ended`));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument } satisfies Request, buffersOf(argument));
    });
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (!waiting) return;
    if ("error" in answer) waiting.reject(errorOf(answer.error));
    else waiting.resolve(answer.value as never);
  }

  #fail(worker: Worker, why: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const error = this.#closed
      ? new Error(`the ${this.#options.name} is closed`)
      : new StoreUnavailable(`the ${this.#options.name} has ended: ${why}; it starts again with the next call`, 1);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Errors lose their class on the way from another thread. */
function errorOf({ name, message }: { name: string; message: string }): Error {
  if (name === "StoreUnavailable") return new StoreUnavailable(message);
  if (name === "RangeError") return new RangeError(message);
  return Object.assign(new Error(message), { name });
}

/**
 * Worker side: answers the calls of a {@link WorkerChannel}.
 * @param explained turns an error into the one that is answered
 */
export function serveCalls<C extends Calls>(calls: C, explained: (error: unknown) => unknown): void {
  const port = parentPort;
  if (!port) throw new Error("serveCalls must run in a worker thread");
  port.on("message", (message: Request | typeof LEAVE) => {
    if (message === LEAVE) {
      port.close();
      return;
    }
    const { id, call, argument } = message;
    let answer: Answer;
    try {
      const method = calls[call];
      if (!method) throw new Error(`unknown call ${call}`);
      answer = { id, value: method(argument as never) };
    } catch (thrown) {
      const error = explained(thrown);
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      answer = { id, error: { name, message } };
    }
    port.postMessage(answer, "value" in answer ? buffersOf(answer.value) : []);
  });
}

/** Worker side: tells the other side how a long call goes. */
export function reportProgress(message: string): void {
  parentPort?.postMessage({ progress: message } satisfies Progress, []);
}

/** Buffers of the typed arrays directly inside a value. */
function buffersOf(value: unknown): Transferable[] {
  if (typeof value !== "object" || value === null) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const part of Object.values(value)) {
    if (ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
  }
  return [...buffers];
}
