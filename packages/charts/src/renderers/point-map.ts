import { classesOf, orderedColors } from "../classes.ts";
import { cellName, type Datum } from "../columns.ts";
import { styleOf, type ChartPlan, type Position, type Style } from "../context.ts";
import { formatNumber, formatShare } from "../format.ts";
import { badge, box, canvas, disc, round, type Rect, type Shape } from "../plot.ts";
import { shortNames } from "../text.ts";
import { crossed, limitsOf } from "../thresholds.ts";
import { words } from "../words.ts";
import { classLegend } from "./heatmap.ts";
import { fit, isletBox, isletRect, islets, land, mapLabels, scaleBar } from "./map-parts.ts";
import { message } from "./message.ts";
import { areWhole, extremes, valueText, type Drawing } from "./shared.ts";
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
  const classes = classesOf(data.low, data.high, areWhole(reading.series));
  const colors = orderedColors(style, classes.edges.length - 1);
  const missing = rows.some((row) => row.datum.value === null);
  const head = classLegend(style, classes, drawing, missing);
  const frameRect: Rect = { left: 0, top: head.height, width: context.width, height: context.height - head.height };
  const project = fit(
    rows.map((row) => row.place),
    frameRect,
    style.size * 1.6,
  );
  const limits = limitsOf(frame, context.lang, { low: 0, high: data.high }, reading.series[0]!.unit);
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
    ...isletBox(islets(context, style), frameRect, style),
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
  const sea = isletRect(islets(context, style), rect, style);
  const others = [corner, ...(sea ? [sea] : [])];
  const wanted = dots.slice(0, 20).flatMap(({ row, x, y }, index) => {
    const { value } = row.datum;
    if (value === null) return [];
    const label = `${short[index]!}: ${formatNumber(value, context.lang, reading.series[0]!.decimals)}`;
    return [{ x, y, label, away: radius + 7, index }];
  });
  const blocked = (at: number): Rect[] => [...marks.filter((_, index) => index !== wanted[at]!.index), ...others];
  return mapLabels(wanted, blocked, rect, style, most);
}
