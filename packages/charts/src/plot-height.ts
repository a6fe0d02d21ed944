import type { ChartSpec, Frame } from "@ioc/contracts";
import { drawnKind, isDrawable } from "./chart-option.ts";
import { readFrame } from "./columns.ts";
import { styleOf, type ChartContext } from "./context.ts";
import { standsUpright } from "./renderers/bar.ts";
import { headOf, partsOf } from "./renderers/parts.ts";

/** Height of the plot where the caller leaves it open. Rankings and tables take a row's height for each row. */
export function plotHeight(
  spec: Pick<ChartSpec, "kind">,
  frame: Frame,
  context: Omit<ChartContext, "height">,
  inner: number,
): number {
  const style = styleOf({ ...context, width: inner });
  const reading = readFrame(frame, context.lang, context.nameOf);
  const kind = drawnKind(spec.kind, reading);
  const usual = Math.round(context.width < 480 ? 230 : context.width < 900 ? 300 : 380) * (style.wall ? 1.5 : 1);
  if (!isDrawable(kind, frame, reading)) return Math.min(usual, 160);
  const rows = reading.series[0]?.data.length ?? frame.rows.length;
  const row = Math.max(style.line * 1.3, 24);
  const subjects = reading.x !== null && reading.x.type !== "time" && reading.x.type !== "number";
  switch (kind) {
    case "bar":
    case "stacked-bar": {
      const drawing = { frame, reading, context: { ...context, width: inner, height: usual } };
      if (!subjects || (kind === "bar" && standsUpright(drawing))) return usual;
      const count = new Set(reading.series.flatMap((each) => each.data.map((datum) => datum.x))).size;
      const head = kind === "bar" ? 0 : headOf(partsOf(drawing, style), style, drawing.context).height;
      return Math.max(style.wall ? usual * 0.6 : 120, Math.min(usual * 1.4, count * row + style.line * 4)) + head;
    }
    case "bullet":
      return Math.max(
        120,
        Math.min(
          usual * 1.4,
          (reading.x?.type === "time" ? 1 : rows) * style.line * (inner < 480 ? 2.3 : 1.9) + style.line * 4,
        ),
      );
    case "table":
      return Math.min(usual * 1.4, (frame.rows.length + 1) * Math.max(style.line * 1.4, 24) + 8);
    case "sparkline-kpi":
      return (inner >= 560 ? 170 : 190) * (style.wall ? 1.6 : 1);
    case "heatmap": {
      const lines = new Set(reading.series[0]?.data.map((datum) => datum.y)).size;
      return Math.max(
        130,
        Math.min(usual * 2.2, lines * (style.wall ? 64 : context.width < 480 ? 36 : 30) + style.line * 4.5),
      );
    }
    case "calendar": {
      const weeks = Math.ceil(rows / 7) + 1;
      const ribbon = 7 * Math.min(40, (inner - 30) / weeks);
      return Math.min(usual * 1.1, (weeks > 8 ? ribbon : weeks * 56) + style.line * 3);
    }
    case "wind-rose":
      return usual * 1.25;
    case "radar": {
      const strips = reading.series.length > 2 || rows > 8;
      if (strips)
        return Math.min(
          usual * 1.6,
          rows * Math.max(style.line * (inner < style.size * 38 ? 2.3 : 1.75), 30) + style.line * 2.5,
        );
      return usual * (inner < style.size * 38 ? 1.4 : 1.2);
    }
    case "boxplot":
      if (!subjects) return usual * 1.1;
      return Math.max(
        170,
        Math.min(usual * 1.6, rows * style.line * (inner < style.size * 38 ? 2.5 : 1.75) + style.line * 6),
      );
    case "sankey":
      return usual * 1.2;
    case "treemap":
      return usual * (inner < style.size * 38 ? 1.6 : 1.15);
    case "choropleth":
    case "point-map":
      return Math.min(inner, usual * 1.45);
    case "gauge":
      return inner < 560 ? 330 : usual;
    default:
      return usual;
  }
}
