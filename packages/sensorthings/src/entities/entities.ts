import { linkOf, setNames, typeOfSet, type LinkType, type SetName } from "../model/entity-types.ts";
import { hiddenLinks, isStream, type Entity } from "./entity.ts";

/** Reads entities and follows their links. */
export interface EntityReader {
  get(set: SetName, id: number): Entity | undefined;
  /** All of a set, by id. */
  list(set: SetName): Entity[];
  /** Entities at the other end of a link, by id (of a list that is kept in order, in that order). */
  linked(entity: Entity, link: LinkType): Entity[];
}

const targets: Readonly<Record<string, SetName>> = {
  [hiddenLinks.defaultFeature]: "FeaturesOfInterest",
  [hiddenLinks.generatedFrom]: "Locations",
};

/** Every entity but Observations, in memory, with both ends of each link. */
export class Entities implements EntityReader {
  readonly #sets = new Map<SetName, Map<number, Entity>>(setNames.map((set) => [set, new Map()]));
  /** Ids of the entities that lead to an entity, by set it lies in, set they lie in and name of their link. */
  readonly #leading = new Map<string, Map<number, Set<number>>>();

  get(set: SetName, id: number): Entity | undefined {
    return this.#sets.get(set)?.get(id);
  }

  /** A Datastream or MultiDatastream by its id, which no other of either set has. */
  stream(id: number): Entity | undefined {
    return this.get("Datastreams", id) ?? this.get("MultiDatastreams", id);
  }

  list(set: SetName): Entity[] {
    return [...(this.#sets.get(set)?.values() ?? [])];
  }

  size(set: SetName): number {
    return this.#sets.get(set)?.size ?? 0;
  }

  linked(entity: Entity, link: LinkType): Entity[] {
    if (link.inverse === null) return this.#entitiesOf(link.to, entity.links[link.name] ?? []);
    return this.leading(entity, link.to, link.inverse);
  }

  /** Entities of `set` whose link `name` leads to this one, by id. */
  leading(entity: Entity, set: SetName, name: string): Entity[] {
    const ids = this.#leading.get(`${entity.type.set} ${set} ${name}`)?.get(entity.id) ?? [];
    return this.#entitiesOf(
      set,
      [...ids].sort((a, b) => a - b),
    );
  }

  /** Adds an entity or puts a changed one in the place of the one with its id. */
  put(entity: Entity): void {
    const before = this.get(entity.type.set, entity.id);
    if (before) this.#forgetLinks(before);
    this.#sets.get(entity.type.set)?.set(entity.id, entity);
    for (const [leading, id] of this.#ends(entity)) {
      const sources = leading.get(id) ?? new Set();
      leading.set(id, sources.add(entity.id));
    }
  }

  remove(entity: Entity): void {
    this.#forgetLinks(entity);
    this.#sets.get(entity.type.set)?.delete(entity.id);
  }

  #entitiesOf(set: SetName, ids: readonly number[]): Entity[] {
    return ids.map((id) => this.get(set, id)).filter((entity) => entity !== undefined);
  }

  #forgetLinks(entity: Entity): void {
    for (const [leading, id] of this.#ends(entity)) leading.get(id)?.delete(entity.id);
  }

  *#ends(entity: Entity): Generator<[Map<number, Set<number>>, number]> {
    for (const [name, ids] of Object.entries(entity.links)) {
      const to = linkOf(entity.type, name)?.to ?? targets[name];
      if (to === undefined) continue;
      const key = `${to} ${entity.type.set} ${name}`;
      let leading = this.#leading.get(key);
      if (!leading) this.#leading.set(key, (leading = new Map()));
      for (const id of ids) yield [leading, id];
    }
  }
}

/** Sets that share a sequence of ids have one name for it. */
export function sequenceOf(set: SetName): string {
  return isStream(set) ? "Datastreams" : set;
}

/** @throws RangeError for a name that the program itself got wrong. */
export function knownLink(set: SetName, name: string): LinkType {
  const type = typeOfSet(set);
  const link = type && linkOf(type, name);
  if (!link) throw new RangeError(`${set} has no link ${name}`);
  return link;
}
