import type { Place } from "./space.ts";

/** A cell of a square grid: its id, its middle in WGS 84 degrees, and which of the points lie in it. */
export interface Cell {
  id: string;
  lat: number;
  lon: number;
  /** Indices of the points. */
  members: number[];
}

/** Metres of a degree of latitude on a sphere of 6,371.0 km. */
const degreeMetres = (Math.PI / 180) * 6_371_000;

/**
 * Puts points into square cells. Rows of cells begin at the equator; within a row the width in degrees is that of the row's
 * middle, and columns begin at Greenwich, so that a point is in the same cell whichever other points there are (cells of
 * neighbouring rows are shifted against each other like bricks). Points without a place are left out; a point on an edge
 * belongs to the cell north or east of it. Cells with most points first.
 *
 * @param size edge in metres
 */
export function cellsOf(points: readonly (Place | null)[], size: number): Cell[] {
  const height = size / degreeMetres;
  const cells = new Map<string, Cell>();
  points.forEach((point, index) => {
    if (!point) return;
    const row = Math.floor(point.lat / height);
    const lat = (row + 0.5) * height;
    const width = height / Math.cos((lat * Math.PI) / 180);
    const column = Math.floor(point.lon / width);
    const id = `${row}:${column}`;
    const known = cells.get(id);
    if (known) known.members.push(index);
    else cells.set(id, { id, lat, lon: (column + 0.5) * width, members: [index] });
  });
  return [...cells.values()].sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
}
