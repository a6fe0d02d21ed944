import { styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatTick } from "../format.ts";
import { bottomLabels, canvas, round, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { valueScale, type Scale } from "../scale.ts";
import { fitText, shortNames, textWidth } from "../text.ts";
import { limitsOf, rangeWithLimits } from "../thresholds.ts";
import { words } from "../words.ts";
import { endColumns } from "./boxplot-columns.ts";
import { uprightBoxes } from "./boxplot-upright.ts";
import { limitKeys, limitUpright } from "./keys.ts";
import { message } from "./message.ts";
import { extremes, missingText, restWidth, valueText, type Drawing } from "./shared.ts";
import { spreadKeys } from "./spread-keys.ts";
import { glyph, known, reachOf, spreadNote, spreadsOf, type Spread } from "./spread.ts";

/**
 * How values are spread within each subject: box of the middle half with the median, whiskers to the lowest and highest.
 * Periods and hours stand side by side, places and kinds lie under each other, the largest median first.
 */
export function boxplot(drawing: Drawing): ChartPlan {
  const { reading } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  return reading.x.type === "time" || reading.x.type === "number" ? uprightBoxes(drawing) : lying(drawing);
}

interface Layout {
  rect: Rect;
  scale: Scale;
  row: number;
  narrow: boolean;
  names: number;
  own: string | null;
  /** Rows, and thickness of their boxes, px. */
  count: number;
  size: number;
  middle(index: number): number;
}

function shownOf(rows: Spread[], fits: number, own: string | null): Spread[] {
  if (rows.length <= fits) return rows;
  const shown = rows.slice(0, Math.max(1, fits - 1));
  const mine = own === null ? undefined : rows.find((row) => row.id === own);
  return mine && !shown.includes(mine) ? [...shown.slice(0, -1), mine] : shown;
}

function lying(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const of = reading.series[0]!;
  const own = context.highlight ?? frame.subject;
  const rows = spreadsOf(drawing).sort(
    (a, b) =>
      (b.median ?? Number.NEGATIVE_INFINITY) - (a.median ?? Number.NEGATIVE_INFINITY) || (a.name < b.name ? -1 : 1),
  );
  const some = rows.filter(known);
  const limits = rangeWithLimits(reachAll(some), limitsOf(frame, lang, reachAll(some), of.unit), false).inside;
  const reach = reachOf(
    some,
    limits.map((limit) => limit.value),
  );
  const zero = reach.low >= 0 && reach.low < reach.cut * 0.35;
  const scale = valueScale(
    Math.min(reach.low, ...limits.map((each) => each.value)),
    Math.max(reach.cut, ...limits.map((each) => each.value)),
    {
      zero,
      tight: !zero,
      count: context.width < style.size * 36 ? 4 : 5,
    },
  );
  const keys = limitKeys(style, context, limits, of, undefined, spreadKeys(some, style, drawing));
  const narrow = context.width < style.size * 38;
  const row = narrow ? style.line * 2.5 : Math.max(style.line * 1.7, 32);
  const top = keys.height + style.line * 1.1;
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 6) / row));
  const shown = shownOf(rows, fits, own);
  const rest = rows.length - shown.length;
  const clipped = some.some((each) => (each.high ?? 0) > scale.max);
  const columns = endColumns(shown, scale, drawing, style, narrow, clipped);
  const most = context.width * 0.34;
  const counts = Math.max(
    0,
    ...shown.map((each) =>
      each.n === null ? 0 : textWidth(`n = ${formatNumber(each.n, lang)}`, style.size) + style.size,
    ),
  );
  const short = shortNames(
    shown.map((each) => each.name),
    style.size,
    narrow ? context.width - counts : most - 12,
  );
  const names = narrow
    ? 0
    : Math.max(
        Math.min(Math.max(...short.map((name) => textWidth(name, style.size, 600))) + 12, most),
        restWidth(style, rest, lang),
      );
  const pad = narrow ? style.size * 0.5 : 0;
  const rect: Rect = {
    left: names + pad,
    top,
    width: context.width - names - pad - columns.width,
    height: row * shown.length,
  };
  const middle = (index: number): number => top + row * (index + (narrow ? 0.68 : 0.5));
  const size = Math.min(narrow ? style.size * 1.1 : row * 0.5, style.wall ? 40 : 20);
  const layout: Layout = { rect, scale, row, narrow, names, own, count: shown.length, size, middle };
  const shapes: Shape[] = [
    ...keys.shapes,
    ...grid(style, layout),
    ...columns.shapes(layout),
    ...shown.flatMap((each, index) => rowShapes(each, short[index]!, index, layout, drawing, style)),
    ...limits.flatMap((limit) => {
      const x = xAt(rect, scale, limit.value);
      // The flag of a target stands once.
      return spansOf(layout).flatMap((span, index) =>
        limitUpright(style, limit, x, span, 9).slice(0, index === 0 ? 2 : 1),
      );
    }),
    ...bottomLabels(
      style,
      rect,
      scale.ticks.map((tick) => ({ x: xAt(rect, scale, tick), text: formatTick(tick, lang, scale.step) })),
      { ...rect, left: 0, width: context.width },
    ),
    ...(rest > 0
      ? [
          text(
            style,
            0,
            top + rect.height + style.size * 0.5 + style.line * (narrow ? 1.5 : 0.5),
            words(lang).others(formatNumber(rest, lang)),
            {
              fill: style.text3,
            },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "y",
    points: () =>
      shown.map((each, index) => ({
        x: round(each.median === null ? rect.left : xAt(rect, scale, each.median)),
        y: round(middle(index)),
        series: 0,
        label: each.name,
        value: valueText(each.median, of, drawing),
        name: words(lang).median.toLocaleLowerCase(),
        note: each.median === null ? missingText(each.datum, drawing) : spreadNote(each, drawing),
      })),
  };
}

function reachAll(spreads: readonly Spread[]): { low: number; high: number } {
  const { low, cut } = reachOf(spreads, []);
  return { low, high: cut };
}

function grid(style: Style, layout: Layout): Shape[] {
  return layout.scale.ticks.flatMap((tick) => {
    const x = Math.round(xAt(layout.rect, layout.scale, tick)) + 0.5;
    const color = tick === 0 ? style.control : style.gridLine;
    return spansOf(layout).map(({ top, bottom }) => {
      const ends: [number, number][] = [
        [x, top],
        [x, bottom],
      ];
      return stroke(ends, color, 1, { z: 0 });
    });
  });
}

/** Where upright lines run: over all rows; where names stand over the boxes only beside those. */
function spansOf({ rect, row, size, narrow, count, middle }: Layout): { top: number; bottom: number }[] {
  if (!narrow) return [{ top: rect.top - 2, bottom: rect.top + rect.height }];
  return Array.from({ length: count }, (_, index) => ({
    top: middle(index) - size * 0.75,
    bottom: middle(index) + size * 0.75 + row * 0.04,
  }));
}

function rowShapes(each: Spread, name: string, index: number, layout: Layout, drawing: Drawing, style: Style): Shape[] {
  const { rect, scale, narrow, names, own, size } = layout;
  const { width, lang } = drawing.context;
  const y = layout.middle(index);
  const mine = each.id === own;
  const look = { fill: mine ? style.text1 : style.text2, weight: mine ? (600 as const) : (400 as const) };
  const count = each.n === null || !narrow ? "" : `n = ${formatNumber(each.n, lang)}`;
  const room = width - (count === "" ? 0 : textWidth(count, style.size) + style.size);
  return [
    narrow
      ? text(style, 0, y - size / 2 - style.line * 0.62, fitText(name, style.size, room, look.weight), look)
      : text(style, names - 10, y, fitText(name, style.size, names - 12, look.weight), { ...look, align: "right" }),
    ...(count === ""
      ? []
      : [text(style, width, y - size / 2 - style.line * 0.62, count, { align: "right", fill: style.text3 })]),
    ...(each.median === null
      ? [
          text(style, rect.left + 4, y, fitText(missingText(each.datum, drawing), style.size, rect.width), {
            fill: style.text3,
            halo: style.panel,
          }),
        ]
      : glyph(
          each,
          style,
          { along: (value) => xAt(rect, scale, value), middle: y, size, upright: false, end: scale.max },
          mine || own === null,
        )),
  ];
}
