import type { EntityType, SetName } from "../model/entity-types.ts";

/**
 * An entity other than an Observation. Never changed in place: a changed one takes its place in {@link Entities}.
 * `links` holds the ids at the other end of the links that are kept with it (a single link is a list of one).
 */
export interface Entity {
  readonly type: EntityType;
  readonly id: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: Links;
  /** Id in the city pack; null for an entity that was created by a client. */
  readonly packId: string | null;
}

export type Links = Readonly<Record<string, readonly number[]>>;

/**
 * Links that are kept but never shown. `DefaultFeature` of a Datastream: the FeatureOfInterest of its Observations that
 * name none of their own. `GeneratedFrom` of a FeatureOfInterest: the Location that it was made from.
 */
export const hiddenLinks = { defaultFeature: "DefaultFeature", generatedFrom: "GeneratedFrom" } as const;

/** Sets whose entities Observations belong to; they share one sequence of ids. */
export type StreamSet = "Datastreams" | "MultiDatastreams";

export function isStream(set: SetName): set is StreamSet {
  return set === "Datastreams" || set === "MultiDatastreams";
}

/** The id that a single link leads to; null when it is not set. */
export function linkedId(entity: Entity, link: string): number | null {
  return entity.links[link]?.[0] ?? null;
}
