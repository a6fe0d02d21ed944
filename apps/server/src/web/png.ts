import { Worker } from "node:worker_threads";
import { ProblemError } from "../api/problem.ts";
import type { PngAnswer, PngRequest } from "./png-thread.ts";

/** Paints drawings in a thread of its own, one after the other: a large picture takes longer than the main thread may stand still. */
export interface Painter {
  /** PNG of an SVG document, `width` px wide. @throws {ProblemError} 429 when too many wait, {Error} when it cannot be painted */
  paint(svg: string, width: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Pictures that may wait; whoever comes behind asks again later. */
const longestQueue = 40;

interface Waiting {
  resolve(png: Buffer): void;
  reject(error: Error): void;
}

/** The thread starts with the first picture, and again when it has ended. */
export function createPainter(): Painter {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;
  const settle = (answer: PngAnswer): void => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("png" in answer) one?.resolve(Buffer.from(answer.png.buffer, answer.png.byteOffset, answer.png.byteLength));
    else one?.reject(new Error(`the picture cannot be painted: ${answer.error}`));
  };
  const fail = (ended: Worker, why: string): void => {
    if (ended !== worker) return;
    worker = null;
    for (const one of waiting.values()) one.reject(new Error(`the thread that paints pictures has ended: ${why}`));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./png-thread.ts", import.meta.url), { name: "pictures" });
    started.on("message", settle);
    started.on("error", (error) => fail(started, String(error)));
    started.on("exit", (code) => fail(started, `exit code ${code}`));
    // Pictures keep nobody from ending.
    started.unref();
    return started;
  };
  return {
    paint: (svg, width) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= longestQueue)
          throw new ProblemError(429, "busy", "Too many pictures are being painted; ask again in 5 s.", {
            headers: { "Retry-After": "5" },
          });
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker ??= start();
        worker.postMessage({ id: lastId, svg, width } satisfies PngRequest, []);
      }),
    async close() {
      const ended = worker;
      if (!ended) return;
      fail(ended, "the server stops");
      await ended.terminate();
    },
  };
}
