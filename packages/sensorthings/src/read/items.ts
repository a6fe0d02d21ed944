import { hiddenLinks, isStream, linkedId, type Entity } from "../entities/entity.ts";
import { linkOf } from "../model/entity-types.ts";
import { invalid, type SensorThingsProblem } from "../model/problem.ts";
import { instantText, timeText } from "../model/times.ts";
import type { StoredObservation } from "../observations/stored.ts";
import type { Item } from "../query/index.ts";
import { phenomenonTimeOf, type World } from "./world.ts";

/** An entity as expressions see it. The spans of streams must be loaded. */
export class EntityItem implements Item {
  readonly entity: Entity;
  readonly #world: World;

  constructor(world: World, entity: Entity) {
    this.#world = world;
    this.entity = entity;
  }

  get(name: string): unknown {
    if (name === "@iot.id") return this.entity.id;
    if (name === "phenomenonTime" && isStream(this.entity.type.set)) return phenomenonTimeOf(this.#world, this.entity);
    return Object.hasOwn(this.entity.values, name) ? this.entity.values[name] : null;
  }

  related(name: string): Item | readonly Item[] | null {
    const link = linkOf(this.entity.type, name);
    if (!link) throw unknownLink(this.entity.type.singular, name);
    if (link.to === "Observations") throw throughObservations();
    const items = this.#world.entities.linked(this.entity, link).map((entity) => new EntityItem(this.#world, entity));
    return link.many ? items : (items[0] ?? null);
  }
}

/** An Observation as expressions see it. */
export class ObservationItem implements Item {
  readonly observation: StoredObservation;
  readonly #world: World;

  constructor(world: World, observation: StoredObservation) {
    this.#world = world;
    this.observation = observation;
  }

  get(name: string): unknown {
    const { observation } = this;
    switch (name) {
      case "@iot.id":
        return observation.id;
      case "phenomenonTime":
        return observation.time.to === null ? new Date(observation.time.from) : timeText(observation.time);
      case "resultTime":
        return observation.resultTime === null ? null : new Date(observation.resultTime);
      default:
        return observationValues(observation)[name] ?? null;
    }
  }

  related(name: string): Item | null {
    const entity = relatedOf(this.#world, this.observation, name);
    if (entity === undefined) throw unknownLink("Observation", name);
    return entity && new EntityItem(this.#world, entity);
  }
}

/** Related entity of an Observation; null when there is none, undefined when it has no such link. */
export function relatedOf(world: World, observation: StoredObservation, link: string): Entity | null | undefined {
  const stream = world.entities.stream(observation.stream) ?? null;
  switch (link) {
    case "Datastream":
      return stream?.type.set === "Datastreams" ? stream : null;
    case "MultiDatastream":
      return stream?.type.set === "MultiDatastreams" ? stream : null;
    case "FeatureOfInterest":
      return world.entities.get("FeaturesOfInterest", featureOf(world, observation) ?? 0) ?? null;
    default:
      return undefined;
  }
}

/** Id of the FeatureOfInterest: the Observation's own, or the default one of its stream. */
export function featureOf(world: World, observation: StoredObservation): number | null {
  if (observation.feature !== null) return observation.feature;
  const stream = world.entities.stream(observation.stream);
  return stream ? linkedId(stream, hiddenLinks.defaultFeature) : null;
}

/**
 * Properties as they are answered. The verdict of the intake on a reading that is not simply good stands in resultQuality,
 * unless the sender gave one of its own.
 */
export function observationValues({
  time,
  result,
  resultTime,
  more,
  checked,
}: StoredObservation): Record<string, unknown> {
  const doubtful = checked !== null && (checked.quality !== 1 || checked.reasons.length > 0);
  return {
    phenomenonTime: timeText(time),
    result,
    resultTime: resultTime === null ? null : instantText(resultTime),
    ...(doubtful ? { resultQuality: { flag: checked.quality, reasons: checked.reasons } } : {}),
    ...more,
  };
}

function unknownLink(singular: string, name: string): SensorThingsProblem {
  return invalid(name, `a ${singular} has no such link`);
}

function throughObservations(): SensorThingsProblem {
  const problem =
    "paths through Observations are not supported here: ask /Observations and filter by Datastream/… or Datastream/Thing/…";
  return invalid("$filter", problem);
}
