import type { Station } from "@ioc/contracts";
import { isRelated, type Geometry } from "@ioc/sensorthings";
import { problemOf } from "./problems.ts";

export type StationFilter = (station: Pick<Station, "lat" | "lon">) => boolean;

const earthRadius = 6_371_000;
const mostCoordinates = 10_000;
const relations = {
  within: "st_within",
  intersects: "st_intersects",
  disjoint: "st_disjoint",
  equals: "st_equals",
} as const;

/**
 * Reads a geoquery (ETSI GS CIM 009, 4.10) on `location`: `near` with `maxDistance==m` or `minDistance==m` of a point, and
 * `within`, `intersects`, `disjoint`, `equals` with a point, line or polygon. Null when none is asked.
 * @throws {NgsiProblem} BadRequestData
 */
export function readGeoQuery(search: URLSearchParams): StationFilter | null {
  const georel = search.get("georel");
  if (georel === null) {
    if (search.has("geometry") || search.has("coordinates")) throw bad("`georel` is missing");
    return null;
  }
  const property = search.get("geoproperty") ?? "location";
  if (property !== "location")
    throw bad(`entities have the geoproperty \`location\`, not \`${property.slice(0, 60)}\``);
  const geometry = readGeometry(search.get("geometry"), search.get("coordinates"));
  const [relation = "", ...modifiers] = georel.split(";");
  if (relation === "near") return near(geometry, modifiers);
  if (!Object.hasOwn(relations, relation) || modifiers.length > 0) {
    throw bad(`\`georel\` must be near;maxDistance==metres, ${Object.keys(relations).join(", ")}`);
  }
  const name = relations[relation as keyof typeof relations];
  return ({ lat, lon }) => isRelated(name, { type: "Point", coordinates: [lon, lat] }, geometry) ?? false;
}

function readGeometry(type: string | null, text: string | null): Geometry {
  if (type === null || text === null) throw bad("`georel` needs `geometry` and `coordinates`");
  const depth = { Point: 1, LineString: 2, Polygon: 3 }[type];
  if (depth === undefined) throw bad("`geometry` must be Point, LineString or Polygon");
  let coordinates: unknown;
  try {
    coordinates = JSON.parse(text);
  } catch {
    throw bad("`coordinates` must be a JSON array such as [108.2,16.06]");
  }
  if (text.length > mostCoordinates || !isNested(coordinates, depth)) {
    throw bad(
      `\`coordinates\` must be those of a GeoJSON ${type}, [longitude, latitude], in at most 10,000 characters`,
    );
  }
  return { type, coordinates } as Geometry;
}

/** Lists of lists down to positions of two or three finite numbers. */
function isNested(given: unknown, depth: number): boolean {
  if (!Array.isArray(given) || given.length === 0) return false;
  if (depth > 1) return given.every((part) => isNested(part, depth - 1));
  const [lon, lat] = given as unknown[];
  const finite = given.length <= 3 && given.every((part) => typeof part === "number" && Number.isFinite(part));
  return finite && Math.abs(Number(lon)) <= 180 && Math.abs(Number(lat)) <= 90;
}

function near(geometry: Geometry, modifiers: readonly string[]): StationFilter {
  if (geometry.type !== "Point") throw bad("`near` needs a Point");
  const match = modifiers.length === 1 ? /^(max|min)Distance==(\d{1,9}(?:\.\d+)?)$/.exec(modifiers[0]!) : null;
  if (!match) throw bad("`near` needs ;maxDistance==metres or ;minDistance==metres");
  const metres = Number(match[2]);
  const [lon = 0, lat = 0] = geometry.coordinates as number[];
  return match[1] === "max"
    ? (station) => distance(station, { lat, lon }) <= metres
    : (station) => distance(station, { lat, lon }) >= metres;
}

/** Great-circle distance in metres (haversine). */
function distance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180;
  const lat = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2;
  const lon = Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  const h = lat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * lon;
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, h)));
}

function bad(detail: string) {
  return problemOf(400, "BadRequestData", detail);
}
