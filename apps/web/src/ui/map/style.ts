import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import { themes } from "@ioc/charts/tokens";
import type { Theme } from "@ioc/charts/tokens";
import { severities } from "@ioc/contracts/severity";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import vietnamese from "@fontsource-variable/inter/files/inter-vietnamese-wght-normal.woff2?url";
import { mapPalette } from "./palette.ts";
import type { MapPalette } from "./palette.ts";

export const emptyCollection: FeatureCollection = { type: "FeatureCollection", features: [] };

const font = ["Inter"];
const stationSource = { type: "geojson", data: emptyCollection, promoteId: "id" } as const;

/** Value by feature state `rank` 1…4 of an area or by the property of a station. */
function bySeverity(rank: ExpressionSpecification, theme: Theme, other: string): ExpressionSpecification {
  const pairs = severities.flatMap((severity, index) => [index + 1, themes[theme].severity[severity].fill]);
  return ["match", rank, ...pairs, other] as unknown as ExpressionSpecification;
}

/**
 * The whole style: own layers over GeoJSON sources that are filled later. No glyph address, no sprite, no outside host:
 * text is drawn from the shipped Inter files, pictures on request. `scale` is 1 on desks and larger on the wall.
 */
export function mapStyle(theme: Theme, scale: number): StyleSpecification {
  const colors = mapPalette(theme);
  const clusterCounts = Object.fromEntries(
    [1, 2].map((rank) => [`rank${rank}`, ["+", ["case", ["==", ["get", "rank"], rank], 1, 0]]]),
  );
  return {
    version: 8,
    "font-faces": {
      Inter: [
        {
          url: new URL(latin, location.href).href,
          "unicode-range": ["U+0000-00FF", "U+0131", "U+2000-206F", "U+2212"],
        },
        {
          url: new URL(vietnamese, location.href).href,
          "unicode-range": [
            "U+0102-0111",
            "U+0128-0129",
            "U+0168-0169",
            "U+01A0-01B0",
            "U+0300-0329",
            "U+1EA0-1EF9",
            "U+20AB",
          ],
        },
      ],
    },
    sources: {
      base: { type: "geojson", data: emptyCollection },
      areas: { type: "geojson", data: emptyCollection, promoteId: "id" },
      names: { type: "geojson", data: emptyCollection },
      stations: {
        ...stationSource,
        cluster: true,
        clusterRadius: 40 * scale,
        clusterMaxZoom: 11,
        clusterProperties: { worst: ["max", ["get", "rank"]], ...clusterCounts },
      },
      top: stationSource,
    },
    layers: [
      ...baseLayers(colors, scale),
      ...areaLayers(colors, scale),
      ...nameLayers(colors, scale),
      ...stationLayers(colors, scale),
    ],
  } as StyleSpecification;
}

function baseLayers(colors: MapPalette, scale: number): LayerSpecification[] {
  const layer = (name: string): ExpressionSpecification => ["==", ["get", "layer"], name];
  return [
    { id: "sea", type: "background", paint: { "background-color": colors.sea } },
    { id: "land", type: "fill", source: "base", filter: layer("land"), paint: { "fill-color": colors.outside } },
    { id: "area-land", type: "fill", source: "areas", paint: { "fill-color": colors.land } },
    {
      id: "shade",
      type: "fill",
      source: "areas",
      paint: {
        "fill-color": bySeverity(["coalesce", ["feature-state", "rank"], 0], colors.theme, colors.land),
        "fill-opacity": ["case", [">=", ["coalesce", ["feature-state", "rank"], 0], 2], 0.3, 0],
      },
    },
    { id: "water", type: "fill", source: "base", filter: layer("water"), paint: { "fill-color": colors.water } },
    {
      id: "river",
      type: "line",
      source: "base",
      filter: layer("river"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colors.water,
        "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], 8, 1 * scale, 13, 4 * scale, 16, 12 * scale],
      },
    },
  ];
}

function areaLayers(colors: MapPalette, scale: number): LayerSpecification[] {
  return [
    {
      id: "boundary",
      type: "line",
      source: "areas",
      paint: {
        "line-color": colors.boundary,
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.6 * scale, 13, 1.4 * scale],
        "line-dasharray": [4, 2],
      },
    },
    {
      id: "shade-line",
      type: "line",
      source: "areas",
      paint: {
        "line-color": bySeverity(["coalesce", ["feature-state", "rank"], 0], colors.theme, colors.boundary),
        "line-width": 2 * scale,
        "line-opacity": ["case", [">=", ["coalesce", ["feature-state", "rank"], 0], 2], 1, 0],
      },
    },
    {
      id: "chosen-area",
      type: "line",
      source: "areas",
      filter: ["==", ["get", "id"], ""],
      paint: { "line-color": colors.focus, "line-width": 3 * scale },
    },
    {
      id: "road",
      type: "line",
      source: "base",
      minzoom: 11,
      filter: ["==", ["get", "layer"], "road"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colors.road,
        "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 11, 0.8 * scale, 16, 5 * scale],
      },
    },
  ];
}

