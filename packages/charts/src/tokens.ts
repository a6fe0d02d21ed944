import type { Severity } from "@ioc/contracts";

/** `wall` is the dark room seen from metres away; `dark` and `light` are the two desk themes. */
export type Theme = "light" | "dark" | "wall";
export type Density = "wall" | "compact" | "comfortable";
export type Scheme = "light" | "dark";

/** Neutral and interactive colours of one theme, named as the CSS custom properties `--c-*`. */
export interface ThemeColors {
  bg: string;
  panel: string;
  raised: string;
  selected: string;
  line: string;
  control: string;
  "text-1": string;
  "text-2": string;
  "text-3": string;
  accent: string;
  /** Ink on a fill of `accent`. */
  "accent-ink": string;
  focus: string;
  visited: string;
  error: string;
  nodata: string;
}

/** A fill and the colour of what is written on it. */
export interface Swatch {
  fill: string;
  ink: string;
}

export interface ThemeTokens {
  scheme: Scheme;
  colors: ThemeColors;
  severity: Record<Severity, Swatch & { outline: string | null }>;
  /** Series colours 1 to 6. */
  data: readonly [string, string, string, string, string, string];
  /** Sequential scale, low to high, each with its ink. */
  seq: readonly [Swatch, Swatch, Swatch, Swatch, Swatch];
  /** Diverging scale, below normal to above normal. */
  div: readonly [string, string, string, string, string];
  /** Opacity of a value that is stale; text stays at 4.5:1 or more. */
  staleOpacity: number;
}

const darkInk = "#0B0E11";
const lightInk = "#16191C";
const div = ["#1A456A", "#608FBF", "#EDEEF0", "#BB8E51", "#6E481C"] as const;

const darkSeverity: ThemeTokens["severity"] = {
  Minor: { fill: "#5393B4", ink: darkInk, outline: null },
  Moderate: { fill: "#FAF18E", ink: darkInk, outline: null },
  Severe: { fill: "#FC991C", ink: darkInk, outline: null },
  Extreme: { fill: "#EF4959", ink: darkInk, outline: "text-1" },
};
const lightSeverity: ThemeTokens["severity"] = {
  Minor: { fill: "#A9D1F7", ink: lightInk, outline: lightInk },
  Moderate: { fill: "#FFE066", ink: lightInk, outline: lightInk },
  Severe: { fill: "#F28A1A", ink: lightInk, outline: lightInk },
  Extreme: { fill: "#C8102E", ink: "#FFFFFF", outline: lightInk },
};
const darkData = ["#86C1F5", "#97AF62", "#F4D6CE", "#3680C4", "#A68991", "#627A31"] as const;
const darkSeq = [
  { fill: "#283643", ink: "#FFFFFF" },
  { fill: "#355874", ink: "#FFFFFF" },
  { fill: "#4482AE", ink: "#000000" },
  { fill: "#72ACDA", ink: lightInk },
  { fill: "#BCDBF8", ink: lightInk },
] as const;

/**
 * Every colour of the interface by theme. The web derives its custom properties from this table and the server its
 * images, so that a colour is written once. Contrast of each pair is checked by `tokens.test.ts`.
 */
