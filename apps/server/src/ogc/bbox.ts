import { isRelated } from "@ioc/sensorthings";
import type { Geometry } from "@ioc/sensorthings";
import type { Box, Feature } from "./collection.ts";

/**
 * Reads `west,south,east,north` or, with heights, `west,south,low,east,north,high` in degrees. A box whose west is east of
 * its east crosses the antimeridian and becomes two.
 *
 * @returns the boxes, or what would be right.
 */
export function parseBbox(text: string): Box[] | string {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite) || (numbers.length !== 4 && numbers.length !== 6)) {
    return "must be 4 or 6 numbers: west,south,east,north, or west,south,low,east,north,high";
  }
  const [west = 0, south = 0, east = 0, north = 0] = numbers.length === 4 ? numbers : numbers.toSpliced(2, 1);
  const [low = 0, high = 0] = numbers.length === 6 ? [numbers[2], numbers[5]] : [];
  if (south > north || low > high) return "must have the lower latitude and height first";
  if (south < -90 || north > 90) return "must have latitudes from -90 to 90, longitude first";
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** Whether a feature meets one of the boxes; one without a geometry meets every box (OGC 17-069r4, 7.15.3). */
export function meets({ geometry, box }: Feature, boxes: readonly Box[]): boolean {
  if (!geometry || !box) return true;
  return boxes.some((wanted) => {
    const apart = box[0] > wanted[2] || box[2] < wanted[0] || box[1] > wanted[3] || box[3] < wanted[1];
    if (apart || geometry.type === "Point") return !apart;
    return isRelated("st_intersects", geometry, rectangle(wanted)) ?? true;
  });
}

function rectangle([west, south, east, north]: Box): Geometry {
  if (west === east && south === north) return { type: "Point", coordinates: [west, south] };
  if (west === east || south === north) {
    return {
      type: "LineString",
      coordinates: [
        [west, south],
        [east, north],
      ],
    };
  }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: "Polygon", coordinates: [ring] };
}
