import type { Area, AreaScheme, Centre } from "@ioc/contracts";
import { areaLevel } from "@ioc/contracts";
import { checkUnique } from "./check-unique.ts";
import { knownIds } from "./problems.ts";
import type { Place, Placed, Problems, Section } from "./problems.ts";

/** Areas by scheme and id. `missing` is never true where the areas could not be read completely. */
export interface AreaIndex {
  find(scheme: string, id: string): Area | undefined;
  missing(scheme: string, id: string): boolean;
}

export function areaIndex(areas: Section<Area>): AreaIndex {
  const byKey = new Map(areas.items.map(({ value }) => [`${value.scheme}/${value.id}`, value]));
  return {
    find: (scheme, id) => byKey.get(`${scheme}/${id}`),
    missing: (scheme, id) => areas.complete && !byKey.has(`${scheme}/${id}`),
  };
}

export function checkAreas(
  schemes: readonly AreaScheme[],
  areas: Section<Area>,
  known: AreaIndex,
  problems: Problems,
): void {
  checkUnique(areas.items, (area) => `${area.scheme}/${area.id}`, "area", problems);
  for (const [at, scheme] of schemes.entries()) {
    const own = areas.items.filter(({ value }) => value.scheme === scheme.id);
    const tops = own.filter(({ value }) => value.parent === null);
    for (const extra of tops.slice(1)) {
      problems.add(extra.place, ["parent"], "a second area without a parent", "name the area above it");
    }
    for (const area of own) {
      checkLevel(area, scheme, problems);
      checkParent(area, known, problems);
      checkBox(area, problems);
      checkSuccessor(area, schemes[at + 1], known, problems);
    }
  }
}

function checkLevel({ value, place }: Placed<Area>, scheme: AreaScheme, problems: Problems): void {
  if (scheme.levels.includes(value.level)) return;
  const remedy = `use one of: ${scheme.levels.join(", ")}`;
  problems.add(place, ["level"], `scheme ${scheme.id} has no level "${value.level}"`, remedy);
}

function checkParent({ value, place }: Placed<Area>, known: AreaIndex, problems: Problems): void {
  if (value.parent === null) return;
  const parent = known.find(value.scheme, value.parent);
  const levels = areaLevel.options;
  if (parent) {
    if (levels.indexOf(parent.level) < levels.indexOf(value.level)) return;
    const problem = `the parent is a ${parent.level}, not wider than a ${value.level}`;
    problems.add(place, ["parent"], problem, "name a wider area");
  } else if (known.missing(value.scheme, value.parent)) {
    const problem = `parent "${value.parent}" is no area of scheme ${value.scheme}`;
    problems.add(place, ["parent"], problem, "name an area of this file");
  }
}

function checkBox({ value, place }: Placed<Area>, problems: Problems): void {
  if (!value.box) return;
  const [south, west, north, east] = value.box;
  if (south >= north || west >= east) {
    problems.add(place, ["box"], "the box is empty", "write it as [south, west, north, east]");
    return;
  }
  const [lat, lon] = value.center ?? [south, west];
  if (lat >= south && lat <= north && lon >= west && lon <= east) return;
  problems.add(place, ["center"], "the centre lies outside the box", "write centres as [latitude, longitude]");
}

function checkSuccessor(
  { value, place }: Placed<Area>,
  next: AreaScheme | undefined,
  known: AreaIndex,
  problems: Problems,
): void {
  if (value.successor === null || (next && !known.missing(next.id, value.successor))) return;
  const where = next ? `scheme ${next.id}` : "a following scheme";
  const remedy = "name a unit of the scheme that follows in city.yaml";
  problems.add(place, ["successor"], `successor "${value.successor}" is no area of ${where}`, remedy);
}

export function checkCentres(centres: Section<Centre>, known: AreaIndex, problems: Problems): void {
  checkUnique(centres.items, (centre) => centre.id, "centre", problems);
  const exists = knownIds(centres, (centre) => centre.id);
  for (const { value, place } of centres.items) {
    if (known.missing(value.scheme, value.area)) {
      const problem = `scheme "${value.scheme}" has no area "${value.area}"`;
      problems.add(place, ["area"], problem, "name an area of this scheme");
    }
    if (value.parent !== null && (!exists(value.parent) || value.parent === value.id)) {
      const problem = `"${value.parent}" is no other centre`;
      problems.add(place, ["parent"], problem, "name the centre above, or null");
    }
  }
}

/** Sites in the sea or in a river mouth belong to the nearest unit: they may lie this far outside its box, in degrees (2 km). */
const boxTolerance = 0.02;

/** A problem when a coordinate lies clearly outside the box of the area it is said to be in. */
export function checkInside(
  at: { lat: number; lon: number },
  area: Area,
  place: Place,
  column: string,
  problems: Problems,
): void {
  if (!area.box) return;
  const [south, west, north, east] = area.box;
  const { lat, lon } = at;
  const tall = lat >= south - boxTolerance && lat <= north + boxTolerance;
  if (tall && lon >= west - boxTolerance && lon <= east + boxTolerance) return;
  const remedy = "correct the coordinate (latitude before longitude) or the area";
  problems.add(place, [column], `${lat}, ${lon} lies outside the box of ${area.name.vi}`, remedy);
}
