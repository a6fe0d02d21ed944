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
  /** What the work answers; undefined when it failed. */
  attempt<T>(work: () => T): T | undefined;
}

/** To be called when the server has started: from then on nothing may wait long for the file. */
export function watchCityDatabase(database: Database, health: HealthBoard, log: Log): CityDatabaseWork {
  database.pragma(`busy_timeout = ${mostWaitMs}`);
  let failed = false;
  return {
    attempt(work) {
      try {
        const result = work();
        if (failed) {
          log.info("database", "city.db can be written again");
          health.set("database", "ok");
        }
        failed = false;
        return result;
      } catch (error) {
        const message = messageOf(cityFault(error));
        if (!failed) log.error("database", message);
        failed = true;
        health.set("database", "degraded", message);
        return undefined;
      }
    },
  };
}