function nameLayers(colors: MapPalette, scale: number): LayerSpecification[] {
  const halo = { "text-halo-color": colors.halo, "text-halo-width": 1.4 * scale };
  return [
    {
      id: "river-name",
      type: "symbol",
      source: "names",
      minzoom: 10.5,
      filter: ["==", ["get", "layer"], "river"],
      layout: {
        "symbol-placement": "line",
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": 11 * scale,
        "symbol-spacing": 400,
      },
      paint: { "text-color": colors.quietLabel, ...halo },
    },
    {
      id: "place-name",
      type: "symbol",
      source: "names",
      filter: ["==", ["get", "layer"], "place"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": 12 * scale,
        "text-max-width": 8,
        "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": colors.quietLabel, ...halo },
    },
    {
      id: "area-name",
      type: "symbol",
      source: "names",
      minzoom: 9.5,
      filter: ["==", ["get", "layer"], "area"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": font,
        "text-size": ["interpolate", ["linear"], ["zoom"], 10, 11 * scale, 13, 14 * scale],
        "text-max-width": 7,
        "text-padding": 4,
        "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": colors.label, ...halo },
    },
  ];
}

function stationLayers(colors: MapPalette, scale: number): LayerSpecification[] {
  const single: ExpressionSpecification = ["!", ["has", "point_count"]];
  const cluster: ExpressionSpecification = ["has", "point_count"];
  const radius: ExpressionSpecification = ["step", ["get", "point_count"], 12, 10, 16, 50, 22, 200, 28];
  const selected: ExpressionSpecification = ["boolean", ["feature-state", "selected"], false];
  const halo = (id: string, source: string): LayerSpecification => ({
    id,
    type: "circle",
    source,
    filter: single,
    paint: {
      "circle-radius": 18 * scale,
      "circle-color": colors.focus,
      "circle-opacity": ["case", selected, 0.25, 0],
      "circle-stroke-width": 2.5 * scale,
      "circle-stroke-color": colors.focus,
      "circle-stroke-opacity": ["case", selected, 1, 0],
    },
  });
  const symbols = (id: string, source: string, valueFrom: number): LayerSpecification => ({
    id,
    type: "symbol",
    source,
    filter: single,
    layout: {
      "icon-image": ["get", "image"],
      // Names give way to stations; stations never give way.
      "icon-allow-overlap": true,
      "text-field": valueFrom > 0 ? ["step", ["zoom"], "", valueFrom, ["get", "label"]] : ["get", "label"],
      "text-font": font,
      "text-size": 12 * scale,
      "text-offset": [0, 1.25],
      "text-anchor": "top",
      "text-optional": true,
      "symbol-sort-key": ["get", "order"],
    },
    paint: { "text-color": colors.text, "text-halo-color": colors.halo, "text-halo-width": 1.6 * scale },
  });
  return [
    {
      id: "cluster",
      type: "circle",
      source: "stations",
      filter: cluster,
      paint: {
        "circle-radius": ["*", scale, radius],
        "circle-color": colors.plate,
        "circle-stroke-color": colors.plateLine,
        "circle-stroke-width": 1.5 * scale,
      },
    },
    {
      id: "cluster-count",
      type: "symbol",
      source: "stations",
      filter: cluster,
      layout: {
        "text-field": ["to-string", ["get", "point_count"]],
        "text-font": font,
        "text-size": 12 * scale,
        "text-allow-overlap": true,
        "text-padding": 8,
      },
      paint: { "text-color": colors.text },
    },
    {
      id: "cluster-badge",
      type: "symbol",
      source: "stations",
      filter: ["all", cluster, [">", ["get", "worst"], 0]],
      layout: {
        "icon-image": ["concat", "badge|", ["to-string", ["get", "worst"]]],
        "icon-allow-overlap": true,
        "icon-offset": [14, -13],
        "text-field": [
          "concat",
          "×",
          ["to-string", ["match", ["get", "worst"], 2, ["get", "rank2"], ["get", "rank1"]]],
        ],
        "text-font": font,
        "text-size": 11 * scale,
        "text-anchor": "left",
        "text-offset": [2.2, -1.2],
        "text-optional": true,
        "text-allow-overlap": true,
      },
      paint: { "text-color": colors.text, "text-halo-color": colors.halo, "text-halo-width": 1.6 * scale },
    },
    halo("station-halo", "stations"),
    symbols("station", "stations", 13),
    halo("top-halo", "top"),
    symbols("top", "top", 0),
  ] as LayerSpecification[];
}
