import type { Glyph } from "./glyph.ts";

const circle = "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z";

/** Icons of the interface itself. */
export const uiGlyphs = {
  search: { stroke: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5" },
  close: { stroke: "M6 6l12 12M18 6 6 18" },
  "chevron-down": { stroke: "M6 9.5l6 6 6-6" },
  "chevron-up": { stroke: "M6 14.5l6-6 6 6" },
  "chevron-left": { stroke: "M14.5 6l-6 6 6 6" },
  "chevron-right": { stroke: "M9.5 6l6 6-6 6" },
  check: { stroke: "M4.5 12.5l5 5 10-11" },
  bell: { stroke: "M6 17V11a6 6 0 0 1 12 0v6l1.5 2H4.5ZM10 21.5h4M12 3v2" },
  "bell-off": { stroke: "M6 17V11a6 6 0 0 1 9.5-4.9M18 11v6l1.5 2H8M10 21.5h4M12 3v2M4 4l16 16" },
  map: { stroke: "M9 4 3.5 6.5v13.5L9 17.5l6 2.5 5.5-2.5V4L15 6.5ZM9 4v13.5M15 6.5V20" },
  chart: { stroke: "M4 4v16h16M8 16v-4M12 16V8M16 16v-6M20 16V6" },
  forecast: { stroke: "M3.5 16.5l4-4 4 2.5 9-8M11.5 15l9-2.500M11.5 15l9 3.5" },
  station: {
    stroke:
      "M12 12.5V21M8.5 21h7M12 12.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 14.5a5.7 5.7 0 0 1 0-8M16 14.5a5.7 5.7 0 0 0 0-8M5.2 17.3a9.6 9.6 0 0 1 0-13.6M18.8 17.3a9.6 9.6 0 0 0 0-13.6",
  },
  sun: {
    stroke:
      "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  },
  moon: { stroke: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z" },
  globe: {
    stroke: `${circle}M3.5 12h17M12 3.5c2.4 2.4 3.6 5.2 3.6 8.5s-1.2 6.1-3.6 8.5c-2.4-2.4-3.6-5.2-3.6-8.5s1.2-6.1 3.6-8.5Z`,
  },
  help: { stroke: `${circle}M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.7.4-1.100.9-1.1 1.7v.5M12 16.8h.01` },
  clock: { stroke: `${circle}M12 7v5l3.5 2` },
  wrench: {
    stroke:
      "M14.5 6.5a4 4 0 0 1 5-1.8L16.8 7.5l.4 2.3 2.300.4 2.3-2.6a4.2 4.2 0 0 1-5.9 5L8.5 20a2 2 0 0 1-3-3l7.5-7.3a4 4 0 0 1 1.5-3.2Z",
  },
  slash: { stroke: "M5 5l14 14" },
  question: { stroke: "M8.5 8.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.3-1.5 2.3v.5M12 18.5h.01" },
  "eye-off": {
    stroke:
      "M4 4l16 16M9.5 5.8A9.6 9.6 0 0 1 12 5.5c5 0 8 4.5 9 6.5a15 15 0 0 1-2.7 3.6M6.3 7.5A15 15 0 0 0 3 12c1 2 4 6.5 9 6.5 1.5 0 2.8-.4 4-1M9.9 9.9a3 3 0 0 0 4.2 4.2",
  },
  "arrow-up": { stroke: "M12 20V5M6 11l6-6 6 6" },
  "arrow-down": { stroke: "M12 4v15M6 13l6 6 6-6" },
  external: {
    stroke: "M10 5H5.5A1.5 1.5 0 0 0 4 6.5v12A1.5 1.5 0 0 0 5.5 20h12a1.5 1.5 0 0 0 1.5-1.5V14M14 4h6v6M20 4l-9.5 9.5",
  },
  filter: { stroke: "M4 6h16M7 12h10M10 18h4" },
  list: { stroke: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01" },
  grid: { stroke: "M4.5 4.5h6v6h-6ZM13.5 4.5h6v6h-6ZM4.5 13.5h6v6h-6ZM13.5 13.5h6v6h-6Z" },
  pencil: { stroke: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5ZM13.5 7l3.5 3.5" },
  trash: { stroke: "M5 7h14M9 7V4.5h6V7M7 7l1 13h8l1-13M10.5 10.5v6M13.5 10.5v6" },
  undo: { stroke: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4" },
  grip: { stroke: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" },
  layers: { stroke: "M12 4 3.5 8.5 12 13l8.5-4.5ZM4 12.5l8 4.3 8-4.3M4 16.5l8 4.3 8-4.3" },
  menu: { stroke: "M4 6.5h16M4 12h16M4 17.5h16" },
  refresh: { stroke: "M20 5v5h-5M4 19v-5h5M19 10a7.5 7.5 0 0 0-13.5-2.5M5 14a7.5 7.5 0 0 0 13.5 2.5" },
  info: { stroke: `${circle}M12 11v5.5M12 7.7h.01` },
  warning: { stroke: "M12 4 2.8 20h18.4ZM12 10v4.5M12 17.3h.01" },
  link: {
    stroke:
      "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5",
  },
  copy: { stroke: "M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4" },
  download: { stroke: "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15" },
  expand: { stroke: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" },
  plus: { stroke: "M12 5v14M5 12h14" },
  minus: { stroke: "M5 12h14" },
  home: { stroke: "M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5h4v5" },
  database: {
    stroke:
      "M4.5 6c0-1.7 3.4-3 7.5-3s7.5 1.3 7.5 3-3.4 3-7.5 3-7.5-1.3-7.5-3ZM4.5 6v12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3",
  },
  server: { stroke: "M4.5 4h15v7h-15ZM4.5 13h15v7h-15ZM8 7.5h.01M8 16.5h.01M12 7.5h4.5M12 16.5h4.5" },
  area: {
    stroke:
      "M12 21c4.5-5 6.5-8.3 6.5-11.2a6.5 6.5 0 0 0-13 0C5.5 12.7 7.5 16 12 21ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  },
  flag: { stroke: "M6 21V4M6 5c3-2 6 2 12 0v8.5c-6 2-9-2-12 0" },
  fit: { stroke: "M12 8.5v7M8.5 12h7M4 8V4h4M20 8V4h-4M4 16v4h4M20 16v4h-4" },
} as const satisfies Record<string, Glyph>;
export type UiGlyph = keyof typeof uiGlyphs;
