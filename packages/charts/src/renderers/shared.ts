import type { Frame } from "@ioc/contracts";
import type { Reading, Series } from "../columns.ts";
import type { ChartContext } from "../context.ts";
import { formatNumber, formatValue } from "../format.ts";
import { xAt, type Rect } from "../plot.ts";
import { timeLabels, timeTicks } from "../scale.ts";
import { textWidth } from "../text.ts";
import { formatDate, formatDayMonth, formatShortDateTime, hour } from "../time.ts";
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

/** Numbers in a label where the unit is said elsewhere. */
export function plainNumber(value: number, of: Pick<Series, "decimals">, context: ChartContext): string {
  return formatNumber(value, context.lang, of.decimals);
}

/** Date range in words, for headings: `20/10 – 22/10`. */
export function dayRange(from: number, to: number, lang: ChartContext["lang"]): string {
  return `${formatDayMonth(from, lang)} – ${formatDayMonth(to, lang)}`;
}
