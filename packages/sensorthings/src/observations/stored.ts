import type { QualityFlag } from "@ioc/contracts";
import type { TimeSpan } from "../model/times.ts";

/** An Observation as it is kept, of a reading or of its own. */
export interface StoredObservation {
  id: number;
  /** Id of its Datastream or MultiDatastream. */
  stream: number;
  time: TimeSpan;
  result: unknown;
  resultTime: number | null;
  /** FeatureOfInterest where it is not the default one of the stream. */
  feature: number | null;
  /** `resultQuality`, `validTime` and `parameters`, where given. */
  more: Readonly<Record<string, unknown>>;
  /** What the checks of the intake found; null for an Observation that is no reading. */
  checked: { quality: QualityFlag; reasons: readonly string[] } | null;
}

/**
 * A reading that was sent without resultTime is kept with one of 1 ms before its phenomenonTime, which no result has.
 */
export const withoutResultTime = -1;

/** Order of Observations: phenomenonTime in the direction asked, then id. */
export interface ObservationPlace {
  time: number;
  id: number;
}

export type Direction = "asc" | "desc";

/** Negative when `a` comes first. */
export function comparePlaces(a: ObservationPlace, b: ObservationPlace, direction: Direction): number {
  const times = direction === "asc" ? a.time - b.time : b.time - a.time;
  return times || a.id - b.id;
}

export function placeOfObservation({ id, time }: StoredObservation): ObservationPlace {
  return { time: time.from, id };
}
