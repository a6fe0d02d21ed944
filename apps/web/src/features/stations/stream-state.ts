import type { LatestValue, StationState } from "@ioc/contracts";

/**
 * State of one datastream by the age of its newest value against the expected period: late from 1.5 ×, stale from 3 ×,
 * offline from 10 ×; a flag of 3 or 4 makes a value in time doubtful. Null `now`: nothing can be said about the age.
 */
export function streamState(latest: LatestValue | null, periodSeconds: number, now: number | null): StationState {
  if (!latest) return "unknown";
  const periods = now === null ? 0 : (now - latest.phenomenonTime) / (periodSeconds * 1000);
  if (periods > 10) return "offline";
  if (periods > 3) return "stale";
  if (periods > 1.5) return "late";
  return latest.quality === 3 || latest.quality === 4 ? "doubtful" : "normal";
}
