import type { AreaShapes, Position } from "./context.ts";

interface Shapes {
  features: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Shapes of areas from a GeoJSON feature collection: rings of all their polygons by the feature's `id`, else by the property
 * `id`. They are approximate when any feature says so by the property `approximate`.
 */
export function areaShapes(collection: Shapes): AreaShapes {
  const rings = new Map<string, readonly (readonly Position[])[]>();
  let approximate = false;
  for (const feature of collection.features) {
    const properties = (feature["properties"] ?? {}) as Record<string, unknown>;
    const id = feature["id"] ?? properties["id"];
    const own = ringsOf((feature["geometry"] as { coordinates?: unknown } | null | undefined)?.coordinates);
    if ((typeof id !== "string" && typeof id !== "number") || own.length === 0) continue;
    rings.set(String(id), own);
    approximate ||= properties["approximate"] === true;
  }
  return { rings, approximate };
}

/** The lists of positions inside coordinates of any depth. */
function ringsOf(coordinates: unknown): Position[][] {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return [];
  const [first] = coordinates as unknown[];
  if (Array.isArray(first) && typeof first[0] === "number") return [coordinates as Position[]];
  return (coordinates as unknown[]).flatMap(ringsOf);
}

/** West, south, east, north. */
export interface GeoBox {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Box of positions; null when there is none. */
export function geoBox(places: Iterable<Position>): GeoBox | null {
  let box: GeoBox | null = null;
  for (const [lon, lat] of places) {
    box ??= { west: lon, south: lat, east: lon, north: lat };
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

/** A ring whose middle is so many times as far from the middle of all as the usual area is lies far outside. */
const farTimes = 5;

export type Rings = readonly (readonly Position[])[];

/**
 * Shapes split into what belongs on one map and what lies far outside it, such as islands hundreds of kilometres out at sea:
 * fitting a map to those would leave nothing of the city. A shape may have parts in both. Needs four areas to know what is
 * usual.
 */
export function splitFar({ rings }: AreaShapes): { near: Map<string, Rings>; far: Map<string, Rings> } {
  const main = Array.from(rings.values(), (own) => middleOf(own.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a))));
  const [lon, lat] = [median(main.map((each) => each[0])), median(main.map((each) => each[1]))];
  const away = ([x, y]: Position): number => Math.hypot(x - lon, y - lat);
  const reach = main.length < 4 ? Number.POSITIVE_INFINITY : median(main.map(away)) * farTimes;
  const near = new Map<string, Rings>();
  const far = new Map<string, Rings>();
  for (const [id, own] of rings) {
    const inside = own.filter((ring) => away(middleOf(ring)) <= reach);
    const outside = own.filter((ring) => away(middleOf(ring)) > reach);
    if (inside.length > 0) near.set(id, inside);
    if (outside.length > 0) far.set(id, outside);
  }
  return { near, far };
}

function middleOf(ring: readonly Position[]): Position {
  const box = geoBox(ring)!;
  return [(box.west + box.east) / 2, (box.south + box.north) / 2];
}

/** Size of the box of a ring, square degrees. */
export function sizeOf(ring: readonly Position[]): number {
  const box = geoBox(ring)!;
  return (box.east - box.west) * (box.north - box.south);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
