import type { Frame } from "@ioc/contracts";
import type { Datum, Reading, Series } from "../columns.ts";
import type { ChartContext, ChartPlan, Extent, Style } from "../context.ts";
import { formatLimit, formatNumber, formatShare, formatValue, noValue } from "../format.ts";
import { canvas, round, xAt, type Rect, type Shape } from "../plot.ts";
import { timeLabels, timeTicks } from "../scale.ts";
import { meets, targetName, targetSign, targetUnit } from "../target.ts";
import { textWidth } from "../text.ts";
import { day, formatDate, formatMonth, formatShortDateTime, hour } from "../time.ts";
import { words } from "../words.ts";

/** What a renderer is given. */
export interface Drawing {
  frame: Frame;
  reading: Reading;
  context: ChartContext;
}

/** Value texts carry the unit; a missing one says why. */
export function valueText(value: number | null, of: Pick<Series, "unit" | "decimals">, drawing: Drawing): string {
  const { lang } = drawing.context;
  return value === null ? words(lang).noData : formatValue(value, of.unit, of.decimals, lang);
}

/** A dash and why there is no value: none came, or too few. */
export function missingText(datum: Pick<Datum, "status" | "coverage">, { context }: Pick<Drawing, "context">): string {
  const say = words(context.lang);
  const why =
    datum.status === "empty" || datum.coverage === null
      ? say.noData
      : `${say.insufficient} (${formatShare(datum.coverage, context.lang)})`;
  return `${noValue} ${why}`;
}

/** Whether a value meets the target, as the note of its point; empty without a target in its unit. */
export function metNote({ frame, context }: Drawing, of: Pick<Series, "unit">, value: number): string {
  const { target } = frame;
  if (!target || targetUnit(frame) !== of.unit || target.of !== undefined) return "";
  const say = words(context.lang);
  const goal = `${targetName(frame, context.lang)} ${targetSign(target)}${formatLimit(target.value, context.lang, frame.decimals)}`;
  return `${goal}: ${meets(target, value) ? say.met : say.notMet}`;
}

/** An instant in the label of a point: with the clock, the date alone where values are daily, the month where they are monthly. */
export function instantText(time: number, step: number | null, lang: ChartContext["lang"]): string {
  if (step !== null && step >= 27 * day) return formatMonth(time, lang);
  return step !== null && step >= 23 * hour ? formatDate(time, lang) : formatShortDateTime(time, lang);
}

/** Whether every value is a whole number, a count for example. */
export function areWhole(series: readonly Series[]): boolean {
  return series.every(({ data }) => data.every(({ value }) => value === null || Number.isInteger(value)));
}

/** Lowest and highest of the values and bands; null when there is none. */
export function extremes(series: readonly Series[], bands = true): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const each of series) {
    for (const datum of each.data) {
      const values = bands
        ? [datum.value, datum.low, datum.high, datum.lowest, datum.highest, datum.reference]
        : [datum.value];
      for (const value of values) {
        if (value === null) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? { low, high } : null;
}

/** What the scale of a drawing holds: its own values, and those of drawings that share the scale. Null without own values. */
export function scaleExtent(
  series: readonly Series[],
  { extent }: Pick<ChartContext, "extent">,
  bands = true,
): Extent | null {
  const own = extremes(series, bands);
  if (!own || !extent) return own;
  return { low: Math.min(own.low, extent.low), high: Math.max(own.high, extent.high) };
}

/** Tick labels of a time axis that fit the width, with their places. */
export function timeAxis(
  rect: Rect,
  from: number,
  to: number,
  size: number,
  lang: ChartContext["lang"],
): { x: number; text: string }[] {
  const count = Math.max(2, Math.floor(rect.width / (textWidth("00:00", size) * 2.1)));
  const ticks = timeTicks(from, to, Math.min(count, 13));
  const labels = timeLabels(ticks, lang);
  return ticks.map((tick, index) => ({ x: xAt(rect, { min: from, max: to }, tick), text: labels[index]! }));
}

/** Time span of a frame's rows, inside its window where the rows leave it open. */
export function timeSpan(frame: Frame, times: readonly number[]): { from: number; to: number } {
  const first = times.length > 0 ? Math.min(...times) : frame.window.from;
  const last = times.length > 0 ? Math.max(...times) : frame.window.to;
  const inside = first >= frame.window.from && first - frame.window.from < (last - first || 1);
  return { from: inside ? frame.window.from : first, to: Math.max(last, inside ? frame.window.to : last) };
}

/** Room on the left of an axis for `và 12 mục nữa`; 0 when every row is shown. */
export function restWidth(style: Style, rest: number, lang: ChartContext["lang"]): number {
  if (rest <= 0) return 0;
  return textWidth(words(lang).others(formatNumber(rest, lang)), style.size) + style.size * 1.6;
}

/** The same without thresholds and target: a ranking in place of a chart that has no lines for them. */
export function withoutLimits(drawing: Drawing): Drawing {
  return { ...drawing, frame: { ...drawing.frame, thresholds: [], target: null } };
}

/** A drawing inside another one. */
export interface Embedded {
  shapes: Shape[];
  /** ECharts parts besides the shapes: grid, axes, series. */
  parts: Record<string, unknown>;
  points: ChartPlan["points"];
}

/** Moves a whole drawing to a place inside another one. */
export function embed(plan: ChartPlan, left: number, top: number): Embedded {
  const { graphic, grid, ...parts } = plan.option as { graphic: { elements: Shape[] }; grid?: Rect };
  return {
    shapes: [{ type: "group", x: round(left), y: round(top), children: graphic.elements }],
    parts: grid ? { ...parts, grid: { ...grid, left: grid.left + left, top: grid.top + top } } : {},
    points: () => plan.points().map((point) => ({ ...point, x: point.x + left, y: point.y + top })),
  };
}

export function combine(shapes: readonly Shape[], inner: Embedded | null): Record<string, unknown> {
  return { ...canvas([...shapes]), ...inner?.parts, graphic: { elements: [...shapes, ...(inner?.shapes ?? [])] } };
}
