/** Plate carrée with the length of a degree of longitude taken at the middle of the box: enough for one city. */
export interface Projection {
  /** Pixel of a place, rounded to half a pixel. */
  point(lon: number, lat: number): [number, number];
  inside(lon: number, lat: number): boolean;
}

type Box = readonly [south: number, west: number, north: number, east: number];

/** Fits the box into the picture, keeping its shape and centring it. */
export function project([south, west, north, east]: Box, size: { width: number; height: number }): Projection {
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(size.width / ((east - west) * squeeze), size.height / (north - south));
  const left = (size.width - (east - west) * squeeze * scale) / 2;
  const top = (size.height - (north - south) * scale) / 2;
  const half = (value: number): number => Math.round(value * 2) / 2;
  return {
    point: (lon, lat) => [half(left + (lon - west) * squeeze * scale), half(top + (north - lat) * scale)],
    inside: (lon, lat) => lon >= west && lon <= east && lat >= south && lat <= north,
  };
}

interface Geometry {
  type: string;
  coordinates: unknown;
}

/** SVG path of a line or polygon geometry; points that fall on the same pixel are written once. */
export function pathOf(geometry: Geometry, projection: Projection, close: boolean): string {
  return linesOf(geometry.coordinates)
    .map((line) => pathOfLine(line, projection) + (close ? "z" : ""))
    .join("");
}

function pathOfLine(line: readonly (readonly [number, number])[], projection: Projection): string {
  let last = "";
  let path = "";
  for (const [lon, lat] of line) {
    const [x, y] = projection.point(lon, lat);
    const here = `${x} ${y}`;
    if (here === last) continue;
    path += `${last === "" ? "M" : "L"}${here}`;
    last = here;
  }
  return path;
}

/** The lines inside coordinates of any depth: a line is a list of [longitude, latitude]. */
function linesOf(coordinates: unknown): [number, number][][] {
  if (!Array.isArray(coordinates)) return [];
  const [first] = coordinates as unknown[];
  if (Array.isArray(first) && typeof first[0] === "number") return [coordinates as [number, number][]];
  return coordinates.flatMap(linesOf);
}
