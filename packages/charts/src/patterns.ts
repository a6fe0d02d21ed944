import type { Style } from "./context.ts";
import { figure, type Rect, type Shape } from "./plot.ts";

/** Corners of an area, px. */
export type Outline = readonly (readonly [number, number])[];

interface Strokes {
  /** Direction of the lines, degrees, and their distance, px. */
  angle: number;
  gap: number;
  width: number;
  /** Length of a dash and of the space behind it; a line without a break when left out. */
  dash?: readonly [number, number];
}

/** What part 1 to 6 wears: plain, rising lines, dots, level lines, falling lines, a net. They differ without any colour. */
const patterns: readonly (readonly Strokes[])[] = [
  [],
  [{ angle: -45, gap: 7, width: 1.4 }],
  [{ angle: 0, gap: 7, width: 2.4, dash: [2.4, 5.6] }],
  [{ angle: 0, gap: 5, width: 1.2 }],
  [{ angle: 45, gap: 7, width: 1.4 }],
  [
    { angle: -45, gap: 10, width: 1 },
    { angle: 45, gap: 10, width: 1 },
  ],
];

/**
 * The pattern of part `index` (0-based) over areas, in `color` (the ground of the theme unless given). `scale` shrinks it
 * for swatches. Lines are cut at the outlines, so that every renderer draws the same.
 */
export function patternOver(
  areas: readonly Outline[],
  index: number,
  style: Style,
  options: { z: number; scale?: number; color?: string },
): Shape[] {
  const scale = (options.scale ?? 1) * (style.wall ? 2 : 1);
  return (patterns[index % patterns.length] ?? []).flatMap((each) => {
    const look = { stroke: options.color ?? style.panel, fill: "none", lineWidth: each.width * scale };
    const lines = areas.flatMap((area) => linesIn(area, each, scale));
    return figure(lines, look, { closed: false, z: options.z });
  });
}

/** Corners of a rectangle. */
export function outlineOf({ left, top, width, height }: Rect): Outline {
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}

/** Parallel lines inside an outline, by its crossings with each line (even-odd); one grid for the whole drawing. */
function linesIn(area: Outline, { angle, gap, dash }: Strokes, scale: number): number[][] {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  // Turned so that the lines are level: u along them, v across.
  const turned = area.map(([x, y]) => [x * cos + y * sin, y * cos - x * sin] as const);
  const levels = turned.map(([, v]) => v);
  const step = gap * scale;
  const lines: number[][] = [];
  for (let k = Math.ceil(Math.min(...levels) / step); k * step < Math.max(...levels); k++) {
    const v = (k + 0.5) * step;
    const crossings = turned
      .flatMap(([u1, v1], index) => {
        const [u2, v2] = turned[(index + 1) % turned.length]!;
        return v1 <= v === v2 <= v ? [] : [u1 + ((v - v1) / (v2 - v1)) * (u2 - u1)];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2)
      for (const [from, to] of dashes(crossings[i]!, crossings[i + 1]!, dash, scale, k))
        lines.push([from * cos - v * sin, from * sin + v * cos, to * cos - v * sin, to * sin + v * cos]);
  }
  return lines;
}

/** The dashes of a line between two places; every other line is shifted by half a period. */
function dashes(
  from: number,
  to: number,
  dash: Strokes["dash"],
  scale: number,
  line: number,
): readonly (readonly [number, number])[] {
  if (!dash) return [[from, to]];
  const [on, period] = [dash[0] * scale, (dash[0] + dash[1]) * scale];
  const shift = line % 2 === 0 ? 0 : period / 2;
  const result: [number, number][] = [];
  // A dot is whole or not there.
  for (let start = Math.ceil((from - shift) / period) * period + shift; start + on <= to; start += period)
    result.push([start, start + on]);
  return result;
}
