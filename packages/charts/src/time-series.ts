import type { ObservationSeries, Threshold } from "@ioc/contracts";
import { seriesStyle, styleOf, type ChartContext, type ChartPlan, type ChartPoint, type Style } from "./context.ts";
import { formatLimit, formatNumber, formatValue } from "./format.ts";
import {
  axisWidth,
  bottomLabels,
  cartesian,
  disc,
  horizontalGrid,
  polygon,
  round,
  text,
  xAt,
  yAt,
  type Rect,
  type Shape,
} from "./plot.ts";
import { axisBreak, drawGaps, gapsOf, markedGaps } from "./renderers/gaps.ts";
import { message } from "./renderers/message.ts";
import { timeAxis } from "./renderers/shared.ts";
import { valueScale } from "./scale.ts";
import { drawMargin, limitLabel, type MarginLabel, marginTextWidth, marginWidth } from "./margin.ts";
import { crossed, drawLimits, limitLines, limitsIn, rangeWithLimits, type Limit } from "./thresholds.ts";
import { formatShortDateTime } from "./time.ts";
import { unitText, withUnit } from "./units.ts";
import { words } from "./words.ts";

/** What a history chart needs besides the series. */
export interface HistoryLook {
  unit: string;
  decimals: number;
  /** Expected distance of two readings, s; buckets of rollups are as wide as the series says. */
  periodSeconds: number;
  thresholds: readonly Threshold[];
  /** Totals (rain, energy) are amounts: their axis starts at 0. */
  total?: boolean;
  /** Steps are held until the next reading: states such as a pump that is on or off. */
  state?: boolean;
}

const bucketSeconds: Record<string, number> = { "1min": 60, "15min": 900, "1h": 3600, "1d": 86_400 };

/** Distance of neighbouring entries of a series, ms. */
function stepOf(series: ObservationSeries, look: HistoryLook): number {
  return (bucketSeconds[series.resolution] ?? look.periodSeconds) * 1000;
}

/** Newest first is never assumed: entries are in time order. Values that are not good are drawn, but not joined. */
interface Entry {
  time: number;
  value: number | null;
  min: number | null;
  max: number | null;
  quality: number;
}

function entriesOf(series: ObservationSeries): Entry[] {
  return series.time.map((time, index) => ({
    time,
    value: series.value[index] ?? null,
    min: series.min?.[index] ?? null,
    max: series.max?.[index] ?? null,
    quality: series.quality?.[index] ?? 1,
  }));
}

/**
 * The recorded history of one datastream: a line with breaks at gaps, "Mất dữ liệu" over gaps longer than two periods, the
 * band between lowest and highest of each bucket, doubtful readings as hollow points, thresholds named in the margin. Bad
 * readings (quality 4) are left to the table. Pure.
 */
export function timeSeriesPlan(series: ObservationSeries, look: HistoryLook, context: ChartContext): ChartPlan {
  const style = styleOf(context);
  const { lang } = context;
  // A series that was thinned out marks by an entry without a value where it is broken.
  const thinned = series.reduction !== undefined;
  const entries = entriesOf(series).filter(({ quality, value }) => quality <= 3 || (thinned && value === null));
  const known = entries.filter((entry) => entry.value !== null);
  if (known.length === 0) return message({ frame: { status: "empty", coverage: null }, context });
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const entry of known) {
    low = Math.min(low, entry.min ?? entry.value!);
    high = Math.max(high, entry.max ?? entry.value!);
  }
  const limits = limitsIn(look.thresholds, lang, { low, high }, look.decimals);
  const zero = look.total === true || (low >= 0 && low < high * 0.35);
  const range = rangeWithLimits({ low, high }, limits, zero);
  const scale = valueScale(range.low, range.high, {
    zero,
    tight: !zero,
    count: context.height < 200 ? 4 : 5,
    ...(low >= 0 ? { bound: { min: 0 } } : {}),
  });
  const most = Math.max(style.size * 6.6, context.width * (context.width < 480 ? 0.3 : 0.24));
  const last = known.at(-1)!;
  const value = formatNumber(last.value, lang, look.decimals);
  const lines = (limit: Limit, width: number): string[] =>
    limitLines(limit, style, context, look.decimals, marginTextWidth(style, width));
  const margin = marginWidth(style, [value, ...range.inside.flatMap((limit) => lines(limit, most))], most);
  const unit = unitText(look.unit, lang);
  const top = style.line * (unit === "" ? 0.7 : 1.6);
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - margin,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const xs = { min: series.from, max: Math.max(series.to, last.time) };
  const place = (time: number, at: number): [number, number] => [xAt(rect, xs, time), yAt(rect, scale, at)];
  const step = stepOf(series, look);
  const reach = thinned ? Infinity : step * 1.5;
  const { color } = seriesStyle(style, 0);
  const labels: MarginLabel[] = [
    { value: last.value!, lines: [value], kind: { series: { color, dash: "solid" }, strong: true } },
    ...range.inside.map((limit) => limitLabel(limit, style, context, look.decimals, margin)),
  ];
  const gaps = thinned
    ? markedGaps(entries)
    : gapsOf([{ time: series.from, value: 0 }, ...entries, { time: Math.min(series.to, context.now), value: 0 }], step);
  const shapes: Shape[] = [
    ...horizontalGrid(style, rect, scale, lang),
    ...bottomLabels(style, rect, timeAxis(rect, xs.min, xs.max, style.size, lang), {
      ...rect,
      left: 0,
      width: context.width,
    }),
    ...(unit === "" ? [] : [text(style, 0, rect.top - style.line * 0.95, unit, { fill: style.text3 })]),
    ...(scale.min > 0 && look.unit !== "Cel" ? [axisBreak(style, rect)] : []),
    ...drawGaps(style, rect, xs, gaps, words(lang).gap),
    ...bandShapes(entries, reach, place, color),
    ...drawLimits(style, rect, scale, range.inside),
    ...doubtful(entries, place, style, color),
    disc(...place(last.time, last.value!), style.wall ? 7 : 3.5, color, { stroke: style.panel }),
    ...drawMargin(style, rect, scale, labels),
  ];
  const data = broken(entries, reach);
  return {
    option: cartesian(
      rect,
      { type: "value", ...xs },
      { type: "value", min: scale.min, max: scale.max },
      [
        {
          type: "line",
          id: series.datastream,
          data,
          symbol: "none",
          connectNulls: false,
          clip: false,
          silent: true,
          z: 5,
          ...(look.state ? { step: "end" } : {}),
          ...(data.length > 2000 ? { sampling: "lttb" } : {}),
          lineStyle: { color, width: style.wall ? 4 : 2 },
        },
      ],
      shapes,
    ),
    pointing: "x",
    points: () => historyPoints(known, limits, look, context, place, step),
  };
}

