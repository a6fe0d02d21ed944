import type { CityPack } from "@ioc/city-pack";
import type { Area, AreaScheme, Network } from "@ioc/contracts";
import type { Geometry } from "@ioc/sensorthings";
import { boxAround, boxOf } from "./collection.ts";
import type { Collection, Feature } from "./collection.ts";
import { areaColumns } from "./columns.ts";

/** Administrative units of the scheme in use with their shapes. Whether these are the official ones is said on each. */
export function areaCollection(pack: CityPack, network: Network): Collection {
  const scheme = network.schemes.find(({ id }) => id === network.scheme);
  const shapes = new Map((pack.shapes[network.scheme]?.features ?? []).map((one) => [String(one.id), one.geometry]));
  const approximate = pack.boundaries === "approximate";
  const features = network.areas
    .filter((area) => area.scheme === network.scheme)
    .map((area) => featureOf(area, scheme, asMultiPolygon(shapes.get(area.id) as Geometry | undefined), approximate))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    id: "areas",
    title: { vi: "Đơn vị hành chính", en: "Administrative units" },
    description: {
      vi: `Thành phố, quận huyện, phường xã của bộ “${scheme?.name.vi ?? network.scheme}”.${approximate ? " Ranh giới gần đúng, không phải ranh giới chính thức." : ""}`,
      en: `City, districts and wards of the set “${scheme?.name.en ?? network.scheme}”.${approximate ? " Boundaries are approximate, not the official ones." : ""}`,
    },
    columns: areaColumns,
    box: boxAround(features.flatMap(({ box }) => (box ? [box] : []))),
    interval: [dayStart(scheme), dayEnd(scheme)],
    features: () => features,
  };
}

/** All areas have one type of geometry: formats such as GeoPackage and Shapefile have room for one per table. */
function asMultiPolygon(shape: Geometry | undefined): Geometry | null {
  if (shape?.type !== "Polygon") return shape ?? null;
  return { type: "MultiPolygon", coordinates: [shape.coordinates as readonly (readonly number[][])[]] } as Geometry;
}

function dayStart(scheme: AreaScheme | undefined): string | null {
  return scheme?.validFrom ? `${scheme.validFrom}T00:00:00Z` : null;
}

function dayEnd(scheme: AreaScheme | undefined): string | null {
  return scheme?.validTo ? `${scheme.validTo}T23:59:59Z` : null;
}

function featureOf(
  area: Area,
  scheme: AreaScheme | undefined,
  geometry: Geometry | null,
  approximate: boolean,
): Feature {
  const [from, to] = [dayStart(scheme), dayEnd(scheme)];
  return {
    id: area.id,
    geometry,
    box: geometry && boxOf(geometry),
    time: { from: from === null ? -Infinity : Date.parse(from), to: to === null ? Infinity : Date.parse(to) },
    properties: {
      name_vi: area.name.vi,
      name_en: area.name.en,
      type_vi: area.type.vi,
      type_en: area.type.en,
      level: area.level,
      parent: area.parent,
      area_km2: area.areaKm2,
      population: area.population?.value ?? null,
      population_basis: area.population?.basis ?? null,
      approximate,
      scheme: area.scheme,
      valid_from: scheme?.validFrom ?? null,
      valid_to: scheme?.validTo ?? null,
    },
  };
}
