import { usualStep, type Datum } from "../columns.ts";
import { styleOf, type ChartPlan, type ChartPoint, type Style } from "../context.ts";
import { formatLimit } from "../format.ts";
import {
  axisWidth,
  bottomLabels,
  cartesian,
  disc,
  horizontalGrid,
  round,
  stroke,
  text,
  xAt,
  yAt,
  type Rect,
  type Shape,
} from "../plot.ts";
import { valueScale } from "../scale.ts";
import { fitText, textWidth } from "../text.ts";
import { drawMargin, limitLabel, marginTextWidth, marginWidth } from "../margin.ts";
import { crossed, drawLimits, limitLines, limitsOf, rangeWithLimits } from "../thresholds.ts";
import { unitText, withUnit } from "../units.ts";
import { words } from "../words.ts";
import { bandsAround } from "./fan.ts";
import { axisBreak, drawGaps, gapsOf, withGaps } from "./gaps.ts";
import { linesOf, marginOf, type Line } from "./lines.ts";
import { message } from "./message.ts";
import { instantText, scaleExtent, timeAxis, timeSpan, valueText, type Drawing } from "./shared.ts";

/** ECharts line series of one line: solid where measured, dashed where values are forecasts. */
function lineSeries(line: Line, step: number | null): Record<string, unknown>[] {
  const points = withGaps(line.series.data, step);
  const isForecast = (at: { datum: Datum | null }): boolean => at.datum?.status === "forecast";
  const parts = [
    { dash: line.dash, points: points.filter((point) => !isForecast(point)) },
    {
      dash: [6, 4] as const,
      points: points.filter(
        (point, index) => isForecast(point) || (points[index + 1] && isForecast(points[index + 1]!)),
      ),
    },
  ].filter((part) => part.points.some((point) => point.datum?.value !== null && point.datum));
  return parts.map((part, index) => ({
    type: "line",
    name: line.series.name,
    id: `${line.series.id}:${index}`,
    data: part.points.map(({ time, datum }) => [time, datum?.value ?? null]),
    symbol: "none",
    connectNulls: false,
    clip: false,
    silent: true,
    z: line.faint ? 2 : 5,
    ...(part.points.length > 2000 ? { sampling: "lttb" } : {}),
    lineStyle: {
      color: line.color,
      width: line.width,
      type: part.dash === "solid" ? "solid" : [...part.dash],
      cap: "butt",
    },
    itemStyle: { color: line.color },
  }));
}

/** Values that stand alone between gaps; a line would not show them. */
function lonely(points: readonly { time: number; datum: Datum | null }[]): { time: number; value: number }[] {
  return points.flatMap((point, index) => {
    const value = point.datum?.value ?? null;
    const next = points[index + 1]?.datum?.value ?? null;
    const previous = points[index - 1]?.datum?.value ?? null;
    return value !== null && next === null && previous === null ? [{ time: point.time, value }] : [];
  });
}

function referenceLine(drawing: Drawing, style: Style, step: number | null): Record<string, unknown>[] {
  const from = drawing.reading.series[0];
  if (!drawing.reading.reference || !from) return [];
  return [
    {
      type: "line",
      id: "reference",
      data: withGaps(from.data, step).map(({ time, datum }) => [time, datum?.reference ?? null]),
      symbol: "none",
      connectNulls: false,
      silent: true,
      z: 3,
      lineStyle: { color: style.text3, width: style.wall ? 3 : 1.5, type: [5, 4] },
    },
  ];
}

/** Series with a history; those of a newest point alone are left to the table, unless there is nothing else. */
function withHistory(drawing: Drawing): Drawing {
  const { reading } = drawing;
  const long = reading.series.filter((each) => each.data.filter((datum) => datum.value !== null).length > 1);
  return long.length === 0 ? drawing : { ...drawing, reading: { ...reading, series: long } };
}

