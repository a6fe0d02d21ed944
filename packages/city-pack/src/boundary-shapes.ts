import type { Area } from "@ioc/contracts";
import { findCrossing } from "./crossings.ts";
import type { Position } from "./geometry.ts";
import { dissolve, keyOf, roundRing, simplifyRings, wind } from "./topology.ts";
import type { Ring } from "./topology.ts";

/** Polygons of each area, by area id. */
export type Shapes = Map<string, Position[][][]>;

/** 1 m: finer than any border is known. */
const decimals = 5;
/** Degrees; about 11 m, half a pixel at zoom 13. */
const tolerance = 0.0001;

interface Slot {
  area: string;
  polygon: number;
  ring: Ring;
}

/** Positions of the outlines that cross themselves after thinning: they are given back whole, to both neighbours. */
function positionsOfCrossed(slots: readonly Slot[], thinned: readonly Ring[], kept: ReadonlySet<string>): Set<string> {
  const polygons = new Map<string, number[]>();
  for (const [index, { area, polygon }] of slots.entries()) {
    const key = `${area}/${polygon}`;
    polygons.set(key, [...(polygons.get(key) ?? []), index]);
  }
  const positions = new Set(kept);
  for (const indexes of polygons.values()) {
    if (!findCrossing(indexes.map((index) => thinned[index] ?? []))) continue;
    for (const index of indexes) for (const position of slots[index]?.ring ?? []) positions.add(keyOf(position));
  }
  return positions;
}

/** Rounds and thins all shapes together, so that neighbours keep their common border and no outline crosses itself. */
export function reduce(shapes: Shapes): Shapes {
  const slots: Slot[] = [];
  for (const [area, polygons] of shapes) {
    for (const [polygon, rings] of polygons.entries()) {
      const rounded = rings.map((ring) => roundRing(ring, decimals));
      if (!rounded[0]) continue;
      for (const ring of rounded) if (ring) slots.push({ area, polygon, ring });
    }
  }
  const rings = slots.map((slot) => slot.ring);
  let kept = new Set<string>();
  let thinned = simplifyRings(rings, tolerance);
  for (;;) {
    const crossed = positionsOfCrossed(slots, thinned, kept);
    if (crossed.size === kept.size) break;
    kept = crossed;
    thinned = simplifyRings(rings, tolerance, kept);
  }
  const reduced = new Map<string, Map<number, Ring[]>>();
  for (const [index, { area, polygon }] of slots.entries()) {
    const polygons = reduced.get(area) ?? new Map<number, Ring[]>();
    reduced.set(area, polygons);
    polygons.set(polygon, [...(polygons.get(polygon) ?? []), thinned[index] ?? []]);
  }
  return new Map([...reduced].map(([area, polygons]) => [area, [...polygons.values()].map(wind)]));
}

/** Wider areas that the file does not give are the union of the areas below them. */
export function addWider(shapes: Shapes, areas: readonly Area[]): void {
  const below = (id: string): Position[][][] => {
    const own = shapes.get(id);
    if (own) return own;
    const parts = areas.filter((area) => area.parent === id).flatMap((area) => below(area.id));
    const united = dissolve(parts);
    shapes.set(id, united);
    return united;
  };
  for (const area of areas) below(area.id);
}

export function countPositions(shapes: Shapes): number {
  return [...shapes.values()].flat(2).reduce((sum, ring) => sum + ring.length, 0);
}

export function geoJson(shapes: Shapes, areas: readonly Area[]): string {
  const features = areas.map(({ id }) => {
    const polygons = shapes.get(id) ?? [];
    const single = polygons.length === 1;
    return JSON.stringify({
      type: "Feature",
      id,
      properties: { id, approximate: false },
      geometry: {
        type: single ? "Polygon" : "MultiPolygon",
        coordinates: single ? polygons[0] : polygons,
      },
    });
  });
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}
