import type { Log } from "../log.ts";
import { messageOf } from "../log.ts";
import type { HealthBoard } from "../health.ts";

/** Real ms between two looks for work. */
const everyMs = 5000;
/** ms that one step may hold the writer, and that intake then has it for itself. */
const stepMs = 15;
const restMs = 10;

/**
 * Looks after the store in the background: readings that lie in memory only are written into blocks, rollups of days that
 * are over are stored, what is too old is dropped. Done in small steps, between which intake has the writer.
 */
export function startUpkeep(options: {
  maintain: (now: number, budgetMs: number) => Promise<boolean>;
  now: () => number;
  health: HealthBoard;
  log: Log;
}): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let failed = false;

  const wait = (ms: number) => {
    if (!stopped) timer = setTimeout(() => (working = step()), ms);
  };
  const step = async () => {
    let more = false;
    try {
      more = await options.maintain(options.now(), stepMs);
      if (failed) options.health.set("upkeep", "ok");
      failed = false;
    } catch (error) {
      if (!failed) options.log.error("upkeep", messageOf(error));
      failed = true;
      options.health.set("upkeep", "degraded", messageOf(error));
    }
    wait(more ? restMs : everyMs);
  };
  options.health.set("upkeep", "ok");
  wait(everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
