import type { AreaScheme } from "@ioc/contracts";
import { checkDefinitions } from "./check-definitions.ts";
import { checkNetwork } from "./check-network.ts";
import type { CityPack, FeatureCollection, PackProblem } from "./pack.ts";
import { PackFiles } from "./pack-files.ts";
import type { Placed } from "./problems.ts";
import { Problems } from "./problems.ts";
import { readReference, readScenarios, readSimulator, readStatistics, readWarnings } from "./read-definitions.ts";
import { readAgencies, readAreas, readCentres, readDomains, readKinds } from "./read-network.ts";
import { readBasemap, readShapes } from "./read-shapes.ts";
import { readStations } from "./read-stations.ts";
import { cityFile } from "./schemas.ts";
import type { CityFile } from "./schemas.ts";

function valuesOf<T>(items: readonly Placed<T>[]): T[] {
  return items.map((item) => item.value);
}

function checkCity({ value, place }: Placed<CityFile>, problems: Problems): void {
  const ids = value.schemes.map((scheme) => scheme.id);
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index)
      problems.add(place, ["schemes", index, "id"], `scheme "${id}" is there twice`, "rename one");
    if (value.boundaries[id] === undefined) {
      const remedy = "add { status: approximate | official, source: ... }";
      problems.add(place, ["boundaries"], `nothing is said about the boundaries of scheme "${id}"`, remedy);
    }
  }
  for (const id of Object.keys(value.boundaries)) {
    if (!ids.includes(id))
      problems.add(place, ["boundaries", id], `there is no scheme "${id}"`, "use the id of a scheme");
  }
  if (!ids.includes(value.scheme)) {
    problems.add(place, ["scheme"], `there is no scheme "${value.scheme}"`, `use one of: ${ids.join(", ")}`);
  }
}

/**
 * Reads and checks the city pack in a folder. Never throws for what is in the files: everything wrong is listed, with file, line
 * and remedy, and then `pack` is null.
 */
export async function readPack(folder: string): Promise<{ pack: CityPack | null; problems: PackProblem[] }> {
  const problems = new Problems();
  const files = new PackFiles(folder, problems);
  const city = await files.yaml("city.yaml", cityFile, true);
  if (!city) return { pack: null, problems: problems.sorted() };
  checkCity(city, problems);
  const { id, name, timezone, center, box, attribution, schemes, scheme, boundaries } = city.value;
  const domains = await readDomains(files);
  const agencies = await readAgencies(files);
  const areas = await readAreas(files, city.value);
  const centres = await readCentres(files);
  const kinds = await readKinds(files);
  const stations = await readStations(files, city.value, kinds);
  const reference = await readReference(files);
  const statistics = await readStatistics(files);
  const warnings = await readWarnings(files);
  const scenarios = await readScenarios(files, city.value);
  const simulator = await readSimulator(files);
  const shapes: Record<string, FeatureCollection> = {};
  for (const { id: schemeId } of schemes) {
    const own = areas.filter(({ value }) => value.scheme === schemeId);
    shapes[schemeId] = await readShapes(files, schemeId, new Set(own.map(({ value }) => value.id)));
  }
  const basemap = await readBasemap(files);
  // References to items that could not be read would only repeat the first problem in other words.
  if (problems.list.length === 0) {
    checkNetwork({ schemes, domains, agencies, areas, centres, kinds, stations }, problems);
    checkDefinitions({ domains, kinds, stations, statistics, warnings, scenarios, reference }, problems);
  }
  if (problems.list.length > 0) return { pack: null, problems: problems.sorted() };
  const pack: CityPack = {
    folder,
    id,
    name,
    timezone,
    center,
    box,
    attribution,
    schemes: schemes satisfies AreaScheme[],
    scheme,
    areas: valuesOf(areas),
    centres: valuesOf(centres),
    domains: valuesOf(domains),
    agencies: valuesOf(agencies),
    kinds: kinds.map(({ value }) => value.kind),
    stations: valuesOf(stations),
    statistics: valuesOf(statistics),
    warnings: valuesOf(warnings),
    scenarios: valuesOf(scenarios),
    reference: Object.fromEntries(reference.map(({ value }) => [value.id, value.table])),
    simulator,
    boundaries: boundaries[scheme]?.status ?? "approximate",
    shapes,
    basemap,
  };
  return { pack, problems: [] };
}
