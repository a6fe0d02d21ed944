import { classesOf, orderedColors } from "../classes.ts";
import { cellName, type Datum } from "../columns.ts";
import { styleOf, type ChartPlan, type ChartPoint, type Position, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { box, figure, round, text, type Rect, type Shape } from "../plot.ts";
import { patternOver } from "../patterns.ts";
import { geoBox, sizeOf, splitFar, type Rings } from "../shapes.ts";
import type { Swatch } from "../tokens.ts";
import { words } from "../words.ts";
import { classLegend } from "./heatmap.ts";
import { islandsOf, type OuterIslet } from "./choropleth-islands.ts";
import { clipped, fit, isletBox, isletRect, mapLabels, outlines, scaleBar, type Fit } from "./map-parts.ts";
import { message } from "./message.ts";
import { ranking } from "./ranking.ts";
import {
  areWhole,
  combine,
  embed,
  extremes,
  metNote,
  missingText,
  valueText,
  withoutLimits,
  type Drawing,
} from "./shared.ts";

interface Region {
  id: string;
  name: string;
  datum: Datum;
  /** Outlines on the map, px, the largest first; none where the area lies far outside. */
  outlines: [number, number][][];
}

/**
 * Values by area in five classes on their shapes, with the ranking beside where there is room. What lies far outside the
 * rest has a box of its own. Without the shapes of most areas it is the ranking alone.
 */
export function choropleth(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  const data = extremes(reading.series, false);
  if (!reading.x || !data) return message(drawing);
  const { near, far } = context.areas
    ? splitFar(context.areas)
    : { near: new Map<string, Rings>(), far: new Map<string, Rings>() };
  const rows = reading.series[0]!.data;
  const placed = rows.filter((datum) => near.has(String(datum.x)));
  if (placed.length === 0 || placed.length < (rows.length - far.size) / 2) return ranking(withoutLimits(drawing));
  const style = styleOf(context);
  const classes = classesOf(data.low, data.high, areWhole(reading.series));
  const colors = orderedColors(style, classes.edges.length - 1);
  const head = classLegend(
    style,
    classes,
    drawing,
    rows.some((datum) => datum.value === null),
  );
  const height = context.height - head.height;
  const beside = context.width >= style.size * 46 && height >= style.line * 8;
  const map: Rect = { left: 0, top: head.height, width: beside ? context.width * 0.58 : context.width, height };
  const swatchOf = (value: number | null): Swatch | null => (value === null ? null : colors[classes.of(value)]!);
  const outer = islandsOf(drawing, near, far, classes, colors, style);
  const places = placed.flatMap((datum) => near.get(String(datum.x))!.flat());
  const project = fitBeside(places, map, isletRect(outer, map, style), style);
  const regions = placed.map((datum): Region => {
    const id = String(datum.x);
    const own = near.get(id)!.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    const name = cellName(datum.x, reading.x!, context.lang, context.nameOf);
    return { id, name, datum, outlines: outlines(own, project, map) };
  });
  const list = beside ? listOf(drawing, map, style) : null;
  const shapes: Shape[] = [
    ...head.shapes,
    box(map, style.raised, { z: -2 }),
    ...background(near, regions, project, map, style),
    ...fills(regions, map, swatchOf, drawing, style),
    ...labels(regions, outer, map, drawing, style, beside),
    ...isletBox(outer, map, style),
    ...scaleBar(project.kilometre, map, style),
    ...roughNote(drawing, map, style),
  ];
  return {
    option: combine(shapes, list),
    pointing: "place",
    points: () =>
      [
        ...regions.map((region) => pointOf(region.datum, region.name, middleOf(region), drawing)),
        ...outer.flatMap(({ datum, label, at }) => (datum ? [pointOf(datum, label, at(map), drawing)] : [])),
      ]
        .sort((a, b) => b.order - a.order)
        .map(({ point }) => point),
  };
}

/** Fits places into the map, higher up where they would lie under the box of the islands. */
function fitBeside(places: readonly Position[], map: Rect, sea: Rect | null, style: Style): Fit {
  const whole = fit(places, map, style.size);
  if (!sea) return whole;
  const under = places.some((place) => {
    const [x, y] = whole.point(place);
    return x > sea.left - 4 && y > sea.top - 4;
  });
  return under ? fit(places, { ...map, height: sea.top - map.top }, style.size) : whole;
}

/** Land that the frame says nothing of, without a fill of its own. */
function background(
  near: ReadonlyMap<string, Rings>,
  regions: readonly Region[],
  project: Fit,
  map: Rect,
  style: Style,
): Shape[] {
  const drawn = new Set(regions.map((region) => region.id));
  const paths = Array.from(near)
    .filter(([id]) => !drawn.has(id))
    .flatMap(([, rings]) => outlines(rings, project, map).map((points) => points.flat()));
  return clipped(
    figure(paths, { fill: style.panel, stroke: style.gridLine, lineWidth: 1 }, { closed: true, z: -1 }),
    map,
  );
}

function fills(
  regions: readonly Region[],
  map: Rect,
  swatchOf: (value: number | null) => Swatch | null,
  { frame, context }: Drawing,
  style: Style,
): Shape[] {
  const own = context.highlight ?? frame.subject;
  const byFill = Map.groupBy(
    regions.toSorted((a, b) => areaOf(b) - areaOf(a)),
    (region) => swatchOf(region.datum.value)?.fill ?? style.tokens.colors.nodata,
  );
  const paths = (of: readonly Region[]): number[][] =>
    of.flatMap((region) => region.outlines.map((points) => points.flat()));
  const empty = regions.filter((region) => region.datum.value === null);
  const mine = regions.filter((region) => region.id === own);
  return clipped(
    [
      ...[...byFill].flatMap(([fill, of]) =>
        figure(paths(of), { fill, stroke: style.control, lineWidth: style.wall ? 1.5 : 0.75 }, { closed: true, z: 2 }),
      ),
      ...patternOver(
        empty.flatMap((region) => region.outlines),
        1,
        style,
        { z: 3, color: style.control },
      ),
      ...figure(
        paths(mine),
        { fill: "none", stroke: style.text1, lineWidth: style.wall ? 5 : 2.5 },
        { closed: true, z: 4 },
      ),
    ],
    map,
  );
}

function areaOf({ outlines: [main] }: Region): number {
  const box = main ? geoBox(main) : null;
  return box ? (box.east - box.west) * (box.north - box.south) : 0;
}

/** Middle of the largest outline: its centre of mass where that lies inside, else the middle of its box. */
function middleOf({ outlines: [main] }: Region): [number, number] {
  if (!main || main.length < 3) return main?.[0] ?? [0, 0];
  let [twice, x, y] = [0, 0, 0];
  for (const [index, [x1, y1]] of main.entries()) {
    const [x2, y2] = main[(index + 1) % main.length]!;
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  const { west, east, south, north } = geoBox(main)!;
  return Math.abs(twice) < 1 ? [(west + east) / 2, (south + north) / 2] : [x / (3 * twice), y / (3 * twice)];
}

/** The highest values by name, and the reader's own area. */
function labels(
  regions: readonly Region[],
  outer: readonly OuterIslet[],
  map: Rect,
  { reading, frame, context }: Drawing,
  style: Style,
  beside: boolean,
): Shape[] {
  const own = context.highlight ?? frame.subject;
  const sea = isletRect(outer, map, style);
  const corner: Rect = {
    left: map.left,
    top: map.top + map.height - style.line * 2.6,
    width: map.width * 0.32,
    height: style.line * 2.6,
  };
  const wanted = regions
    .filter((region) => region.datum.value !== null)
    .sort((a, b) => Number(b.id === own) - Number(a.id === own) || b.datum.value! - a.datum.value!)
    .slice(0, 24)
    .map((region) => {
      const [x, y] = middleOf(region);
      const [main] = region.outlines;
      const box = main ? geoBox(main) : null;
      const number = formatNumber(region.datum.value, context.lang, reading.series[0]!.decimals);
      return {
        x,
        y,
        label: `${region.name}: ${number}`,
        away: style.size * 0.6,
        room: box ? (box.east - box.west) * 0.95 : 0,
      };
    });
  const most = context.width < style.size * 40 ? 4 : beside ? 6 : 8;
  return mapLabels(wanted, () => [corner, ...(sea ? [sea] : [])], map, style, most);
}

/** Whose the boundaries are, at the foot of the map. */
function roughNote({ context }: Drawing, map: Rect, style: Style): Shape[] {
  if (!context.areas?.approximate) return [];
  const y = map.top + map.height - style.line * 2;
  return [text(style, map.left + 10, y, words(context.lang).approximate, { fill: style.text2, halo: style.raised })];
}

/** The same values as a ranking on the right. */
function listOf(drawing: Drawing, map: Rect, style: Style): ReturnType<typeof embed> {
  const { context } = drawing;
  const left = map.width + style.size * 1.5;
  const width = context.width - left;
  const part = { ...drawing, context: { ...context, width, height: map.height } };
  return embed(ranking(withoutLimits(part)), left, map.top);
}

function pointOf(
  datum: Datum,
  label: string,
  [x, y]: [number, number],
  drawing: Drawing,
): { order: number; point: ChartPoint } {
  const of = drawing.reading.series[0]!;
  const note = datum.value === null ? missingText(datum, drawing) : metNote(drawing, of, datum.value);
  const value = valueText(datum.value, of, drawing);
  return {
    order: datum.value ?? Number.NEGATIVE_INFINITY,
    point: { x: round(x), y: round(y), series: 0, label, value, name: "", note },
  };
}
