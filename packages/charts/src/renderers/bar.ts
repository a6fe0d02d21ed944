import { usualStep, type Datum, type Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartContext, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatShare, noValue } from "../format.ts";
import {
  axisWidth,
  bottomLabels,
  box,
  canvas,
  cartesian,
  disc,
  hatch,
  horizontalGrid,
  round,
  stroke,
  text,
  xAt,
  yAt,
  type Rect,
  type Shape,
} from "../plot.ts";
import { timeLabels, timeTicks, valueScale, type Scale } from "../scale.ts";
import { fitText, shortNames, textWidth } from "../text.ts";
import {
  drawLimits,
  drawMargin,
  limitLines,
  limitsOf,
  marginTextWidth,
  marginWidth,
  rangeWithLimits,
  type Limit,
  type MarginLabel,
} from "../thresholds.ts";
import { formatTick } from "../format.ts";
import { thresholdLine } from "../context.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { cellName } from "../columns.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { extremes, instantText, valueText, type Drawing } from "./shared.ts";

/** Amounts per period (upright) or a ranking of areas, stations and kinds (lying). Both start at 0. */
export function bar(drawing: Drawing): ChartPlan {
  const { x } = drawing.reading;
  if (!x || !extremes(drawing.reading.series, false)) return message(drawing);
  if (x.type === "time" || x.type === "number") return upright(drawing);
  const labels = drawing.reading.series[0]!.data.map((datum) =>
    cellName(datum.x, x, drawing.context.lang, drawing.context.nameOf),
  );
  const style = styleOf(drawing.context);
  const room = drawing.context.width / Math.max(1, labels.length) - 8;
  const ordered =
    x.type === "text" && labels.length <= 12 && labels.every((label) => textWidth(label, style.size) <= room);
  return ordered ? upright(drawing) : ranking(drawing);
}

/** Whether the period that a row stands for is over. A day is labelled by its start, an interval by its end. */
function unfinished(time: number, step: number | null, now: number): boolean {
  if (step === null) return false;
  const end = step >= 23 * 3_600_000 ? time + step : time;
  return end > now;
}

