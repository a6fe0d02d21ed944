import type { Frame } from "@ioc/contracts";
import type { Reading, Series } from "../columns.ts";
import type { ChartContext, ChartPlan, Style } from "../context.ts";
import { formatNumber, formatValue } from "../format.ts";
import { canvas, round, xAt, type Rect, type Shape } from "../plot.ts";
import { timeLabels, timeTicks } from "../scale.ts";
import { textWidth } from "../text.ts";
import { formatDate, formatShortDateTime, hour } from "../time.ts";
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

/** An instant in the label of a point: with the clock, or the date alone where values are daily or longer. */
export function instantText(time: number, step: number | null, drawing: Drawing): string {
  const { lang } = drawing.context;
  return step !== null && step >= 23 * hour ? formatDate(time, lang) : formatShortDateTime(time, lang);
}

/** Lowest and highest of the values and bands; null when there is none. */
export function extremes(series: readonly Series[], bands = true): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const each of series) {
    for (const datum of each.data) {
      const values = bands ? [datum.value, datum.low, datum.high, datum.reference] : [datum.value];
      for (const value of values) {
        if (value === null) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? { low, high } : null;
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
