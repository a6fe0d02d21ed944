import type { Severity } from "@ioc/contracts";
import type { Style } from "./context.ts";
import { formatTick } from "./format.ts";
import type { Lang } from "@ioc/contracts";
import type { Scale } from "./scale.ts";
import { textWidth } from "./text.ts";
import { lightOutline, severityStyles } from "./tokens.ts";

/** An element of ECharts' `graphic` component, with absolute px. */
export type Shape = Record<string, unknown>;

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface TextLook {
  size?: number;
  fill?: string;
  align?: "left" | "center" | "right";
  weight?: 400 | 600 | 700;
  opacity?: number;
  /** Ground colour round the letters, for text over lines. */
  halo?: string;
}

/** One line of text; `y` is its middle. */
export function text(style: Style, x: number, y: number, content: string, look: TextLook = {}): Shape {
  const size = look.size ?? style.size;
  return {
    type: "text",
    x: round(x),
    y: round(y),
    z: 20,
    silent: true,
    style: {
      text: content,
      fill: look.fill ?? style.text2,
      font: `${look.weight ?? 400} ${size}px ${style.font}`,
      align: look.align ?? "left",
      verticalAlign: "middle",
      ...(look.opacity === undefined ? {} : { opacity: look.opacity }),
      ...(look.halo === undefined ? {} : { stroke: look.halo, lineWidth: 3 }),
    },
  };
}

export function stroke(
  points: readonly (readonly [number, number])[],
  color: string,
  width: number,
  options: { dash?: "solid" | readonly number[]; z?: number } = {},
): Shape {
  const dash = options.dash === undefined || options.dash === "solid" ? {} : { lineDash: [...options.dash] };
  return {
    type: "polyline",
    z: options.z ?? 1,
    silent: true,
    shape: { points: points.map(([x, y]) => [round(x), round(y)]) },
    style: { stroke: color, fill: "none", lineWidth: width, ...dash },
  };
}

export function box(
  rect: Rect,
  fill: string,
  options: { z?: number; stroke?: string; opacity?: number; radius?: number; lineWidth?: number } = {},
): Shape {
  return {
    type: "rect",
    z: options.z ?? 0,
    silent: true,
    shape: {
      x: round(rect.left),
      y: round(rect.top),
      width: round(Math.max(0, rect.width)),
      height: round(Math.max(0, rect.height)),
      ...(options.radius === undefined ? {} : { r: options.radius }),
    },
    style: {
      fill,
      ...(options.stroke === undefined ? {} : { stroke: options.stroke, lineWidth: options.lineWidth ?? 1 }),
      ...(options.opacity === undefined ? {} : { opacity: options.opacity }),
    },
  };
}

export function disc(
  x: number,
  y: number,
  radius: number,
  fill: string,
  options: { z?: number; stroke?: string; lineWidth?: number } = {},
): Shape {
  return {
    type: "circle",
    z: options.z ?? 12,
    silent: true,
    shape: { cx: round(x), cy: round(y), r: round(radius) },
    style: { fill, ...(options.stroke ? { stroke: options.stroke, lineWidth: options.lineWidth ?? 1.5 } : {}) },
  };
}

export function polygon(
  points: readonly (readonly [number, number])[],
  fill: string,
  options: { z?: number; opacity?: number; stroke?: string; lineWidth?: number } = {},
): Shape {
  return {
    type: "polygon",
    z: options.z ?? 1,
    silent: true,
    shape: { points: points.map(([x, y]) => [round(x), round(y)]) },
    style: {
      fill,
      ...(options.opacity === undefined ? {} : { opacity: options.opacity }),
      ...(options.stroke ? { stroke: options.stroke, lineWidth: options.lineWidth ?? 1 } : {}),
    },
  };
}

/** Many outlines as one element: flat lists x, y, x, y of each. Drawn by the shape `figure` of the engine. */
export function figure(
  lines: readonly (readonly number[])[],
  style: Record<string, unknown>,
  options: { closed: boolean; z: number },
): Shape[] {
  if (lines.length === 0) return [];
  const shape = { lines: lines.map((line) => line.map(round)), closed: options.closed };
  return [{ type: "figure", z: options.z, silent: true, shape, style }];
}

/** Many rectangles of one fill as a single element: a heatmap of 1,000 cells stays five of them. */
export function boxes(rects: readonly Rect[], fill: string, options: { z?: number; stroke?: string } = {}): Shape[] {
  const lines = rects.map(({ left, top, width, height }) => [
    left,
    top,
    left + width,
    top,
    left + width,
    top + height,
    left,
    top + height,
  ]);
  const style = { fill, ...(options.stroke ? { stroke: options.stroke, lineWidth: 1 } : {}) };
  return figure(lines, style, { closed: true, z: options.z ?? 0 });
}

/** 45° lines over a rectangle: no data, or a period that is not over. */
export function hatch(rects: readonly Rect[], color: string, gap = 6, z = 2): Shape[] {
  const lines = rects.flatMap((r) => {
    const count = Math.ceil((r.width + r.height) / gap);
    return Array.from({ length: count }, (_, index) => {
      const start = gap / 2 + index * gap;
      const [x1, y1] = start <= r.height ? [0, start] : [start - r.height, r.height];
      const [x2, y2] = start <= r.width ? [start, 0] : [r.width, start - r.width];
      return [r.left + x1, r.top + y1, r.left + x2, r.top + y2];
    }).filter(([x1, y1]) => x1! <= r.left + r.width && y1! <= r.top + r.height);
  });
  return figure(lines, { stroke: color, fill: "none", lineWidth: 1 }, { closed: false, z });
}

