import { isObject } from "./values.ts";

const encodings = new Set(["application/geo+json", "application/vnd.geo+json"]);

/** Depth of the lists of numbers in `coordinates`. */
const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

export function isGeoJsonEncoding(encodingType: unknown): boolean {
  return typeof encodingType === "string" && encodings.has(encodingType.toLowerCase());
}

/** What is wrong with a GeoJSON geometry or feature (RFC 7946); null when it is sound. */
export function geoJsonProblem(value: unknown): string | null {
  if (!isObject(value)) return "must be a GeoJSON geometry or feature";
  if (value["type"] === "Feature") return value["geometry"] === null ? null : geoJsonProblem(value["geometry"]);
  if (value["type"] === "GeometryCollection") {
    const parts = value["geometries"];
    if (!Array.isArray(parts)) return "a GeometryCollection needs a list of geometries";
    return parts.map(geoJsonProblem).find((problem) => problem !== null) ?? null;
  }
  const depth = typeof value["type"] === "string" ? depths[value["type"]] : undefined;
  if (depth === undefined) return `has the type ${JSON.stringify(value["type"])}, which GeoJSON does not know`;
  return hasDepth(value["coordinates"], depth) ? null : `the coordinates do not form a ${String(value["type"])}`;
}

function hasDepth(coordinates: unknown, depth: number): boolean {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return false;
  if (depth > 0) return coordinates.every((part) => hasDepth(part, depth - 1));
  return coordinates.length >= 2 && coordinates.length <= 4 && coordinates.every(Number.isFinite);
}
