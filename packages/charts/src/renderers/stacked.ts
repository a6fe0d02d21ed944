import { cellName, usualStep } from "../columns.ts";
import { styleOf, type ChartPlan } from "../context.ts";
import { outlineOf } from "../patterns.ts";
import { axisWidth, bottomLabels, cartesian, hatch, horizontalGrid, round, text, yAt, type Rect } from "../plot.ts";
import { timeLabels, timeTicks, valueScale, type Scale } from "../scale.ts";
import { textWidth } from "../text.ts";
import { unitText } from "../units.ts";
import { message } from "./message.ts";
import { extremes, instantText, valueText, type Drawing } from "./shared.ts";
import { headOf, partPattern, partsOf, total, valuesBySlot } from "./parts.ts";
import { lying } from "./stacked-lying.ts";

/** Composition by period (upright) or by area (lying); at most five parts and the rest. */
export function stackedBar(drawing: Drawing): ChartPlan {
  const { reading } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  return reading.x.type === "time" || reading.x.type === "number" ? upright(drawing) : lying(drawing);
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
  const head = headOf(parts, style, context);
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
        ...parts.flatMap((part, index) => {
          const areas = stacks[index]!.filter((area) => area !== null);
          if (part.hatched) return hatch(areas, style.control, 5, 8);
          return partPattern(part, areas.map(outlineOf), style, context, 8);
        }),
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
              label: time
                ? instantText(Number(at), step, drawing.context.lang)
                : cellName(at, reading.x!, lang, context.nameOf),
              value: valueText(value, part.series, drawing),
              name: part.name,
              note: "",
            },
          ];
        }),
      ),
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
