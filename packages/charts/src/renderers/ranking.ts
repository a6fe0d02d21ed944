import { cellName, type Datum, type Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatTick, noValue } from "../format.ts";
import { bottomLabels, box, canvas, disc, round, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { valueScale, type Scale } from "../scale.ts";
import { fitText, shortNames, textWidth, wrapText } from "../text.ts";
import { limitsOf, rangeWithLimits, withMetCount } from "../thresholds.ts";
import { words } from "../words.ts";
import { limitKeys, limitUpright } from "./keys.ts";
import { extremes, metNote, missingText, restWidth, valueText, type Drawing } from "./shared.ts";

interface Ranked {
  name: string;
  id: string;
  datum: Datum;
}

/** Whether rows stand by their value, largest first, or in the order of the frame (classes). */
type Order = "value" | "given";

function rankedRows(drawing: Drawing, order: Order): Ranked[] {
  const { reading, context } = drawing;
  const rows = reading.series[0]!.data.map((datum) => ({
    id: String(datum.x),
    name: cellName(datum.x, reading.x!, context.lang, context.nameOf),
    datum,
  }));
  if (order === "given") return rows;
  return rows.sort(
    (a, b) =>
      (b.datum.value ?? Number.NEGATIVE_INFINITY) - (a.datum.value ?? Number.NEGATIVE_INFINITY) ||
      (a.name < b.name ? -1 : 1),
  );
}

/** The first rows, the reader's own area always among them. */
function shownRows(rows: Ranked[], count: number, own: string | null): Ranked[] {
  const shown = rows.slice(0, count);
  const mine = own === null ? undefined : rows.find((row) => row.id === own);
  return mine && !shown.includes(mine) ? [...shown.slice(0, -1), mine] : shown;
}

/** A ranking of areas, stations or kinds: lying bars from 0, largest first, the value at the end of each. */
export function ranking(drawing: Drawing, order: Order = "value"): ChartPlan {
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const series = reading.series[0]!;
  const data = extremes([series], false)!;
  const own = context.highlight ?? frame.subject;
  const rows = rankedRows(drawing, order);
  const limits = withMetCount(
    limitsOf(frame, lang, { low: 0, high: data.high }, series.unit),
    frame,
    series.data.map((datum) => datum.value),
    lang,
  );
  const range = rangeWithLimits(data, limits, true);
  const scale = valueScale(range.low, range.high, { zero: true, count: context.width < 480 ? 3 : 5 });
  const keys = limitKeys(style, context, range.inside, series);
  const most = context.width * 0.55 - 10;
  // Names that would be cut off beside their bars stand over them.
  const above =
    context.width < style.size * 38 &&
    shortNames(
      rows.map((each) => each.name),
      style.size,
      most,
    ).some((name) => textWidth(name, style.size) > most + 0.5);
  const two = above && rows.some((each) => textWidth(each.name, style.size) > context.width);
  const row = above ? style.line * (two ? 3 : 2.1) : Math.max(style.line * 1.3, 24);
  const top = Math.max(4, keys.height);
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 4) / row));
  // What is left out is said in a line: where names stand over the bars under the axis, else beside its numbers.
  const under = Math.floor((context.height - top - style.line * 2.3) / row);
  const shown = shownRows(rows, rows.length <= fits ? rows.length : Math.max(1, above ? under : fits - 1), own);
  const short = shortNames(
    shown.map((each) => each.name),
    style.size,
    above ? context.width : most,
  );
  const rest = rows.length - shown.length;
  const names = above
    ? 0
    : Math.max(
        Math.min(Math.max(...short.map((each) => textWidth(each, style.size))), most) + 10,
        restWidth(style, rest, lang),
      );
  const known = shown.filter((each) => each.datum.value !== null);
  const valueRoom =
    Math.max(...known.map((each) => textWidth(endText(each, series, drawing), style.size, 600)), 0) + 10;
  const height = row * shown.length;
  const rect: Rect = { left: Math.ceil(names), top, width: context.width - names - valueRoom, height };
  const middle = (index: number): number => top + row * (index + (two ? 0.8 : above ? 0.72 : 0.5));
  const zero = xAt(rect, scale, Math.max(scale.min, 0));
  const barHeight = Math.min(above ? style.line * 0.75 : row * 0.62, style.wall ? 40 : 20);
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
        ...(above
          ? namesOver(short[index]!, mine, y - barHeight / 2, context.width, style, two ? 2 : 1)
          : [nameBeside(short[index]!, mine, rect.left - 8, y, names - 10, style)]),
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
        text(
          style,
          Math.max(end, zero) + 6,
          y,
          endText(each, series, drawing, context.width - Math.max(end, zero) - 6),
          {
            fill: value === null ? style.text3 : style.text1,
            weight: value === null ? 400 : 600,
            halo: style.panel,
          },
        ),
      ];
    }),
    ...range.inside.flatMap((limit) =>
      limitUpright(style, limit, xAt(rect, scale, limit.value), { top: top - 4, bottom: top + height }, 6),
    ),
    ...keys.shapes,
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
            top + height + style.size * 0.5 + style.line * (above ? 1.5 : 0.5),
            words(lang).others(formatNumber(rest, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "y",
    points: () =>
      shown.map((each, index) => ({
        x: round(each.datum.value === null ? zero : xAt(rect, scale, each.datum.value)),
        y: round(middle(index)),
        series: 0,
        label: each.name,
        value: valueText(each.datum.value, series, drawing),
        name: "",
        note: each.datum.value === null ? endText(each, series, drawing) : metNote(drawing, series, each.datum.value),
      })),
  };
}

function nameBeside(name: string, mine: boolean, x: number, y: number, room: number, style: Style): Shape {
  const weight = mine ? 600 : 400;
  const fill = mine ? style.text1 : style.text2;
  return text(style, x, y, fitText(name, style.size, room, weight), { align: "right", fill, weight });
}

/** Name of a row over its bar, whose upper edge is at `foot`. */
function namesOver(name: string, mine: boolean, foot: number, room: number, style: Style, most: number): Shape[] {
  const weight = mine ? 600 : 400;
  const lines = wrapText(name, style.size, room, most, weight);
  return lines.map((line, index) =>
    text(style, 0, foot - style.line * (lines.length - index - 0.45), line, {
      fill: mine ? style.text1 : style.text2,
      weight,
      halo: style.panel,
    }),
  );
}

/** The highest of the period as a thin mark over a current value. */
function whisker(each: Ranked, rect: Rect, scale: Scale, y: number, style: Style, wanted: boolean): Shape[] {
  if (!wanted || each.datum.high === null || each.datum.high > scale.max) return [];
  const x = xAt(rect, scale, each.datum.high);
  return [disc(x, y, style.size * 0.22, style.panel, { z: 5, stroke: style.text2, lineWidth: 1.2 })];
}

/** Value at the end of a bar; where there is none, a dash and why, or the dash alone where that is too long. */
function endText(each: Ranked, series: Series, drawing: Drawing, room = Number.POSITIVE_INFINITY): string {
  if (each.datum.value !== null) return formatNumber(each.datum.value, drawing.context.lang, series.decimals);
  const why = missingText(each.datum, drawing);
  return textWidth(why, styleOf(drawing.context).size) <= room ? why : noValue;
}