/** Levels over time: up to six lines, thresholds named in the right margin, gaps as gaps, forecasts dashed with bands. */
export function line(whole: Drawing): ChartPlan {
  const drawing = withHistory(whole);
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const data = scaleExtent(reading.series, context);
  if (!data || !reading.x) return message(drawing);
  const { lang } = context;
  const decimals = reading.series[0]!.decimals;
  const limits = limitsOf(frame, lang, data, reading.series[0]!.unit);
  const range = rangeWithLimits(data, limits, data.low >= 0 && data.low < data.high * 0.35);
  const scale = valueScale(range.low, range.high, {
    tight: true,
    count: context.height < 200 ? 4 : 5,
    ...(data.low >= 0 ? { bound: { min: 0 } } : {}),
  });
  const lines = linesOf(drawing, style);
  const most = Math.max(style.size * 6.6, context.width * (context.width < 480 ? 0.3 : 0.26));
  const wanted = [
    ...marginOf(lines, drawing, style, most).wanted,
    ...range.inside.flatMap((limit) => limitLines(limit, style, context, decimals, marginTextWidth(style, most))),
  ];
  const margin = marginWidth(style, wanted, most);
  const unit = unitText(reading.series[0]!.unit, lang);
  const top = style.line * (unit === "" && range.beyond.length === 0 ? 0.7 : 1.6);
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - margin,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const times = reading.series.flatMap((each) => each.data.map((datum) => Number(datum.x)));
  const span = timeSpan(frame, times);
  const xs = { min: span.from, max: span.to };
  const step = usualStep([...new Set(times)].sort((a, b) => a - b));
  const place = (time: number, value: number): [number, number] => [xAt(rect, xs, time), yAt(rect, scale, value)];
  const labels = [
    ...marginOf(lines, drawing, style, margin).labels,
    ...range.inside.map((limit) => limitLabel(limit, style, context, decimals, margin)),
  ];
  const shapes: Shape[] = [
    ...horizontalGrid(style, rect, scale, lang),
    ...bottomLabels(style, rect, timeAxis(rect, xs.min, xs.max, style.size, lang), {
      ...rect,
      left: 0,
      width: context.width,
    }),
    ...header(
      style,
      rect,
      unit,
      range.beyond.map(
        (limit) => `${limit.value > data.high ? "↑" : "↓"} ${limitLines(limit, style, context, decimals, 9999)[0]!}`,
      ),
      context.width,
    ),
    ...(scale.min > 0 && unit !== "°C" ? [axisBreak(style, rect)] : []),
    ...(step === null || lines.length > 1
      ? []
      : drawGaps(
          style,
          rect,
          xs,
          gapsOf(
            reading.series[0]!.data.map((datum) => ({ time: Number(datum.x), value: datum.value })),
            step,
          ),
          words(lang).gap,
        )),
    ...drawLimits(style, rect, scale, range.inside),
    ...lines.flatMap((each) => bandsAround(withGaps(each.series.data, step), place, each.color)),
    ...lines.flatMap((each) =>
      lonely(withGaps(each.series.data, step)).map((at) =>
        disc(...place(at.time, at.value), each.faint ? 1.5 : 2.5, each.color),
      ),
    ),
    ...nowLine(style, rect, xs, drawing),
    ...lines.filter((each) => !each.faint).flatMap((each) => endDot(each, place, style)),
    ...drawMargin(style, rect, scale, labels),
  ];
  const series = [...lines.flatMap((each) => lineSeries(each, step)), ...referenceLine(drawing, style, step)];
  return {
    option: cartesian(
      rect,
      { type: "value", min: xs.min, max: xs.max },
      { type: "value", min: scale.min, max: scale.max },
      series,
      shapes,
    ),
    pointing: "x",
    points: () => linePoints(lines, drawing, place, step),
  };
}

/** Unit over the axis, and limits that lie beyond the plot. */
function header(style: Style, rect: Rect, unit: string, beyond: readonly string[], width: number): Shape[] {
  const y = rect.top - style.line * 0.95;
  const shapes = unit === "" ? [] : [text(style, 0, y, unit, { fill: style.text3 })];
  const room = width - textWidth(unit, style.size) - 12;
  if (beyond.length > 0)
    shapes.push(
      text(style, width, y, fitText(beyond.join("  "), style.size, room), { align: "right", fill: style.text3 }),
    );
  return shapes;
}

function endDot(each: Line, place: (time: number, value: number) => [number, number], style: Style): Shape[] {
  const last = each.series.data.findLast((datum) => datum.value !== null);
  if (!last || last.value === null) return [];
  return [disc(...place(Number(last.x), last.value), style.wall ? 7 : 3.5, each.color, { stroke: style.panel })];
}

function nowLine(style: Style, rect: Rect, xs: { min: number; max: number }, { context, reading }: Drawing): Shape[] {
  const later = reading.series.some((each) => each.data.some((datum) => datum.status === "forecast"));
  if (!later || context.now <= xs.min) return [];
  const x = xAt(rect, xs, context.now);
  return [
    stroke(
      [
        [x, rect.top],
        [x, rect.top + rect.height],
      ],
      style.text2,
      1,
      { z: 6 },
    ),
    text(style, x + 4, rect.top + style.line * 0.5, words(context.lang).now, { fill: style.text2 }),
  ];
}

function linePoints(
  lines: readonly Line[],
  drawing: Drawing,
  place: (time: number, value: number) => [number, number],
  step: number | null,
): ChartPoint[] {
  const { frame, context } = drawing;
  const limits = limitsOf(frame, context.lang, { low: 0, high: 0 }, lines[0]?.series.unit);
  return lines.flatMap((each, index) =>
    each.series.data.flatMap((datum) => {
      if (datum.value === null) return [];
      const [x, y] = place(Number(datum.x), datum.value);
      const over = crossed(limits, datum.value);
      const notes = [
        datum.status === "forecast" ? words(context.lang).forecast.toLocaleLowerCase() : "",
        over
          ? `≥ ${over.name} (${withUnit(formatLimit(over.value, context.lang, each.series.decimals), each.series.unit, context.lang)})`
          : "",
      ].filter((note) => note !== "");
      return [
        {
          x: round(x),
          y: round(y),
          series: index,
          label: instantText(Number(datum.x), step, drawing.context.lang),
          value: valueText(datum.value, each.series, drawing),
          name: lines.length > 1 ? each.series.name : "",
          note: notes.join(", "),
        },
      ];
    }),
  );
}
