import { datastreamId, type Network, type ObservedProperty, type Station, type StationKind } from "@ioc/contracts";
import type { DatastreamSpec } from "@ioc/observations";
import { entityTypes, type SetName } from "../model/entity-types.ts";
import { instantText } from "../model/times.ts";
import { hiddenLinks, type Entity, type Links } from "./entity.ts";

export interface PackSource {
  /** Id of the city pack, for the definitions of observed properties. */
  city: string;
  network: Network;
  specs: readonly DatastreamSpec[];
  /** Display form of a UCUM code, in English. */
  unitSymbol: (unit: string) => string;
}

type Number = (set: SetName, packId: string) => { id: number; since: number };

const measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";

/**
 * The city pack's stations as entities: each station a Thing with its Location, HistoricalLocation and FeatureOfInterest,
 * each of its datastreams a Datastream, each kind of station a Sensor, each property of a kind an ObservedProperty.
 * @param number gives the number of a pack entity, the same for good
 */
export function packEntities(source: PackSource, number: Number): Entity[] {
  const kinds = new Map(source.network.kinds.map((kind) => [kind.id, kind]));
  const make = (set: SetName, packId: string, values: Record<string, unknown>, links: Links = {}): Entity => {
    return { type: entityTypes[set], id: number(set, packId).id, values, links, packId };
  };
  const entities: Entity[] = [];
  const used = new Set(source.network.stations.map((station) => station.kind));
  for (const kind of source.network.kinds) {
    if (!used.has(kind.id)) continue;
    entities.push(make("Sensors", kind.id, sensorValues(kind)));
    for (const property of kind.properties) {
      const packId = `${kind.id}:${property.id}`;
      entities.push(make("ObservedProperties", packId, propertyValues(source.city, kind, property)));
    }
  }
  for (const station of source.network.stations) {
    const kind = kinds.get(station.kind);
    if (!kind) continue;
    const location = make("Locations", station.id, placeValues(station, "location"));
    const feature = make("FeaturesOfInterest", station.id, placeValues(station, "feature"), {
      [hiddenLinks.generatedFrom]: [location.id],
    });
    const thing = make("Things", station.id, thingValues(station, kind), { Locations: [location.id] });
    const since = number("HistoricalLocations", station.id).since;
    const links = { Thing: [thing.id], Locations: [location.id] };
    entities.push(
      location,
      feature,
      thing,
      make("HistoricalLocations", station.id, { time: instantText(since) }, links),
    );
  }
  const stations = new Map(source.network.stations.map((station) => [station.id, station]));
  for (const spec of source.specs) {
    const station = stations.get(spec.station);
    const kind = kinds.get(station?.kind ?? "");
    const property = kind?.properties.find(({ id }) => id === spec.property);
    if (!station || !kind || !property) continue;
    const links = {
      Thing: [number("Things", station.id).id],
      Sensor: [number("Sensors", kind.id).id],
      ObservedProperty: [number("ObservedProperties", `${kind.id}:${property.id}`).id],
      [hiddenLinks.defaultFeature]: [number("FeaturesOfInterest", station.id).id],
    };
    const values = datastreamValues(station, property, source.unitSymbol);
    entities.push(make("Datastreams", datastreamId(station.id, property.id), values, links));
  }
  return entities;
}

function thingValues(station: Station, kind: StationKind): Record<string, unknown> {
  return {
    name: station.name.en,
    description: `${sentence(kind.name.en)} at ${station.name.en}.`,
    properties: {
      id: station.id,
      name_vi: station.name.vi,
      kind: kind.id,
      kind_name: kind.name.en,
      kind_name_vi: kind.name.vi,
      domain: kind.domain,
      owner: kind.owner,
      areas: station.areas,
      position: station.position,
      basis: station.basis,
      attributes: station.attributes,
    },
  };
}

function placeValues(station: Station, key: "location" | "feature"): Record<string, unknown> {
  return {
    name: station.name.en,
    description: `Place of ${station.name.en}; the position is ${station.position}.`,
    encodingType: "application/geo+json",
    [key]: { type: "Point", coordinates: [station.lon, station.lat] },
    properties: { id: station.id, name_vi: station.name.vi, position: station.position, areas: station.areas },
  };
}

function sensorValues(kind: StationKind): Record<string, unknown> {
  const measured = kind.properties.filter((property) => !property.technical).map((property) => property.name.en);
  return {
    name: sentence(kind.name.en),
    description: `Equipment of every ${kind.name.en} of the city.`,
    encodingType: "text/html",
    metadata: `<p>${escaped(sentence(kind.name.en))}: ${escaped(measured.join(", "))}.</p>`,
    properties: { id: kind.id, name_vi: kind.name.vi, owner: kind.owner, domain: kind.domain },
  };
}

function propertyValues(city: string, kind: StationKind, property: ObservedProperty): Record<string, unknown> {
  return {
    name: sentence(property.name.en),
    definition: `urn:city-ioc:${city}:property:${kind.id}:${property.id}`,
    description: `${sentence(property.name.en)} as measured by every ${kind.name.en}, in ${property.unit} (UCUM).`,
    properties: { id: property.id, name_vi: property.name.vi, kind: kind.id, technical: property.technical },
  };
}

function datastreamValues(
  station: Station,
  property: ObservedProperty,
  unitSymbol: (unit: string) => string,
): Record<string, unknown> {
  return {
    name: `${sentence(property.name.en)}, ${station.name.en}`,
    description: `${sentence(property.name.en)} at ${station.name.en}, one ${property.kind} value every ${property.periodSeconds} s.`,
    observationType: measurement,
    unitOfMeasurement: { name: property.unit, symbol: unitSymbol(property.unit), definition: `ucum:${property.unit}` },
    properties: {
      id: datastreamId(station.id, property.id),
      name_vi: `${sentence(property.name.vi)}, ${station.name.vi}`,
      station: station.id,
      property: property.id,
      value_kind: property.kind,
      period_s: property.periodSeconds,
      range: [property.min, property.max],
    },
  };
}

function sentence(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase("vi") + text.slice(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
