import type { ChartKind, ChartSpec, Frame } from "@ioc/contracts";
import { readFrame, usualStep, type Column, type Reading } from "./columns.ts";
import type { ChartContext, ChartPlan } from "./context.ts";
import { area } from "./renderers/area.ts";
import { bar } from "./renderers/bar.ts";
import { boxplot } from "./renderers/boxplot.ts";
import { bullet } from "./renderers/bullet.ts";
import { calendar } from "./renderers/calendar.ts";
import { choropleth } from "./renderers/choropleth.ts";
import { gauge } from "./renderers/gauge.ts";
import { heatmap } from "./renderers/heatmap.ts";
import { histogram } from "./renderers/histogram.ts";
import { kpi } from "./renderers/kpi.ts";
import { line } from "./renderers/line.ts";
import { message } from "./renderers/message.ts";
import { pointMap } from "./renderers/point-map.ts";
import { radar } from "./renderers/radar.ts";
import { sankey } from "./renderers/sankey.ts";
import type { Drawing } from "./renderers/shared.ts";
import { stackedBar } from "./renderers/stacked.ts";
import { table } from "./renderers/table.ts";
import { treemap } from "./renderers/treemap.ts";
import { sectorOf, windRose } from "./renderers/wind-rose.ts";
import { hasTargetLine } from "./target.ts";
import { hour } from "./time.ts";

const renderers: Record<ChartKind, (drawing: Drawing) => ChartPlan> = {
  "sparkline-kpi": kpi,
  gauge,
  bullet,
  line,
  area,
  bar,
  "stacked-bar": stackedBar,
  heatmap,
  calendar,
  histogram,
  boxplot,
  choropleth,
  radar,
  sankey,
  treemap,
  "wind-rose": windRose,
  "point-map": pointMap,
  table,
};

/** Kinds that show a headline without rows. */
const headlined: ReadonlySet<ChartKind> = new Set(["sparkline-kpi", "gauge", "bullet", "table"]);

/**
 * The kind that can draw this view. A definition names the chart of its default view; another grouping of the same
 * statistic may answer with another shape of frame (a ranking instead of a history), and is drawn as what it is.
 */
export function drawnKind(kind: ChartKind, reading: Reading): ChartKind {
  const { x } = reading;
  if (kind === "bullet" && x !== null && !isBullet(reading)) return x.type === "time" ? "line" : "bar";
  if (headlined.has(kind)) return kind;
  if (x === null) return "sparkline-kpi";
  if (reading.flows && kind !== "heatmap") return "sankey";
  return x.type === "time" ? overTime(kind, reading) : bySubject(kind, reading, x.type);
}

/** Amounts from 0; of moments and periods one series, whose newest is shown. */
function isBullet(reading: Reading): boolean {
  return lowest(reading) >= 0 && (reading.x?.type !== "time" || reading.series.length === 1);
}

/** The kind for values of moments and periods. */
function overTime(kind: ChartKind, reading: Reading): ChartKind {
  const { series } = reading;
  switch (kind) {
    case "line":
    case "bar":
      return kind;
    case "area":
      // Amounts grow from 0; a level within its usual range is a line in a band.
      return lowest(reading) < 0 || (reading.low && reading.high) ? "line" : kind;
    case "calendar":
      return isDaily(reading) && series.length <= 1 ? kind : "line";
    case "heatmap":
      return reading.y ? kind : "line";
    case "stacked-bar":
      if (lowest(reading) < 0) return series.length > 3 ? "line" : "bar";
      return reading.seriesColumn || series.length > 1 ? kind : "bar";
    case "histogram":
      return "bar";
    case "boxplot":
      return reading.q1 && reading.q3 ? kind : "line";
    default:
      return "line";
  }
}

