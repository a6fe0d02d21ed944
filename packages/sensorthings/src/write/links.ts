import { linkOf, typeOfSet, type LinkType } from "../model/entity-types.ts";
import { instantText, parseInstant } from "../model/times.ts";
import { invalid } from "../model/problem.ts";
import { entityTypes } from "../model/entity-types.ts";
import type { Entity } from "../entities/entity.ts";
import type { Draft } from "./draft.ts";

/** The entity that a reference names. @throws {SensorThingsProblem} when there is none. */
export function entityAt(draft: Draft, link: LinkType, id: number, path: string): Entity {
  const entity = draft.get(link.to, id);
  if (entity) return entity;
  throw invalid(path, `there is no ${typeOfSet(link.to)?.singular} with the id ${id}`);
}

/**
 * Lets a Thing be at these Locations from `now` on, and notes it in a HistoricalLocation
 * (18-088, req/create-update-delete/historical-location-auto-creation).
 */
export function moveThing(draft: Draft, thing: Entity, locations: readonly number[], now: number): void {
  const moved = draft.change(thing, { links: { Locations: locations } });
  if (locations.length === 0) return;
  draft.add(entityTypes.HistoricalLocations, { time: instantText(now) }, { Thing: [moved.id], Locations: locations });
}

/**
 * A HistoricalLocation that a client made: the Thing is at its Locations when no other one of the Thing is newer
 * (18-088, req/create-update-delete/historical-location-manual-creation).
 */
export function followHistory(draft: Draft, history: Entity): void {
  const thing = draft.get("Things", history.links["Thing"]?.[0] ?? 0);
  if (!thing) return;
  const time = timeOf(history);
  const others = draft.leading(thing, "HistoricalLocations", "Thing").filter(({ id }) => id !== history.id);
  if (others.some((other) => timeOf(other) >= time)) return;
  draft.change(thing, { links: { Locations: history.links["Locations"] ?? [] } });
}

function timeOf(history: Entity): number {
  return parseInstant(history.values["time"]) ?? -Infinity;
}

/**
 * Joins two entities by a link that is kept with the other one: `Datastreams` of a Thing is `Thing` of each Datastream.
 * @throws {SensorThingsProblem} conflict, when the other one belongs to the city pack.
 */
export function joinFromOtherSide(draft: Draft, entity: Entity, link: LinkType, other: Entity, now: number): void {
  const inverse = link.inverse ?? "";
  const kept = linkOf(other.type, inverse);
  if (link.to === "Things" && inverse === "Locations") return moveThing(draft, other, [entity.id], now);
  const before = kept?.many ? (other.links[inverse] ?? []) : [];
  if (!before.includes(entity.id)) draft.change(other, { links: { [inverse]: [...before, entity.id] } });
}
