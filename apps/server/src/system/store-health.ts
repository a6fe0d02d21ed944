import { StoreUnavailable, type ObservationWriter } from "@ioc/observations";
import type { HealthBoard } from "../health.ts";
import type { Log } from "../log.ts";

/** Says in health and in the log whether readings can be stored and read. */
export interface StoreHealth {
  /** The same writer; what it cannot store is noted, and when it can again. */
  watch(writer: ObservationWriter): ObservationWriter;
  /** To be told of each read that failed. */
  readFailed(error: unknown): void;
  /** To be called about once a second. */
  everySecond(): void;
}

/** A part of the file that cannot be read is met again only when somebody asks for it: the fault is shown for this long. */
export const readFaultShownMs = 600_000;

/** @param wallNow Real time, ms. */
export function createStoreHealth(health: HealthBoard, log: Log, wallNow: () => number): StoreHealth {
  let unwritable: string | null = null;
  let unreadable: { message: string; at: number } | null = null;

  const show = () => {
    const faults = [
      unwritable === null ? [] : `readings cannot be stored: ${unwritable}`,
      unreadable === null ? [] : `some readings cannot be read: ${unreadable.message}`,
    ].flat();
    health.set("observations", faults.length === 0 ? "ok" : "degraded", faults.join("; ") || undefined);
  };
  const stored = () => {
    if (unwritable === null) return;
    unwritable = null;
    log.info("store", "readings are stored again");
    show();
  };
  const refused = (error: unknown) => {
    if (!(error instanceof StoreUnavailable)) return;
    if (unwritable === null) log.error("store", `readings cannot be stored: ${error.message}`);
    unwritable = error.message;
    show();
  };
  const noted = async <T>(work: Promise<T>, wrote: (result: T) => boolean): Promise<T> => {
    try {
      const result = await work;
      if (wrote(result)) stored();
      return result;
    } catch (error) {
      refused(error);
      throw error;
    }
  };

  return {
    watch: (writer) => ({
      register: (specs) => noted(writer.register(specs), () => false),
      record: (observations, by) => noted(writer.record(observations, by), ({ sequence }) => sequence !== null),
      remove: (spans, by, reason) => noted(writer.remove(spans, by, reason), ({ sequence }) => sequence !== null),
      quarantine: (entries) => noted(writer.quarantine(entries), () => entries.length > 0),
      close: () => writer.close(),
    }),
    readFailed(error) {
      if (!(error instanceof StoreUnavailable)) return;
      if (unreadable === null) log.error("store", `some readings cannot be read: ${error.message}`);
      unreadable = { message: error.message, at: wallNow() };
      show();
    },
    everySecond() {
      if (unreadable === null || wallNow() - unreadable.at < readFaultShownMs) return;
      unreadable = null;
      show();
    },
  };
}
