import type { Position } from "./geometry.ts";

type Segment = readonly [Position, Position];

function side(a: Position, b: Position, p: Position): number {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

/** Whether two segments cross inside both; touching at an end does not count. */
function cross([a, b]: Segment, [c, d]: Segment): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Cells of a grid that the box of a segment covers, as `column,row`. */
function cellsOf([a, b]: Segment, size: number): string[] {
  const cells: string[] = [];
  const [west, east] = [Math.floor(Math.min(a[0], b[0]) / size), Math.floor(Math.max(a[0], b[0]) / size)];
  const [south, north] = [Math.floor(Math.min(a[1], b[1]) / size), Math.floor(Math.max(a[1], b[1]) / size)];
  for (let x = west; x <= east; x += 1) for (let y = south; y <= north; y += 1) cells.push(`${x},${y}`);
  return cells;
}

/**
 * A place where the outline of a polygon crosses itself, like the middle of a bow tie; null when there is none. Segments are
 * compared only with those in the same cells of a grid, so that long outlines stay cheap.
 */
export function findCrossing(rings: readonly (readonly Position[])[]): Position | null {
  const segments: Segment[] = rings.flatMap((ring) => ring.slice(1).map((to, at): Segment => [ring[at] ?? to, to]));
  let reach = 0;
  for (const [a, b] of segments) reach += Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
  const longest = segments.reduce((most, [a, b]) => Math.max(most, Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])), 0);
  // Cells of about two mean segments, but never so small that the longest one covers more than 64 in a row.
  const size = Math.max((2 * reach) / Math.max(1, segments.length), longest / 64, 1e-9);
  const cells = new Map<string, Segment[]>();
  for (const segment of segments) {
    for (const cell of cellsOf(segment, size)) {
      const others = cells.get(cell) ?? [];
      if (others.some((other) => cross(segment, other))) return segment[0];
      others.push(segment);
      cells.set(cell, others);
    }
  }
  return null;
}
