import type { Database } from "@ioc/database";
import { storeError } from "@ioc/observations/sqlite";
import type { HealthBoard } from "../health.ts";
import { messageOf, type Log } from "../log.ts";

/** ms that a statement waits for another program that holds `city.db`. The whole server stands still meanwhile. */
const mostWaitMs = 100;

/** A fault of `city.db` with what to do about it, as `StoreUnavailable`; any other error stays what it is. */
export function cityFault(error: unknown): unknown {
  return storeError(error, "city.db");
}

/** Does small pieces of work on `city.db`; what fails is told in health and in the log, and the program goes on. */
export interface CityDatabaseWork {
  /** What the work answers; undefined when it failed. `what` is the same each time for the same kind of work. */
  attempt<T>(what: string, work: () => T): T | undefined;
  /** The same for work that takes its time. */
  attemptLater<T>(what: string, work: () => Promise<T>): Promise<T | undefined>;
}

/** To be called when the server has started: from then on nothing may wait long for the file. */
export function watchCityDatabase(database: Database, health: HealthBoard, log: Log): CityDatabaseWork {
  database.pragma(`busy_timeout = ${mostWaitMs}`);
  const failing = new Set<string>();
  const succeeded = (what: string) => {
    if (!failing.delete(what) || failing.size > 0) return;
    log.info("database", "city.db can be written again");
    health.set("database", "ok");
  };
  const failed = (what: string, error: unknown) => {
    const message = messageOf(cityFault(error));
    if (!failing.has(what)) log.error("database", `${what}: ${message}`);
    failing.add(what);
    health.set("database", "degraded", message);
  };
  return {
    attempt(what, work) {
      try {
        const result = work();
        succeeded(what);
        return result;
      } catch (error) {
        failed(what, error);
        return undefined;
      }
    },
    async attemptLater(what, work) {
      try {
        const result = await work();
        succeeded(what);
        return result;
      } catch (error) {
        failed(what, error);
        return undefined;
      }
    },
  };
}
