import { signedArea } from "./geometry.ts";
import type { Position } from "./geometry.ts";

/** Rings are closed: the last position repeats the first. Neighbouring areas share the very same positions. */
export type Ring = Position[];
type Polygon = Ring[];

export function keyOf(position: Position): string {
  return `${position[0]},${position[1]}`;
}

/** Positions rounded to `decimals`, without repetitions; null when less than a triangle is left. */
export function roundRing(ring: readonly Position[], decimals: number): Ring | null {
  const scale = 10 ** decimals;
  const rounded: Ring = [];
  for (const [lon, lat] of ring) {
    const next: Position = [Math.round(lon * scale) / scale, Math.round(lat * scale) / scale];
    const last = rounded.at(-1);
    if (!last || last[0] !== next[0] || last[1] !== next[1]) rounded.push(next);
  }
  return rounded.length >= 4 && signedArea(rounded) !== 0 ? rounded : null;
}

/** Outer rings counter-clockwise, holes clockwise (RFC 7946, section 3.1.6). */
export function wind(polygon: Polygon): Polygon {
  return polygon.map((ring, index) => (signedArea(ring) > 0 === (index === 0) ? ring : ring.toReversed()));
}

/** Distance of p from the segment a–b in degrees, longitudes shortened for the latitude. */
function distance(p: Position, a: Position, b: Position): number {
  const shrink = Math.cos((p[1] * Math.PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const [px, py] = [(p[0] - a[0]) * shrink, p[1] - a[1]];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
  return Math.hypot(px - share * dx, py - share * dy);
}

/** Douglas–Peucker: keeps the ends and every position farther than `tolerance` from the kept line. */
function thin(line: readonly Position[], tolerance: number): Position[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const spans: [number, number][] = [[0, line.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const [a, b] = [line[from], line[to]];
    if (!a || !b) continue;
    let [far, at] = [tolerance, -1];
    for (let index = from + 1; index < to; index += 1) {
      const here = line[index];
      const away = here ? distance(here, a, b) : 0;
      if (away > far) [far, at] = [away, index];
    }
    if (at < 0) continue;
    keep[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return line.filter((_, index) => keep[index] === 1);
}

/** The same arc is met from both sides: it is always thinned in the same direction, so that neighbours still meet. */
function thinArc(arc: readonly Position[], tolerance: number): Position[] {
  const [first, last] = [arc[0], arc.at(-1)];
  if (!first || !last) return [];
  const [second, before] = [arc[1] ?? first, arc.at(-2) ?? last];
  const [a, b] = [keyOf(first), keyOf(last)];
  const reversed = a === b ? keyOf(second) > keyOf(before) : a > b;
  return reversed ? thin(arc.toReversed(), tolerance).toReversed() : thin(arc, tolerance);
}

function rotate(ring: Ring, start: number): Ring {
  const open = ring.slice(0, -1);
  const turned = [...open.slice(start), ...open.slice(0, start)];
  return [...turned, ...turned.slice(0, 1)];
}

/** A ring without junctions is cut at its smallest and, from there, its farthest position. */
function thinLoop(ring: Ring, tolerance: number): Ring {
  let start = 0;
  const keys = ring.slice(0, -1).map(keyOf);
  for (const [index, key] of keys.entries()) if (key < (keys[start] ?? "")) start = index;
  const turned = rotate(ring, start);
  const [ax, ay] = turned[0] ?? [0, 0];
  let [far, cut] = [-1, 1];
  for (const [index, [x, y]] of turned.entries()) {
    const away = Math.hypot(x - ax, y - ay);
    if (away > far) [far, cut] = [away, index];
  }
  return [...thinArc(turned.slice(0, cut + 1), tolerance).slice(0, -1), ...thinArc(turned.slice(cut), tolerance)];
}

/**
 * Thins rings that share borders without opening gaps between them: positions where three borders meet and those of `keep`
 * stay. Tolerance in degrees.
 */
export function simplifyRings(
  rings: readonly Ring[],
  tolerance: number,
  keep: ReadonlySet<string> = new Set(),
): Ring[] {
  const around = new Map<string, Set<string>>();
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at += 1) {
      const [a, b] = [keyOf(ring[at - 1] ?? [0, 0]), keyOf(ring[at] ?? [0, 0])];
      around.set(a, (around.get(a) ?? new Set()).add(b));
      around.set(b, (around.get(b) ?? new Set()).add(a));
    }
  }
  const isJunction = (position: Position): boolean => {
    const key = keyOf(position);
    return around.get(key)?.size !== 2 || keep.has(key);
  };
  return rings.map((ring) => {
    const start = ring.findIndex(isJunction);
    if (start < 0) return orSame(thinLoop(ring, tolerance), ring);
    const turned = rotate(ring, start);
    const thinned: Ring = [];
    let from = 0;
    for (let at = 1; at < turned.length; at += 1) {
      const here = turned[at];
      if (!here || (at < turned.length - 1 && !isJunction(here))) continue;
      thinned.push(...thinArc(turned.slice(from, at + 1), tolerance).slice(0, -1));
      from = at;
    }
    return orSame([...thinned, ...thinned.slice(0, 1)], ring);
  });
}

function orSame(thinned: Ring, ring: Ring): Ring {
  return thinned.length >= 4 && signedArea(thinned) !== 0 ? thinned : ring;
}

function contains(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [x0, y0] = ring[at - 1] ?? [0, 0];
    const [x1, y1] = ring[at] ?? [0, 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

/** Slivers between borders that do not quite meet, in twice square degrees (about 2,000 m²). */
const sliver = 4e-7;

/** The union of wound polygons that share borders: borders met from both sides vanish, the rest is stitched to rings. */
export function dissolve(polygons: readonly Polygon[]): Polygon[] {
  const edges = new Map<string, [Position, Position]>();
  for (const ring of polygons.flat()) {
    for (let at = 1; at < ring.length; at += 1) {
      const [a, b] = [ring[at - 1], ring[at]];
      if (!a || !b) continue;
      const back = `${keyOf(b)} ${keyOf(a)}`;
      if (!edges.delete(back)) edges.set(`${keyOf(a)} ${keyOf(b)}`, [a, b]);
    }
  }
  const rings = stitch([...edges.values()]).filter((ring) => Math.abs(signedArea(ring)) > sliver);
  const united: Polygon[] = rings.filter((ring) => signedArea(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const probe = hole[0];
    const around = probe && united.find((polygon) => contains(polygon[0] ?? [], probe));
    around?.push(hole);
  }
  return united;
}

function stitch(edges: readonly [Position, Position][]): Ring[] {
  const leaving = new Map<string, Position[]>();
  for (const [a, b] of edges) leaving.set(keyOf(a), [...(leaving.get(keyOf(a)) ?? []), b]);
  const rings: Ring[] = [];
  for (const [start] of edges) {
    let next = leaving.get(keyOf(start))?.pop();
    if (!next) continue;
    const ring: Ring = [start];
    while (next) {
      ring.push(next);
      if (keyOf(next) === keyOf(start)) break;
      next = leaving.get(keyOf(next))?.pop();
    }
    if (ring.length >= 4 && keyOf(ring.at(-1) ?? [0, 0]) === keyOf(start)) rings.push(ring);
  }
  return rings;
}
