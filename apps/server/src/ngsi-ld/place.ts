import type { NgsiMapping, NgsiType } from "@ioc/city-pack";
import type { QuarantineReason, Station } from "@ioc/contracts";
import type { DatastreamSpec, ObservationInput } from "@ioc/observations";
import { isObject, type Entity, type EntityAttribute } from "./entity.ts";
import { detailsOf, problemOf, type ProblemDetails } from "./problems.ts";
import type { StationNames } from "./station-names.ts";
import { entityTime, instantOf } from "./times.ts";
import { sampleOf } from "../sources/sample.ts";

export type PlacedReading = Omit<ObservationInput, "index"> & { attribute: string };
export interface RefusedAttribute {
  attribute: string;
  reason: QuarantineReason;
  message: string;
}

/** What an entity brings: readings of a station and attributes that cannot be taken, or why the whole is refused. */
export type PlacedEntity =
  | { station: Station; readings: PlacedReading[]; refused: RefusedAttribute[] }
  | { problem: ProblemDetails; reason: QuarantineReason };

/** Turns entities into readings by the mapping of the pack. */
export type EntityPlacer = (entity: Entity) => PlacedEntity;

export function createPlacer(
  mapping: NgsiMapping,
  names: StationNames,
  specs: readonly DatastreamSpec[],
): EntityPlacer {
  const datastreams = new Set(specs.map(({ id }) => id));
  return (entity) => {
    const refusal = Object.hasOwn(mapping.refused, entity.type) ? mapping.refused[entity.type] : undefined;
    if (refusal !== undefined) return whole(422, "OperationNotSupported", `${entity.type}: ${refusal}`, "bad-item");
    const type = Object.hasOwn(mapping.types, entity.type) ? mapping.types[entity.type] : undefined;
    if (!type) {
      const known = Object.keys(mapping.types).join(", ");
      const detail = `the city takes no entities of type ${entity.type}; it takes: ${known}`;
      return whole(422, "OperationNotSupported", detail, "bad-item");
    }
    const station = names.find(entity);
    if (!station) {
      const detail = `${entity.id} is no station of the city; name it urn:ngsi-ld:${entity.type}:<station id>, or have it entered in the city pack`;
      return whole(404, "ResourceNotFound", detail, "unknown-station");
    }
    return placeAttributes(entity.attributes, type, station, datastreams);
  };
}

function whole(
  status: number,
  kind: "OperationNotSupported" | "ResourceNotFound",
  detail: string,
  reason: QuarantineReason,
): PlacedEntity {
  return { problem: detailsOf(problemOf(status, kind, detail)), reason };
}

/** @param datastreams ids of all that are known */
export function placeAttributes(
  attributes: readonly EntityAttribute[],
  type: NgsiType,
  station: Station,
  datastreams: ReadonlySet<string>,
): Extract<PlacedEntity, { station: Station }> {
  const placed = { station, readings: [] as PlacedReading[], refused: [] as RefusedAttribute[] };
  const common = entityTime([...attributes], type.time);
  for (const given of attributes) {
    for (const one of parts(given, type)) {
      const refuse = (reason: QuarantineReason, message: string) =>
        placed.refused.push({ attribute: one.name, reason, message: `${one.name}: ${message}` });
      const rule = Object.hasOwn(type.attributes, one.name) ? type.attributes[one.name] : undefined;
      if (!rule) {
        if (typeof one.value === "number" && !type.ignore.includes(one.name)) {
          refuse("unknown-property", "no property of the city corresponds to it");
        }
        continue;
      }
      const property = rule.properties.find((id) => datastreams.has(`${station.id}:${id}`));
      const result = numberOf(one.value);
      const time = one.observedAt === undefined ? common : { text: one.observedAt };
      const phenomenonTime = time === null ? null : instantOf(time.text);
      if (property === undefined) {
        refuse("unknown-property", `station ${station.id} does not measure ${rule.properties.join(" or ")}`);
      } else if (result === undefined) {
        refuse("not-a-number", `${short(one.value)} is not a number`);
      } else if (time === null) {
        refuse("bad-item", "neither the attribute nor the entity has a time: send `observedAt` or `dateObserved`");
      } else if (phenomenonTime === null) {
        refuse("impossible-time", `${short(time.text)} is no time; right is 2026-10-22T02:00:24Z`);
      } else {
        const unit = one.unitCode ?? rule.unit;
        placed.readings.push({ attribute: one.name, station: station.id, property, phenomenonTime, result, unit });
      }
    }
  }
  return placed;
}

/** The attribute itself, or those members of its structured value that the mapping names. */
function parts(attribute: EntityAttribute, type: NgsiType): EntityAttribute[] {
  const { name, value } = attribute;
  if (Object.hasOwn(type.attributes, name) || !isObject(value)) return [attribute];
  const members = Object.keys(value).filter((member) => Object.hasOwn(type.attributes, `${name}.${member}`));
  return members.map((member) => ({ ...attribute, name: `${name}.${member}`, value: value[member] }));
}

/** A number, or a text that is one; null for "no value"; undefined for anything else. */
function numberOf(value: unknown): number | null | undefined {
  if (value === null || value === "urn:ngsi-ld:null") return null;
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(value.trim()) ? Number(value) : undefined;
}

function short(value: unknown): string {
  return sampleOf(value, 80);
}
