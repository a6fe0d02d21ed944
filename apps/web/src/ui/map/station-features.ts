import type { Feature, Point } from "geojson";
import type { Lang, StationKind, StationItem, StationStatus } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import { formatValue } from "@ioc/charts/format";
import { stationImageId } from "./station-image.ts";

/** A station as the map draws it. */
export interface MapStation {
  id: string;
  /** Glyph of the kind; it decides the shape of the plate too. */
  glyph: string;
  name: string;
  lon: number;
  lat: number;
  status: StationStatus;
  /** Newest value with its unit, drawn under the plate; empty when there is none. */
  label: string;
}

/** Stations with their newest live status and value in words, in the order given. */
export function toMapStations(
  stations: readonly StationItem[],
  kinds: ReadonlyMap<string, StationKind>,
  statuses: ReadonlyMap<string, StationStatus>,
  lang: Lang,
): MapStation[] {
  return stations.map((station) => {
    const status = statuses.get(station.id) ?? station.status;
    const kind = kinds.get(station.kind);
    const property = kind?.properties.find(({ id }) => id === kind.primary);
    const label =
      property && status.value !== null ? formatValue(status.value, property.unit, property.decimals, lang) : "";
    return {
      id: station.id,
      glyph: kind?.glyph ?? "",
      name: station.name[lang],
      lon: station.lon,
      lat: station.lat,
      status,
      label,
    };
  });
}

/** From this severity a station is never part of a cluster and always shows its value. */
export const topRank = 3;

export interface StationProperties {
  id: string;
  image: string;
  rank: number;
  label: string;
  /** Later drawn over earlier: normal, late or offline, Minor … Extreme. */
  order: number;
}
export type StationFeature = Feature<Point, StationProperties>;

export function stationFeature(station: MapStation): StationFeature {
  const rank = severityRank(station.status.severity);
  const { state } = station.status;
  return {
    type: "Feature",
    id: station.id,
    geometry: { type: "Point", coordinates: [station.lon, station.lat] },
    properties: {
      id: station.id,
      image: stationImageId({ glyph: station.glyph, state, rank }),
      rank,
      label: station.label,
      order: rank * 2 + (state === "normal" ? 0 : 1),
    },
  };
}

export interface FeatureChanges {
  /** Features to add or to replace. */
  add: StationFeature[];
  remove: string[];
}

/** What has to change in a source that holds `before` so that it holds `after`. Both by id. */
export function changesBetween(
  before: ReadonlyMap<string, StationFeature>,
  after: ReadonlyMap<string, StationFeature>,
): FeatureChanges {
  const add = [...after.values()].filter((feature) => !sameFeature(before.get(feature.properties.id), feature));
  const remove = [...before.keys()].filter((id) => !after.has(id));
  return { add, remove };
}

function sameFeature(a: StationFeature | undefined, b: StationFeature): boolean {
  return (
    a !== undefined &&
    a.properties.image === b.properties.image &&
    a.properties.label === b.properties.label &&
    a.geometry.coordinates[0] === b.geometry.coordinates[0] &&
    a.geometry.coordinates[1] === b.geometry.coordinates[1]
  );
}
