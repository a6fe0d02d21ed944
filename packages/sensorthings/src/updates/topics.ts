import type { EntityType } from "../model/entity-types.ts";
import { entityTypes } from "../model/entity-types.ts";
import { parsePath } from "../paths/resource-path.ts";
import { resolvePath } from "../paths/resolve.ts";
import { parseQueryOptions } from "../query/index.ts";
import { scopeOf } from "../read/observation-scope.ts";
import { shapeOf, type Shape } from "../read/present.ts";
import type { World } from "../read/world.ts";

/** First part of every topic of this interface. */
export const topicPrefix = "v1.1/";

/** A topic that can be listened to: a path, and what of the entities is told (18-088, chapter 14). */
export interface Topic {
  name: string;
  path: string;
  /** What is told of an entity; of a topic that names a property nothing but that. */
  shape: Shape;
  property: string | null;
  type: EntityType;
  /** Which Observations it tells of; null when of other entities. */
  observations: { streams: ReadonlySet<number> | null; feature: number | null; id: number | null } | null;
}

/** True for names that belong to this interface, whether anything is there or not. */
export function isOurTopic(name: string): boolean {
  return name.startsWith(topicPrefix);
}

/**
 * Reads a topic that somebody wants to listen to, such as `v1.1/Datastreams(5)/Observations?$select=result`.
 * @throws {SensorThingsProblem | QuerySyntaxError} when there is nothing to listen to
 */
export async function readTopic(world: World, name: string): Promise<Topic | null> {
  const [address = "", search = ""] = splitOnce(name.slice(topicPrefix.length), "?");
  if (!isOurTopic(name) || /[#+]/.test(name)) return null;
  const path = parsePath(address);
  const options = parseQueryOptions(search);
  // Filters and expansions would have to be worked out for each change.
  const isPlain = options.filter === null && options.expand.length === 0 && options.orderby.length === 0;
  if (path.tail !== null || !isPlain || options.top !== null || options.skip !== null) return null;
  const target = await resolvePath(world, path);
  if (target.kind === "nothing") return null;
  const base = { name, path: address, property: null };
  if (target.kind === "set") {
    const shape = shapeOf(target.type, options);
    if (target.type.set !== "Observations") return { ...base, shape, type: target.type, observations: null };
    const { streams, all, feature } = scopeOf(world, target.owner?.entity ?? null);
    const ofStreams = all || feature !== null ? null : new Set(streams);
    return { ...base, shape, type: target.type, observations: { streams: ofStreams, feature, id: null } };
  }
  const found = target.kind === "property" ? target.of : target;
  const property = target.kind === "property" ? target.name : null;
  const type = found.kind === "entity" ? found.entity.type : entityTypes.Observations;
  const shape =
    property === null ? shapeOf(type, options) : { select: new Set([property]), expanded: new Set<string>() };
  const { id: observationId = null, stream = null } = found.kind === "observation" ? found.observation : {};
  const ofStreams = stream === null ? null : new Set([stream]);
  const observations = observationId === null ? null : { streams: ofStreams, feature: null, id: observationId };
  return { ...base, property, shape, type, observations };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
