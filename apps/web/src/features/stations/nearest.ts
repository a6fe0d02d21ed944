import type { StationItem } from "@ioc/contracts";

const earthRadius = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Distance of two places on a sphere of the Earth's mean radius (haversine), m. */
export function distance(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const [north, east] = [radians(b.lat - a.lat), radians(b.lon - a.lon)];
  const half = Math.sin(north / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(east / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}

export interface Neighbour {
  station: StationItem;
  /** m */
  away: number;
}

/**
 * Other stations of the same kind that observe the property, nearest first.
 * @param most how many are listed
 * @param always ids that are listed however far they are
 */
export function neighboursOf(
  own: Pick<StationItem, "id" | "kind" | "lat" | "lon">,
  property: string,
  stations: readonly StationItem[],
  most: number,
  always: readonly string[] = [],
): Neighbour[] {
  return stations
    .filter((one) => one.kind === own.kind && one.id !== own.id && one.datastreams.includes(`${one.id}:${property}`))
    .map((station) => ({ station, away: distance(own, station) }))
    .sort((a, b) => a.away - b.away || (a.station.id < b.station.id ? -1 : 1))
    .filter(({ station }, index) => index < most || always.includes(station.id));
}
