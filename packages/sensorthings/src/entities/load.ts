import type { DatastreamSpec } from "@ioc/observations";
import { createdName } from "../read/world.ts";
import type { StreamNames } from "../observations/source.ts";
import { Entities } from "./entities.ts";
import type { EntityFile } from "./entity-file.ts";
import { packEntities, type PackSource } from "./pack-entities.ts";

/** Brings the city pack's entities and the created ones together in memory. @param now city time, ms */
export function loadEntities(file: EntityFile, pack: PackSource, now: number): Entities {
  const fromPack = file.numbering(now, (number) => packEntities(pack, number));
  const entities = new Entities();
  for (const entity of [...fromPack, ...file.created()].sort((a, b) => a.id - b.id)) entities.put(entity);
  return entities;
}

/**
 * How the time-series store knows a Datastream that a client created. Its unit is a text that nothing is converted to, so
 * values are kept as they come; the entity says what they mean. Nothing is known of its range or rhythm.
 */
export function createdSpec(id: number): DatastreamSpec {
  return {
    id: createdName(id),
    station: "sta",
    property: String(id),
    unit: "{value}",
    kind: "instant",
    periodSeconds: 900,
    min: null,
    max: null,
    maxStep: null,
    decimals: 6,
  };
}

/** Names of Datastreams in the time-series store, both ways. */
export function streamNames(entities: Entities): StreamNames {
  const packIds = new Map<string, number>();
  for (const { id, packId } of entities.list("Datastreams")) if (packId !== null) packIds.set(packId, id);
  return {
    nameOf(stream) {
      const entity = entities.get("Datastreams", stream);
      return entity ? (entity.packId ?? createdName(stream)) : null;
    },
    streamOf(name) {
      const known = packIds.get(name);
      if (known !== undefined) return known;
      const [, id] = /^sta:(\d{1,15})$/.exec(name) ?? [];
      return id !== undefined && entities.get("Datastreams", Number(id)) ? Number(id) : undefined;
    },
  };
}
