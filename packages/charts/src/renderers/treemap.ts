import { cellName } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatShare, formatValue } from "../format.ts";
import { swatchOf } from "../ink.ts";
import { outlineOf, patternOver } from "../patterns.ts";
import { box, canvas, round, text, type Shape } from "../plot.ts";
import { textWidth, wrapText } from "../text.ts";
import { words } from "../words.ts";
import { message } from "./message.ts";
import { ranking } from "./ranking.ts";
import { extremes, valueText, withoutLimits, type Drawing } from "./shared.ts";
import { labelled, labelLines, type Group, type Part, type Tile } from "./treemap-tiles.ts";

/** Nested shares as tiles, two levels at most. Every tile carries its name and value; what is too small for that is put together. */
export function treemap(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const parts = partsOf(drawing);
  const of = reading.series[0]!;
  const sum = parts.reduce((all, part) => all + part.value, 0);
  // Shares of everything need no total.
  const whole = of.unit === "%" && Math.abs(sum - 100) < 1;
  const top = whole ? 2 : style.line * 1.3;
  const foot = style.line * 1.3;
  const layout = labelled(parts, drawing, style, {
    left: 0,
    top,
    width: context.width,
    height: context.height - top - foot,
  });
  if (!layout) return ranking(withoutLimits(drawing));
  const { lang } = context;
  const share = (value: number): string => (whole ? "" : formatShare(value / sum, lang));
  const others = layout.tiles.find((tile) => tile.group === null);
  const unknown = of.data.filter((datum) => datum.value === null).length;
  const notes = [
    others
      ? `${others.name}: ${formatNumber(others.value, lang, of.decimals)}${share(others.value) === "" ? "" : ` (${share(others.value)})`}`
      : "",
    unknown > 0 ? `${words(lang).noData}: ${formatNumber(unknown, lang)}` : "",
  ].filter((note) => note !== "");
  return {
    option: canvas([
      ...(whole
        ? []
        : [text(style, 0, style.line * 0.5, `${words(lang).total}: ${formatValue(sum, of.unit, of.decimals, lang)}`)]),
      ...layout.groups.flatMap((group) => groupHead(group, style)),
      ...layout.tiles.flatMap((tile) => tileShapes(tile, share(tile.value), drawing, style)),
      ...wrapText(notes.join(" · "), style.size, context.width, 1).map((line) =>
        text(style, 0, context.height - style.line * 0.5, line, { fill: style.text3 }),
      ),
    ]),
    pointing: "place",
    points: () =>
      layout.tiles.flatMap((tile) =>
        tile.members.map((part) => ({
          x: round(tile.area.left + tile.area.width / 2),
          y: round(tile.area.top + tile.area.height / 2),
          series: tile.group ?? layout.groups.length,
          label: part.name,
          value: valueText(part.value, of, drawing),
          name: part.group ?? "",
          note: share(part.value),
        })),
      ),
  };
}

function partsOf({ reading, context }: Drawing): Part[] {
  const { lang, nameOf } = context;
  return reading.series[0]!.data.flatMap((datum) =>
    datum.value === null || datum.value <= 0
      ? []
      : [
          {
            id: String(datum.x),
            name: cellName(datum.x, reading.x!, lang, nameOf),
            group: datum.parent === null ? null : cellName(datum.parent, reading.parent!, lang, nameOf),
            value: datum.value,
          },
        ],
  ).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
}

function groupHead(group: Group, style: Style): Shape[] {
  if (group.head === "") return [];
  const color = swatchOf(seriesStyle(style, group.index ?? 0).color, style).fill;
  const bar = {
    left: group.area.left + 1,
    top: group.area.top,
    width: group.area.width - 2,
    height: style.line * 1.15,
  };
  return [
    box(bar, style.raised, { z: 2 }),
    box({ ...bar, width: style.size * 0.35 }, color, { z: 3 }),
    text(style, bar.left + style.size * 0.7, bar.top + bar.height / 2, group.head, {
      fill: style.text1,
      weight: 600,
    }),
  ];
}

/** Groups in series colours, parts without groups in one colour, what was put together in that of no data. */
function colorOf(group: number | null, { reading }: Drawing, style: Style): string {
  if (group === null) return style.tokens.colors.nodata;
  return reading.parent === null ? style.tokens.seq[3].fill : seriesStyle(style, group).color;
}

function tileShapes(tile: Tile, share: string, drawing: Drawing, style: Style): Shape[] {
  const { context, frame } = drawing;
  const { fill, ink } = swatchOf(colorOf(tile.group, drawing, style), style);
  const lines = labelLines(tile, share, drawing, style) ?? [];
  const own = context.highlight ?? frame.subject;
  const mine = tile.group !== null && tile.members.some((part) => part.id === own);
  const [left, top] = [tile.area.left + style.size * 0.4, tile.area.top + style.size * 0.15];
  const step = style.line * 0.95;
  const plate = {
    left: left - 3,
    top,
    width: Math.max(0, ...lines.map((line) => textWidth(line, style.size, 600))) + 6,
    height: lines.length * step,
  };
  return [
    box(tile.area, fill, { z: 3, ...(mine ? { stroke: style.text1, lineWidth: style.wall ? 5 : 2.5 } : {}) }),
    ...(context.patterns && tile.group !== null
      ? [
          ...patternOver([outlineOf(tile.area)], tile.group, style, { z: 4 }),
          ...(lines.length > 0 ? [box(plate, fill, { z: 5 })] : []),
        ]
      : []),
    ...lines.map((line, index) =>
      text(style, left, top + step * (index + 0.5), line, {
        fill: ink,
        weight: index === lines.length - 1 ? 600 : 400,
      }),
    ),
  ];
}
