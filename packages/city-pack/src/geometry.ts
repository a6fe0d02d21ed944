import { z } from "zod";

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const ring = z.array(position).min(4, "a ring has at least 4 positions");
const line = z.array(position).min(2, "a line has at least 2 positions");

/** GeoJSON geometries that a pack may hold (RFC 7946, WGS 84, longitude first). */
export const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Point"), coordinates: position }),
  z.object({ type: z.literal("LineString"), coordinates: line }),
  z.object({ type: z.literal("MultiLineString"), coordinates: z.array(line).min(1) }),
  z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
export type Geometry = z.infer<typeof geometry>;
export type Position = z.infer<typeof position>;

/** Polygons of an areal geometry, each a list of rings; empty for points and lines. */
export function polygonsOf(shape: Geometry): Position[][][] {
  if (shape.type === "Polygon") return [shape.coordinates];
  return shape.type === "MultiPolygon" ? shape.coordinates : [];
}

/** Twice the signed area of a ring in square degrees; positive when it runs counter-clockwise. */
export function signedArea(positions: readonly Position[]): number {
  let sum = 0;
  for (let at = 1; at < positions.length; at += 1) {
    const [x0, y0] = positions[at - 1] ?? [0, 0];
    const [x1, y1] = positions[at] ?? [0, 0];
    sum += x0 * y1 - x1 * y0;
  }
  return sum;
}

/** What is wrong with an areal geometry, as a sentence; null when it can be drawn. */
export function arealFault(shape: Geometry): string | null {
  const polygons = polygonsOf(shape);
  if (polygons.length === 0) return `a ${shape.type} is no area`;
  for (const rings of polygons) {
    for (const positions of rings) {
      const [first, last] = [positions[0], positions.at(-1)];
      if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return "a ring does not end where it starts";
      if (signedArea(positions) === 0) return "a ring encloses no area";
    }
  }
  return null;
}
