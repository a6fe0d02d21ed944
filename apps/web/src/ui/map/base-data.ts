import type { Feature, FeatureCollection } from "geojson";
import type { Area, Lang } from "@ioc/contracts";

/** A collection as the API hands it over: only its outer shape is promised. */
export interface LooseCollection {
  type: "FeatureCollection";
  features: readonly Record<string, unknown>[];
}

/** Shapes with their area id as a property too, which the map needs to find them again. Offshore units are left out. */
export function areaFeatures(shapes: LooseCollection, offshore: ReadonlySet<string>): FeatureCollection {
  const features = (shapes.features as unknown as Feature[]).flatMap((feature) => {
    const id = String(feature.id ?? feature.properties?.["id"] ?? "");
    return offshore.has(id) ? [] : [{ ...feature, properties: { ...feature.properties, id } }];
  });
  return { type: "FeatureCollection", features };
}

/** Names in one language: areas at their middle, places and rivers of the basemap. */
export function nameFeatures(areas: readonly Area[], basemap: LooseCollection, lang: Lang): FeatureCollection {
  const ofAreas = areas.flatMap((area): Feature[] =>
    area.center === null || area.offshore || area.level === "city"
      ? []
      : [
          {
            type: "Feature",
            geometry: { type: "Point", coordinates: [area.center[1], area.center[0]] },
            properties: { layer: "area", name: area.name[lang], rank: -(area.population?.value ?? 0) },
          },
        ],
  );
  const ofBase = (basemap.features as unknown as Feature[]).flatMap((feature): Feature[] => {
    const name = feature.properties?.["name"] as { vi: string; en: string } | null | undefined;
    const layer = String(feature.properties?.["layer"]);
    if (!name || (layer !== "place" && layer !== "river")) return [];
    return [
      {
        type: "Feature",
        geometry: feature.geometry,
        properties: { layer, name: name[lang], rank: Number(feature.properties?.["rank"] ?? 0) },
      },
    ];
  });
  return { type: "FeatureCollection", features: [...ofAreas, ...ofBase] };
}
