import { Worker } from "node:worker_threads";
import type { ForecastTask, MadeForecast } from "@ioc/city-forecasts";
import type { ForecastAnswer } from "./forecast-thread.ts";

/** Makes forecasts in a thread of its own, one after the other: a backtest takes longer than the main thread may stand still. */
export interface ForecastMaker {
  /** Null for a series without any value. @throws Error when the series cannot be forecast or the thread has ended */
  make(task: ForecastTask): Promise<MadeForecast | null>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(made: MadeForecast | null): void;
  reject(error: Error): void;
}

/** The thread starts with the first forecast, and again when it has ended. */
export function createForecastMaker(): ForecastMaker {
  /** In the order in which they were sent, which is that of the answers. */
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  const settle = (answer: ForecastAnswer): void => {
    const one = waiting.shift();
    if ("made" in answer) one?.resolve(answer.made);
    else one?.reject(new Error(answer.error));
  };
  const fail = (ended: Worker, why: string): void => {
    if (ended !== worker) return;
    worker = null;
    for (const one of waiting.splice(0)) one.reject(new Error(`the thread that makes forecasts has ended: ${why}`));
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./forecast-thread.ts", import.meta.url), { name: "forecasts" });
    started.on("message", settle);
    started.on("error", (error) => fail(started, String(error)));
    started.on("exit", (code) => fail(started, `exit code ${code}`));
    // Forecasts keep nobody from ending.
    started.unref();
    return started;
  };
  return {
    make: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker ??= start();
        worker.postMessage(task, []);
      }),
    async close() {
      const ended = worker;
      if (!ended) return;
      fail(ended, "the server stops");
      await ended.terminate();
    },
  };
}
