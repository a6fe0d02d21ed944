import type { Frame } from "@ioc/contracts";
import type { NewResult, ResultRetention, ResultStore } from "@ioc/statistics/store";
import { messageOf, type Log } from "../log.ts";
import { cityFault } from "../system/city-database.ts";

/** Results that wait for a file that cannot be written; of more the oldest are dropped. */
const mostWaiting = 20_000;

/** Keeps what the statistics engine calculates. */
export interface ResultLog {
  /** To be called with the default frame of each calculation. */
  note(frame: Frame): void;
  /**
   * Writes what was noted, in one transaction, and thins what has aged; to be called once a real second. What could not be
   * written is tried again by the next call. A call while one is under way waits for it.
   * @param now city time, ms
   */
  step(now: number): Promise<void>;
  /** Writes the rest; to be called when the engine has stopped. */
  close(): Promise<void>;
}

export function createResultLog(options: {
  store: Pick<ResultStore, "append">;
  retention: Pick<ResultRetention, "step">;
  log: Log;
}): ResultLog {
  let waiting: NewResult[] = [];
  let dropped = 0;
  let running: Promise<void> | null = null;

  const write = async () => {
    if (waiting.length === 0) return;
    const taken = waiting;
    waiting = [];
    try {
      await options.store.append(taken);
    } catch (error) {
      waiting = [...taken, ...waiting];
      throw error;
    }
    if (dropped > 0) options.log.warn("statistics", `${dropped} results were not kept: city.db could not be written`);
    dropped = 0;
  };
  return {
    note(frame) {
      waiting.push(resultOf(frame));
      dropped += waiting.splice(0, Math.max(0, waiting.length - mostWaiting)).length;
    },
    step(now) {
      running ??= write()
        .then(() => options.retention.step(now))
        .finally(() => (running = null));
      return running;
    },
    async close() {
      // What stood in its way may be over.
      await running?.catch(() => undefined);
      try {
        await write();
      } catch (error) {
        const count = waiting.length + dropped;
        throw new Error(`${count} results were not kept: ${messageOf(cityFault(error))}`, { cause: error });
      }
    },
  };
}

function resultOf({ statistic, computedAt, value, asOf, coverage, status, window }: Frame): NewResult {
  return { statistic, at: computedAt, value, asOf, coverage, status, window };
}