function upright(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const series = reading.series.slice(0, 3);
  const data = extremes(series, false)!;
  const time = reading.x!.type === "time";
  const slots = [...new Set(series.flatMap((each) => each.data.map((datum) => datum.x)))];
  if (time || reading.x!.type === "number") slots.sort((a, b) => Number(a) - Number(b));
  const step = time ? usualStep(slots.map(Number)) : null;
  const limits = limitsOf(frame, lang, { low: 0, high: data.high });
  const range = rangeWithLimits(data, limits, true);
  const scale = valueScale(range.low, range.high, { zero: true, count: context.height < 200 ? 4 : 5 });
  const decimals = series[0]!.decimals;
  const most = Math.max(style.size * 6.6, context.width * 0.28);
  const margin = marginWidth(
    style,
    range.inside.flatMap((limit) => limitLines(limit, style, context, decimals, marginTextWidth(style, most))),
    most,
  );
  const unit = unitText(series[0]!.unit, lang);
  const keys =
    series.length > 1
      ? legend(
          style,
          context.width,
          series.map((each, index) => ({ name: each.name, color: seriesStyle(style, index).color })),
        )
      : { shapes: [], height: 0 };
  const top = keys.height + style.line * (unit === "" ? 0.7 : 1.6);
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - margin,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const slot = rect.width / slots.length;
  const width = Math.max(1, Math.min((slot * (slots.length > 40 ? 0.9 : 0.76)) / series.length, style.wall ? 90 : 48));
  const center = (index: number): number => rect.left + slot * (index + 0.5);
  const at = new Map(slots.map((value, index) => [value, index]));
  const bars = series.flatMap((each, order) =>
    each.data.flatMap((datum) => {
      if (datum.value === null) return [];
      const middle = center(at.get(datum.x)!) + (order - (series.length - 1) / 2) * width;
      const y = yAt(rect, scale, datum.value);
      const zero = yAt(rect, scale, Math.max(scale.min, Math.min(0, scale.max)));
      return [
        {
          each,
          order,
          datum,
          middle,
          y,
          area: {
            left: middle - width / 2,
            top: Math.min(y, zero),
            width: Math.max(1, width - (series.length > 1 ? 1 : 0)),
            height: Math.abs(zero - y),
          },
        },
      ];
    }),
  );
  const partial = bars.filter(
    ({ datum }) => (time && unfinished(Number(datum.x), step, context.now)) || datum.status === "partial",
  );
  const margins = range.inside.map<MarginLabel>((limit) => ({
    value: limit.value,
    lines: limitLines(limit, style, context, decimals, marginTextWidth(style, margin)),
    kind: { limit },
  }));
  const missing = slots.flatMap((value, index) =>
    series.some((each) => each.data.some((datum) => datum.x === value && datum.value !== null))
      ? []
      : [{ left: center(index) - slot / 2, top: rect.top, width: slot, height: rect.height }],
  );
  const shapes: Shape[] = [
    ...horizontalGrid(style, rect, scale, lang),
    ...(unit === "" ? [] : [text(style, 0, rect.top - style.line * 0.95, unit, { fill: style.text3 })]),
    ...keys.shapes,
    ...missing.map((area) => box(area, style.raised, { z: -1 })),
    ...bottomLabels(style, rect, slotLabels(drawing, slots, center, rect, style), {
      ...rect,
      left: 0,
      width: context.width,
    }),
    ...hatch(
      partial.map((each) => each.area),
      style.panel,
      5,
      8,
    ),
    ...(partial.length > 0 ? unfinishedKey(style, rect, context, seriesStyle(style, 0).color) : []),
    ...valueLabels(bars, style, context, slot),
    ...drawLimits(style, rect, scale, range.inside),
    ...drawMargin(style, rect, scale, margins),
  ];
  return {
    option: cartesian(
      rect,
      { type: "category", data: slots.map(String), boundaryGap: true },
      { type: "value", min: scale.min, max: scale.max },
      series.map((each, order) => ({
        type: "bar",
        id: each.id,
        name: each.name,
        silent: true,
        z: 3,
        barWidth: round(series.length > 1 ? width - 1 : width),
        barGap: series.length > 1 ? `${round(100 / (width - 1))}%` : "0%",
        data: slots.map((value) => each.data.find((datum) => datum.x === value)?.value ?? null),
        itemStyle: { color: seriesStyle(style, order).color },
      })),
      shapes,
    ),
    points: () =>
      bars.map(({ each, order, datum, middle, y }) => ({
        x: round(middle),
        y: round(y),
        series: order,
        label: time ? instantText(Number(datum.x), step, drawing) : cellName(datum.x, reading.x!, lang, context.nameOf),
        value: valueText(datum.value, each, drawing),
        name: series.length > 1 ? each.name : "",
        note: partial.some((other) => other.datum === datum) ? words(lang).unfinished : "",
      })),
  };
}

function slotLabels(
  drawing: Drawing,
  slots: readonly (number | string)[],
  center: (index: number) => number,
  rect: Rect,
  style: Style,
): { x: number; text: string }[] {
  const { reading, context } = drawing;
  if (reading.x!.type !== "time")
    return slots.map((value, index) => ({
      x: center(index),
      text: cellName(value, reading.x!, context.lang, context.nameOf),
    }));
  const times = slots.map(Number);
  const count = Math.max(2, Math.floor(rect.width / (textWidth("00:00", style.size) * 2.1)));
  const ticks =
    times.length <= count
      ? times
      : timeTicks(times[0]!, times.at(-1)!, Math.min(count, 13)).filter((tick) => times.includes(tick));
  const labels = timeLabels(ticks, context.lang);
  return ticks.map((tick, index) => ({ x: center(times.indexOf(tick)), text: labels[index]! }));
}

