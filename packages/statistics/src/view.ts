import type { Area, AreaLevel, Grouping, Network, Station, StatisticDefinition } from "@ioc/contracts";

/** What the caller of a frame asked for. */
export interface ViewRequest {
  group?: Grouping | undefined;
  /** Id of an area or a station. */
  subject?: string | undefined;
}

/** A view that a definition does not offer, or a subject that does not exist. */
export class ViewError extends Error {
  readonly reason: "unknown-statistic" | "unknown-subject" | "bad-group";
  constructor(reason: ViewError["reason"], message: string) {
    super(message);
    this.name = "ViewError";
    this.reason = reason;
  }
}

export interface View {
  group: Grouping;
  subject: string | null;
  /** Area that narrows the view; null when it is the city or one station. */
  area: Area | null;
  /** Stations of the view that feed the definition, ordered by id. */
  stations: readonly Station[];
  /** All stations that feed the definition. */
  allStations: readonly Station[];
  /** Subject that a station belongs to in this grouping; null when it lies outside all of them. */
  groupOf(station: Station): string | null;
  /** Subject that an area code belongs to when grouped by areas ("" for the city); null when it lies outside the view. */
  areaOf(code: string): string | null;
}

/** Groupings that stations and areas have; every other one is a column of the rows. */
const places: ReadonlySet<string> = new Set(["city", "district", "ward", "station", "kind"]);

/** Whether the view groups rows by one of their columns. */
export function byColumn(group: Grouping): boolean {
  return !places.has(group);
}

const areasById = new WeakMap<Network, Map<string, Area>>();

/** Areas of the scheme in use, by id. */
export function areasOf(network: Network): Map<string, Area> {
  const known = areasById.get(network);
  if (known) return known;
  const made = new Map(network.areas.filter((area) => area.scheme === network.scheme).map((area) => [area.id, area]));
  areasById.set(network, made);
  return made;
}

/** Whether one unit of the scheme in use is the other or holds it; a unit that is not given is the whole city. */
export function sameUnit(network: Network, a: string | null, b: string | null): boolean {
  const areas = areasOf(network);
  const holds = (outer: string | null, inner: string | null) => {
    for (let code = inner; code !== null; code = areas.get(code)?.parent ?? null) if (code === outer) return true;
    return outer === null;
  };
  return holds(a, b) || holds(b, a);
}

/** The unit of `level` that an area lies in, in the scheme in use; null when it has none. */
function unitOfCode(network: Network, code: string, level: AreaLevel): Area | null {
  const areas = areasOf(network);
  let area = areas.get(code);
  while (area && area.level !== level) area = area.parent === null ? undefined : areas.get(area.parent);
  return area ?? null;
}

function unitOf(network: Network, station: Station, level: AreaLevel): Area | null {
  return unitOfCode(network, station.areas[network.scheme] ?? "", level);
}

function liesIn(network: Network, station: Station, area: Area): boolean {
  return area.level === "city" || unitOf(network, station, area.level)?.id === area.id;
}

/** `district` becomes `ward` in a scheme without districts. */
function groupIn(network: Network, group: Grouping): Grouping {
  const scheme = network.schemes.find((candidate) => candidate.id === network.scheme);
  return group === "district" && scheme && !scheme.levels.includes("district") ? "ward" : group;
}

const underMaintenance = (station: Station) => station.attributes["status"] === "maintenance";

/** Properties of a station that a definition reads. */
export function inputsOf(definition: StatisticDefinition, station: Station): string[] {
  return definition.input.flatMap((input) => ("kind" in input && input.kind === station.kind ? input.properties : []));
}

/** Datasets that a definition reads. */
export function datasetsOf(definition: StatisticDefinition): string[] {
  return definition.input.flatMap((input) => ("dataset" in input ? [input.dataset] : []));
}

/** Whether anything the definition reads is told apart by areas. */
function knowsAreas(definition: StatisticDefinition): boolean {
  return definition.groups.some((group) => group === "ward" || group === "district" || group === "station");
}

const feeding = new WeakMap<Network, WeakMap<StatisticDefinition, readonly Station[]>>();

/** Stations that feed a definition, ordered by id; those under maintenance are left out. */
export function stationsOf(definition: StatisticDefinition, network: Network): readonly Station[] {
  const known = feeding.get(network) ?? new WeakMap<StatisticDefinition, readonly Station[]>();
  feeding.set(network, known);
  let stations = known.get(definition);
  if (!stations) {
    stations = network.stations
      .filter((station) => inputsOf(definition, station).length > 0 && !underMaintenance(station))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    known.set(definition, stations);
  }
  return stations;
}

/**
 * The view of a definition: default group is the first it lists; a station as subject means the group `station` where the
 * definition has it.
 * @throws ViewError when the group is not offered or the subject does not exist
 */
export function viewOf(definition: StatisticDefinition, network: Network, request: ViewRequest): View {
  const allStations = stationsOf(definition, network);
  const station = allStations.find((candidate) => candidate.id === request.subject) ?? null;
  const area = station ? null : (areasOf(network).get(request.subject ?? "") ?? null);
  const offered = new Set(definition.groups.map((group) => groupIn(network, group)));
  const wanted = request.group ?? (station && offered.has("station") ? "station" : (definition.groups[0] as Grouping));
  const group = groupIn(network, wanted);
  if (!offered.has(group)) {
    throw new ViewError("bad-group", `${definition.id} offers ${[...offered].join(", ")}, not "${group}"`);
  }
  const known = station !== null || (area !== null && (area.level === "city" || knowsAreas(definition)));
  if (request.subject !== undefined && !known && !byColumn(group)) {
    throw new ViewError(
      "unknown-subject",
      `"${request.subject}" is no area and no station that feeds ${definition.id}`,
    );
  }
  const narrowing = area?.level === "city" || !known ? null : area;
  const stations = station
    ? [station]
    : narrowing
      ? allStations.filter((candidate) => liesIn(network, candidate, narrowing))
      : allStations;
  return {
    group,
    subject: request.subject ?? null,
    area: narrowing,
    stations,
    allStations,
    groupOf: (candidate) => {
      if (group === "station") return candidate.id;
      if (group === "kind") return candidate.kind;
      if (group === "city") return "";
      return byColumn(group) ? null : (unitOf(network, candidate, group as AreaLevel)?.id ?? null);
    },
    areaOf: (code) => {
      if (narrowing && unitOfCode(network, code, narrowing.level)?.id !== narrowing.id) return null;
      return group === "ward" || group === "district" ? (unitOfCode(network, code, group)?.id ?? null) : "";
    },
  };
}
