import type { Agency, Area, AreaScheme, Centre, Domain, Station } from "@ioc/contracts";
import { areaIndex, checkAreas, checkCentres, checkInside } from "./check-areas.ts";
import type { AreaIndex } from "./check-areas.ts";
import { checkUnique } from "./check-unique.ts";
import { measuredBy } from "./network.ts";
import { knownIds, placeBelow } from "./problems.ts";
import type { Placed, Problems, Section } from "./problems.ts";
import type { KindSource } from "./read-network.ts";

export interface NetworkParts {
  schemes: readonly AreaScheme[];
  domains: Section<Domain>;
  agencies: Section<Agency>;
  areas: Section<Area>;
  centres: Section<Centre>;
  kinds: Section<KindSource>;
  stations: Section<Station>;
}

/** Ids and references between areas, centres, kinds and stations. */
export function checkNetwork(parts: NetworkParts, problems: Problems): void {
  const { schemes, kinds, stations } = parts;
  checkUnique(parts.domains.items, (domain) => domain.id, "domain", problems);
  checkUnique(parts.agencies.items, (agency) => agency.id, "agency", problems);
  const areas = areaIndex(parts.areas);
  checkAreas(schemes, parts.areas, areas, problems);
  checkCentres(parts.centres, areas, problems);
  checkKinds(parts, problems);
  checkUnique(stations.items, (station) => station.id, "station", problems);
  const sources = new Map(kinds.items.map(({ value }) => [value.kind.id, value]));
  for (const station of stations.items) {
    const source = sources.get(station.value.kind);
    if (source) checkOwnKind(station, source, problems);
    checkAreasOf(station, schemes, areas, problems);
  }
}

function checkKinds({ kinds, agencies, domains }: NetworkParts, problems: Problems): void {
  checkUnique(kinds.items, ({ kind }) => kind.id, "kind", problems);
  const isAgency = knownIds(agencies, (agency) => agency.id);
  const isDomain = knownIds(domains, (domain) => domain.id);
  for (const { value, place } of kinds.items) {
    const { owner, domain, primary, properties } = value.kind;
    if (!isAgency(owner)) problems.add(place, ["owner"], `there is no agency "${owner}"`, "use an id of agencies.yaml");
    if (!isDomain(domain)) {
      problems.add(place, ["domain"], `there is no domain "${domain}"`, "use an id of domains.yaml");
    }
    const placed = properties.map((property, at) => ({
      value: property,
      place: placeBelow(place, ["properties", at]),
    }));
    checkUnique(placed, (property) => property.id, "property", problems);
    if (!properties.some((property) => property.id === primary)) {
      problems.add(place, ["primary"], `the kind has no property "${primary}"`, "name one of its properties");
    }
    for (const property of placed) {
      const { min, max } = property.value;
      if (min === null || max === null || min < max) continue;
      problems.add(property.place, ["max"], "the valid range is empty", "give a max above min");
    }
  }
}

function checkOwnKind({ value, place }: Placed<Station>, { kind, prefix }: KindSource, problems: Problems): void {
  if (!value.id.startsWith(`${prefix}-`)) {
    const problem = `ids of kind ${value.kind} start with "${prefix}-"`;
    problems.add(place, ["id"], problem, `rename it, for example to ${prefix}-${value.id}`);
  }
  for (const measured of measuredBy(value) ?? []) {
    if (kind.properties.some((property) => property.id === measured)) continue;
    const problem = `kind ${kind.id} has no property "${measured}"`;
    problems.add(place, ["attr.measures"], problem, "list ids of its properties");
  }
}

function checkAreasOf(
  { value, place }: Placed<Station>,
  schemes: readonly AreaScheme[],
  areas: AreaIndex,
  problems: Problems,
): void {
  if (Object.keys(value.areas).length + value.externalTo.length === 0) {
    problems.add(place, ["areas"], "no scheme sees the station", "name its area in at least one column area.<scheme>");
  }
  for (const scheme of value.externalTo) {
    if (!schemes.some(({ id }) => id === scheme)) {
      problems.add(place, ["external_to"], `there is no scheme "${scheme}"`, "use the id of a scheme");
    } else if (value.areas[scheme] !== undefined) {
      const problem = `the station is both inside and outside scheme ${scheme}`;
      problems.add(place, ["external_to"], problem, "keep one of the two");
    }
  }
  for (const [scheme, id] of Object.entries(value.areas)) {
    const area = areas.find(scheme, id);
    if (area) checkInside(value, area, place, `area.${scheme}`, problems);
    else if (areas.missing(scheme, id)) {
      problems.add(place, [`area.${scheme}`], `scheme ${scheme} has no area "${id}"`, "use the id of an area");
    }
  }
}
