import { cellName } from "../columns.ts";
import { styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatTick } from "../format.ts";
import { outlineOf } from "../patterns.ts";
import { bottomLabels, box, canvas, hatch, round, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { valueScale } from "../scale.ts";
import { fitText, textWidth } from "../text.ts";
import { words } from "../words.ts";
import { restWidth, valueText, type Drawing } from "./shared.ts";
import { headOf, partPattern, partsOf, total, valuesBySlot } from "./parts.ts";

/** Composition by place: lying bars, the largest sum first, values inside where they fit. */
export function lying(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const parts = partsOf(drawing, style);
  const keys = [...new Set(reading.series.flatMap((each) => each.data.map((datum) => datum.x)))];
  const all = valuesBySlot(parts, keys);
  const rows = keys
    .map((key, index) => ({
      key,
      name: cellName(key, reading.x!, lang, context.nameOf),
      index,
      sum: total(all, index),
    }))
    .sort((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1));
  const head = headOf(parts, style, context);
  const row = Math.max(style.line * 1.3, 24);
  const top = head.height + 4;
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 6) / row));
  const shown = rows.length <= fits ? rows : rows.slice(0, Math.max(1, fits - 1));
  const scale = valueScale(0, Math.max(...shown.map((each) => each.sum)), {
    zero: true,
    count: context.width < 480 ? 3 : 5,
    decimals: parts[0]!.series.decimals,
  });
  const names = Math.max(
    Math.min(Math.max(...shown.map((each) => textWidth(each.name, style.size))) + 10, context.width * 0.42),
    restWidth(style, rows.length - shown.length, lang),
  );
  const unit = parts[0]!.series;
  const totals = shown.map((each) => formatNumber(each.sum, lang, unit.decimals));
  const room = Math.max(...totals.map((each) => textWidth(each, style.size, 600))) + 10;
  const rect: Rect = { left: Math.ceil(names), top, width: context.width - names - room, height: row * shown.length };
  const barHeight = Math.min(row * 0.62, style.wall ? 40 : 20);
  const cells = shown.flatMap((each, at) => {
    let sum = 0;
    return parts.flatMap((part, index) => {
      const value = all[index]![each.index] ?? null;
      if (value === null || value <= 0) return [];
      const left = xAt(rect, scale, sum);
      sum += value;
      return [
        {
          part,
          value,
          each,
          index,
          area: {
            left,
            top: top + row * (at + 0.5) - barHeight / 2,
            width: xAt(rect, scale, sum) - left,
            height: barHeight,
          },
        },
      ];
    });
  });
  const shapes: Shape[] = [
    ...head.shapes,
    ...scale.ticks.map((tick) => {
      const x = Math.round(xAt(rect, scale, tick)) + 0.5;
      return stroke(
        [
          [x, top],
          [x, top + rect.height],
        ],
        tick === 0 ? style.control : style.gridLine,
        1,
        { z: 0 },
      );
    }),
    ...cells.flatMap(({ part, value, area }) => {
      const label = formatNumber(value, lang, part.series.decimals);
      const fitsIn = textWidth(label, style.size) + 6 < area.width && !part.hatched;
      return [
        box(area, part.color, { z: 3, stroke: style.control, lineWidth: 0.5 }),
        ...(part.hatched ? hatch([area], style.control, 5, 8) : []),
        ...partPattern(part, [outlineOf(area)], style, context, 8),
        ...(fitsIn && context.patterns ? [plate(label, area, part.color, style)] : []),
        ...(fitsIn
          ? [
              text(style, area.left + area.width / 2, area.top + area.height / 2, label, {
                align: "center",
                fill: part.ink,
              }),
            ]
          : []),
      ];
    }),
    ...shown.flatMap((each, index) => {
      const y = top + row * (index + 0.5);
      return [
        text(style, rect.left - 8, y, fitText(each.name, style.size, names - 10), { align: "right" }),
        text(style, xAt(rect, scale, each.sum) + 6, y, totals[index]!, { fill: style.text1, weight: 600 }),
      ];
    }),
    ...bottomLabels(
      style,
      rect,
      scale.ticks.map((tick) => ({ x: xAt(rect, scale, tick), text: formatTick(tick, lang, scale.step) })),
      { ...rect, left: 0, width: context.width },
    ),
    ...(rows.length > shown.length
      ? [
          text(
            style,
            0,
            top + rect.height + style.size * 0.5 + style.line * 0.5,
            words(lang).others(formatNumber(rows.length - shown.length, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "y",
    points: () =>
      cells.map(({ part, value, each, index, area }) => ({
        x: round(area.left + area.width / 2),
        y: round(area.top + area.height / 2),
        series: index,
        label: each.name,
        value: valueText(value, part.series, drawing),
        name: part.name,
        note: "",
      })),
  };
}

/** Plain ground under a number in a patterned bar. */
function plate(label: string, area: Rect, fill: string, style: Style): Shape {
  const width = textWidth(label, style.size) + 6;
  const ground = {
    ...area,
    left: area.left + (area.width - width) / 2,
    width,
    top: area.top + 1,
    height: area.height - 2,
  };
  return box(ground, fill, { z: 9 });
}
