import { classLabel, classesOf, orderedColors, type Classes } from "../classes.ts";
import { cellName, usualStep, type Column, type Datum } from "../columns.ts";
import { styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { bottomLabels, boxes, canvas, hatch, round, text, type Rect, type Shape } from "../plot.ts";
import { timeLabels, timeTicks } from "../scale.ts";
import { textWidth, wrapText } from "../text.ts";
import { weekdayName } from "../time.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { areWhole, extremes, instantText, valueText, type Drawing } from "./shared.ts";

/** Swatches of the classes with their ranges, and the hatch of no data. */
export function classLegend(
  style: Style,
  classes: Classes,
  drawing: Drawing,
  missing: boolean,
): { shapes: Shape[]; height: number } {
  const { context, reading } = drawing;
  const count = classes.edges.length - 1;
  const unit = unitText(reading.series[0]!.unit, context.lang);
  const colors = orderedColors(style, count);
  const decimals = reading.series[0]!.decimals;
  const entries = colors.map(({ fill }, index) => ({
    name: `${classLabel(classes, index, context.lang, decimals)}${index === count - 1 && unit !== "" ? (unit === "%" ? "%" : `\u00a0${unit}`) : ""}`,
    color: fill,
    outline: style.control,
  }));
  return legend(style, context.width, [
    ...entries,
    ...(missing
      ? [{ name: words(context.lang).noData, color: style.tokens.colors.nodata, outline: style.control, hatched: true }]
      : []),
  ]);
}

/** Whether a column counts the days of the week, 1 = Monday. */
function isWeekday(column: Column | null): boolean {
  return column !== null && column.type === "number" && /weekday|dow|thu/i.test(column.id);
}

function isHour(column: Column | null): boolean {
  return column !== null && column.type === "number" && /hour|gio/i.test(column.id);
}

/** Two-way table in five classes: hour by weekday, place by time. Cells of 28 px or more carry their number. */
export function heatmap(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  const data = extremes(reading.series, false);
  if (!reading.x || !reading.y || !data) return message(drawing);
  const style = styleOf(context);
  const { lang } = context;
  const cells = reading.series[0]!.data;
  const columns = axisValues(
    cells.map((cell) => cell.x),
    reading.x,
  );
  const allRows = axisValues(
    cells.flatMap((cell) => (cell.y === null ? [] : [cell.y])),
    reading.y,
  );
  const classes = classesOf(data.low, data.high, areWhole(reading.series));
  const complete = cells.filter((cell) => cell.value !== null).length === columns.length * allRows.length;
  const head = classLegend(style, classes, drawing, !complete);
  const names = allRows.map((value) => rowName(value, reading.y!, drawing));
  const left = Math.min(
    Math.max(...names.map((name) => textWidth(name, style.size))) + 10,
    context.width * (context.width < 480 ? 0.46 : 0.38),
  );
  const top = head.height + 2;
  const room = context.height - top - style.size * 0.5 - style.line * 2 - 2;
  const least = style.line * 0.95;
  const fits = Math.max(1, Math.floor(room / least));
  const rows = allRows.length <= fits ? allRows : allRows.slice(0, fits - 1);
  const height = Math.min(room / rows.length, style.wall ? 64 : 36);
  const rect: Rect = { left, top, width: context.width - left, height: height * rows.length };
  const width = rect.width / columns.length;
  const colors = orderedColors(style, classes.edges.length - 1);
  const gap = Math.min(1, width * 0.1);
  const area = (column: number, row: number): Rect => ({
    left: left + column * width,
    top: top + row * height,
    width: width - gap,
    height: height - Math.min(1, height * 0.1),
  });
  const widest = Math.max(
    ...[data.low, data.high].map((value) =>
      textWidth(formatNumber(value, lang, reading.series[0]!.decimals), style.size),
    ),
  );
  // Numbers in every cell or in none.
  const legible = width >= 28 && widest < width - 3 && height >= style.line;
  const byPlace = new Map(cells.map((cell) => [`${cell.x}|${cell.y}`, cell]));
  const filled: Rect[][] = colors.map(() => []);
  const none: Rect[] = [];
  const numbers: Shape[] = [];
  const placed: { cell: Datum; area: Rect; row: number }[] = [];
  for (const [row, y] of rows.entries()) {
    for (const [column, x] of columns.entries()) {
      const at = area(column, row);
      const cell = byPlace.get(`${x}|${y}`);
      if (!cell || cell.value === null) {
        none.push(at);
        continue;
      }
      const index = classes.of(cell.value);
      filled[index]!.push(at);
      placed.push({ cell, area: at, row });
      const label = formatNumber(cell.value, lang, reading.series[0]!.decimals);
      if (legible)
        numbers.push(
          text(style, at.left + at.width / 2, at.top + at.height / 2, label, {
            align: "center",
            fill: colors[index]!.ink,
          }),
        );
    }
  }
  const step = reading.x.type === "time" ? usualStep(columns.map(Number)) : null;
  const shapes: Shape[] = [
    ...head.shapes,
    ...filled.flatMap((rects, index) => boxes(rects, colors[index]!.fill, { z: 2 })),
    ...boxes(none, style.tokens.colors.nodata, { z: 2 }),
    ...hatch(none.length > 400 ? merged(none) : none, style.control, 6, 3),
    ...numbers,
    ...rows.flatMap((value, row) => {
      const lines = wrapText(
        rowName(value, reading.y!, drawing),
        style.size,
        left - 10,
        height >= style.line * 1.9 ? 2 : 1,
      );
      const y = top + height * (row + 0.5) - ((lines.length - 1) * style.line * 0.95) / 2;
      return lines.map((line, index) => text(style, left - 8, y + index * style.line * 0.95, line, { align: "right" }));
    }),
    ...bottomLabels(style, rect, columnLabels(columns, drawing, rect, style, width), {
      ...rect,
      left: 0,
      width: context.width,
    }),
    ...(rows.length < allRows.length
      ? [
          text(
            style,
            0,
            context.height - style.line * 0.5,
            words(lang).others(formatNumber(allRows.length - rows.length, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "place",
    points: () =>
      placed.map(({ cell, area: at, row }) => ({
        x: round(at.left + at.width / 2),
        y: round(at.top + at.height / 2),
        series: row,
        label: columnName(cell.x, drawing, step),
        value: valueText(cell.value, reading.series[0]!, drawing),
        name: rowName(cell.y!, reading.y!, drawing),
        note: "",
      })),
  };
}

/** Neighbouring cells of a row as one, so that thousands of missing cells do not become thousands of lines. */
function merged(rects: readonly Rect[]): Rect[] {
  const result: Rect[] = [];
  for (const rect of rects) {
    const last = result.at(-1);
    if (last && last.top === rect.top && Math.abs(last.left + last.width - rect.left) < 2)
      last.width = rect.left + rect.width - last.left;
    else result.push({ ...rect });
  }
  return result;
}

function axisValues(values: readonly (string | number)[], column: Column): (string | number)[] {
  const unique = [...new Set(values)];
  return column.type === "time" || column.type === "number" ? unique.sort((a, b) => Number(a) - Number(b)) : unique;
}

function rowName(value: string | number, column: Column, { context }: Drawing): string {
  if (isWeekday(column)) return weekdayName(Number(value), context.lang, context.width < 480 ? "short" : "long");
  return cellName(value, column, context.lang, context.nameOf);
}

function columnName(value: string | number, drawing: Drawing, step: number | null): string {
  const { reading, context } = drawing;
  if (reading.x!.type === "time") return instantText(Number(value), step, drawing.context.lang);
  if (isHour(reading.x)) return `${clockHour(Number(value))}–${clockHour(Number(value) + 1)}`;
  if (isWeekday(reading.x)) return weekdayName(Number(value), context.lang);
  return cellName(value, reading.x!, context.lang, context.nameOf);
}

function columnLabels(
  columns: readonly (string | number)[],
  drawing: Drawing,
  rect: Rect,
  style: Style,
  width: number,
): { x: number; text: string }[] {
  const { reading, context } = drawing;
  const center = (index: number): number => rect.left + width * (index + 0.5);
  if (reading.x!.type === "time") {
    const times = columns.map(Number);
    const count = Math.max(2, Math.floor(rect.width / (textWidth("00:00", style.size) * 2.1)));
    const ticks =
      times.length <= count
        ? times
        : timeTicks(times[0]!, times.at(-1)!, Math.min(count, 13)).filter((tick) => times.includes(tick));
    const labels = timeLabels(ticks, context.lang);
    return ticks.map((tick, index) => ({ x: center(times.indexOf(tick)), text: labels[index]! }));
  }
  if (isHour(reading.x))
    return columns.flatMap((value, index) =>
      Number(value) % (rect.width < 420 ? 6 : 3) === 0
        ? [{ x: rect.left + width * index, text: clockHour(Number(value)) }]
        : [],
    );
  return columns.map((value, index) => ({
    x: center(index),
    text: isWeekday(reading.x)
      ? weekdayName(Number(value), context.lang, "short")
      : cellName(value, reading.x!, context.lang, context.nameOf),
  }));
}

/** `07:00` of an hour number. */
function clockHour(value: number): string {
  return `${String(value).padStart(2, "0")}:00`;
}