/** What the hatched bars are, over the plot on the right. */
function unfinishedKey(style: Style, rect: Rect, context: ChartContext, color: string): Shape[] {
  const label = words(context.lang).unfinished;
  const y = rect.top - style.line * 0.95;
  const swatch = Math.round(style.size * 0.85);
  const area = {
    left: context.width - textWidth(label, style.size) - swatch - 6,
    top: y - swatch / 2,
    width: swatch,
    height: swatch,
  };
  return [
    box(area, color, { z: 20 }),
    ...hatch([area], style.panel, 5, 21),
    text(style, area.left + swatch + 6, y, label),
  ];
}

/** Values over the bars where there are few and the bars are wide. */
function valueLabels(
  bars: readonly { each: Series; datum: Datum; middle: number; y: number }[],
  style: Style,
  context: ChartContext,
  slot: number,
): Shape[] {
  if (bars.length > 12) return [];
  const labels = bars.map((each) => formatNumber(each.datum.value, context.lang, each.each.decimals));
  const room = slot / Math.max(1, new Set(bars.map((each) => each.each)).size);
  if (labels.some((label) => textWidth(label, style.size, 600) > room - 2)) return [];
  return bars.map((each, index) =>
    text(style, each.middle, each.y - style.line * 0.55, labels[index]!, {
      align: "center",
      fill: style.text1,
      weight: 600,
    }),
  );
}

interface Ranked {
  name: string;
  id: string;
  datum: Datum;
}

function rankedRows(drawing: Drawing): Ranked[] {
  const { reading, context } = drawing;
  const rows = reading.series[0]!.data.map((datum) => ({
    id: String(datum.x),
    name: cellName(datum.x, reading.x!, context.lang, context.nameOf),
    datum,
  }));
  return rows.sort(
    (a, b) =>
      (b.datum.value ?? Number.NEGATIVE_INFINITY) - (a.datum.value ?? Number.NEGATIVE_INFINITY) ||
      (a.name < b.name ? -1 : 1),
  );
}

/** Rows that fit, the reader's own area always among them. */
function shownRows(rows: Ranked[], fits: number, own: string | null): Ranked[] {
  if (rows.length <= fits) return rows;
  const shown = rows.slice(0, Math.max(1, fits - 1));
  const mine = own === null ? undefined : rows.find((row) => row.id === own);
  return mine && !shown.includes(mine) ? [...shown.slice(0, -1), mine] : shown;
}