export const themes: Record<Theme, ThemeTokens> = {
  wall: {
    scheme: "dark",
    colors: {
      bg: "#0B0E11",
      panel: "#14191E",
      raised: "#1E252C",
      selected: "#1F3140",
      line: "#3A444E",
      control: "#7C8894",
      "text-1": "#F3F6F8",
      "text-2": "#BCC5CE",
      "text-3": "#9AA6B1",
      accent: "#86B8E8",
      "accent-ink": darkInk,
      focus: "#B7DBFF",
      visited: "#86B8E8",
      error: "#FF9AA0",
      nodata: "#2A3036",
    },
    severity: darkSeverity,
    data: darkData,
    seq: darkSeq,
    div,
    staleOpacity: 0.62,
  },
  dark: {
    scheme: "dark",
    colors: {
      bg: "#14171A",
      panel: "#1B2025",
      raised: "#252B31",
      selected: "#22333F",
      line: "#3F4850",
      control: "#7E8A95",
      "text-1": "#E9ECEF",
      "text-2": "#B6BEC6",
      "text-3": "#9AA5AF",
      accent: "#86B8E8",
      "accent-ink": darkInk,
      focus: "#B7DBFF",
      visited: "#86B8E8",
      error: "#FF9AA0",
      nodata: "#2A3036",
    },
    severity: darkSeverity,
    data: darkData,
    seq: darkSeq,
    div,
    staleOpacity: 0.62,
  },
  light: {
    scheme: "light",
    colors: {
      bg: "#FFFFFF",
      panel: "#FFFFFF",
      raised: "#F3F5F7",
      selected: "#DCE9F5",
      line: "#CBD2D8",
      control: "#6B7680",
      "text-1": lightInk,
      "text-2": "#434D56",
      "text-3": "#5A656F",
      accent: "#0B5394",
      "accent-ink": "#FFFFFF",
      focus: "#0B5394",
      visited: "#5B2A86",
      error: "#A3122A",
      nodata: "#D4D8DC",
    },
    severity: lightSeverity,
    data: ["#0C3564", "#4E77BD", "#536B23", "#908C77", "#755D67", "#3B3423"],
    seq: [
      { fill: "#ECF1F8", ink: lightInk },
      { fill: "#BBCEE6", ink: lightInk },
      { fill: "#7AA4D2", ink: lightInk },
      { fill: "#3077AE", ink: "#FFFFFF" },
      { fill: "#07456D", ink: "#FFFFFF" },
    ],
    div,
    staleOpacity: 0.62,
  },
};

export type SeverityShape = "circle" | "square" | "triangle" | "diamond";

/** How a CAP severity looks apart from its colour: the shape and the number of bars are enough in greyscale. */
export const severityStyles: Record<
  Severity,
  {
    shape: SeverityShape;
    /** Bars of 4 × 13 units on a shape of 40 units. */
    bars: 1 | 2 | 3 | 4;
    /** One-character stand-in where only text is possible. */
    glyph: string;
    name: { vi: string; en: string };
    /** Threshold line on a light ground, where yellow and orange vanish. */
    lightDash: "solid" | readonly number[];
    /** Outline in px that the shape always wears; on light every shape has `lightOutline`. */
    outlineWidth: number;
  }
> = {
  Minor: {
    shape: "circle",
    bars: 1,
    glyph: "●",
    name: { vi: "Nhẹ", en: "Minor" },
    lightDash: [8, 3, 2, 3],
    outlineWidth: 0,
  },
  Moderate: {
    shape: "square",
    bars: 2,
    glyph: "■",
    name: { vi: "Vừa", en: "Moderate" },
    lightDash: [2, 3],
    outlineWidth: 0,
  },
  Severe: {
    shape: "triangle",
    bars: 3,
    glyph: "▲",
    name: { vi: "Nghiêm trọng", en: "Severe" },
    lightDash: [6, 4],
    outlineWidth: 0,
  },
  Extreme: {
    shape: "diamond",
    bars: 4,
    glyph: "◆",
    name: { vi: "Rất nghiêm trọng", en: "Extreme" },
    lightDash: "solid",
    outlineWidth: 2,
  },
};
/** Outline of every severity shape on a light ground. */
export const lightOutline = { width: 1.5, color: lightInk } as const;

/** Dash and marker of series 1 to 6; with colour and label each series can be told apart in greyscale. */
export const seriesStyles: readonly {
  dash: "solid" | readonly number[];
  marker: "circle" | "rect" | "triangle" | "diamond";
  hollow: boolean;
  glyph: string;
}[] = [
  { dash: "solid", marker: "circle", hollow: false, glyph: "●" },
  { dash: [6, 3], marker: "rect", hollow: false, glyph: "■" },
  { dash: [2, 3], marker: "triangle", hollow: false, glyph: "▲" },
  { dash: [8, 3, 2, 3], marker: "diamond", hollow: false, glyph: "◆" },
  { dash: [4, 2], marker: "circle", hollow: true, glyph: "○" },
  { dash: [1, 2], marker: "rect", hollow: true, glyph: "□" },
];

/**
 * Bands of the Vietnamese air quality index (Decision 1459/QĐ-TCMT, 2019, table 1). The colours are official and used
 * only for the index itself, always with the word and an outline.
 */
