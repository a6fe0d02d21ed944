/** GeoJSON (RFC 7946) as far as cells hold it: positions of longitude and latitude in degrees, WGS 84. */

/** Depth of the lists in `coordinates`. */
const depths: ReadonlyMap<unknown, number> = new Map([
  ["Point", 0],
  ["MultiPoint", 1],
  ["LineString", 1],
  ["MultiLineString", 2],
  ["Polygon", 2],
  ["MultiPolygon", 3],
]);
const mostPositions = 10_000;

/** Longitude and latitude of a pair; null when it is none. */
export function parsePoint(value: unknown): [number, number] | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [lon, lat] = value as unknown[];
  return isWithin(lon, 180) && isWithin(lat, 90) ? [lon + 0, lat + 0] : null;
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === "number" && Math.abs(value) <= limit;
}

/** A geometry as JSON text that is the same for the same shape; null when it is none. */
export function parseGeometry(value: unknown): string | null | "too-long" {
  if (typeof value !== "object" || value === null) return null;
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown };
  const depth = depths.get(type);
  if (depth === undefined) return null;
  const count = { left: mostPositions };
  const read = readPositions(coordinates, depth, count);
  if (count.left < 0) return "too-long";
  return read === null ? null : JSON.stringify({ type, coordinates: read });
}

function readPositions(value: unknown, depth: number, count: { left: number }): unknown[] | null {
  if (depth === 0) {
    count.left -= 1;
    return parsePoint(value);
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const read: unknown[] = [];
  for (const one of value) {
    const below = readPositions(one, depth - 1, count);
    if (below === null || count.left < 0) return null;
    read.push(below);
  }
  return read;
}
