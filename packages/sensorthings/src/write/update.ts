import type { Entity, Links } from "../entities/entity.ts";
import { hiddenLinks } from "../entities/entity.ts";
import { invalid } from "../model/problem.ts";
import { checkTogether, readBody, referenceOf } from "./body.ts";
import type { Draft } from "./draft.ts";
import { itemsOf } from "./insert.ts";
import { entityAt, followHistory, joinFromOtherSide, moveThing } from "./links.ts";

/**
 * Drafts a change of an entity: PATCH keeps what the body does not name, PUT sets optional properties that it does not name
 * back (18-088, 10.3). Links are changed by references only; entities inside the body are refused.
 * @throws {SensorThingsProblem} naming the place in the body that is wrong
 */
export function updateEntity(draft: Draft, entity: Entity, body: unknown, mode: "patch" | "put", now: number): Entity {
  const { type } = entity;
  const read = readBody(type, body, "", mode === "put");
  const before = mode === "patch" ? entity.values : {};
  const all = Object.entries({ ...before, ...read.values });
  const values = Object.fromEntries(all.filter(([, value]) => value !== null));
  checkTogether(type, values, "");
  const kept: Record<string, readonly number[]> = {};
  const others: (() => void)[] = [];
  for (const { link, given, path } of read.links) {
    if (link.to === "Observations")
      throw invalid(path, "Observations are not moved by their Datastream; change each one");
    const ends = itemsOf(link, given, path).map(([item, at]) => entityAt(draft, link, idOf(item, at), at));
    if (link.inverse === null) kept[link.name] = ends.map(({ id }) => id);
    else others.push(() => ends.forEach((end) => joinFromOtherSide(draft, current(draft, entity), link, end, now)));
  }
  checkKept(entity, kept);
  const { Locations: locations, ...plain } = kept;
  const isThing = type.set === "Things";
  draft.change(entity, { values, links: isThing ? plain : kept });
  if (isThing && locations) moveThing(draft, current(draft, entity), locations, now);
  if (type.set === "HistoricalLocations") followHistory(draft, current(draft, entity));
  if (type.set === "Locations") forgetFeatures(draft, entity, values);
  for (const join of others) join();
  return current(draft, entity);
}

function current(draft: Draft, entity: Entity): Entity {
  return draft.get(entity.type.set, entity.id) ?? entity;
}

function idOf(item: unknown, path: string): number {
  const id = referenceOf(item, path);
  if (id !== null) return id;
  throw invalid(path, 'name an existing entity by {"@iot.id": …}; new ones are not created by a change');
}

/** A mandatory link cannot be emptied, and a MultiDatastream keeps its number of properties. */
function checkKept(entity: Entity, kept: Links): void {
  for (const { name, required, inverse } of entity.type.links) {
    const ids = kept[name];
    if (ids && required && inverse === null && ids.length === 0) throw invalid(name, "must name at least one");
  }
  const properties = kept["ObservedProperties"];
  if (properties && properties.length !== entity.links["ObservedProperties"]?.length) {
    throw invalid("ObservedProperties", "must have as many items as multiObservationDataTypes");
  }
}

/** What was made from a Location stays where it was when the Location is moved; the next Observation gets a new one. */
function forgetFeatures(draft: Draft, location: Entity, values: Readonly<Record<string, unknown>>): void {
  if (JSON.stringify(values["location"]) === JSON.stringify(location.values["location"])) return;
  for (const feature of draft.leading(location, "FeaturesOfInterest", hiddenLinks.generatedFrom)) {
    draft.change(feature, { links: { [hiddenLinks.generatedFrom]: [] } });
  }
}
