import { usualStep, type Datum, type Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartContext, type ChartPlan, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import {
  axisWidth,
  bottomLabels,
  box,
  cartesian,
  hatch,
  horizontalGrid,
  round,
  text,
  yAt,
  type Rect,
  type Shape,
} from "../plot.ts";
import { outlineOf, patternOver } from "../patterns.ts";
import { timeLabels, timeTicks, valueScale } from "../scale.ts";
import { textWidth } from "../text.ts";
import { drawMargin, limitLabel, marginTextWidth, marginWidth } from "../margin.ts";
import { drawLimits, limitLines, limitsOf, rangeWithLimits } from "../thresholds.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { cellName } from "../columns.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { ranking } from "./ranking.ts";
import { extremes, instantText, scaleExtent, valueText, type Drawing } from "./shared.ts";

/** Amounts per period (upright) or a ranking of areas, stations and kinds (lying). Both start at 0. */
export function bar(drawing: Drawing): ChartPlan {
  if (!drawing.reading.x || !extremes(drawing.reading.series, false)) return message(drawing);
  return standsUpright(drawing) ? upright(drawing) : ranking(drawing);
}

/** Whether bars stand: periods and numbers, and up to twelve kinds whose names fit under them. */
export function standsUpright({ reading, context }: Drawing): boolean {
  const { x } = reading;
  if (x === null || x.type === "time" || x.type === "number") return true;
  if (x.type !== "text" || reading.series.length === 0) return false;
  const labels = reading.series[0]!.data.map((datum) => cellName(datum.x, x, context.lang, context.nameOf));
  const { size } = styleOf(context);
  const room = context.width / Math.max(1, labels.length) - 8;
  return labels.length <= 12 && labels.every((label) => textWidth(label, size) <= room);
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
  const data = scaleExtent(series, context, false)!;
  const time = reading.x!.type === "time";
  const slots = [...new Set(series.flatMap((each) => each.data.map((datum) => datum.x)))];
  if (time || reading.x!.type === "number") slots.sort((a, b) => Number(a) - Number(b));
  const step = time ? usualStep(slots.map(Number)) : null;
  const limits = limitsOf(frame, lang, { low: 0, high: data.high }, series[0]!.unit);
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
          series.map((each, index) => ({
            name: each.name,
            color: seriesStyle(style, index).color,
            ...(context.patterns ? { pattern: index } : {}),
          })),
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
  const margins = range.inside.map((limit) => limitLabel(limit, style, context, decimals, margin));
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
    ...(context.patterns && series.length > 1
      ? series.flatMap((_, index) =>
          patternOver(
            bars.flatMap((each) => (each.order === index ? [outlineOf(each.area)] : [])),
            index,
            style,
            { z: 7 },
          ),
        )
      : []),
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
    pointing: "x",
    points: () =>
      bars.map(({ each, order, datum, middle, y }) => ({
        x: round(middle),
        y: round(y),
        series: order,
        label: time
          ? instantText(Number(datum.x), step, drawing.context.lang)
          : cellName(datum.x, reading.x!, lang, context.nameOf),
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