function ranking(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const series = reading.series[0]!;
  const data = extremes([series], false)!;
  const own = context.highlight ?? frame.subject;
  const rows = rankedRows(drawing);
  const limits = limitsOf(frame, lang, { low: 0, high: data.high });
  const range = rangeWithLimits(data, limits, true);
  const scale = valueScale(range.low, range.high, { zero: true, count: context.width < 480 ? 3 : 5 });
  const head = limitHead(style, context, range.inside, series);
  const row = Math.max(style.line * 1.3, 24);
  const top = head.length > 0 ? style.line * head.length + 6 : 4;
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 4) / row));
  const shown = shownRows(rows, fits, own);
  const most = context.width * 0.42 - 10;
  const short = shortNames(
    shown.map((each) => each.name),
    style.size,
    most,
  );
  const names = Math.min(Math.max(...short.map((each) => textWidth(each, style.size))), most) + 10;
  const valueRoom =
    Math.max(...shown.map((each) => textWidth(endText(each, series, drawing), style.size, 600)), 0) + 10;
  const height = row * shown.length;
  const rect: Rect = { left: Math.ceil(names), top, width: context.width - names - valueRoom, height };
  const middle = (index: number): number => top + row * (index + 0.5);
  const zero = xAt(rect, scale, Math.max(scale.min, 0));
  const barHeight = Math.min(row * 0.62, style.wall ? 40 : 20);
  const rest = rows.length - shown.length;
  const shapes: Shape[] = [
    ...scale.ticks.map((tick) => {
      const x = Math.round(xAt(rect, scale, tick)) + 0.5;
      return stroke(
        [
          [x, top],
          [x, top + height],
        ],
        tick === 0 ? style.control : style.gridLine,
        1,
        { z: 0 },
      );
    }),
    ...shown.flatMap((each, index) => {
      const y = middle(index);
      const mine = each.id === own;
      const value = each.datum.value;
      const end = value === null ? zero : xAt(rect, scale, value);
      return [
        text(style, rect.left - 8, y, fitText(short[index]!, style.size, names - 10, mine ? 600 : 400), {
          align: "right",
          fill: mine ? style.text1 : style.text2,
          weight: mine ? 600 : 400,
        }),
        ...(value === null
          ? []
          : [
              box(
                {
                  left: Math.min(zero, end),
                  top: y - barHeight / 2,
                  width: Math.max(1, Math.abs(end - zero)),
                  height: barHeight,
                },
                seriesStyle(style, mine || own === null ? 0 : 1).color,
                { z: 3 },
              ),
            ]),
        ...whisker(each, rect, scale, y, style, reading.high !== null && reading.low === null),
        text(style, Math.max(end, zero) + 6, y, endText(each, series, drawing), {
          fill: value === null ? style.text3 : style.text1,
          weight: value === null ? 400 : 600,
        }),
      ];
    }),
    ...range.inside.map((limit) => {
      const x = xAt(rect, scale, limit.value);
      const look = limit.threshold
        ? thresholdLine(style, limit.threshold.severity, limit.threshold.basis === "project")
        : { color: style.text1, width: 1, type: "solid" as const };
      return stroke(
        [
          [x, top - 4],
          [x, top + height],
        ],
        look.color,
        look.width,
        { dash: look.type, z: 6 },
      );
    }),
    ...head.map((line, index) =>
      text(style, rect.left + line.left, style.line * (index + 0.5), line.text, { fill: style.text2 }),
    ),
    ...bottomLabels(
      style,
      { ...rect, top, height },
      scale.ticks.map((tick) => ({ x: xAt(rect, scale, tick), text: formatTick(tick, lang, scale.step) })),
      { ...rect, left: 0, width: context.width },
    ),
    ...(rest > 0
      ? [
          text(
            style,
            0,
            top + height + style.size * 0.5 + style.line * 0.5,
            words(lang).others(formatNumber(rest, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    points: () =>
      shown.map((each, index) => ({
        x: round(each.datum.value === null ? zero : xAt(rect, scale, each.datum.value)),
        y: round(middle(index)),
        series: 0,
        label: each.name,
        value: valueText(each.datum.value, series, drawing),
        name: "",
        note: each.datum.value === null ? endText(each, series, drawing) : "",
      })),
  };
}

/** The highest of the period as a thin mark over a current value. */
function whisker(each: Ranked, rect: Rect, scale: Scale, y: number, style: Style, wanted: boolean): Shape[] {
  if (!wanted || each.datum.high === null || each.datum.high > scale.max) return [];
  const x = xAt(rect, scale, each.datum.high);
  return [disc(x, y, style.size * 0.22, style.panel, { z: 5, stroke: style.text2, lineWidth: 1.2 })];
}

/** Value at the end of a bar; where there is none, a dash and why. */
function endText(each: Ranked, series: Series, { context }: Drawing): string {
  if (each.datum.value !== null) return formatNumber(each.datum.value, context.lang, series.decimals);
  const say = words(context.lang);
  const why =
    each.datum.status === "empty" || each.datum.coverage === null
      ? say.noData
      : `${say.insufficient} (${formatShare(each.datum.coverage, context.lang)})`;
  return `${noValue} ${why}`;
}

/** Limits of a ranking are named over the plot, one line each. */
function limitHead(
  style: Style,
  context: ChartContext,
  limits: readonly Limit[],
  series: Series,
): { left: number; text: string }[] {
  return limits.map((limit) => ({
    left: 0,
    text: `┆ ${limitLines(limit, style, context, series.decimals, context.width)[0]!} ${unitText(series.unit, context.lang)}`.trimEnd(),
  }));
}
