import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatLimit, formatNumber } from "../format.ts";
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
import { valueScale } from "../scale.ts";
import { textWidth, wrapText } from "../text.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { binsOf, follow, type Bin } from "./bins.ts";
import { message } from "./message.ts";
import { ranking } from "./ranking.ts";
import { extremes, valueText, type Drawing } from "./shared.ts";

/**
 * How often values of each class occur: bars without gaps, the edges of the classes on the ticks, the number of values said.
 * Classes that are names stand under their bars, or beside lying bars in their own order where they are long.
 */
export function histogram(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const bins = binsOf(drawing);
  if (follow(bins)) return upright(drawing, bins, style, null);
  const room = context.width / bins.length - style.size * 1.2;
  const names = bins.map((bin) => wrapText(bin.name, style.size, room, 3));
  const whole = names.every(
    (lines) => lines.length <= 2 && lines.every((line) => textWidth(line, style.size) <= room && !line.endsWith("…")),
  );
  return whole ? upright(drawing, bins, style, names) : ranking(drawing, "given");
}

function upright(drawing: Drawing, bins: readonly Bin[], style: Style, names: readonly string[][] | null): ChartPlan {
  const { reading, context } = drawing;
  const { lang } = context;
  const series = reading.series[0]!;
  const data = extremes([series], false)!;
  const scale = valueScale(Math.min(0, data.low), data.high, {
    zero: true,
    count: context.height < 200 ? 4 : 5,
    ...(series.decimals === 0 ? { decimals: 0 } : {}),
  });
  const top = style.line * 1.9;
  const left = axisWidth(style, scale, lang);
  const foot = style.size * 0.5 + style.line * (names?.some((lines) => lines.length > 1) ? 3 : 2) + 2;
  const rect: Rect = { left, top, width: context.width - left - style.size, height: context.height - top - foot };
  const slot = rect.width / bins.length;
  const zero = yAt(rect, scale, Math.max(scale.min, 0));
  const areas = bins.map((bin, index) => {
    const y = bin.datum.value === null ? rect.top : yAt(rect, scale, bin.datum.value);
    const [from, to] =
      bin.datum.value === null ? [rect.top, rect.top + rect.height] : [Math.min(y, zero), Math.max(y, zero)];
    return {
      left: rect.left + slot * index,
      top: from,
      width: Math.max(0.5, slot - (slot > 6 ? 1 : 0)),
      height: to - from,
    };
  });
  const ticks = names
    ? names.map((lines, index) => ({ x: rect.left + slot * (index + 0.5), text: lines.join("\n") }))
    : edgeTicks(bins, rect, slot, drawing);
  const bounds = { ...rect, left: 0, width: context.width };
  const shapes: Shape[] = [
    ...horizontalGrid(style, rect, scale, lang),
    ...head(drawing, style, rect),
    ...bottomLabels(style, rect, ticks, bounds),
    ...axisTitle(drawing, style, rect, context.height),
    ...bins.flatMap((bin, index) =>
      bin.datum.value === null
        ? [box(areas[index]!, style.tokens.colors.nodata, { z: 1 }), ...hatch([areas[index]!], style.control, 6, 2)]
        : [box(areas[index]!, seriesStyle(style, 0).color, { z: 3 })],
    ),
    ...numbers(bins, areas, slot, drawing, style),
  ];
  return {
    option: canvas(shapes),
    pointing: "x",
    points: () =>
      bins.map((bin, index) => ({
        x: round(rect.left + slot * (index + 0.5)),
        y: round(bin.datum.value === null ? zero : yAt(rect, scale, bin.datum.value)),
        series: 0,
        label: withAxisUnit(bin.name, drawing),
        value: valueText(bin.datum.value, series, drawing),
        name: "",
        note: "",
      })),
  };
}

function withAxisUnit(name: string, { reading, context }: Drawing): string {
  const unit = unitText(reading.x!.unit ?? "1", context.lang);
  return unit === "" ? name : `${name}\u00a0${unit}`;
}

function edgeTicks(
  bins: readonly Bin[],
  rect: Rect,
  slot: number,
  { reading, context }: Drawing,
): { x: number; text: string }[] {
  const edges = [bins[0]!.from, ...bins.map((bin) => bin.to)];
  return edges.flatMap((edge, index) =>
    edge === null
      ? []
      : [{ x: rect.left + slot * index, text: formatLimit(edge, context.lang, reading.x!.decimals ?? 3) }],
  );
}

/** Unit over the axis on the left, number of values on the right. */
function head(drawing: Drawing, style: Style, rect: Rect): Shape[] {
  const { frame, reading, context } = drawing;
  const series = reading.series[0]!;
  const y = rect.top - style.line * 1.25;
  const counted = frame.figures.find((figure) => figure.id === "n")?.value ?? null;
  const sum = series.data.reduce((all, datum) => all + (datum.value ?? 0), 0);
  const whole = series.unit !== "%" && series.data.every((datum) => Number.isInteger(datum.value ?? 0));
  const count = counted ?? (whole ? sum : null);
  return [
    text(style, 0, y, unitText(series.unit, context.lang), { fill: style.text3 }),
    ...(count === null
      ? []
      : [
          text(style, context.width, y, `n = ${formatNumber(count, context.lang, 0)}`, {
            align: "right",
            fill: style.text2,
          }),
        ]),
  ];
}

/** What the classes are of, with the unit, under the axis on the right. */
function axisTitle({ reading, context }: Drawing, style: Style, rect: Rect, height: number): Shape[] {
  const unit = unitText(reading.x!.unit ?? "1", context.lang);
  const name = reading.x!.name[context.lang];
  const label = unit === "" ? name : `${name} (${unit})`;
  const [line] = wrapText(label, style.size, rect.width, 1);
  return [
    text(style, rect.left + rect.width, height - style.line * 0.5, line ?? "", { align: "right", fill: style.text3 }),
  ];
}

/** Counts over the bars, in all of them or in none. */
function numbers(bins: readonly Bin[], areas: readonly Rect[], slot: number, drawing: Drawing, style: Style): Shape[] {
  const { reading, context } = drawing;
  const labels = bins.map((bin) =>
    bin.datum.value === null ? "" : formatNumber(bin.datum.value, context.lang, reading.series[0]!.decimals),
  );
  if (labels.some((label) => textWidth(label, style.size, 600) > slot - 3)) return [];
  return bins.flatMap((bin, index) => {
    const area = areas[index]!;
    if (bin.datum.value === null)
      return textWidth(words(context.lang).noData, style.size) > slot - 3
        ? []
        : [
            text(style, area.left + area.width / 2, area.top + style.line, words(context.lang).noData, {
              align: "center",
              fill: style.text1,
              halo: style.tokens.colors.nodata,
            }),
          ];
    const y = area.top - style.line * 0.55;
    return [
      text(style, area.left + area.width / 2, y, labels[index]!, { align: "center", fill: style.text1, weight: 600 }),
    ];
  });
}
