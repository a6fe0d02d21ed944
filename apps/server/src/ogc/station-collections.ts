import type { Area, Datastream, Network, ObservedProperty, Station, StationKind } from "@ioc/contracts";
import type { StationBoard } from "../stations/board.ts";
import { boxAround } from "./collection.ts";
import type { Box, Collection, Column, Feature, Scalar } from "./collection.ts";
import { levelColumns, primaryColumns, stationColumns, valueColumns } from "./columns.ts";

type Properties = Record<string, Scalar>;

/** All stations with the newest value of what a map shows, and each kind of station with a column for every property. */
export function stationCollections(network: Network, board: StationBoard): Collection[] {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  const areas = createAreaNames(network);
  const general = [...stationColumns, ...areas.columns];
  const common = (station: Station): Properties => ({
    ...propertiesOf(station, kinds.get(station.kind), board),
    ...areas.of(station),
  });
  const stations = network.stations.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const all: Collection = {
    id: "stations",
    title: { vi: "Trạm quan trắc", en: "Stations" },
    description: {
      vi: "Mọi trạm quan trắc, kèm tình trạng và giá trị mới nhất của đại lượng chính.",
      en: "All stations with their state and the newest value of their primary property.",
    },
    columns: [...general, ...primaryColumns],
    ...extentOf(stations),
    features: () =>
      stations.map((station) =>
        featureOf(station, { ...common(station), ...primaryOf(station, kinds.get(station.kind), board) }, board),
      ),
  };
  const byKind = network.kinds.flatMap((kind) => {
    const own = stations.filter((station) => station.kind === kind.id);
    return own.length === 0 ? [] : [kindCollection(kind, own, general, common, board)];
  });
  return [all, ...byKind];
}

function kindCollection(
  kind: StationKind,
  stations: readonly Station[],
  general: readonly Column[],
  common: (station: Station) => Properties,
  board: StationBoard,
): Collection {
  const taken = new Set(general.map(({ name }) => name));
  const shown = kind.properties
    .filter((property) => !property.technical)
    .map((property) => ({ property, name: taken.has(property.id) ? `${property.id}_value` : property.id }));
  return {
    id: `stations-${kind.id}`,
    title: { vi: capital(kind.name.vi), en: capital(kind.name.en) },
    description: {
      vi: `Các trạm loại “${kind.name.vi}”, mỗi đại lượng một cột với giá trị mới nhất.`,
      en: `Stations of the kind “${kind.name.en}”, with a column for the newest value of each property.`,
    },
    columns: [...general, ...shown.flatMap(({ name, property }) => valueColumns(name, property))],
    ...extentOf(stations),
    features: () =>
      stations.map((station) => {
        const streams = new Map(board.streamsOf(station.id).map((stream) => [stream.property.id, stream]));
        const values = shown.map(({ name, property }) => valuesOf(name, streams.get(property.id)));
        return featureOf(station, Object.assign(common(station), ...values) as Properties, board);
      }),
  };
}

function featureOf(station: Station, properties: Properties, board: StationBoard): Feature {
  const time = board.status(station.id)?.time ?? null;
  return {
    id: station.id,
    geometry: { type: "Point", coordinates: [station.lon, station.lat] },
    box: [station.lon, station.lat, station.lon, station.lat],
    time: time === null ? null : { from: time, to: time },
    properties,
  };
}

function propertiesOf(station: Station, kind: StationKind | undefined, board: StationBoard): Properties {
  const status = board.status(station.id);
  return {
    name_vi: station.name.vi,
    name_en: station.name.en,
    kind: station.kind,
    kind_name_vi: kind?.name.vi ?? null,
    kind_name_en: kind?.name.en ?? null,
    owner: kind?.owner ?? null,
    state: status?.state ?? "unknown",
    severity: status?.severity ?? null,
    open_alerts: status?.openAlerts ?? 0,
    time: isoTime(status?.time ?? null),
    position: station.position,
    basis: station.basis,
  };
}

function primaryOf(station: Station, kind: StationKind | undefined, board: StationBoard): Properties {
  const property: ObservedProperty | undefined = kind?.properties.find(({ id }) => id === kind.primary);
  const status = board.status(station.id);
  return {
    property: property?.id ?? null,
    property_name_vi: property?.name.vi ?? null,
    property_name_en: property?.name.en ?? null,
    value: status?.value ?? null,
    unit: property?.unit ?? null,
    quality: status?.quality ?? null,
  };
}

function valuesOf(name: string, stream: Datastream | undefined): Properties {
  const latest = stream?.latest ?? null;
  return {
    [name]: latest?.result ?? null,
    [`${name}_time`]: isoTime(latest?.phenomenonTime ?? null),
    [`${name}_quality`]: latest?.quality ?? null,
  };
}

function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function extentOf(stations: readonly Station[]): { box: Box | null; interval: null } {
  return { box: boxAround(stations.map(({ lon, lat }): Box => [lon, lat, lon, lat])), interval: null };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The unit of each level below the city that a station lies in, in the scheme in use. */
function createAreaNames(network: Network): { columns: Column[]; of(station: Station): Properties } {
  const areas = new Map(network.areas.filter(({ scheme }) => scheme === network.scheme).map((area) => [area.id, area]));
  const scheme = network.schemes.find(({ id }) => id === network.scheme);
  const levels = (scheme?.levels ?? []).filter((level) => level !== "city");
  return {
    columns: levels.flatMap(levelColumns),
    of(station) {
      const narrowest = station.areas[network.scheme] ?? null;
      const found = new Map<string, Area>();
      for (let area = areas.get(narrowest ?? ""); area && !found.has(area.level); area = areas.get(area.parent ?? "")) {
        found.set(area.level, area);
      }
      const properties: Properties = { area: narrowest };
      for (const level of levels) {
        properties[level] = found.get(level)?.id ?? null;
        properties[`${level}_name_vi`] = found.get(level)?.name.vi ?? null;
        properties[`${level}_name_en`] = found.get(level)?.name.en ?? null;
      }
      return properties;
    },
  };
}
