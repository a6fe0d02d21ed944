import { setTimeout as wait } from "node:timers/promises";
import { StoreBusy, StoreUnavailable } from "@ioc/observations";

/** Times that a store is asked again before the sender's connection is closed; it then sends again later. */
const attempts = 5;

/**
 * Does what has to be stored before a message is acknowledged. A store that is busy, or cannot be written at the moment, is
 * asked again after the time it names; the sender waits.
 * @throws what the last attempt threw; at once when it is not the store's state
 */
export async function untilStored<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const passes = error instanceof StoreBusy || error instanceof StoreUnavailable;
      if (!passes || attempt >= attempts) throw error;
      await wait(error.retryAfterSeconds * 1000);
    }
  }
}
