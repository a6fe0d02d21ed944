import { cellName, usualStep } from "../columns.ts";
import { styleOf, type ChartPlan } from "../context.ts";
import { formatNumber } from "../format.ts";
import {
  axisWidth,
  bottomLabels,
  box,
  canvas,
  hatch,
  horizontalGrid,
  round,
  text,
  yAt,
  type Rect,
  type Shape,
} from "../plot.ts";
import { timeLabels, timeTicks, valueScale } from "../scale.ts";
import { textWidth } from "../text.ts";
import { drawMargin, limitLabel, type MarginLabel, marginWidth } from "../margin.ts";
import { drawLimits, limitsOf, rangeWithLimits } from "../thresholds.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { keyRows } from "./keys.ts";
import { instantText, missingText, valueText, type Drawing } from "./shared.ts";
import { spreadKeys } from "./spread-keys.ts";
import { glyph, known, reachOf, spreadNote, spreadsOf, type Spread } from "./spread.ts";

/** Boxes side by side in the order of their hours or periods. */
export function uprightBoxes(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const of = reading.series[0]!;
  const spreads = spreadsOf(drawing).sort((a, b) => Number(a.datum.x) - Number(b.datum.x));
  const some = spreads.filter(known);
  const plain = reachOf(some, []);
  const range = rangeWithLimits(
    { low: plain.low, high: plain.cut },
    limitsOf(frame, lang, { low: plain.low, high: plain.cut }, of.unit),
    false,
  );
  const zero = plain.low >= 0 && plain.low < range.high * 0.35;
  const scale = valueScale(range.low, range.high, { zero, tight: !zero, count: context.height < 200 ? 4 : 5 });
  const keys = keyRows(style, context.width, spreadKeys(some, style, drawing));
  const most = Math.max(style.size * 6.6, context.width * 0.28);
  const lines = (width: number): MarginLabel[] =>
    range.inside.map((limit) => limitLabel(limit, style, context, of.decimals, width));
  const margin = marginWidth(
    style,
    lines(most).flatMap((label) => label.lines),
    most,
  );
  const unit = unitText(of.unit, lang);
  const top = keys.height + style.line * 1.6;
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - margin,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const slot = rect.width / spreads.length;
  const center = (index: number): number => rect.left + slot * (index + 0.5);
  const along = (value: number): number => yAt(rect, scale, value);
  const missing = spreads.flatMap((each, index) =>
    known(each) ? [] : [{ left: rect.left + slot * index, top: rect.top, width: slot, height: rect.height }],
  );
  const size = Math.max(3, Math.min(slot * 0.6, style.wall ? 70 : 36));
  const shapes: Shape[] = [
    ...keys.shapes,
    ...horizontalGrid(style, rect, scale, lang),
    text(style, 0, rect.top - style.line * 0.95, unit, { fill: style.text3 }),
    ...missing.map((area) => box(area, style.raised, { z: -1 })),
    ...hatch(missing, style.gridLine, 8, 0),
    ...some.flatMap((each) => {
      const middle = center(spreads.indexOf(each));
      return glyph(each, style, { along, middle, size, upright: true, end: scale.max }, true);
    }),
    ...beyond(some, scale.max, (each) => center(spreads.indexOf(each)), drawing, rect, slot),
    ...drawLimits(style, rect, scale, range.inside),
    ...drawMargin(style, rect, scale, lines(margin)),
    ...bottomLabels(style, rect, labelsOf(drawing, spreads, center, rect), { ...rect, left: 0, width: context.width }),
  ];
  const step = reading.x!.type === "time" ? usualStep(spreads.map((each) => Number(each.datum.x))) : null;
  return {
    option: canvas(shapes),
    pointing: "x",
    points: () =>
      spreads.map((each, index) => ({
        x: round(center(index)),
        y: round(each.median === null ? rect.top + rect.height : along(each.median)),
        series: 0,
        label: reading.x!.type === "time" ? instantText(Number(each.datum.x), step, drawing.context.lang) : each.name,
        value: valueText(each.median, of, drawing),
        name: words(lang).median.toLocaleLowerCase(),
        note: each.median === null ? missingText(each.datum, drawing) : spreadNote(each, drawing),
      })),
  };
}

/** The highest value over a whisker that goes beyond the axis, where there is room for all of them. */
function beyond(
  spreads: readonly Spread[],
  end: number,
  center: (spread: Spread) => number,
  { reading, context }: Drawing,
  rect: Rect,
  slot: number,
): Shape[] {
  const style = styleOf(context);
  const far = spreads.filter((each) => (each.high ?? end) > end);
  const labels = far.map((each) => formatNumber(each.high, context.lang, reading.series[0]!.decimals));
  if (labels.some((label) => textWidth(label, style.size) > slot - 2)) return [];
  return far.map((each, index) =>
    text(style, center(each), rect.top - style.line * 0.85, labels[index]!, { align: "center" }),
  );
}

function labelsOf(
  { reading, context }: Drawing,
  spreads: readonly Spread[],
  center: (index: number) => number,
  rect: Rect,
): { x: number; text: string }[] {
  const style = styleOf(context);
  const values = spreads.map((each) => Number(each.datum.x));
  if (reading.x!.type !== "time")
    return spreads.map((each, index) => ({
      x: center(index),
      text: cellName(each.datum.x, reading.x!, context.lang, context.nameOf),
    }));
  const count = Math.max(2, Math.floor(rect.width / (textWidth("00:00", style.size) * 2.1)));
  const ticks =
    values.length <= count
      ? values
      : timeTicks(values[0]!, values.at(-1)!, Math.min(count, 13)).filter((tick) => values.includes(tick));
  const labels = timeLabels(ticks, context.lang);
  return ticks.map((tick, index) => ({ x: center(values.indexOf(tick)), text: labels[index]! }));
}