/** The severity badge at chart size: the shape of the severity in its colour, with an outline on light grounds. */
export function badge(style: Style, severity: Severity, x: number, y: number, size: number): Shape {
  const { fill } = style.tokens.severity[severity];
  const light = style.tokens.scheme === "light";
  const outline = light
    ? { stroke: lightOutline.color, lineWidth: 1 }
    : severity === "Extreme"
      ? { stroke: style.text1, lineWidth: 1 }
      : {};
  const half = size / 2;
  const options = { z: 21, ...outline };
  switch (severityStyles[severity].shape) {
    case "circle":
      return disc(x, y, half, fill, options);
    case "square":
      return box({ left: x - half * 0.9, top: y - half * 0.9, width: size * 0.9, height: size * 0.9 }, fill, options);
    case "triangle":
      return polygon(
        [
          [x, y - half],
          [x + half * 1.1, y + half * 0.85],
          [x - half * 1.1, y + half * 0.85],
        ],
        fill,
        options,
      );
    case "diamond":
      return polygon(
        [
          [x, y - half * 1.15],
          [x + half * 1.15, y],
          [x, y + half * 1.15],
          [x - half * 1.15, y],
        ],
        fill,
        options,
      );
  }
}

/** Marker of a series in a label or legend: a short piece of its line with the marker on it. */
export function seriesMark(
  x: number,
  y: number,
  look: { color: string; dash: "solid" | readonly number[]; hollow?: boolean },
  width = 16,
): Shape[] {
  return [
    stroke(
      [
        [x, y],
        [x + width, y],
      ],
      look.color,
      2.5,
      { dash: look.dash, z: 20 },
    ),
  ];
}

/** Place of a value on the vertical scale, px. */
export function yAt(rect: Rect, scale: Pick<Scale, "min" | "max">, value: number): number {
  return rect.top + rect.height * (1 - (value - scale.min) / (scale.max - scale.min));
}

export function xAt(rect: Rect, scale: { min: number; max: number }, value: number): number {
  return rect.left + (rect.width * (value - scale.min)) / Math.max(1e-9, scale.max - scale.min);
}

/** Space that the numbers of a vertical axis need, with their distance to the plot. */
export function axisWidth(style: Style, scale: Scale, lang: Lang): number {
  const widest = Math.max(...scale.ticks.map((tick) => textWidth(formatTick(tick, lang, scale.step), style.size)));
  return Math.ceil(widest + style.size * 0.6);
}

/** Horizontal grid lines with their numbers; the base line is stronger. */
export function horizontalGrid(style: Style, rect: Rect, scale: Scale, lang: Lang): Shape[] {
  const foot = rect.top + rect.height;
  const open =
    scale.ticks[0]! > scale.min
      ? [
          stroke(
            [
              [rect.left, foot],
              [rect.left + rect.width, foot],
            ],
            style.gridLine,
            1,
            { z: 0 },
          ),
        ]
      : [];
  return open.concat(
    scale.ticks.flatMap((tick) => {
      const y = Math.round(yAt(rect, scale, tick)) + 0.5;
      const base = tick === 0 || tick === scale.min;
      return [
        stroke(
          [
            [rect.left, y],
            [rect.left + rect.width, y],
          ],
          base ? style.control : style.gridLine,
          1,
          { z: 0 },
        ),
        text(style, rect.left - style.size * 0.5, y, formatTick(tick, lang, scale.step), { align: "right" }),
      ];
    }),
  );
}

/** Labels under a plot, each of one or two lines; those that would touch the one before are left out. */
export function bottomLabels(
  style: Style,
  rect: Rect,
  labels: readonly { x: number; text: string }[],
  bounds: Rect,
): Shape[] {
  const shapes: Shape[] = [];
  const top = rect.top + rect.height + style.size * 0.5;
  let end = Number.NEGATIVE_INFINITY;
  for (const label of labels) {
    const lines = label.text.split("\n");
    const half = Math.max(...lines.map((line) => textWidth(line, style.size))) / 2;
    const x = Math.min(Math.max(label.x, bounds.left + half), bounds.left + bounds.width - half);
    if (x - half < end + style.size * 0.5) continue;
    end = x + half;
    for (const [index, line] of lines.entries())
      shapes.push(text(style, x, top + style.line * (index + 0.5), line, { align: "center" }));
    shapes.push(
      stroke(
        [
          [label.x, rect.top + rect.height],
          [label.x, rect.top + rect.height + 4],
        ],
        style.control,
        1,
        { z: 0 },
      ),
    );
  }
  return shapes;
}

/** The ECharts parts that every rectangular plot shares; axes are invisible, their text is drawn with exact places. */
export function cartesian(
  rect: Rect,
  x: Record<string, unknown>,
  y: Record<string, unknown>,
  series: Record<string, unknown>[],
  shapes: Shape[],
): Record<string, unknown> {
  const hidden = { show: false, axisPointer: { show: false } };
  return {
    animation: false,
    backgroundColor: "transparent",
    grid: { ...rect, outerBoundsMode: "none", containLabel: false },
    xAxis: { ...hidden, ...x },
    yAxis: { ...hidden, ...y },
    series,
    graphic: { elements: shapes },
  };
}

/** A drawing of shapes only. */
export function canvas(shapes: Shape[]): Record<string, unknown> {
  return { animation: false, backgroundColor: "transparent", graphic: { elements: shapes } };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
