import { hiddenLinks, isStream, type Entity } from "../entities/entity.ts";
import type { SetName } from "../model/entity-types.ts";
import type { Draft } from "./draft.ts";

/** What goes with an entity: entities of a set whose link leads to it (18-088, table 25). */
const dependants: Readonly<Partial<Record<SetName, readonly [SetName, string][]>>> = {
  Things: [
    ["Datastreams", "Thing"],
    ["MultiDatastreams", "Thing"],
    ["HistoricalLocations", "Thing"],
  ],
  Locations: [["HistoricalLocations", "Locations"]],
  Sensors: [
    ["Datastreams", "Sensor"],
    ["MultiDatastreams", "Sensor"],
  ],
  ObservedProperties: [
    ["Datastreams", "ObservedProperty"],
    ["MultiDatastreams", "ObservedProperties"],
  ],
};

/** Entities whose Observations go too. */
export interface Removal {
  streams: Entity[];
  features: Entity[];
}

/**
 * Drafts the removal of an entity with all that cannot be without it.
 * @throws {SensorThingsProblem} conflict, when one of them belongs to the city pack
 */
export function removeEntity(draft: Draft, entity: Entity, removal: Removal = { streams: [], features: [] }): Removal {
  if (draft.isRemoved(entity)) return removal;
  const { set } = entity.type;
  const dependent = (dependants[set] ?? []).flatMap(([other, link]) => draft.leading(entity, other, link));
  draft.remove(entity);
  for (const one of dependent) removeEntity(draft, one, removal);
  if (set === "Locations") {
    unlink(draft, entity, "Things", "Locations");
    unlink(draft, entity, "FeaturesOfInterest", hiddenLinks.generatedFrom);
  }
  if (set === "FeaturesOfInterest") {
    removal.features.push(entity);
    unlink(draft, entity, "Datastreams", hiddenLinks.defaultFeature);
    unlink(draft, entity, "MultiDatastreams", hiddenLinks.defaultFeature);
  }
  if (isStream(set)) removal.streams.push(entity);
  return removal;
}

function unlink(draft: Draft, entity: Entity, set: SetName, link: string): void {
  for (const other of draft.leading(entity, set, link)) {
    const rest = (other.links[link] ?? []).filter((id) => id !== entity.id);
    draft.change(other, { links: { [link]: rest } });
  }
}
