import type { Network, Station, ValueKind } from "@ioc/contracts";
import { datastreamId } from "@ioc/contracts";
import type { CityPack } from "./pack.ts";

/**
 * What the engines see of a pack under a scheme (the scheme in use when none is named): the stations inside it and the upstream
 * stations that are external to it. Throws a RangeError for a scheme that the pack does not have.
 */
export function networkOf(pack: CityPack, scheme: string = pack.scheme): Network {
  if (!pack.schemes.some(({ id }) => id === scheme)) throw new RangeError(`pack ${pack.id} has no scheme "${scheme}"`);
  return {
    scheme,
    schemes: pack.schemes,
    timezone: pack.timezone,
    areas: pack.areas,
    kinds: pack.kinds,
    stations: pack.stations.filter((station) => isSeenBy(station, scheme)),
    agencies: pack.agencies,
    datasets: pack.datasets,
    reference: pack.reference,
  };
}

/** True when the station lies in the scheme's area, or feeds it from upstream. */
export function isSeenBy(station: Station, scheme: string): boolean {
  return station.areas[scheme] !== undefined || station.externalTo.includes(scheme);
}

/** What the observation store must know of a datastream. */
export interface PackDatastream {
  id: string;
  station: string;
  property: string;
  unit: string;
  kind: ValueKind;
  periodSeconds: number;
  min: number | null;
  max: number | null;
  maxStep: number | null;
  decimals: number;
  flatHours?: number | null | undefined;
  retention?: { rawDays: number | null; rollupDays: number | null } | undefined;
}

/**
 * Ids of the properties that a station reports besides the technical ones, when it says so in its attribute `measures`
 * (space-separated); null when it reports everything of its kind.
 */
export function measuredBy(station: Station): string[] | null {
  const measures = station.attributes["measures"];
  return measures === undefined
    ? null
    : String(measures)
        .split(" ")
        .filter((id) => id !== "");
}

/** One datastream for each station and property that it reports, the technical ones included. */
export function datastreamSpecs(network: Network): PackDatastream[] {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  return network.stations.flatMap((station) => {
    const measured = measuredBy(station);
    const properties = kinds.get(station.kind)?.properties ?? [];
    const reported = properties.filter(({ id, technical }) => technical || (measured?.includes(id) ?? true));
    return reported.map((property) => ({
      id: datastreamId(station.id, property.id),
      station: station.id,
      property: property.id,
      unit: property.unit,
      kind: property.kind,
      periodSeconds: property.periodSeconds,
      min: property.min,
      max: property.max,
      maxStep: property.maxStep,
      decimals: property.decimals,
      flatHours: property.flatHours,
      retention: property.retention,
    }));
  });
}
