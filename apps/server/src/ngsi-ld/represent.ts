import type { NgsiMapping } from "@ioc/city-pack";
import type { LatestValue, Network, Station } from "@ioc/contracts";
import type { StationBoard } from "../stations/board.ts";
import { unitCodeOf } from "./unit-codes.ts";

export type Convert = (from: string, to: string) => ((value: number) => number) | null;

/** An attribute of a type at one station: which datastream it shows and how. */
export interface ShownAttribute {
  name: string;
  datastream: string;
  unitCode: string | null;
  /** From the datastream's unit to that of the attribute. */
  convert: (value: number) => number;
}

/** A station as an entity, without its values. */
export interface ShownEntity {
  id: string;
  type: string;
  station: Station;
  attributes: ShownAttribute[];
}

/** A Property of NGSI-LD with what is known of its reading. */
export interface ShownProperty {
  type: "Property";
  value: number | string | null;
  unitCode?: string;
  observedAt?: string;
  /** Quality flag: 1 good, 2 not checked, 3 doubtful, 4 bad, 9 missing; left out when good. */
  quality?: { type: "Property"; value: number };
  reasons?: { type: "Property"; value: string[] };
}

/** Every station whose kind the mapping shows, in the order of the pack. */
export function shownEntities(
  mapping: NgsiMapping,
  network: Network,
  board: StationBoard,
  convert: Convert,
): ShownEntity[] {
  return Object.entries(mapping.types).flatMap(([type, { kinds, attributes }]) =>
    network.stations
      .filter((station) => kinds.includes(station.kind))
      .map((station) => {
        const taken = new Set<string>();
        const shown = Object.entries(attributes).flatMap(([name, { properties, unit }]): ShownAttribute[] => {
          const stream = properties
            .map((id) => board.datastream(`${station.id}:${id}`))
            .find((one) => one !== undefined);
          // Of several names for the same property the first is shown; a member of a structure cannot stand alone.
          if (!stream || taken.has(stream.id) || name.includes(".")) return [];
          taken.add(stream.id);
          const own = stream.property.unit;
          const converter = unit === undefined || unit === own ? null : convert(own, unit);
          const shownUnit = converter && unit !== undefined ? unit : own;
          const same = (value: number) => value;
          return [{ name, datastream: stream.id, unitCode: unitCodeOf(shownUnit), convert: converter ?? same }];
        });
        return { id: `urn:ngsi-ld:${type}:${station.id}`, type, station, attributes: shown };
      }),
  );
}

export type EntityBody = Record<string, unknown> & { id: string; type: string };

/** An entity with its newest values, normalized. Attributes without a reading are left out. */
export function entityBody({ id, type, station, attributes }: ShownEntity, board: StationBoard): EntityBody {
  const body: EntityBody = { id, type };
  let newest = -Infinity;
  for (const attribute of attributes) {
    const latest = board.datastream(attribute.datastream)?.latest;
    if (!latest || latest.result === null) continue;
    body[attribute.name] = propertyOf(attribute, latest);
    newest = Math.max(newest, latest.phenomenonTime);
  }
  if (newest > -Infinity) body["dateObserved"] = { type: "Property", value: timeText(newest) };
  body["name"] = { type: "LanguageProperty", languageMap: station.name };
  body["stationCode"] = { type: "Property", value: station.id };
  body["location"] = { type: "GeoProperty", value: { type: "Point", coordinates: [station.lon, station.lat] } };
  return body;
}

export function propertyOf(
  { unitCode, convert }: ShownAttribute,
  {
    result,
    phenomenonTime,
    quality,
    reasons,
  }: Pick<LatestValue, "result" | "phenomenonTime" | "quality"> & {
    reasons: readonly string[];
  },
): ShownProperty {
  return {
    type: "Property",
    value: result === null ? null : convert(result),
    ...(unitCode === null ? {} : { unitCode }),
    observedAt: timeText(phenomenonTime),
    ...(quality === 1 ? {} : { quality: { type: "Property", value: quality } }),
    ...(reasons.length === 0 ? {} : { reasons: { type: "Property", value: [...reasons] } }),
  };
}

/** The same as key-values: every attribute is its value alone. */
export function keyValues(body: EntityBody): EntityBody {
  const simple: EntityBody = { id: body.id, type: body.type };
  for (const [name, attribute] of Object.entries(body)) {
    if (name === "id" || name === "type") continue;
    const given = attribute as { value?: unknown; languageMap?: unknown };
    simple[name] = given.languageMap === undefined ? given.value : { languageMap: given.languageMap };
  }
  return simple;
}

/** The same as a GeoJSON feature; its place is both the geometry and a property, as the standard has it. */
export function featureOf(body: EntityBody): Record<string, unknown> {
  const { id, ...properties } = body;
  const place = properties["location"] as { value?: unknown } | undefined;
  return { id, type: "Feature", properties, geometry: place && "value" in place ? place.value : (place ?? null) };
}

export function timeText(time: number): string {
  return new Date(time).toISOString();
}
