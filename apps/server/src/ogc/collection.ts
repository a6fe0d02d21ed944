import type { LocalizedText } from "@ioc/contracts";
import type { Geometry } from "@ioc/sensorthings";

/** [west, south, east, north] in degrees. */
export type Box = readonly [number, number, number, number];

export type Scalar = string | number | boolean | null;

/** A property that features of a collection have. */
export interface Column {
  name: string;
  type: "string" | "number" | "integer" | "boolean";
  title: LocalizedText;
  /** What its codes mean. */
  note?: LocalizedText;
  /** UCUM code. */
  unit?: string;
  isTime?: boolean;
}

export interface Feature {
  id: string;
  geometry: Geometry | null;
  /** Around the geometry; null without one. */
  box: Box | null;
  /** When it holds, ms since 1970 (UTC); null: no time. Open ends are ±Infinity. */
  time: { from: number; to: number } | null;
  properties: Readonly<Record<string, Scalar>>;
}

/** Features of one kind under an address of their own. Features come in the order of their ids. */
export interface Collection {
  id: string;
  title: LocalizedText;
  description: LocalizedText;
  columns: readonly Column[];
  box: Box | null;
  /** Dates that it holds between, ISO 8601; null: open. */
  interval: readonly [string | null, string | null] | null;
  features(): Feature[];
}

/** Box around several; null around none. */
export function boxAround(boxes: Iterable<Box>): Box | null {
  let around: Box | null = null;
  for (const [west, south, east, north] of boxes) {
    around = around
      ? [Math.min(around[0], west), Math.min(around[1], south), Math.max(around[2], east), Math.max(around[3], north)]
      : [west, south, east, north];
  }
  return around;
}

/** Box around a geometry; null when it has no position. */
export function boxOf(geometry: Geometry): Box | null {
  if (geometry.type === "GeometryCollection") {
    return boxAround(geometry.geometries.map(boxOf).filter((box) => box !== null));
  }
  const numbers: unknown[] = geometry.type === "Point" ? [geometry.coordinates] : [...geometry.coordinates];
  return boxAround(positionsIn(numbers).map<Box>(([lon = 0, lat = 0]) => [lon, lat, lon, lat]));
}

function positionsIn(coordinates: readonly unknown[]): (readonly number[])[] {
  return coordinates.flatMap((one) => {
    if (!Array.isArray(one)) return [];
    return typeof one[0] === "number" ? [one as number[]] : positionsIn(one);
  });
}
