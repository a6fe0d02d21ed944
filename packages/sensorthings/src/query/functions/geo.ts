import type { Geometry } from "../geometry/geometry.ts";
import { distance, isRelated, isRelation, lineLength, relates } from "../geometry/predicates.ts";
import { isGeometry, toText } from "../values.ts";

const types = new Set([
  "Point",
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
  "GeometryCollection",
]);

/** A geometry of the query, a GeoJSON geometry of an entity, or the geometry of a GeoJSON feature. */
export function geometryOf(value: unknown): Geometry | null {
  if (isGeometry(value)) return value.geometry;
  if (typeof value !== "object" || value === null) return null;
  const object = value as { type?: unknown; geometry?: unknown; coordinates?: unknown; geometries?: unknown };
  if (object.type === "Feature") return geometryOf(object.geometry);
  const hasParts = Array.isArray(object.type === "GeometryCollection" ? object.geometries : object.coordinates);
  return typeof object.type === "string" && types.has(object.type) && hasParts ? (value as Geometry) : null;
}

type Run = (a: Geometry, b: Geometry, pattern: string) => unknown;

export function geoFunction(name: string): ((args: readonly unknown[]) => unknown) | undefined {
  if (name === "geo.length") {
    return ([value]) => {
      const geometry = geometryOf(value);
      return geometry && lineLength(geometry);
    };
  }
  if (name === "geo.distance") return ofTwo(distance);
  if (name === "st_relate") return ofTwo(relates);
  return isRelation(name) ? ofTwo((a, b) => isRelated(name, a, b)) : undefined;
}

function ofTwo(run: Run): (args: readonly unknown[]) => unknown {
  return (args) => {
    const [a, b] = [geometryOf(args[0]), geometryOf(args[1])];
    return a && b && run(a, b, toText(args[2]) ?? "");
  };
}