export const vnAqiBands: readonly (Swatch & {
  id: string;
  from: number;
  to: number;
  name: { vi: string; en: string };
})[] = [
  { id: "good", from: 0, to: 50, fill: "#00E400", ink: "#000000", name: { vi: "Tốt", en: "Good" } },
  { id: "moderate", from: 51, to: 100, fill: "#FFFF00", ink: "#000000", name: { vi: "Trung bình", en: "Moderate" } },
  { id: "poor", from: 101, to: 150, fill: "#FF7E00", ink: "#000000", name: { vi: "Kém", en: "Poor" } },
  { id: "unhealthy", from: 151, to: 200, fill: "#FF0000", ink: "#000000", name: { vi: "Xấu", en: "Unhealthy" } },
  {
    id: "very-unhealthy",
    from: 201,
    to: 300,
    fill: "#8F3F97",
    ink: "#FFFFFF",
    name: { vi: "Rất xấu", en: "Very unhealthy" },
  },
  { id: "hazardous", from: 301, to: 500, fill: "#7E0023", ink: "#FFFFFF", name: { vi: "Nguy hại", en: "Hazardous" } },
];

/** Official colours of the five disaster risk levels (Decision 18/2021/QĐ-TTg); for levels of scale `risk` only. */
export const riskColors: readonly (Swatch & { level: 1 | 2 | 3 | 4 | 5 })[] = [
  { level: 1, fill: "#A7D8F0", ink: "#000000" },
  { level: 2, fill: "#FFF3A0", ink: "#000000" },
  { level: 3, fill: "#FFA500", ink: "#000000" },
  { level: 4, fill: "#FF0000", ink: "#000000" },
  { level: 5, fill: "#800080", ink: "#FFFFFF" },
];

/** Inter where the page brings it. A picture stands alone and gets the reader's own face of about the same width. */
export const fontFamily =
  "'Inter Variable', Inter, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, system-ui, sans-serif";
export const fontWeights = { regular: 400, semibold: 600, bold: 700 } as const;

export type TypeRole = "caption" | "body" | "label" | "h3" | "h2" | "h1" | "value-m" | "value-l" | "value-xl";
export interface TypeStyle {
  /** px */
  size: number;
  /** Line height, px; never under 1.35 of the size (1.2 for one-line display sizes): stacked marks are not cut. */
  line: number;
  weight: 400 | 600 | 700;
}

/** Type by density; sizes in CSS px (wall: logical px of the canvas 1,080 high). */
export const typeScale: Record<Density, Record<TypeRole, TypeStyle>> = {
  comfortable: {
    caption: { size: 14, line: 20, weight: 400 },
    body: { size: 16, line: 25, weight: 400 },
    label: { size: 15, line: 22, weight: 400 },
    h3: { size: 20, line: 28, weight: 600 },
    h2: { size: 24, line: 33, weight: 600 },
    h1: { size: 32, line: 44, weight: 600 },
    "value-m": { size: 28, line: 34, weight: 600 },
    "value-l": { size: 40, line: 48, weight: 600 },
    "value-xl": { size: 56, line: 68, weight: 600 },
  },
  compact: {
    caption: { size: 12, line: 18, weight: 400 },
    body: { size: 14, line: 20, weight: 400 },
    label: { size: 13, line: 18, weight: 400 },
    h3: { size: 14, line: 20, weight: 600 },
    h2: { size: 18, line: 26, weight: 600 },
    h1: { size: 20, line: 28, weight: 600 },
    "value-m": { size: 20, line: 27, weight: 600 },
    "value-l": { size: 28, line: 34, weight: 600 },
    "value-xl": { size: 40, line: 48, weight: 600 },
  },
  wall: {
    caption: { size: 28, line: 38, weight: 400 },
    body: { size: 34, line: 46, weight: 400 },
    label: { size: 34, line: 46, weight: 400 },
    h3: { size: 34, line: 46, weight: 600 },
    h2: { size: 40, line: 54, weight: 600 },
    h1: { size: 52, line: 64, weight: 600 },
    "value-m": { size: 72, line: 88, weight: 600 },
    "value-l": { size: 108, line: 130, weight: 600 },
    "value-xl": { size: 200, line: 240, weight: 600 },
  },
};

/** Spacing steps 1 to 7, px. */
export const spaces = [4, 8, 12, 16, 24, 32, 48] as const;
/** Corner radius by density, px. */
export const radii: Record<Density, number> = { compact: 4, comfortable: 6, wall: 8 };
/** Row heights and smallest targets, px. */
export const rowHeights = { alert: 44, table: 36, dense: 28, touch: 48 } as const;
/** Motion, ms; all of them 0 when the reader prefers reduced motion. Charts never move. */
export const motions = { hover: 80, panel: 160, row: 3000, scene: 300, camera: 600, underline: 600 } as const;