/**
 * Good and unchecked values only; null where a reading is missing, so that the line breaks.
 * @param reach longest distance that the line is drawn over, ms
 */
function broken(entries: readonly Entry[], reach: number): [number, number | null][] {
  const data: [number, number | null][] = [];
  let last: number | null = null;
  for (const { time, value, quality } of entries) {
    if (last !== null && time - last > reach) data.push([(last + time) / 2, null]);
    if (quality <= 2 || value === null) data.push([time, value]);
    last = time;
  }
  return data;
}

function bandShapes(
  entries: readonly Entry[],
  reach: number,
  place: (time: number, value: number) => [number, number],
  color: string,
): Shape[] {
  const runs: Entry[][] = [];
  let last: number | null = null;
  for (const entry of entries) {
    if (entry.min === null || entry.max === null) {
      last = null;
      continue;
    }
    if (last === null || entry.time - last > reach) runs.push([]);
    runs.at(-1)!.push(entry);
    last = entry.time;
  }
  return runs
    .filter((run) => run.length > 1 && run.some((entry) => entry.max !== entry.min))
    .map((run) =>
      polygon(
        [
          ...run.map((entry) => place(entry.time, entry.max!)),
          ...run.toReversed().map((entry) => place(entry.time, entry.min!)),
        ],
        color,
        { z: 2, opacity: 0.22 },
      ),
    );
}

function doubtful(
  entries: readonly Entry[],
  place: (time: number, value: number) => [number, number],
  style: Style,
  color: string,
): Shape[] {
  return entries
    .filter((entry) => entry.quality === 3 && entry.value !== null)
    .slice(-200)
    .map((entry) => disc(...place(entry.time, entry.value!), style.wall ? 6 : 3, style.panel, { stroke: color, z: 7 }));
}

function historyPoints(
  known: readonly Entry[],
  limits: readonly Limit[],
  look: HistoryLook,
  context: ChartContext,
  place: (time: number, value: number) => [number, number],
  step: number,
): ChartPoint[] {
  const { lang } = context;
  const say = words(lang);
  return known.map((entry) => {
    const [x, y] = place(entry.time, entry.value!);
    const over = crossed(limits, entry.value);
    const notes = [
      entry.quality === 3 ? say.doubtful : "",
      over ? `≥ ${over.name} (${withUnit(formatLimit(over.value, lang, look.decimals), look.unit, lang)})` : "",
      entry.min !== null && entry.max !== null && entry.max > entry.min
        ? `${formatNumber(entry.min, lang, look.decimals)}–${formatNumber(entry.max, lang, look.decimals)}`
        : "",
    ].filter((note) => note !== "");
    const label = formatShortDateTime(entry.time, lang, { seconds: step < 60_000 });
    return {
      x: round(x),
      y: round(y),
      series: 0,
      label,
      value: formatValue(entry.value, look.unit, look.decimals, lang),
      name: "",
      note: notes.join(", "),
    };
  });
}

/** ECharts option of a history; see {@link timeSeriesPlan}. */
export function timeSeriesOption(
  series: ObservationSeries,
  look: HistoryLook,
  context: ChartContext,
): Record<string, unknown> {
  return timeSeriesPlan(series, look, context).option;
}
