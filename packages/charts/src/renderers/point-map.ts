import { classesOf, orderedColors } from "../classes.ts";
import { cellName, type Datum } from "../columns.ts";
import { styleOf, type ChartPlan, type Position, type Style } from "../context.ts";
import { formatNumber, formatShare } from "../format.ts";
import { badge, box, canvas, disc, figure, round, stroke, text, type Rect, type Shape } from "../plot.ts";
import { shortNames, textWidth } from "../text.ts";
import { crossed, limitsOf } from "../thresholds.ts";
import { words } from "../words.ts";
import { classLegend } from "./heatmap.ts";
import { message } from "./message.ts";
import { extremes, valueText, type Drawing } from "./shared.ts";
import { table } from "./table.ts";

interface Placed {
  datum: Datum;
  name: string;
  place: Position;
}

function placedRows({ frame, reading, context }: Drawing): Placed[] {
  const [lat, lon] = ["lat", "lon"].map((id) => frame.columns.findIndex((each) => each.id === id)) as [number, number];
  const x = reading.x!;
  const own = new Map(frame.rows.map((row) => [String(row[x.index]), [row[lon], row[lat]] as const]));
  return reading.series[0]!.data.flatMap((datum) => {
    const [east, north] = (lat < 0 || lon < 0 ? undefined : own.get(String(datum.x))) ?? [];
    const place =
      typeof east === "number" && typeof north === "number"
        ? ([east, north] as const)
        : (context.positionOf?.(String(datum.x)) ?? null);
    return place ? [{ datum, name: cellName(datum.x, x, context.lang, context.nameOf), place }] : [];
  });
}

/** Values at their places on the outline of the land, in five classes; without places it is a table. */
export function pointMap(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const data = extremes(reading.series, false);
  if (!reading.x || !data) return message(drawing);
  const rows = placedRows(drawing);
  if (rows.length === 0) return table(drawing);
  const style = styleOf(context);
  const classes = classesOf(data.low, data.high);
  const colors = orderedColors(style, classes.edges.length - 1);
  const missing = rows.some((row) => row.datum.value === null);
  const head = classLegend(style, classes, drawing, missing);
  const frameRect: Rect = { left: 0, top: head.height, width: context.width, height: context.height - head.height };
  const project = fit(
    rows.map((row) => row.place),
    frameRect,
    style.size * 1.6,
  );
  const limits = limitsOf(frame, context.lang, { low: 0, high: data.high });
  const sorted = rows.toSorted(
    (a, b) => (a.datum.value ?? Number.NEGATIVE_INFINITY) - (b.datum.value ?? Number.NEGATIVE_INFINITY),
  );
  const radius = (style.wall ? 2 : 1) * (context.width < 480 ? 5 : 6.5);
  const dots = sorted.map((row) => {
    const [x, y] = project.point(row.place);
    const { value } = row.datum;
    return { row, x, y, fill: value === null ? style.tokens.colors.nodata : colors[classes.of(value)]!.fill };
  });
  const shapes: Shape[] = [
    box(frameRect, style.raised, { z: -2 }),
    ...land(context.outline ?? [], project, frameRect, style),
    ...head.shapes,
    ...dots.flatMap(({ row, x, y, fill }) => {
      const severity = crossed(limits, row.datum.value)?.threshold?.severity;
      return [
        disc(x, y, radius, fill, {
          z: 5,
          stroke: style.tokens.scheme === "light" ? style.text1 : style.text2,
          lineWidth: 1,
        }),
        ...(severity ? [badge(style, severity, x + radius, y - radius, style.size * 0.75)] : []),
      ];
    }),
    ...names(dots.toReversed(), style, drawing, frameRect, radius),
    ...offshoreBox(context.offshore ?? [], frameRect, style),
    ...scaleBar(project.kilometre, frameRect, style),
  ];
  return {
    option: canvas(shapes),
    pointing: "place",
    points: () =>
      dots.map(({ row, x, y }) => ({
        x: round(x),
        y: round(y),
        series: 0,
        label: row.name,
        value: valueText(row.datum.value, reading.series[0]!, drawing),
        name: "",
        note:
          row.datum.value === null && row.datum.coverage !== null
            ? `${words(context.lang).insufficient} (${formatShare(row.datum.coverage, context.lang)})`
            : "",
      })),
  };
}

interface Fit {
  point(place: Position): [number, number];
  /** px of one kilometre. */
  kilometre: number;
}

