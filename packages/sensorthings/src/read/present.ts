import { isStream, type Entity } from "../entities/entity.ts";
import type { EntityType } from "../model/entity-types.ts";
import { entityTypes, linkOf, propertyOf } from "../model/entity-types.ts";
import { invalid } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import type { EntityJson, QueryOptions } from "../query/index.ts";
import { observationValues } from "./items.ts";
import { phenomenonTimeOf, type World } from "./world.ts";

const controls = new Set(["@iot.id", "@iot.selfLink"]);

/** What of an entity is answered. */
export interface Shape {
  /** Names of properties, links and `@iot.` controls; null: all. */
  select: ReadonlySet<string> | null;
  /** Links that are expanded and so have no navigation link. */
  expanded: ReadonlySet<string>;
}

/** @throws {SensorThingsProblem} for a name that the type does not have */
export function shapeOf(type: EntityType, { select, expand }: Pick<QueryOptions, "select" | "expand">): Shape {
  for (const name of select ?? []) {
    if (controls.has(name) || propertyOf(type, name) || linkOf(type, name)) continue;
    throw invalid("$select", `a ${type.singular} has no property or link ${name}`);
  }
  for (const { link } of expand) {
    if (!linkOf(type, link)) throw invalid("$expand", `a ${type.singular} has no link ${link}`);
  }
  return { select: select && new Set(select), expanded: new Set(expand.map(({ link }) => link)) };
}

/** Whether answers of this shape show from when to when streams have Observations. */
export function showsSpans(type: EntityType, { select }: Shape): boolean {
  return isStream(type.set) && (select === null || select.has("phenomenonTime"));
}

/** An entity in JSON. The spans of streams must be loaded where the shape shows them. */
export function presentEntity(world: World, root: string, entity: Entity, shape: Shape): Record<string, unknown> {
  const json = controlsOf(root, entity.type, entity.id, shape);
  for (const { name } of entity.type.properties) {
    if (shape.select !== null && !shape.select.has(name)) continue;
    const value = name === "phenomenonTime" ? phenomenonTimeOf(world, entity) : entity.values[name];
    if (value !== undefined) json[name] = value;
  }
  addLinks(json, root, entity.type, entity.id, shape, null);
  return json;
}

export function presentObservation(
  world: World,
  root: string,
  observation: StoredObservation,
  shape: Shape,
): Record<string, unknown> {
  const type = entityTypes.Observations;
  const json = controlsOf(root, type, observation.id, shape);
  const values = observationValues(observation);
  for (const { name } of type.properties) {
    if (shape.select !== null && !shape.select.has(name)) continue;
    if (values[name] !== undefined) json[name] = values[name];
  }
  // One of the two, as the Observation belongs to one of the two.
  const isMulti = world.entities.get("MultiDatastreams", observation.stream) !== undefined;
  addLinks(json, root, type, observation.id, shape, isMulti ? "Datastream" : "MultiDatastream");
  return json;
}

export function addressOf(root: string, type: EntityType, id: number): string {
  return `${root}/${type.set}(${id})`;
}

function controlsOf(root: string, type: EntityType, id: number, { select }: Shape): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  if (select === null || select.has("@iot.id")) json["@iot.id"] = id;
  if (select === null || select.has("@iot.selfLink")) json["@iot.selfLink"] = addressOf(root, type, id);
  return json;
}

function addLinks(
  json: Record<string, unknown>,
  root: string,
  type: EntityType,
  id: number,
  { select, expanded }: Shape,
  without: string | null,
): void {
  const address = addressOf(root, type, id);
  for (const { name } of type.links) {
    if (expanded.has(name) || name === without || (select !== null && !select.has(name))) continue;
    json[`${name}@iot.navigationLink`] = `${address}/${name}`;
  }
}

/** `$ref`: only where the entity is. */
export function referenceTo(root: string, type: EntityType, id: number): EntityJson {
  return { "@iot.selfLink": addressOf(root, type, id) };
}
