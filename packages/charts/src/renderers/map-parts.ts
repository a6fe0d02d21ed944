import type { ChartContext, Position, Style } from "../context.ts";
import { box, disc, figure, stroke, text, type Rect, type Shape } from "../plot.ts";
import { geoBox } from "../shapes.ts";
import { textWidth } from "../text.ts";

/** How places of the earth come to places of the plot. */
export interface Fit {
  point(place: Position): [number, number];
  /** px of one kilometre. */
  kilometre: number;
}

/** Fits at least one place into a rectangle; a degree of longitude is taken at their middle latitude. */
export function fit(places: readonly Position[], rect: Rect, padding: number): Fit {
  const { west, east, south, north } = geoBox(places)!;
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [width, height] = [Math.max((east - west) * squeeze, 0.02), Math.max(north - south, 0.02)];
  const scale = Math.min((rect.width - 2 * padding) / width, (rect.height - 2 * padding) / height);
  const [cx, cy] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
  return {
    point: ([lon, lat]) => [cx + (lon - (west + east) / 2) * squeeze * scale, cy - (lat - (south + north) / 2) * scale],
    kilometre: scale / 111.32,
  };
}

/** Outlines of rings that reach into a rectangle, px, rounded to a tenth. */
export function outlines(rings: readonly (readonly Position[])[], project: Fit, rect: Rect): [number, number][][] {
  return rings.flatMap((ring) => {
    const points = ring.map((place) => project.point(place));
    const inside = points.some(
      ([x, y]) => x >= rect.left && x <= rect.left + rect.width && y >= rect.top && y <= rect.top + rect.height,
    );
    return inside ? [thinned(points).map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])] : [];
  }) as [number, number][][];
}

/** Shapes cut off at the edge of the map. */
export function clipped(children: Shape[], rect: Rect): Shape[] {
  if (children.length === 0) return [];
  const shape = { x: rect.left, y: rect.top, width: rect.width, height: rect.height };
  return [{ type: "group", children, clipPath: { type: "rect", shape } }];
}

/** The land under a map. */
export function land(rings: readonly (readonly Position[])[], project: Fit, rect: Rect, style: Style): Shape[] {
  const paths = outlines(rings, project, rect).map((points) => points.flat());
  const look = { fill: style.panel, stroke: style.control, lineWidth: 1 };
  return clipped(figure(paths, look, { closed: true, z: -1 }), rect);
}

/** An outline without the points that fall on the same pixel as the one before. */
function thinned(points: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || Math.abs(last[0] - point[0]) + Math.abs(last[1] - point[1]) >= 1.2) kept.push(point);
  }
  return kept;
}

/** What may be written on a map: at a mark, or in the middle of an area of some width. */
export interface MapLabel {
  x: number;
  y: number;
  label: string;
  /** Distance of the text from the middle of a mark, px. */
  away: number;
  /** Width of an area that has no mark, px: the text stands in its middle, or beside a dot where it is wider. */
  room?: number;
}

/**
 * Labels in the order given, as many as find room: beside their mark or inside their area, over nothing else of `blocked`
 * and inside the map.
 */
export function mapLabels(
  wanted: readonly MapLabel[],
  blocked: (index: number) => readonly Rect[],
  rect: Rect,
  style: Style,
  most: number,
): Shape[] {
  const taken: Rect[] = [];
  const shapes: Shape[] = [];
  for (const [index, { x, y, label, away, room }] of wanted.entries()) {
    if (taken.length >= most) break;
    const width = textWidth(label, style.size, 600);
    const middle = x - width / 2;
    const area = [...(room !== undefined && width <= room ? [middle] : []), x + away, x - away - width]
      .map((left) => ({ left, top: y - style.line / 2, width, height: style.line }))
      .find(
        (each) =>
          each.left >= rect.left + 2 &&
          each.left + width <= rect.left + rect.width - 2 &&
          each.top >= rect.top &&
          each.top + each.height <= rect.top + rect.height &&
          ![...taken, ...blocked(index)].some((other) => overlap(each, other)),
      );
    if (!area) continue;
    taken.push(area);
    if (room !== undefined && area.left !== middle)
      shapes.push(disc(x, y, style.size * 0.2, style.text1, { z: 19, stroke: style.panel }));
    shapes.push(text(style, area.left, y, label, { fill: style.text1, weight: 600, halo: style.panel }));
  }
  return shapes;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

/** A unit that lies far out at sea, in the box of its own. */
export interface Islet {
  name: string;
  /** Its picture, 1.6 text sizes wide and one line high, with its left end at `x`. */
  marks(x: number, y: number): Shape[];
}

/** Units known by name only. */
export function islets(context: Pick<ChartContext, "offshore">, style: Style): Islet[] {
  return (context.offshore ?? []).map((name) => ({
    name,
    marks: (x, y) => [
      disc(x + style.size * 0.5, y, 2.5, style.text2, { z: 20 }),
      disc(x + style.size * 0.5 + 5, y - 4, 1.5, style.text2, { z: 20 }),
    ],
  }));
}

/** Place of the box of the units far out at sea; null when there are none. */
export function isletRect(of: readonly Islet[], rect: Rect, style: Style): Rect | null {
  if (of.length === 0) return null;
  const width = Math.max(...of.map(({ name }) => textWidth(name, style.size))) + style.size * 3.2;
  const height = style.line * 1.15 * of.length + 8;
  return { left: rect.left + rect.width - width - 6, top: rect.top + rect.height - height - 6, width, height };
}

export function isletBox(of: readonly Islet[], rect: Rect, style: Style): Shape[] {
  const area = isletRect(of, rect, style);
  if (!area) return [];
  return [
    box(area, style.panel, { z: 15, stroke: style.control }),
    ...of.flatMap(({ name, marks }, index) => {
      const y = isletY(area, index, style);
      const x = area.left + style.size * 0.6;
      return [...marks(x, y), text(style, x + style.size * 2, y, name, { fill: style.text1 })];
    }),
  ];
}

/** Middle of a row of the box. */
export function isletY(area: Rect, index: number, style: Style): number {
  return area.top + 4 + style.line * 1.15 * (index + 0.5);
}

export function scaleBar(kilometre: number, rect: Rect, style: Style): Shape[] {
  const length = [1, 2, 5, 10, 20, 50, 100].findLast((each) => each * kilometre <= rect.width * 0.28);
  if (length === undefined) return [];
  const [x, y] = [rect.left + 10, rect.top + rect.height - 10];
  const end = x + length * kilometre;
  return [
    stroke(
      [
        [x, y - 4],
        [x, y],
        [end, y],
        [end, y - 4],
      ],
      style.text2,
      1.2,
      { z: 6 },
    ),
    text(style, x + 4, y - style.line * 0.6, `${length}\u00a0km`, { fill: style.text2 }),
  ];
}
