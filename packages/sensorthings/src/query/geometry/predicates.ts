import GeometryFactory from "jsts/org/locationtech/jts/geom/GeometryFactory.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import DistanceOp from "jsts/org/locationtech/jts/operation/distance/DistanceOp.js";
import RelateOp from "jsts/org/locationtech/jts/operation/relate/RelateOp.js";
import type { Geometry } from "./geometry.ts";

/** What the library knows of a geometry; used as a whole only. */
interface Topology {
  isEmpty(): boolean;
}

interface Matrix {
  matches(pattern: string): boolean;
}

const reader = new GeoJSONReader(new GeometryFactory());

/** Geometries of entities stay the same objects over many filters. */
const known = new WeakMap<Geometry, Topology | null>();

/** Null for a geometry that cannot be read (a ring that is not closed, a position that is no number). */
function topologyOf(geometry: Geometry): Topology | null {
  let topology = known.get(geometry);
  if (topology === undefined) {
    topology = read(geometry);
    known.set(geometry, topology);
  }
  return topology;
}

function read(geometry: Geometry): Topology | null {
  if (!hasNumbersOnly(geometry)) return null;
  try {
    return reader.read(geometry) as Topology;
  } catch {
    return null;
  }
}

function hasNumbersOnly(geometry: Geometry): boolean {
  if (geometry.type === "GeometryCollection") return geometry.geometries.every(hasNumbersOnly);
  const numbers = (geometry.coordinates as unknown[]).flat(3);
  return numbers.length > 0 && numbers.every((value) => Number.isFinite(value));
}

type Relation = (a: Topology, b: Topology) => boolean;

/** Relations of OGC Simple Features (06-103r4, 6.1.15) in the plane of longitude and latitude. */
const relations: Readonly<Record<string, Relation>> = {
  "geo.intersects": (a, b) => RelateOp.intersects(a, b) as boolean,
  st_equals: (a, b) => RelateOp.equalsTopo(a, b) as boolean,
  st_disjoint: (a, b) => !(RelateOp.intersects(a, b) as boolean),
  st_touches: (a, b) => RelateOp.touches(a, b) as boolean,
  st_within: (a, b) => RelateOp.contains(b, a) as boolean,
  st_overlaps: (a, b) => RelateOp.overlaps(a, b) as boolean,
  st_crosses: (a, b) => RelateOp.crosses(a, b) as boolean,
  st_intersects: (a, b) => RelateOp.intersects(a, b) as boolean,
  st_contains: (a, b) => RelateOp.contains(a, b) as boolean,
};

export function isRelation(name: string): boolean {
  return Object.hasOwn(relations, name);
}

/** @param name one of the relations; null when a geometry cannot be read. */
export function isRelated(name: string, a: Geometry, b: Geometry): boolean | null {
  const [first, second] = [topologyOf(a), topologyOf(b)];
  if (!first || !second) return null;
  return decided(() => relations[name]?.(first, second) ?? null);
}

/** @param pattern nine of `T`, `F`, `*`, `0`, `1`, `2`: the intersection matrix asked for (DE-9IM). */
export function relates(a: Geometry, b: Geometry, pattern: string): boolean | null {
  const [first, second] = [topologyOf(a), topologyOf(b)];
  if (!first || !second || !/^[TF*012]{9}$/.test(pattern)) return null;
  return decided(() => (RelateOp.relate(first, second) as Matrix).matches(pattern));
}

/**
 * Distance in degrees of the plane of longitude and latitude, not in metres: the conformance tests of 18-088 expect it
 * (`geo.distance(location, geography'POINT(8 54.1)') lt 1` for a point 0.1 degrees away).
 */
export function distance(a: Geometry, b: Geometry): number | null {
  const [first, second] = [topologyOf(a), topologyOf(b)];
  if (!first || !second) return null;
  return decided(() => DistanceOp.distance(first, second) as number);
}

/** Length of lines in degrees; points and areas have none, as in the conformance tests. */
export function lineLength(geometry: Geometry): number {
  if (geometry.type === "LineString") return lengthOfLine(geometry.coordinates);
  if (geometry.type === "MultiLineString") {
    return geometry.coordinates.reduce((sum, line) => sum + lengthOfLine(line), 0);
  }
  if (geometry.type !== "GeometryCollection") return 0;
  return geometry.geometries.reduce((sum, part) => sum + lineLength(part), 0);
}

function lengthOfLine(line: readonly (readonly number[])[]): number {
  let length = 0;
  for (let i = 1; i < line.length; i += 1) {
    const [x0 = 0, y0 = 0] = line[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = line[i] ?? [];
    length += Math.hypot(x1 - x0, y1 - y0);
  }
  return length;
}

/** The library throws for shapes that break the rules of Simple Features (a ring that crosses itself). */
function decided<T>(decide: () => T): T | null {
  try {
    return decide();
  } catch {
    return null;
  }
}
