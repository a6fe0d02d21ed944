import type { Lang, Severity } from "@ioc/contracts";
import { fontFamily, seriesStyles, severityStyles, themes, type Theme, type ThemeTokens } from "./tokens.ts";

/** A place in degrees: [longitude, latitude]. */
export type Position = readonly [number, number];

/** Shapes of areas by id, and whether they are only roughly right (said on the map). */
export interface AreaShapes {
  rings: ReadonlyMap<string, readonly (readonly Position[])[]>;
  approximate: boolean;
}

/** Lowest and highest of several values. */
export interface Extent {
  low: number;
  high: number;
}

/** Everything a drawing depends on besides the frame. The same context always gives the same drawing. */
export interface ChartContext {
  theme: Theme;
  /** Size of the plot in px. */
  width: number;
  height: number;
  lang: Lang;
  /** City time, ms: ages, unfinished periods and the line between measured and forecast follow it. */
  now: number;
  /** Name of a station or area in `lang`; an id that is not known comes back as it is. */
  nameOf(id: string): string;
  /** Patterns over the colours of stacked and grouped bars, areas and tiles: print, and readers who ask for them. */
  patterns?: boolean;
  /** Area or station that the reader calls their own. */
  highlight?: string | null;
  /** Where a station stands; without it a map becomes a table. */
  positionOf?(id: string): Position | null;
  /** Rings of the land to draw points on. */
  outline?: readonly (readonly Position[])[];
  /** Names of units far from the rest, shown in a box of their own on every map. */
  offshore?: readonly string[];
  /** Values that the scale of lines and bars holds at least, so that charts beside each other share it. */
  extent?: Extent;
  /** Shapes of the areas, of those without a value too; without them a map of areas becomes a ranking. */
  areas?: AreaShapes;
}

/** One value of a drawing that can be pointed at, focused and spoken. */
export interface ChartPoint {
  /** Place in the plot, px. */
  x: number;
  y: number;
  /** Row of the keyboard order: `←` `→` walk within a series, `↑` `↓` change it. */
  series: number;
  /** `08:50`, `Phường Cẩm Lệ`. */
  label: string;
  /** `74,2 mm`. */
  value: string;
  /** Name of the series, when there are several. */
  name: string;
  /** What else must be known: doubtful, threshold crossed. */
  note: string;
}

/** A drawing: what ECharts is given, and the values in it. `points` is worked out when it is asked for. */
export interface ChartPlan {
  option: Record<string, unknown>;
  /** What a pointer means: a moment (`x`), a row (`y`), or a place (both). */
  pointing: "x" | "y" | "place";
  points(): ChartPoint[];
}

export interface Style {
  tokens: ThemeTokens;
  wall: boolean;
  /** Text size of axes and labels, px. */
  size: number;
  /** Height of one line of such text. */
  line: number;
  text1: string;
  text2: string;
  text3: string;
  panel: string;
  raised: string;
  gridLine: string;
  control: string;
  font: string;
}

/** Sizes and colours of a context. Nothing in a chart is under 12 px, on the wall not under 28. */
export function styleOf(context: Pick<ChartContext, "theme" | "width">): Style {
  const tokens = themes[context.theme];
  const wall = context.theme === "wall";
  const size = wall ? 28 : context.width < 480 ? 12 : context.width < 900 ? 13 : 14;
  return {
    tokens,
    wall,
    size,
    line: Math.round(size * 1.4),
    text1: tokens.colors["text-1"],
    text2: tokens.colors["text-2"],
    text3: tokens.colors["text-3"],
    panel: tokens.colors.panel,
    raised: tokens.colors.raised,
    gridLine: tokens.colors.line,
    control: tokens.colors.control,
    font: fontFamily,
  };
}

/** Colour, dash and marker of series `index`, 0-based. */
export function seriesStyle(style: Style, index: number): (typeof seriesStyles)[number] & { color: string } {
  return { ...seriesStyles[index % 6]!, color: style.tokens.data[index % 6]! };
}

/** How a threshold line looks: on dark grounds in the severity's fill, on light ones in grey with a dash of its own. */
export function thresholdLine(
  style: Style,
  severity: Severity | undefined,
  project: boolean,
): { color: string; width: number; type: "solid" | number[] } {
  const dash = severity ? severityStyles[severity].lightDash : [4, 4];
  const type = dash === "solid" ? "solid" : [...dash];
  const width = (project ? 1 : 1.5) * (style.wall ? 2 : 1);
  if (style.tokens.scheme === "light") return { color: style.text2, width, type };
  return { color: severity ? style.tokens.severity[severity].fill : style.text2, width, type };
}
