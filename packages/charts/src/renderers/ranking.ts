import { cellName, type Datum, type Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatShare, formatTick, noValue } from "../format.ts";
import { bottomLabels, box, canvas, disc, round, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { valueScale, type Scale } from "../scale.ts";
import { fitText, shortNames, textWidth } from "../text.ts";
import { limitsOf, rangeWithLimits } from "../thresholds.ts";
import { words } from "../words.ts";
import { limitKeys, limitLook } from "./keys.ts";
import { extremes, restWidth, valueText, type Drawing } from "./shared.ts";

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

/** A ranking of areas, stations or kinds: lying bars from 0, largest first, the value at the end of each. */
export function ranking(drawing: Drawing): ChartPlan {
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
  const keys = limitKeys(style, context, range.inside, series);
  const row = Math.max(style.line * 1.3, 24);
  const top = Math.max(4, keys.height);
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 4) / row));
  const shown = shownRows(rows, fits, own);
  const most = context.width * 0.55 - 10;
  const short = shortNames(
    shown.map((each) => each.name),
    style.size,
    most,
  );
  const rest = rows.length - shown.length;
  const names = Math.max(
    Math.min(Math.max(...short.map((each) => textWidth(each, style.size))), most) + 10,
    restWidth(style, rest, lang),
  );
  const known = shown.filter((each) => each.datum.value !== null);
  const valueRoom =
    Math.max(...known.map((each) => textWidth(endText(each, series, drawing), style.size, 600)), 0) + 10;
  const height = row * shown.length;
  const rect: Rect = { left: Math.ceil(names), top, width: context.width - names - valueRoom, height };
  const middle = (index: number): number => top + row * (index + 0.5);
  const zero = xAt(rect, scale, Math.max(scale.min, 0));
  const barHeight = Math.min(row * 0.62, style.wall ? 40 : 20);
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
      const look = limitLook(style, limit);
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
            top + height + style.size * 0.5 + style.line * 0.5,
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
