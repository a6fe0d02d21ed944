import { areClasses, classRank, orderedColors } from "../classes.ts";
import { cellName, usualStep, type Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatTick } from "../format.ts";
import {
  axisWidth,
  bottomLabels,
  box,
  canvas,
  cartesian,
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
import { fitText, textWidth } from "../text.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { extremes, instantText, restWidth, valueText, type Drawing } from "./shared.ts";

export interface Part {
  name: string;
  series: Series;
  color: string;
  ink: string;
  hatched: boolean;
}

/** Parts of a whole: classes in their order and in one hue, names in series colours; beyond five the rest is one part. */
export function partsOf(drawing: Drawing, style: Style): Part[] {
  const { series } = drawing.reading;
  const codes = series.map((each) => each.id);
  if (areClasses(codes)) {
    const ordered = series.toSorted((a, b) => classRank(a.id)! - classRank(b.id)!);
    const measured = ordered.filter((each) => each.id !== "unknown");
    const colors = orderedColors(style, measured.length);
    return ordered.map((each) => {
      const at = measured.indexOf(each);
      const swatch = at < 0 ? { fill: style.tokens.colors.nodata, ink: style.text1 } : colors[at]!;
      return { name: each.name, series: each, color: swatch.fill, ink: swatch.ink, hatched: at < 0 };
    });
  }
  const merged =
    series.length <= 6 ? series : [...series.slice(0, 5), restOf(series.slice(5), words(drawing.context.lang).rest)];
  return merged.map((each, index) => ({
    name: each.name,
    series: each,
    color: seriesStyle(style, index).color,
    ink: style.panel,
    hatched: false,
  }));
}

function restOf(series: readonly Series[], name: string): Series {
  const sums = new Map<string | number, Series["data"][number]>();
  for (const datum of series.flatMap((each) => each.data)) {
    const sum = sums.get(datum.x);
    if (!sum) sums.set(datum.x, { ...datum });
    else if (datum.value !== null) sum.value = (sum.value ?? 0) + datum.value;
  }
  return { ...series[0]!, id: "other", name, data: [...sums.values()] };
}

/** Values of every part by slot; null where a part has none there. */
function valuesBySlot(parts: readonly Part[], slots: readonly (string | number)[]): (number | null)[][] {
  return parts.map((part) => {
    const by = new Map(part.series.data.map((datum) => [datum.x, datum.value]));
    return slots.map((slot) => by.get(slot) ?? null);
  });
}

const total = (values: readonly (number | null)[][], slot: number): number =>
  values.reduce((sum, part) => sum + (part[slot] ?? 0), 0);

/** Composition by period (upright) or by area (lying); at most five parts and the rest. */
export function stackedBar(drawing: Drawing): ChartPlan {
  const { reading } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  return reading.x.type === "time" || reading.x.type === "number" ? upright(drawing) : lying(drawing);
}

function headOf(parts: readonly Part[], style: Style, width: number): { shapes: Shape[]; height: number } {
  return legend(
    style,
    width,
    parts.map((part) => ({ name: part.name, color: part.color, outline: style.control, hatched: part.hatched })),
  );
}

function upright(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const parts = partsOf(drawing, style);
  const time = reading.x!.type === "time";
  const slots = [...new Set(reading.series.flatMap((each) => each.data.map((datum) => datum.x)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  const values = valuesBySlot(parts, slots);
  const head = headOf(parts, style, context.width);
  const highest = Math.max(...slots.map((_, slot) => total(values, slot)));
  const scale = valueScale(0, highest, {
    zero: true,
    count: context.height < 200 ? 4 : 5,
    decimals: parts[0]!.series.decimals,
  });
  const unit = unitText(parts[0]!.series.unit, lang);
  const top = head.height + style.line * (unit === "" ? 0.7 : 1.6);
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - 2,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const slot = rect.width / slots.length;
  const width = Math.max(1, Math.min(slot * (slots.length > 40 ? 0.9 : 0.76), style.wall ? 90 : 56));
  const center = (index: number): number => rect.left + slot * (index + 0.5);
  const step = time ? usualStep(slots.map(Number)) : null;
  const count = Math.max(2, Math.floor(rect.width / (textWidth("00:00", style.size) * 2.1)));
  const times = slots.map(Number);
  const ticks =
    !time || slots.length <= count
      ? slots
      : timeTicks(times[0]!, times.at(-1)!, Math.min(count, 13)).filter((tick) => times.includes(tick));
  const labels = time
    ? timeLabels(ticks.map(Number), lang)
    : ticks.map((tick) => cellName(tick, reading.x!, lang, context.nameOf));
  const stacks = stackRects(values, slots.length, rect, scale, center, width);
  return {
    option: cartesian(
      rect,
      { type: "category", data: slots.map(String), boundaryGap: true },
      { type: "value", min: scale.min, max: scale.max },
      parts.map((part, index) => ({
        type: "bar",
        id: part.series.id,
        name: part.name,
        stack: "whole",
        silent: true,
        z: 3,
        barWidth: round(width),
        data: values[index]!,
        itemStyle: {
          color: part.color,
          borderColor: style.control,
          borderWidth: slot > 8 ? 0.5 : 0,
          ...(context.decal ? { decal: decalOf(index, style) } : {}),
        },
      })),
      [
        ...horizontalGrid(style, rect, scale, lang),
        ...(unit === "" ? [] : [text(style, 0, rect.top - style.line * 0.95, unit, { fill: style.text3 })]),
        ...head.shapes,
        ...bottomLabels(
          style,
          rect,
          ticks.map((tick, index) => ({ x: center(slots.indexOf(tick)), text: labels[index]! })),
          { ...rect, left: 0, width: context.width },
        ),
        ...parts.flatMap((part, index) =>
          part.hatched
            ? hatch(
                stacks[index]!.filter((area) => area !== null),
                style.control,
                5,
                8,
              )
            : [],
        ),
      ],
    ),
    pointing: "x",
    points: () =>
      parts.flatMap((part, index) =>
        slots.flatMap((at, order) => {
          const area = stacks[index]![order];
          const value = values[index]![order];
          if (!area || value === null || value === undefined) return [];
          return [
            {
              x: round(center(order)),
              y: round(area.top),
              series: index,
              label: time ? instantText(Number(at), step, drawing) : cellName(at, reading.x!, lang, context.nameOf),
              value: valueText(value, part.series, drawing),
              name: part.name,
              note: "",
            },
          ];
        }),
      ),
  };
}

function decalOf(index: number, style: Style): Record<string, unknown> {
  return {
    color: style.panel,
    symbol: "rect",
    dashArrayX: [
      [1, 0],
      [2, 4],
      [1, 0],
      [4, 2],
    ][index % 4],
    dashArrayY: [
      [2, 5],
      [4, 2],
      [1, 3],
      [3, 4],
    ][index % 4],
    rotation: [-Math.PI / 4, 0, Math.PI / 4, Math.PI / 2][index % 4],
  };
}

function stackRects(
  values: readonly (number | null)[][],
  slots: number,
  rect: Rect,
  scale: Scale,
  center: (index: number) => number,
  width: number,
): (Rect | null)[][] {
  const base = Array.from({ length: slots }, () => 0);
  return values.map((part) =>
    part.map((value, slot) => {
      if (value === null || value <= 0) return null;
      const from = base[slot]!;
      base[slot] = from + value;
      const [bottom, top] = [yAt(rect, scale, from), yAt(rect, scale, from + value)];
      return { left: center(slot) - width / 2, top, width, height: bottom - top };
    }),
  );
}

function lying(drawing: Drawing): ChartPlan {
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
  const head = headOf(parts, style, context.width);
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
