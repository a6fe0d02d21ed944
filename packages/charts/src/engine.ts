import { BarChart, LineChart } from "echarts/charts";
import { GraphicComponent, GridComponent } from "echarts/components";
import { graphic, init, registerLocale, setPlatformAPI, use, type EChartsType } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { textWidth } from "./text.ts";

/** Vietnamese words of ECharts for the parts in use; its own file misspells some of them. */
const vietnamese = {
  time: {
    month: Array.from({ length: 12 }, (_, index) => `Tháng ${index + 1}`),
    monthAbbr: Array.from({ length: 12 }, (_, index) => `Th${index + 1}`),
    dayOfWeek: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
    dayOfWeekAbbr: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
  },
};

interface FigureShape {
  lines: number[][];
  closed: boolean;
}

/** Many polylines or polygons as one element; ECharts has no such shape. */
const Figure = graphic.extendShape({
  type: "figure",
  shape: { lines: [] as number[][], closed: false },
  buildPath(context, shape) {
    for (const line of (shape as FigureShape).lines) {
      context.moveTo(line[0]!, line[1]!);
      for (let i = 2; i < line.length; i += 2) context.lineTo(line[i]!, line[i + 1]!);
      if ((shape as FigureShape).closed) context.closePath();
    }
  },
});

let ready = false;

function prepare(): void {
  if (ready) return;
  use([LineChart, BarChart, GridComponent, GraphicComponent, SVGRenderer, CanvasRenderer]);
  graphic.registerShape("figure", Figure);
  registerLocale("VI", vietnamese as unknown as Parameters<typeof registerLocale>[1]);
  ready = true;
}

/** A chart in an element of the page. The caller disposes it. */
export function mountChart(
  element: unknown,
  options: { renderer: "svg" | "canvas"; width: number; height: number; lang: "vi" | "en" },
): EChartsType {
  prepare();
  return init(element as Parameters<typeof init>[0], null, {
    renderer: options.renderer,
    width: options.width,
    height: options.height,
    locale: options.lang === "vi" ? "VI" : "EN",
  });
}

/** A drawing as an SVG document, without a page. Text is measured with our own table of widths. */
export function drawSvg(option: Record<string, unknown>, width: number, height: number): string {
  prepare();
  setPlatformAPI({
    measureText: (content: string, font?: string) => {
      const size = Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12);
      return { width: textWidth(content ?? "", size, /\b(?:600|700|bold)\b/.test(font ?? "") ? 600 : 400) };
    },
  });
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
