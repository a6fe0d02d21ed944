import type { Agency, Area, AreaScheme, Centre, Domain, Station } from "@ioc/contracts";
import { areaLevel } from "@ioc/contracts";
import { placeBelow } from "./problems.ts";
import type { Placed, Problems } from "./problems.ts";
import type { KindSource } from "./read-network.ts";

/** Sites in the sea or in a river mouth belong to the nearest unit: they may lie this far outside its box, in degrees (2 km). */
const boxTolerance = 0.02;

export function checkUnique<T>(
  items: readonly Placed<T>[],
  idOf: (item: T) => string,
  what: string,
  problems: Problems,
): void {
  const first = new Map<string, Placed<T>>();
  for (const item of items) {
    const id = idOf(item.value);
    const earlier = first.get(id);
    if (earlier) {
      const where = `${earlier.place.file}:${earlier.place.lineOf([])}`;
      problems.add(item.place, ["id"], `${what} "${id}" is there twice (first at ${where})`, "give it another id");
    } else first.set(id, item);
  }
}

export interface NetworkParts {
  schemes: readonly AreaScheme[];
  domains: readonly Placed<Domain>[];
  agencies: readonly Placed<Agency>[];
  areas: readonly Placed<Area>[];
  centres: readonly Placed<Centre>[];
  kinds: readonly Placed<KindSource>[];
  stations: readonly Placed<Station>[];
}

/** References between areas, centres, kinds and stations. */
export function checkNetwork(parts: NetworkParts, problems: Problems): void {
  const { domains, agencies, areas, centres, kinds, stations } = parts;
  checkUnique(domains, (domain) => domain.id, "domain", problems);
  checkUnique(agencies, (agency) => agency.id, "agency", problems);
  checkUnique(areas, (area) => `${area.scheme}/${area.id}`, "area", problems);
  checkUnique(centres, (centre) => centre.id, "centre", problems);
  checkUnique(kinds, ({ kind }) => kind.id, "kind", problems);
  checkUnique(kinds, ({ prefix }) => prefix, "prefix", problems);
  checkUnique(stations, (station) => station.id, "station", problems);
  const areaOf = new Map(areas.map(({ value }) => [`${value.scheme}/${value.id}`, value]));
  checkAreas(parts, areaOf, problems);
  checkCentres(parts, areaOf, problems);
  checkKinds(parts, problems);
  const prefixes = new Map(kinds.map(({ value }) => [value.kind.id, value.prefix]));
  for (const station of stations)
    checkStation(station, parts.schemes, areaOf, prefixes.get(station.value.kind), problems);
}

function checkAreas({ schemes, areas }: NetworkParts, areaOf: ReadonlyMap<string, Area>, problems: Problems): void {
  for (const [index, scheme] of schemes.entries()) {
    const own = areas.filter(({ value }) => value.scheme === scheme.id);
    const tops = own.filter(({ value }) => value.parent === null);
    for (const extra of tops.slice(1)) {
      problems.add(extra.place, ["parent"], "a second area without a parent", "name the area above it");
    }
    for (const { value, place } of own) {
      if (!scheme.levels.includes(value.level)) {
        problems.add(
          place,
          ["level"],
          `scheme ${scheme.id} has no level "${value.level}"`,
          `use one of: ${scheme.levels.join(", ")}`,
        );
      }
      checkParent(value, place, areaOf, problems);
      const [south, west, north, east] = value.box ?? [-90, -180, 90, 180];
      if (south >= north || west >= east) {
        problems.add(place, ["box"], "the box is empty", "write it as [south, west, north, east]");
      } else if (value.center) {
        const [lat, lon] = value.center;
        if (lat < south || lat > north || lon < west || lon > east) {
          problems.add(place, ["center"], "the centre lies outside the box", "write centres as [latitude, longitude]");
        }
      }
      const next = schemes[index + 1];
      if (value.successor !== null && !(next && areaOf.has(`${next.id}/${value.successor}`))) {
        const problem = `successor "${value.successor}" is no area of ${next ? `scheme ${next.id}` : "a following scheme"}`;
        problems.add(place, ["successor"], problem, "name a unit of the scheme that follows in city.yaml");
      }
    }
  }
}