/** Fits places into a rectangle; a degree of longitude is taken at their middle latitude. */
function fit(places: readonly Position[], rect: Rect, padding: number): Fit {
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [width, height] = [Math.max((east - west) * squeeze, 0.02), Math.max(north - south, 0.02)];
  const scale = Math.min((rect.width - 2 * padding) / width, (rect.height - 2 * padding) / height);
  const [cx, cy] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
  return {
    point: ([lon, lat]) => [cx + (lon - (west + east) / 2) * squeeze * scale, cy - (lat - (south + north) / 2) * scale],
    kilometre: scale / 111.32,
  };
}

function land(rings: readonly (readonly Position[])[], project: Fit, rect: Rect, style: Style): Shape[] {
  const paths = rings.flatMap((ring) => {
    const points = ring.map((place) => project.point(place));
    const inside = points.some(
      ([x, y]) => x >= rect.left && x <= rect.left + rect.width && y >= rect.top && y <= rect.top + rect.height,
    );
    return inside ? [thinned(points).flatMap(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])] : [];
  });
  if (paths.length === 0) return [];
  return [
    {
      type: "group",
      children: figure(paths, { fill: style.panel, stroke: style.control, lineWidth: 1 }, { closed: true, z: -1 }),
      clipPath: { type: "rect", shape: { x: rect.left, y: rect.top, width: rect.width, height: rect.height } },
    },
  ];
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

/** Names the highest values where they cover neither each other, nor a mark, nor the edge. */
function names(
  dots: readonly { row: Placed; x: number; y: number }[],
  style: Style,
  drawing: Drawing,
  rect: Rect,
  radius: number,
): Shape[] {
  const { reading, context } = drawing;
  const most = context.width < 480 ? 3 : 6;
  const marks = dots.map(({ x, y }) => ({
    left: x - radius - 1,
    top: y - radius - 4,
    width: radius * 2 + 6,
    height: radius * 2 + 5,
  }));
  const short = shortNames(
    dots.map(({ row }) => row.name),
    style.size,
    0,
  );
  const corner = {
    left: rect.left,
    top: rect.top + rect.height - style.line * 1.6,
    width: rect.width * 0.3,
    height: style.line * 1.6,
  };
  const sea = offshoreRect(context.offshore ?? [], rect, style);
  const marked = [...marks, corner, ...(sea ? [sea] : [])];
  const taken: Rect[] = [];
  const shapes: Shape[] = [];
  for (const [index, { row, x, y }] of dots.slice(0, 20).entries()) {
    if (row.datum.value === null || taken.length >= most) continue;
    const label = `${short[index]!}: ${formatNumber(row.datum.value, context.lang, reading.series[0]!.decimals)}`;
    const width = textWidth(label, style.size, 600);
    const area = [x + radius + 8, x - radius - 6 - width]
      .map((left) => ({ left, top: y - style.line / 2, width, height: style.line }))
      .find(
        (each) =>
          each.left >= rect.left + 2 &&
          each.left + width <= rect.left + rect.width - 2 &&
          each.top >= rect.top &&
          ![...taken, ...marked.filter((_, at) => at !== index)].some((other) => overlap(each, other)),
      );
    if (!area) continue;
    taken.push(area);
    shapes.push(text(style, area.left, y, label, { fill: style.text1, weight: 600, halo: style.panel }));
  }
  return shapes;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

/** Size of the box of the units that lie far out at sea. */
function offshoreRect(names: readonly string[], rect: Rect, style: Style): Rect | null {
  if (names.length === 0) return null;
  const width = Math.max(...names.map((name) => textWidth(name, style.size))) + style.size * 2.4;
  const height = style.line * names.length + 8;
  return { left: rect.left + rect.width - width - 6, top: rect.top + rect.height - height - 6, width, height };
}

function offshoreBox(names: readonly string[], rect: Rect, style: Style): Shape[] {
  const area = offshoreRect(names, rect, style);
  if (!area) return [];
  return [
    box(area, style.panel, { z: 15, stroke: style.control }),
    ...names.flatMap((name, index) => {
      const y = area.top + 4 + style.line * (index + 0.5);
      const x = area.left + style.size * 0.8;
      return [
        disc(x, y, 2.5, style.text2, { z: 20 }),
        disc(x + 5, y - 4, 1.5, style.text2, { z: 20 }),
        text(style, x + style.size * 0.9, y, name, { fill: style.text1 }),
      ];
    }),
  ];
}

function scaleBar(kilometre: number, rect: Rect, style: Style): Shape[] {
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
