import type { HealthBoard } from "../health.ts";
import type { Log } from "../log.ts";

/** What is wrong with datasets, told in health while it lasts, and in the log when it begins and ends. */
export interface DatasetFaults {
  /** @param what the same each time for the same kind of work; `message` null: it works */
  set(what: string, message: string | null): void;
}

export function createDatasetFaults(health: HealthBoard, log: Log): DatasetFaults {
  const faults = new Map<string, string>();
  health.set("datasets", "ok");
  return {
    set(what, message) {
      const before = faults.get(what) ?? null;
      if (message === before) return;
      if (message === null) {
        faults.delete(what);
        log.info("datasets", `no longer: ${what}`);
      } else {
        if (before === null) log.error("datasets", `${what}: ${message}`);
        faults.set(what, message);
      }
      const told = Array.from(faults, ([what, message]) => `${what}: ${message}`).join("; ");
      health.set("datasets", faults.size === 0 ? "ok" : "degraded", told || undefined);
    },
  };
}
