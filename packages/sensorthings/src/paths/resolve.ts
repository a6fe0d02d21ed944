import type { Entity } from "../entities/entity.ts";
import { entityTypes, linkOf, propertyOf, typeOfSet, type EntityType, type LinkType } from "../model/entity-types.ts";
import { notFound } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import { featureOf, relatedOf } from "../read/items.ts";
import type { World } from "../read/world.ts";
import type { PathSegment, ResourcePath } from "./resource-path.ts";

/** What an address leads to. */
export type Target =
  | { kind: "set"; type: EntityType; owner: Owner | null }
  | Found
  | { kind: "nothing" }
  | { kind: "property"; of: Found; name: string };

type Found = { kind: "entity"; entity: Entity } | { kind: "observation"; observation: StoredObservation };

/** The entity and its link that a set hangs on: `Things(1)/Datastreams`. */
export interface Owner {
  entity: Entity;
  link: LinkType;
}

/** @throws {SensorThingsProblem} not found */
export async function resolvePath(world: World, { segments }: ResourcePath): Promise<Target> {
  const [first, ...rest] = segments;
  const type = first && typeOfSet(first.name);
  if (!first || !type) throw notFound("there is nothing at this address");
  let target: Target = { kind: "set", type, owner: null };
  if (first.id !== null) target = await memberOf(world, target, first.id);
  for (const segment of rest) target = await step(world, target, segment);
  return target;
}

async function step(world: World, from: Target, segment: PathSegment): Promise<Target> {
  if (from.kind === "property" || from.kind === "set" || from.kind === "nothing") {
    throw notFound(`${segment.name} does not follow there: a path goes on from one entity, such as Things(1)`);
  }
  const type = from.kind === "entity" ? from.entity.type : entityTypes.Observations;
  if (propertyOf(type, segment.name) && segment.id === null) return { kind: "property", of: from, name: segment.name };
  const link = linkOf(type, segment.name);
  if (!link) throw notFound(`a ${type.singular} has no property or link ${segment.name}`);
  if (!link.many) {
    if (segment.id !== null) throw notFound(`${segment.name} is one entity and takes no id`);
    const related = relatedTo(world, from, link);
    return related ? { kind: "entity", entity: related } : { kind: "nothing" };
  }
  if (from.kind !== "entity") throw notFound(`an Observation has no link ${segment.name}`);
  const set: Target = { kind: "set", type: entityTypes[link.to], owner: { entity: from.entity, link } };
  return segment.id === null ? set : memberOf(world, set, segment.id);
}

function relatedTo(world: World, from: Found, link: LinkType): Entity | null {
  if (from.kind === "entity") return world.entities.linked(from.entity, link)[0] ?? null;
  return relatedOf(world, from.observation, link.name) ?? null;
}

async function memberOf(world: World, set: Target & { kind: "set" }, id: number): Promise<Target> {
  const { type, owner } = set;
  const missing = () => notFound(`there is no ${type.singular} with the id ${id}${owner ? " there" : ""}`);
  if (type.set === "Observations") {
    const observation = await world.source.get(id);
    if (!observation || (owner && !belongsTo(world, observation, owner.entity))) throw missing();
    if (!world.entities.stream(observation.stream)) throw missing();
    return { kind: "observation", observation };
  }
  const entity = world.entities.get(type.set, id);
  if (!entity || (owner && !world.entities.linked(owner.entity, owner.link).includes(entity))) throw missing();
  return { kind: "entity", entity };
}

function belongsTo(world: World, observation: StoredObservation, owner: Entity): boolean {
  return owner.type.set === "FeaturesOfInterest"
    ? featureOf(world, observation) === owner.id
    : observation.stream === owner.id;
}