/** The kind for values of places, kinds, classes and numbers. */
function bySubject(kind: ChartKind, reading: Reading, type: Column["type"]): ChartKind {
  const { series } = reading;
  const subjects = new Set(series.flatMap((each) => each.data.map((datum) => datum.x))).size;
  switch (kind) {
    case "heatmap":
      return reading.y ? kind : "bar";
    case "stacked-bar":
      return (reading.seriesColumn || series.length > 1) && lowest(reading) >= 0 ? kind : "bar";
    case "choropleth":
      return type === "station" ? "point-map" : type === "area" ? kind : "bar";
    case "point-map":
      return type === "area" ? "choropleth" : kind;
    case "wind-rose":
      return series.some((each) => each.data.some((datum) => sectorOf(datum.x) !== null)) ? kind : "bar";
    case "histogram":
      return type === "area" || type === "station" ? "bar" : kind;
    case "boxplot":
      return reading.q1 && reading.q3 ? kind : "bar";
    case "radar":
      // Subjects are ranked; only measures are axes of a profile.
      return subjects >= 3 && lowest(reading) >= 0 && reading.x?.id !== "subject" ? kind : "bar";
    case "treemap":
      return subjects > 1 && series.length === 1 && lowest(reading) >= 0
        ? kind
        : series.length > 1
          ? bySubject("stacked-bar", reading, type)
          : "bar";
    default:
      return "bar";
  }
}

function lowest({ series }: Reading): number {
  return series.reduce((least, each) => each.data.reduce((low, datum) => Math.min(low, datum.value ?? 0), least), 0);
}

/** Whether moments are days: a calendar has no place for hours or months. */
function isDaily({ series }: Reading): boolean {
  const times = [...new Set(series.flatMap((each) => each.data.map((datum) => Number(datum.x))))].sort((a, b) => a - b);
  const step = usualStep(times);
  return step === null || (step >= 20 * hour && step <= 28 * hour);
}

/** Whether a frame has anything to draw; a headline alone is enough for the kinds that show one. */
export function isDrawable(kind: ChartKind, frame: Frame, reading: Reading): boolean {
  if (frame.status === "error" || frame.status === "empty") return false;
  if (frame.status === "insufficient" && (kind === "sparkline-kpi" || kind === "gauge" || kind === "bullet"))
    return false;
  if (kind === "table") return frame.rows.length > 0;
  return reading.series.some((each) => each.data.some((datum) => datum.value !== null)) || frame.value !== null;
}

/** Kinds with a line, a mark or words for the target. */
const aiming: ReadonlySet<ChartKind> = new Set(["sparkline-kpi", "gauge", "bullet", "line", "bar", "boxplot", "radar"]);

/** Whether the drawing itself shows the target of a frame: it has a place for it, in its own unit. True without a target. */
export function drawsTarget(
  kind: ChartKind,
  frame: Frame,
  { lang, nameOf }: Pick<ChartContext, "lang" | "nameOf">,
): boolean {
  if (!frame.target) return true;
  const reading = readFrame(frame, lang, nameOf);
  const drawn = drawnKind(kind, reading);
  if (!aiming.has(drawn) || !isDrawable(drawn, frame, reading)) return false;
  if (drawn === "sparkline-kpi" || drawn === "gauge") return true;
  const ends = new Set(reading.series.flatMap((each) => each.data.map((datum) => datum.max)));
  return hasTargetLine(frame, reading.series[0]?.unit ?? frame.unit) && (drawn !== "radar" || ends.size === 1);
}

/**
 * A frame drawn at `context.width` × `context.height`: the ECharts option and the values in it. Pure. What has no value
 * (insufficient, empty, error) is drawn as a dash with the reason.
 */
export function chartPlan(spec: Pick<ChartSpec, "kind">, frame: Frame, context: ChartContext): ChartPlan {
  const reading = readFrame(frame, context.lang, context.nameOf);
  const kind = drawnKind(spec.kind, reading);
  const drawing: Drawing = { frame, reading, context };
  if (!isDrawable(kind, frame, reading)) return message(drawing);
  return renderers[kind](drawing);
}

/** ECharts option of a frame; see {@link chartPlan}. */
export function chartOption(
  spec: Pick<ChartSpec, "kind">,
  frame: Frame,
  context: ChartContext,
): Record<string, unknown> {
  return chartPlan(spec, frame, context).option;
}
