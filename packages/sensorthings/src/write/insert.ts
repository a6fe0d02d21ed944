import { knownLink } from "../entities/entities.ts";
import type { Entity, Links } from "../entities/entity.ts";
import { typeOfSet, type EntityType, type LinkType } from "../model/entity-types.ts";
import { invalid } from "../model/problem.ts";
import { checkTogether, lengthOf, placeOf, readBody, referenceOf, type Body } from "./body.ts";
import type { Draft } from "./draft.ts";
import { entityAt, followHistory, joinFromOtherSide, moveThing } from "./links.ts";
import { readObservation } from "./new-observation.ts";

/** The entity that a new one hangs on: `Things(1)/Datastreams` gives a new Datastream its Thing. */
export interface Parent {
  entity: Entity;
  /** Link of the parent that leads to the new entity. */
  link: LinkType;
}

/** Entities inside entities. */
const deepestInsert = 6;

/**
 * Drafts a new entity with everything that is described inside it (deep insert).
 * @param now city time, ms
 * @throws {SensorThingsProblem} naming the place in the body that is wrong; then nothing of the draft may be committed
 */
export function insertEntity(
  draft: Draft,
  type: EntityType,
  body: unknown,
  { now, parent = null, path = "", level = 1 }: { now: number; parent?: Parent | null; path?: string; level?: number },
): Entity {
  if (level > deepestInsert) throw invalid(path, `entities cannot be nested deeper than ${deepestInsert} levels`);
  const read = readBody(type, body, path, true);
  checkTogether(type, read.values, path);
  const inside = { now, level: level + 1 };
  const links = keptLinks(draft, type, read, parent, path, inside);
  const locations = type.set === "Things" ? (links["Locations"] ?? []) : [];
  const values = Object.fromEntries(Object.entries(read.values).filter(([, value]) => value !== null));
  let entity = draft.add(type, values, type.set === "Things" ? { ...links, Locations: [] } : links);
  if (parent && parent.link.inverse === null) joinParent(draft, parent, entity, now);
  if (locations.length > 0) moveThing(draft, entity, locations, now);
  if (type.set === "HistoricalLocations") followHistory(draft, entity);
  entity = draft.get(type.set, entity.id) ?? entity;
  for (const { link, given, path: at } of read.links) {
    if (link.inverse !== null) insertOtherSide(draft, entity, link, given, at, inside);
  }
  return draft.get(type.set, entity.id) ?? entity;
}

interface Inside {
  now: number;
  level: number;
}

/** Ids at the other end of the links that are kept with the new entity. */
function keptLinks(
  draft: Draft,
  type: EntityType,
  read: Body,
  parent: Parent | null,
  path: string,
  inside: Inside,
): Links {
  const links: Record<string, number[]> = {};
  for (const { link, given, path: at } of read.links) {
    if (link.inverse === null) links[link.name] = idsFor(draft, link, given, at, inside);
  }
  if (parent?.link.inverse) {
    const own = knownLink(type.set, parent.link.inverse);
    links[own.name] = own.many ? [...(links[own.name] ?? []), parent.entity.id] : [parent.entity.id];
  }
  for (const { name, required, inverse } of type.links) {
    if (!required || inverse !== null || (links[name]?.length ?? 0) > 0) continue;
    throw invalid(placeOf(path, name), `is mandatory in a ${type.singular}: name one by {"@iot.id": …} or describe it`);
  }
  if (type.set === "MultiDatastreams") checkProperties(read, links, path);
  return links;
}

/** Every part of the result has its observed property (18-088, req/multi-datastream/constraints). */
function checkProperties(read: Body, links: Links, path: string): void {
  const types = lengthOf(read.values["multiObservationDataTypes"]);
  if (lengthOf(links["ObservedProperties"]) === types) return;
  throw invalid(placeOf(path, "ObservedProperties"), `must have ${types} items, as many as multiObservationDataTypes`);
}

function idsFor(draft: Draft, link: LinkType, given: unknown, path: string, inside: Inside): number[] {
  return itemsOf(link, given, path).map(([item, at]) => idFor(draft, link, item, at, inside));
}

function idFor(draft: Draft, link: LinkType, given: unknown, path: string, inside: Inside): number {
  const id = referenceOf(given, path);
  if (id !== null) return entityAt(draft, link, id, path).id;
  const type = typeOfSet(link.to);
  if (!type) throw new RangeError(link.to);
  return insertEntity(draft, type, given, { ...inside, path }).id;
}

/** What a body gives for a link, each with its place. */
export function itemsOf(link: LinkType, given: unknown, path: string): [unknown, string][] {
  if (!link.many) return [[given, path]];
  if (!Array.isArray(given)) throw invalid(path, "must be a list");
  return given.map((item, i) => [item, `${path}[${i}]`]);
}

function insertOtherSide(
  draft: Draft,
  entity: Entity,
  link: LinkType,
  given: unknown,
  path: string,
  inside: Inside,
): void {
  for (const [item, at] of itemsOf(link, given, path)) {
    const current = draft.get(entity.type.set, entity.id) ?? entity;
    if (link.to === "Observations") {
      draft.observations.push(readObservation(draft, item, { ...inside, path: at, ...observationParent(current) }));
      continue;
    }
    const id = referenceOf(item, at);
    if (id !== null) joinFromOtherSide(draft, current, link, entityAt(draft, link, id, at), inside.now);
    else {
      const type = typeOfSet(link.to);
      if (type) insertEntity(draft, type, item, { ...inside, path: at, parent: { entity: current, link } });
    }
  }
}

function observationParent(entity: Entity): { stream?: Entity; feature?: Entity } {
  return entity.type.set === "FeaturesOfInterest" ? { feature: entity } : { stream: entity };
}

/** `Things(1)/Locations`: the link is kept with the parent. */
function joinParent(draft: Draft, { entity: parent, link }: Parent, entity: Entity, now: number): void {
  const current = draft.get(parent.type.set, parent.id) ?? parent;
  if (link.to === "Locations" && parent.type.set === "Things") return moveThing(draft, current, [entity.id], now);
  const before = link.many ? (current.links[link.name] ?? []) : [];
  draft.change(current, { links: { [link.name]: [...before, entity.id] } });
}
