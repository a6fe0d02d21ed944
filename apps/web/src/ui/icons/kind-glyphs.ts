import type { Glyph } from "./glyph.ts";

const drop = "M12 3.5c3.2 4 5.5 7 5.5 10a5.5 5.5 0 0 1-11 0c0-3 2.3-6 5.5-10Z";
const cloud = "M7 18a4.2 4.2 0 0 1-.5-8.4A5.8 5.8 0 0 1 17.6 9 4.6 4.6 0 0 1 17 18Z";
const wave = (y: number) =>
  `M3 ${y}c1.5 0 1.5-1.4 3-1.4s1.5 1.4 3 1.4 1.5-1.4 3-1.4 1.5 1.4 3 1.4 1.5-1.4 3-1.4 1.5 1.4 3 1.4`;

/** Drawings on 24 × 24 units with a round stroke, by the name that a station kind of the pack gives as its `glyph`. */
export const kindGlyphs = {
  drop: { stroke: `${drop}M9.2 13.8a2.9 2.9 0 0 0 2 2.6` },
  "wave-staff": {
    stroke: `M6.5 3v11M6.5 4.5h3.5M6.5 8h2.5M6.5 11.5h3.5${wave(18)}M12.5 13.4c1.4 0 1.4-1.4 2.8-1.4s1.4 1.4 2.8 1.4 1.4-1.4 2.9-1.4`,
  },
  "dam-wall": {
    stroke:
      "M9 4h3.5L16 20H9ZM3 8.2c1.5 0 1.5-1.2 3-1.2s1.5 1.2 3 1.2M3 12.2c1.5 0 1.5-1.2 3-1.2s1.5 1.2 3 1.2M3 20h18",
  },
  "car-in-water": {
    stroke: `M5 12.5l1.5-4A2 2 0 0 1 8.4 7h7.2a2 2 0 0 1 1.9 1.5l1.5 4M4 16v-1.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2V16M7.7 14.3h.01M16.3 14.3h.01${wave(19.8)}`,
  },
  "tall-staff": { stroke: `M9.5 2.5h5v13h-5ZM9.5 5.8H12M9.5 9H12M9.5 12.2H12${wave(20)}` },
  basin: {
    stroke:
      "M3 7.5c0 6.5 3.6 11 9 11s9-4.5 9-11M4.5 11.5c1.3 0 1.3-1.2 2.5-1.2s1.3 1.2 2.5 1.2 1.3-1.2 2.5-1.2 1.3 1.2 2.5 1.2 1.3-1.2 2.5-1.2 1.3 1.2 2.5 1.2",
  },
  anchor: {
    stroke:
      "M12 7.5v13M12 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 11h8M3.5 15.5 5 13l2.5 1.5M20.5 15.5 19 13l-2.5 1.5M5 13c0 4.5 3 7.5 7 7.5s7-3 7-7.5",
  },
  "double-wave": {
    stroke: `M3 10c3 0 3-3.5 6-3.5S12 10 15 10s3-3.5 6-3.5M3 17c3 0 3-3.5 6-3.5s3 3.5 6 3.5 3-3.5 6-3.5`,
  },
  vane: { stroke: "M11 11v10M7.5 21h7M4 7.5h11M15 4l5.5 3.5L15 11ZM4 4.5v6" },
  "cloud-solid": { stroke: cloud, fill: cloud },
  "cloud-outline": { stroke: cloud },
  "sound-waves": { stroke: "M4 10v4M8 7v10M12 4v16M16 7v10M20 10v4" },
  flask: { stroke: "M9 3h6M10.5 3v6.2L5.4 18a2 2 0 0 0 1.7 3h9.8a2 2 0 0 0 1.7-3L13.5 9.2V3M7.6 15h8.8" },
  "drop-s": {
    stroke: `${drop}M14.1 11.7c-.4-.8-1.1-1.2-2.1-1.2-1.2 0-2.1.6-2.1 1.6 0 2.2 4.3 1.1 4.3 3.3 0 1.1-1 1.7-2.2 1.7-1 0-1.9-.4-2.3-1.3`,
  },
  tap: {
    stroke: "M3 9.5h10.5A3.5 3.5 0 0 1 17 13v2.5M3 13.5h9.5a.5.5 0 0 1 .5.5v1.5h4M3 8v7M9 9.5V5M6 5h6M15 18.5v2.5",
  },
  outfall: { stroke: `M3 4.5h9v7H3M12 6.5h2.5v3H12M14.5 8c3 0 4 2 4 4.5v2.5${wave(19.8)}` },
  mound: {
    stroke:
      "M3 19.5h18M4.5 19.5C6 13 8.5 9 12 9s6 4 7.5 10.5M9.5 15h.01M13.5 13h.01M15 16.5h.01M11.5 17h.01M12 4v2M15.5 5l-.8 1.5M8.5 5l.8 1.5",
  },
  "pump-wheel": {
    stroke:
      "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 14.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM12 9.8V3.5M12 14.2v6.3M9.8 12H3.5M14.2 12h6.3",
  },
  arrows: { stroke: "M8 20V5M4.5 8.5 8 5l3.5 3.5M16 4v15M12.5 15.5 16 19l3.5-3.5" },
  p: { stroke: "M8 20.5v-17h5.2a4.7 4.7 0 0 1 0 9.4H8" },
  bridge: {
    stroke:
      "M2.5 17h19M2.5 13.5C6 13 8.5 10 8.5 5c0 5 1.7 7.5 3.5 7.5S15.5 10 15.5 5c0 5 2.5 8 6 8.5M8.5 5v15.5M15.5 5v15.5",
  },
  lamp: {
    stroke: "M7 21V8a4.5 4.5 0 0 1 9-.8M11.5 8.5h9L18.5 12h-5ZM4 21h6M16 15v2.5M12.5 14.5l-1 2M19.5 14.5l1 2",
  },
  meter: { stroke: "M4 17a8.5 8.5 0 1 1 16 0M12 15.5l3.5-5.5M4 17h2.2M17.8 17H20M12 6v2M8 20.5h8" },
  "bell-flame": {
    stroke:
      "M5.5 17.5V13a6.5 6.5 0 0 1 13 0v4.5M3.5 17.5h17M10 20.5h4M12 10.2c1.5 1.3 2.3 2.3 2.3 3.4a2.3 2.3 0 0 1-4.6 0c0-1.1.8-2.1 2.3-3.4ZM12 4v2.5",
  },
  "tree-flame": {
    stroke:
      "M8 3 4 10h2.3L3 16h6M8 16v5M16 9.5c2.7 2.4 4.5 4.7 4.5 7a4.5 4.5 0 0 1-9 0c0-1.5.7-2.8 1.8-3.9.3 1.1.8 1.7 1.5 2 .1-1.9.3-3.5 1.2-5.1Z",
  },
  slope: { stroke: "M3 20.5h18L10.5 11.5 7 6 3 4.5ZM14 6.5a1.8 1.8 0 1 0 0-.01M18.5 12a1.5 1.5 0 1 0 0-.01" },
  dot: { stroke: "", fill: "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z" },
} as const satisfies Record<string, Glyph>;

type KindGlyph = keyof typeof kindGlyphs;

/** Glyphs of plants and assets (square plate); every other glyph is that of a sensor (round plate). */
export const plantGlyphs: ReadonlySet<string> = new Set([
  "dam-wall",
  "tap",
  "outfall",
  "mound",
  "pump-wheel",
  "p",
  "lamp",
  "meter",
] satisfies KindGlyph[]);

/** Drawing of the `glyph` that a station kind names; an unknown one is a dot. */
export function kindGlyph(name: string): Glyph {
  return (kindGlyphs as Record<string, Glyph>)[name] ?? kindGlyphs.dot;
}
