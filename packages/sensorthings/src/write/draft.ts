import { setNames, typeOfSet, type EntityType, type LinkType, type SetName } from "../model/entity-types.ts";
import { conflict } from "../model/problem.ts";
import type { Entities, EntityReader } from "../entities/entities.ts";
import type { EntityChanges } from "../entities/entity-file.ts";
import type { Entity, Links } from "../entities/entity.ts";
import type { NewObservation } from "./new-observation.ts";

/** Entities that one request may create, change or remove. */
const mostChanges = 10_000;

/** Changes of one request, seen on top of what is there; nothing happens before they are committed. */
export class Draft implements EntityReader {
  /** Observations to record once the entities are there. */
  readonly observations: NewObservation[] = [];
  readonly #base: Entities;
  readonly #nextId: (set: SetName) => number;
  readonly #put = new Map<string, Entity>();
  readonly #removed = new Map<string, Entity>();
  readonly #added = new Set<string>();

  constructor(base: Entities, nextId: (set: SetName) => number) {
    this.#base = base;
    this.#nextId = nextId;
  }

  get(set: SetName, id: number): Entity | undefined {
    const key = keyOf(set, id);
    if (this.#removed.has(key)) return undefined;
    return this.#put.get(key) ?? this.#base.get(set, id);
  }

  list(set: SetName): Entity[] {
    const ids = new Set(this.#base.list(set).map(({ id }) => id));
    for (const { type, id } of this.#put.values()) if (type.set === set) ids.add(id);
    return [...ids].map((id) => this.get(set, id)).filter((entity) => entity !== undefined);
  }

  linked(entity: Entity, link: LinkType): Entity[] {
    if (link.inverse !== null) return this.leading(entity, link.to, link.inverse);
    const ids = entity.links[link.name] ?? [];
    return ids.map((id) => this.get(link.to, id)).filter((one) => one !== undefined);
  }

  /** Entities of `set` whose link `name` leads to this one. */
  leading(entity: Entity, set: SetName, name: string): Entity[] {
    const ids = new Set(this.#base.leading(entity, set, name).map(({ id }) => id));
    for (const { type, id } of this.#put.values()) if (type.set === set) ids.add(id);
    return [...ids]
      .map((id) => this.get(set, id))
      .filter((one) => one !== undefined)
      .filter((one) => one.links[name]?.includes(entity.id));
  }

  add(type: EntityType, values: Record<string, unknown>, links: Links): Entity {
    const entity = { type, id: this.#nextId(type.set), values, links, packId: null };
    this.#added.add(keyOf(type.set, entity.id));
    this.#stage(entity);
    return entity;
  }

  /** @throws {SensorThingsProblem} conflict, for an entity of the city pack. */
  change(entity: Entity, { values, links }: { values?: Record<string, unknown>; links?: Links }): Entity {
    refusePack(entity, "changed");
    const current = this.get(entity.type.set, entity.id) ?? entity;
    const changed = { ...current, values: values ?? current.values, links: { ...current.links, ...links } };
    this.#stage(changed);
    return changed;
  }

  /** @throws {SensorThingsProblem} conflict, for an entity of the city pack. */
  remove(entity: Entity): void {
    refusePack(entity, "deleted");
    const key = keyOf(entity.type.set, entity.id);
    this.#put.delete(key);
    this.#removed.set(key, entity);
    this.#checkSize();
  }

  isRemoved(entity: Entity): boolean {
    return this.#removed.has(keyOf(entity.type.set, entity.id));
  }

  isNew(entity: Entity): boolean {
    return this.#added.has(keyOf(entity.type.set, entity.id));
  }

  changes(): EntityChanges {
    const rank = (entity: Entity) => setNames.indexOf(entity.type.set);
    const put = [...this.#put.values()].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
    return { put, removed: [...this.#removed.values()] };
  }

  #stage(entity: Entity): void {
    this.#put.set(keyOf(entity.type.set, entity.id), entity);
    this.#checkSize();
  }

  #checkSize(): void {
    if (this.#put.size + this.#removed.size <= mostChanges) return;
    throw conflict(`one request cannot change more than ${mostChanges} entities`);
  }
}

function keyOf(set: SetName, id: number): string {
  return `${set} ${id}`;
}

/** What belongs to the city pack is changed in the pack, so that every part of the program sees the same city. */
function refusePack(entity: Entity, verb: string): void {
  if (entity.packId === null) return;
  const name = `${typeOfSet(entity.type.set)?.singular} ${entity.id}`;
  throw conflict(`${name} belongs to the city pack (${entity.packId}) and can only be ${verb} there`);
}
