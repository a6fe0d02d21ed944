import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { badge, canvas, disc, round, stroke, text, type Rect, type Shape } from "../plot.ts";
import { targetText } from "../target.ts";
import { fitText, textWidth, wrapText } from "../text.ts";
import { crossed, limitLines, limitsOf } from "../thresholds.ts";
import { formatTrend } from "../trend.ts";
import { unitText } from "../units.ts";
import { bar } from "./bar.ts";
import { withGaps } from "./gaps.ts";
import { message } from "./message.ts";
import {
  combine,
  embed,
  extremes,
  instantText,
  valueText,
  withoutLimits,
  type Drawing,
  type Embedded,
} from "./shared.ts";
import { usualStep } from "../columns.ts";

/** One current value: number, unit, trend, and a line of the last hours without axes, or the places behind it. */
export function kpi(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  if (frame.value === null) return message(drawing);
  const style = styleOf(context);
  const big = Math.round(Math.min(context.height * 0.3, style.wall ? 120 : context.width < 480 ? 44 : 56));
  const number = formatNumber(frame.value, context.lang, frame.decimals);
  const unit = unitText(frame.unit, context.lang);
  const limits = limitsOf(frame, context.lang, { low: 0, high: frame.value });
  const over = crossed(limits, frame.value);
  const trend = formatTrend(drawing.frame, drawing.context.lang);
  const y = big * 0.62;
  const small = Math.round(big * 0.46);
  const width = textWidth(number, big, 600);
  const tight = unit.startsWith("%") || unit.startsWith("°");
  const shapes: Shape[] = [
    text(style, 0, y, number, { size: big, weight: 600, fill: style.text1 }),
    text(style, width + (tight ? 2 : small * 0.35), y + big * 0.16, unit, { size: small, fill: style.text2 }),
  ];
  let row = big * 1.2 + style.line * 0.5;
  if (trend !== "") {
    shapes.push(text(style, 0, row, fitText(trend, style.size + 1, context.width), { size: style.size + 1 }));
    row += style.line * 1.2;
  }
  if (over?.threshold) {
    const severity = over.threshold.severity;
    const label = `≥ ${limitLines(over, style, context, frame.decimals, context.width)[0]!}`;
    if (severity) shapes.push(badge(style, severity, style.size * 0.6, row, style.size));
    shapes.push(
      text(style, severity ? style.size * 1.5 : 0, row, fitText(label, style.size, context.width - style.size * 1.5)),
    );
    row += style.line * 1.2;
  }
  const wide = context.width >= 560;
  for (const line of wrapText(targetText(frame, context.lang), style.size, context.width * (wide ? 0.42 : 1), 2)) {
    shapes.push(text(style, 0, row, line));
    row += style.line;
  }
  const rest: Rect = wide
    ? {
        left: Math.max(context.width * 0.42, width + small * 4, textWidth(trend, style.size + 1) + style.size * 1.5),
        top: 8,
        width: 0,
        height: context.height - 16,
      }
    : { left: 0, top: row, width: context.width, height: context.height - row - 4 };
  if (wide) rest.width = context.width - rest.left;
  if (!reading.x || rest.height < style.line * 2 || !extremes(reading.series, false))
    return { option: canvas(shapes), pointing: "place", points: () => [head(drawing, width, y)] };
  const below = reading.x.type === "time" ? sparkline(drawing, style, rest) : places(drawing, rest);
  return {
    option: combine(shapes, below),
    pointing: reading.x.type === "time" ? "x" : "y",
    points: () => [head(drawing, width, y), ...below.points().map((point) => ({ ...point, series: point.series + 1 }))],
  };
}

function head(drawing: Drawing, width: number, y: number): ReturnType<ChartPlan["points"]>[number] {
  const { frame } = drawing;
  return {
    x: round(width / 2),
    y: round(y),
    series: 0,
    label: "",
    value: valueText(frame.value, frame, drawing),
    name: "",
    note: formatTrend(drawing.frame, drawing.context.lang),
  };
}

function places(drawing: Drawing, room: Rect): Embedded {
  return embed(
    bar({ ...withoutLimits(drawing), context: { ...drawing.context, width: room.width, height: room.height } }),
    room.left,
    room.top,
  );
}

/** A line without axes; its ends say when, its extremes how much. */
function sparkline(drawing: Drawing, style: Style, room: Rect): Embedded {
  const { reading, context } = drawing;
  const series = reading.series[0]!;
  const times = series.data.map((datum) => Number(datum.x));
  const step = usualStep(times);
  const found = extremes([series], false)!;
  // A few hundredths of a metre must not look like a wave: amounts start at 0.
  const data = { ...found, low: found.low >= 0 && found.low < found.high * 0.85 ? 0 : found.low };
  const span = data.high - data.low || 1;
  const labels = room.height > style.line * 4;
  const top = room.top + style.line * (labels ? 1.1 : 0.3);
  const height = room.height - style.line * (labels ? 2.6 : 0.6);
  const x = (time: number): number =>
    room.left + 5 + ((room.width - 10) * (time - times[0]!)) / Math.max(1, times.at(-1)! - times[0]!);
  const y = (value: number): number => top + height * (1 - (value - data.low) / span);
  const runs: [number, number][][] = [[]];
  for (const { time, datum } of withGaps(series.data, step)) {
    if (datum?.value === null || datum?.value === undefined) runs.push([]);
    else runs.at(-1)!.push([x(time), y(datum.value)]);
  }
  const { color } = seriesStyle(style, 0);
  const last = series.data.findLast((datum) => datum.value !== null)!;
  const highest = series.data.find((datum) => datum.value === data.high)!;
  const peak = formatNumber(data.high, context.lang, series.decimals);
  const half = textWidth(peak, style.size) / 2;
  const bottom = room.top + room.height - style.line * 0.6;
  return {
    parts: {},
    shapes: [
      ...runs.flatMap((run) =>
        run.length > 1
          ? [stroke(run, color, style.wall ? 4 : 2, { z: 4 })]
          : run.length === 1
            ? [disc(...run[0]!, 2.5, color)]
            : [],
      ),
      disc(x(Number(last.x)), y(last.value!), style.wall ? 7 : 4, color, { stroke: style.panel }),
      ...(labels
        ? [
            stroke(
              [
                [room.left, top + height + 4],
                [room.left + room.width, top + height + 4],
              ],
              style.gridLine,
              1,
            ),
            text(
              style,
              Math.min(Math.max(x(Number(highest.x)), room.left + half), room.left + room.width - half),
              top - style.line * 0.6,
              peak,
              { align: "center", fill: style.text2 },
            ),
            text(style, room.left, bottom, instantText(times[0]!, step, drawing.context.lang), { fill: style.text3 }),
            text(style, room.left + room.width, bottom, instantText(times.at(-1)!, step, drawing.context.lang), {
              align: "right",
              fill: style.text3,
            }),
          ]
        : []),
    ],
    points: () =>
      series.data.flatMap((datum) =>
        datum.value === null
          ? []
          : [
              {
                x: round(x(Number(datum.x))),
                y: round(y(datum.value)),
                series: 0,
                label: instantText(Number(datum.x), step, drawing.context.lang),
                value: valueText(datum.value, series, drawing),
                name: "",
                note: "",
              },
            ],
      ),
  };
}
