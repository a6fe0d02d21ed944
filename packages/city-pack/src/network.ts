import type { Network, ValueKind } from "@ioc/contracts";
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
    stations: pack.stations.filter(
      (station) => station.areas[scheme] !== undefined || station.externalTo.includes(scheme),
    ),
    reference: pack.reference,
  };
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
}

/** One datastream for each station and property of its kind, the technical ones included. */
export function datastreamSpecs(network: Network): PackDatastream[] {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  return network.stations.flatMap((station) =>
    (kinds.get(station.kind)?.properties ?? []).map((property) => ({
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
    })),
  );
}
