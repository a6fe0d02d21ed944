import { parentPort, Worker } from "node:worker_threads";
import type { Transferable } from "node:worker_threads";

/** Calls that a worker thread answers, one after the other. */
type Calls = Record<string, (argument: never) => unknown>;

interface Request {
  id: number;
  call: string;
  argument: unknown;
}
type Answer = { id: number; value: unknown } | { id: number; error: { name: string; message: string } };

/** Main side: calls into one worker thread. Typed arrays of an argument or an answer are moved to the other side. */
export class WorkerChannel<C extends Calls> {
  readonly #worker: Worker;
  readonly #name: string;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #ended: Error | undefined;

  constructor(script: URL, name: string) {
    this.#name = name;
    this.#worker = new Worker(script, { name });
    this.#worker.on("message", (answer: Answer) => this.#settle(answer));
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error(`the ${name} thread has ended`)));
  }

  call<K extends keyof C & string>(call: K, argument: Parameters<C[K]>[0]): Promise<ReturnType<C[K]>> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, argument } satisfies Request, buffersOf(argument));
    });
  }

  async end(): Promise<void> {
    this.#ended ??= new Error(`the ${this.#name} is closed`);
    await this.#worker.terminate();
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (!waiting) return;
    if ("error" in answer) waiting.reject(Object.assign(new Error(answer.error.message), { name: answer.error.name }));
    else waiting.resolve(answer.value as never);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** Worker side: answers the calls of a {@link WorkerChannel}. */
export function serveCalls<C extends Calls>(calls: C): void {
  const port = parentPort;
  if (!port) throw new Error("serveCalls must run in a worker thread");
  port.on("message", ({ id, call, argument }: Request) => {
    let answer: Answer;
    try {
      const method = calls[call];
      if (!method) throw new Error(`unknown call ${call}`);
      answer = { id, value: method(argument as never) };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      answer = { id, error: { name, message } };
    }
    port.postMessage(answer, "value" in answer ? buffersOf(answer.value) : []);
  });
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
