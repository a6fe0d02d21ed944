import type { CityForecasts } from "../forecasts/city-forecasts.ts";
import type { HealthBoard } from "../health.ts";
import { messageOf, type Log } from "../log.ts";

/** Real ms between two looks at what is due. */
const everyMs = 1000;

/** Makes forecasts when they are due; what is wrong is told in health and, when it begins, in the log. */
export function startForecasting(options: {
  forecasts: Pick<CityForecasts, "step">;
  /** Ends what is being made. */
  abort: AbortController;
  /** City time, ms. */
  now(): number;
  health: HealthBoard;
  log: Log;
}): { stop(): Promise<void> } {
  const { forecasts, health, log } = options;
  let working: Promise<void> | undefined;
  let told: string | null = null;
  const tell = (message: string | null): void => {
    if (message === told) return;
    told = message;
    if (message !== null) log.warn("forecasts", message);
    health.set("forecasts", message === null ? "ok" : "degraded", message ?? undefined);
  };
  const step = async (): Promise<void> => {
    try {
      const faults = await forecasts.step(options.now());
      tell(faults.size === 0 ? null : Array.from(faults, ([id, message]) => `${id}: ${message}`).join("; "));
    } catch (error) {
      if (!options.abort.signal.aborted) tell(messageOf(error));
    }
  };
  health.set("forecasts", "ok");
  const timer = setInterval(() => {
    working ??= step().finally(() => (working = undefined));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      options.abort.abort();
      await working;
    },
  };
}
