import type { ChartKind, ChartSpec, Frame } from "@ioc/contracts";
import { readFrame, type Reading } from "./columns.ts";
import type { ChartContext, ChartPlan } from "./context.ts";
import { area } from "./renderers/area.ts";
import { bar } from "./renderers/bar.ts";
import { bullet } from "./renderers/bullet.ts";
import { calendar } from "./renderers/calendar.ts";
import { gauge } from "./renderers/gauge.ts";
import { heatmap } from "./renderers/heatmap.ts";
import { kpi } from "./renderers/kpi.ts";
import { line } from "./renderers/line.ts";
import { message } from "./renderers/message.ts";
import { pointMap } from "./renderers/point-map.ts";
import type { Drawing } from "./renderers/shared.ts";
import { stackedBar } from "./renderers/stacked.ts";
import { table } from "./renderers/table.ts";
import { windRose } from "./renderers/wind-rose.ts";

const renderers: Partial<Record<ChartKind, (drawing: Drawing) => ChartPlan>> = {
  "sparkline-kpi": kpi,
  gauge,
  bullet,
  line,
  area,
  bar,
  "stacked-bar": stackedBar,
  heatmap,
  calendar,
  "wind-rose": windRose,
  "point-map": pointMap,
  table,
};

/**
 * The kind that can draw this view. A definition names the chart of its default view; another grouping of the same
 * statistic may answer with another shape of frame (a ranking instead of a history), and is drawn as what it is.
 */
export function drawnKind(kind: ChartKind, reading: Reading): ChartKind {
  const time = reading.x?.type === "time";
  const subjects = reading.x !== null && !time;
  const wanted = renderers[kind] ? kind : "table";
  switch (wanted) {
    case "line":
    case "area":
    case "calendar":
      return subjects ? "bar" : wanted;
    case "bullet":
      return time ? "line" : wanted;
    case "heatmap":
      return reading.y ? wanted : time ? "line" : "bar";
    case "stacked-bar":
      return reading.seriesColumn || reading.series.length > 1 ? wanted : "bar";
    case "point-map":
      return time ? "line" : wanted;
    case "wind-rose":
      return time ? "line" : wanted;
    default:
      return wanted;
  }
}

/** Whether a frame has anything to draw; a headline alone is enough for the kinds that show one. */
export function isDrawable(kind: ChartKind, frame: Frame, reading: Reading): boolean {
  if (frame.status === "error" || frame.status === "empty") return false;
  if (frame.status === "insufficient" && (kind === "sparkline-kpi" || kind === "gauge" || kind === "bullet"))
    return false;
  if (kind === "table") return frame.rows.length > 0;
  return reading.series.some((each) => each.data.some((datum) => datum.value !== null)) || frame.value !== null;
}

/**
 * A frame drawn at `context.width` × `context.height`: the ECharts option and the values in it. Pure. What has no value
 * (insufficient, empty, error) is drawn as a dash with the reason; a kind without a renderer as a table.
 */
export function chartPlan(spec: Pick<ChartSpec, "kind">, frame: Frame, context: ChartContext): ChartPlan {
  const reading = readFrame(frame, context.lang, context.nameOf);
  const kind = drawnKind(spec.kind, reading);
  const drawing: Drawing = { frame, reading, context };
  if (!isDrawable(kind, frame, reading)) return message(drawing);
  return (renderers[kind] ?? table)(drawing);
}

/** ECharts option of a frame; see {@link chartPlan}. */
export function chartOption(
  spec: Pick<ChartSpec, "kind">,
  frame: Frame,
  context: ChartContext,
): Record<string, unknown> {
  return chartPlan(spec, frame, context).option;
}
