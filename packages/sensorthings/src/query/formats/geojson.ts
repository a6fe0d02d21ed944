import { geometryOf } from "../functions/geo.ts";
import type { Geometry } from "../geometry/geometry.ts";
import { expanded, isAnnotation, isObject } from "./entity-json.ts";
import type { EntityJson } from "./entity-json.ts";

export interface FeatureCollection {
  type: "FeatureCollection";
  features: Feature[];
}

interface Feature {
  type: "Feature";
  geometry: Geometry | null;
  properties: Record<string, unknown>;
}

/** Properties that hold the geometry of their entity. */
const geometryProperties = new Set(["location", "feature", "observedArea"]);

/** Objects inside objects that are flattened; what lies deeper stays JSON. */
const deepest = 12;

/**
 * Entities as a GeoJSON FeatureCollection (RFC 7946). The geometry of a feature is the first one of the entity or of what
 * is expanded in it (`Things?$expand=Locations`), else null. All other properties are flattened, named by their path
 * (`unitOfMeasurement/symbol`, `Datastreams/0/name`); `@iot.id` is named `id`.
 *
 * @param rows entities as they are answered in JSON.
 */
export function toGeoJson(rows: readonly EntityJson[]): FeatureCollection {
  return { type: "FeatureCollection", features: rows.map(featureOf) };
}

function featureOf(entity: EntityJson): Feature {
  const feature: Feature = { type: "Feature", geometry: null, properties: {} };
  addEntity(feature, entity, "");
  return feature;
}

function addEntity(feature: Feature, entity: EntityJson, prefix: string): void {
  for (const [name, value] of Object.entries(entity)) {
    if (isAnnotation(name)) continue;
    const path = prefix + (name === "@iot.id" ? "id" : name);
    const related = expanded(name, value);
    const geometry = geometryProperties.has(name) ? geometryOf(value) : null;
    if (geometry) feature.geometry ??= geometry;
    else if (Array.isArray(related)) {
      for (const [index, item] of related.entries()) addEntity(feature, item as EntityJson, `${path}/${index}/`);
    } else if (related) addEntity(feature, related as EntityJson, `${path}/`);
    else addValue(feature.properties, path, value, 0);
  }
}

function addValue(properties: Record<string, unknown>, path: string, value: unknown, level: number): void {
  const parts = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  if (parts.length === 0 || level >= deepest) {
    properties[path] = value ?? null;
    return;
  }
  for (const [name, part] of parts) addValue(properties, `${path}/${name}`, part, level + 1);
}
