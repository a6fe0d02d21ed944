import type { Glyph } from "./glyph.ts";
import { kindGlyphs } from "./kind-glyphs.ts";

/** One line icon a domain of the pack; an unknown domain falls back to a chart. */
export const domainGlyphs: Record<string, Glyph> = {
  air: kindGlyphs["cloud-outline"],
  water: kindGlyphs["drop"],
  "weather-hydro": {
    stroke: "M7 13a4 4 0 0 1-.3-8A5.5 5.5 0 0 1 17 5.5 3.8 3.8 0 0 1 17 13ZM8 16.5l-1 3M12.5 16.5l-1 3M17 16.5l-1 3",
  },
  flood: kindGlyphs["car-in-water"],
  transport: {
    stroke:
      "M5 17V6.5A2.5 2.5 0 0 1 7.5 4h9A2.5 2.5 0 0 1 19 6.5V17ZM5 11.5h14M8 14.3h.01M16 14.3h.01M7 17v2.5M17 17v2.5",
  },
  energy: { stroke: "M13.5 3 5.5 13.5H12L10.5 21l8-10.5H12Z" },
  safety: { stroke: "M12 3.5 5 6v5.5c0 4.3 2.8 7.3 7 9 4.2-1.7 7-4.7 7-9V6ZM9 12l2.3 2.3L15.5 10" },
  health: { stroke: "M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5Z" },
  education: {
    stroke: "M12 5 2.5 9.5 12 14l9.5-4.5ZM6.5 11.5V16c1.5 1.5 3.3 2.2 5.5 2.2s4-.7 5.5-2.2v-4.5M21.5 9.5V15",
  },
  tourism: {
    stroke:
      "M4 20.5h16M12 20.5V9M12 9c-4-3.5-7.5-2-8.5 1 3.5-1 6 0 8.5-1ZM12 9c4-3.5 7.5-2 8.5 1-3.5-1-6 0-8.5-1ZM12 9c-1.5-3 0-5 2.5-5.5",
  },
  economy: { stroke: "M4 19.5h16M6 16v-4M11 16V8M16 16v-6M4 8.5l6-4 4 3 6-4.5M16.5 3H20v3.5" },
  "digital-gov": { stroke: "M4 9.5 12 4l8 5.5ZM5.5 9.5v8M10 9.5v8M14 9.5v8M18.5 9.5v8M4 20h16" },
  feedback: { stroke: "M4 5h16v11h-8l-4.5 4v-4H4ZM8 9h8M8 12.2h5" },
  urban: {
    stroke:
      "M4 20.5V8l6-3.5v16M10 10h9.5v10.5M2.5 20.5h19M13 13.5h.01M16.5 13.5h.01M13 17h.01M16.5 17h.01M7 10.5h.01M7 14h.01",
  },
  "open-data": {
    stroke:
      "M4.5 6c0-1.7 3.4-3 7.5-3s7.5 1.3 7.5 3-3.4 3-7.5 3-7.5-1.3-7.5-3ZM4.5 6v12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3V6M4.5 12c0 1.7 3.4 3 7.5 3s7.5-1.3 7.5-3",
  },
  "security-ops": { stroke: "M4 10.5h16v9.5H4ZM7.5 10.5V8a4.5 4.5 0 0 1 9 0v2.5M12 14v2.5" },
};

/** The twelve glyphs that hazards share. */
const hazardShapes = {
  rain: domainGlyphs["weather-hydro"]!,
  flood: kindGlyphs["car-in-water"],
  river: kindGlyphs["wave-staff"],
  storm: {
    stroke:
      "M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM12 6.5a5.5 5.5 0 0 1 5.5 5.5c0 4.5-3.5 7.5-8 8 2.5-1 3.5-2 3.5-2.6M12 17.5A5.5 5.5 0 0 1 6.5 12c0-4.5 3.5-7.5 8-8-2.5 1-3.5 2-3.5 2.6",
  },
  sea: kindGlyphs["double-wave"],
  landslide: kindGlyphs["slope"],
  heat: {
    stroke:
      "M12 3c3.5 3 5.5 6.2 5.5 9.5a5.5 5.5 0 0 1-11 0c0-2 .9-3.8 2.2-5.300.4 1.5 1 2.3 1.8 2.8C10.7 7.4 11 5 12 3ZM12 21v-3",
  },
  air: kindGlyphs["cloud-outline"],
  water: kindGlyphs["flask"],
  traffic: domainGlyphs["transport"]!,
  outage: { stroke: "M9 3v5M15 3v5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0ZM12 17v4M4 4l16 16" },
  service: domainGlyphs["health"]!,
} as const satisfies Record<string, Glyph>;
type HazardGroup = keyof typeof hazardShapes;

const hazardGroups: Record<string, HazardGroup> = {
  "heavy-rain": "rain",
  drought: "rain",
  "urban-flood": "flood",
  drainage: "flood",
  flood: "river",
  "flash-flood": "river",
  dam: "river",
  storm: "storm",
  wind: "storm",
  sea: "sea",
  tide: "sea",
  "storm-surge": "sea",
  landslide: "landslide",
  heat: "heat",
  fire: "heat",
  "forest-fire": "heat",
  "air-pollution": "air",
  odour: "air",
  noise: "air",
  salinity: "water",
  "water-pollution": "water",
  "drinking-water": "water",
  "bathing-water": "water",
  "water-loss": "water",
  traffic: "traffic",
  power: "outage",
  lighting: "outage",
  operations: "outage",
  data: "outage",
};

/** Glyph group of a hazard; what is not named is health, service and security. */
function hazardGroup(hazard: string): HazardGroup {
  return hazardGroups[hazard] ?? "service";
}

export function hazardGlyph(hazard: string): Glyph {
  return hazardShapes[hazardGroup(hazard)];
}