function checkParent(
  area: Area,
  place: Placed<Area>["place"],
  areaOf: ReadonlyMap<string, Area>,
  problems: Problems,
): void {
  if (area.parent === null) return;
  const parent = areaOf.get(`${area.scheme}/${area.parent}`);
  const levels = areaLevel.options;
  if (!parent) {
    problems.add(
      place,
      ["parent"],
      `parent "${area.parent}" is no area of scheme ${area.scheme}`,
      "name an area of this file",
    );
  } else if (levels.indexOf(parent.level) >= levels.indexOf(area.level)) {
    problems.add(
      place,
      ["parent"],
      `the parent is a ${parent.level}, not wider than a ${area.level}`,
      "name a wider area",
    );
  }
}

function checkCentres({ centres }: NetworkParts, areaOf: ReadonlyMap<string, Area>, problems: Problems): void {
  const ids = new Set(centres.map(({ value }) => value.id));
  for (const { value, place } of centres) {
    if (!areaOf.has(`${value.scheme}/${value.area}`)) {
      problems.add(
        place,
        ["area"],
        `scheme "${value.scheme}" has no area "${value.area}"`,
        "name an area of this scheme",
      );
    }
    if (value.parent !== null && (!ids.has(value.parent) || value.parent === value.id)) {
      problems.add(place, ["parent"], `"${value.parent}" is no other centre`, "name the centre above, or null");
    }
  }
}

function checkKinds({ kinds, agencies, domains }: NetworkParts, problems: Problems): void {
  const owners = new Set(agencies.map(({ value }) => value.id));
  const known = new Set(domains.map(({ value }) => value.id));
  for (const { value, place } of kinds) {
    const { kind } = value;
    if (!owners.has(kind.owner)) {
      problems.add(place, ["owner"], `there is no agency "${kind.owner}"`, "use an id of agencies.yaml");
    }
    if (!known.has(kind.domain)) {
      problems.add(place, ["domain"], `there is no domain "${kind.domain}"`, "use an id of domains.yaml");
    }
    const properties = kind.properties.map((property) => ({
      value: property,
      place: placeBelow(place, ["properties"]),
    }));
    checkUnique(
      properties.map((property, index) => ({ ...property, place: placeBelow(property.place, [index]) })),
      (property) => property.id,
      "property",
      problems,
    );
    if (!kind.properties.some((property) => property.id === kind.primary)) {
      problems.add(place, ["primary"], `the kind has no property "${kind.primary}"`, "name one of its properties");
    }
    for (const [index, { min, max }] of kind.properties.entries()) {
      if (min === null || max === null || min < max) continue;
      problems.add(place, ["properties", index, "max"], "the valid range is empty", "give a max above min");
    }
  }
}

function checkStation(
  { value, place }: Placed<Station>,
  schemes: readonly AreaScheme[],
  areaOf: ReadonlyMap<string, Area>,
  prefix: string | undefined,
  problems: Problems,
): void {
  if (prefix !== undefined && !value.id.startsWith(`${prefix}-`)) {
    problems.add(place, ["id"], `ids of kind ${value.kind} start with "${prefix}-"`, `name it ${prefix}-${value.id}`);
  }
  if (Object.keys(value.areas).length + value.externalTo.length === 0) {
    problems.add(place, ["areas"], "no scheme sees the station", "name its area in at least one column area.<scheme>");
  }
  for (const scheme of value.externalTo) {
    if (!schemes.some(({ id }) => id === scheme)) {
      problems.add(place, ["external_to"], `there is no scheme "${scheme}"`, "use the id of a scheme");
    } else if (value.areas[scheme] !== undefined) {
      problems.add(
        place,
        ["external_to"],
        `the station is both inside and outside scheme ${scheme}`,
        "keep one of the two",
      );
    }
  }
  for (const [scheme, id] of Object.entries(value.areas)) {
    const area = areaOf.get(`${scheme}/${id}`);
    if (!area) {
      problems.add(place, [`area.${scheme}`], `scheme ${scheme} has no area "${id}"`, "use the id of an area");
    } else if (area.box && !inBox(value, area.box)) {
      const problem = `${value.lat}, ${value.lon} lies outside the box of ${area.name.vi}`;
      problems.add(
        place,
        [`area.${scheme}`],
        problem,
        "correct the coordinate (latitude before longitude) or the area",
      );
    }
  }
}

function inBox({ lat, lon }: Station, [south, west, north, east]: readonly [number, number, number, number]): boolean {
  return (
    lat >= south - boxTolerance &&
    lat <= north + boxTolerance &&
    lon >= west - boxTolerance &&
    lon <= east + boxTolerance
  );
}
