import type { Network, Station } from "@ioc/contracts";
import type { Place } from "../world/geometry.ts";
import { clamp } from "../world/weather.ts";

/** A unit of the scheme in use as the played agencies see it. */
export interface PlayedArea {
  id: string;
  people: number;
  km2: number;
  /** 0 in the mountains, 1 in the densest streets: log10 of people per km2 between 30 and 10,000. */
  urban: number;
  /** Belongs to the city of the earlier scheme, where one follows another. */
  core: boolean;
  center: Place;
  /** Places with people: stations that stand in streets, or the middle of the unit. */
  spots: readonly Place[];
  stations: readonly Station[];
}

/** An area, or all others together under the code of the city, for rows that come too often for every unit. */
export interface Reporting {
  id: string;
  people: number;
  members: readonly PlayedArea[];
}

const streetKinds = new Set(["street-flood", "traffic-counter", "lighting", "parking", "fire-alarm", "noise"]);

/** Units of the scheme in use whose population the pack knows, at the narrowest level that has any; without empty ones. */
export function playedAreas(network: Network): PlayedArea[] {
  const levels = network.schemes.find(({ id }) => id === network.scheme)?.levels ?? [];
  const own = network.areas.filter(({ scheme }) => scheme === network.scheme);
  const known = levels
    .toReversed()
    .map((level) => own.filter((area) => area.level === level && (area.population?.value ?? 0) > 0))
    .find((areas) => areas.length > 0);
  const followed = new Set(
    network.areas.flatMap(({ scheme, successor }) => (scheme === network.scheme ? [] : (successor ?? []))),
  );
  return (known ?? []).map((area) => {
    const people = area.population?.value ?? 0;
    const km2 = area.areaKm2 ?? 10;
    const [lat, lon] = area.center ?? [0, 0];
    const center = { lat, lon };
    const stations = network.stations.filter(({ areas }) => areas[network.scheme] === area.id);
    const spots = stations.filter(({ kind }) => streetKinds.has(kind));
    return {
      id: area.id,
      people,
      km2,
      urban: clamp((Math.log10(people / km2) - 1.5) / 2.5, 0, 1),
      core: followed.size === 0 || followed.has(area.id),
      center,
      spots: spots.length > 0 ? spots : [center],
      stations,
    };
  });
}

/**
 * At most `count` reporting areas: all when they are few, else the ones with the highest rank, and the rest of the city under
 * the city's own code.
 */
export function reportingAreas(
  areas: readonly PlayedArea[],
  city: string,
  rank: (area: PlayedArea) => number,
  count = 20,
): Reporting[] {
  const alone = (area: PlayedArea): Reporting => ({ id: area.id, people: area.people, members: [area] });
  if (areas.length <= count) return areas.map(alone);
  const ranked = areas.toSorted((a, b) => rank(b) - rank(a) || a.id.localeCompare(b.id));
  const rest = ranked.slice(count - 1);
  const people = rest.reduce((sum, area) => sum + area.people, 0);
  return [...ranked.slice(0, count - 1).map(alone), { id: city, people, members: rest }];
}
