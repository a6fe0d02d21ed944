import type { QualityFlag, StationState } from "@ioc/contracts";

/** Age of a datastream against its expected period: newest reading and period, ms. */
export interface StreamAge {
  time: number;
  periodMs: number;
}

/** Age in expected periods from which data count as late, stale and offline. */
const lateFrom = 1.5;
const staleFrom = 3;
const offlineFrom = 10;

/**
 * State of a station. Its primary property decides between normal, late and stale, because that is the value shown. It is
 * offline only when every datastream is: a station that still sends something is not lost. A doubtful or bad newest value
 * shows when its age is no worse than late.
 * @param primary Newest reading of the primary property; null when there is none.
 * @param others Newest readings of the other datastreams.
 * @param allowanceMs City time a reading may take to arrive; kept out of the ages.
 */
export function stateOf(
  primary: (StreamAge & { quality: QualityFlag }) | null,
  others: readonly StreamAge[],
  now: number,
  allowanceMs: number,
): StationState {
  const ageOf = (stream: StreamAge) => Math.max(0, now - stream.time - allowanceMs) / stream.periodMs;
  if (primary === null && others.length === 0) return "unknown";
  const shown = primary ? ageOf(primary) : Infinity;
  if (Math.min(shown, ...others.map(ageOf)) > offlineFrom) return "offline";
  if (shown > staleFrom) return "stale";
  if (primary && (primary.quality === 3 || primary.quality === 4)) return "doubtful";
  return shown > lateFrom ? "late" : "normal";
}
