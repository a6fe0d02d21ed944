import type {
  Area,
  ForecastDefinition,
  Network,
  RegressionDefinition,
  StatisticDefinition,
  WarningDefinition,
} from "@ioc/contracts";
import { checkDatasets, checkRowFiles, type RowCheck } from "./check-datasets.ts";
import { checkDefinitions } from "./check-definitions.ts";
import { checkDevices, type DeviceCheck } from "./check-devices.ts";
import { checkNetwork } from "./check-network.ts";
import { checkNgsiMapping } from "./check-ngsi-ld.ts";
import { checkNotices } from "./check-notices.ts";
import { devicesFile } from "./device.ts";
import { networkOf } from "./network.ts";
import { ngsiFile, noNgsiMapping } from "./ngsi-ld.ts";
import type { CityPack, FeatureCollection, PackProblem } from "./pack.ts";
import { PackFiles } from "./pack-files.ts";
import type { Placed, Section } from "./problems.ts";
import { Problems } from "./problems.ts";
import { readDatasets } from "./read-datasets.ts";
import {
  readForecasts,
  readRegressions,
  readReference,
  readScenarios,
  readSimulator,
  readStatistics,
  readWarnings,
} from "./read-definitions.ts";
import { itemsOf, readAgencies, readAreas, readCentres, readDomains, readKinds } from "./read-network.ts";
import { readNotices } from "./read-notices.ts";
import { readBasemap, readShapes } from "./read-shapes.ts";
import { readStations } from "./read-stations.ts";
import { cityFile } from "./schemas.ts";
import type { CityFile } from "./schemas.ts";

function valuesOf<T>(section: Section<T>): T[] {
  return section.items.map((item) => item.value);
}

async function readAllShapes(
  files: PackFiles,
  city: CityFile,
  areas: Section<Area>,
): Promise<Record<string, FeatureCollection>> {
  const shapes: Record<string, FeatureCollection> = {};
  for (const { id } of city.schemes) {
    const own = areas.items.filter(({ value }) => value.scheme === id).map(({ value }) => value.id);
    shapes[id] = await readShapes(files, id, areas.complete ? new Set(own) : null);
  }
  return shapes;
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

/** What the engines object to in a definition, as sentences; they know what an operator or rule kind makes of its keys. */
export interface DefinitionChecks {
  statistic?: (definition: StatisticDefinition, network: Network) => string[];
  warning?: (definition: WarningDefinition, network: Network) => string[];
  forecast?: (definition: ForecastDefinition, network: Network) => string[];
  regression?: (definition: RegressionDefinition, network: Network) => string[];
  device?: DeviceCheck;
  /** Rows that the pack brings; without it only their files are looked for. */
  row?: RowCheck;
}

/**
 * Reads and checks the city pack in a folder. Never throws for what is in the files: everything wrong is listed, with file, line
 * and remedy, and then `pack` is null. `checks` adds what the engines know of definitions.
 */
export async function readPack(
  folder: string,
  checks: DefinitionChecks = {},
): Promise<{ pack: CityPack | null; problems: PackProblem[] }> {
  const problems = new Problems();
  const files = new PackFiles(folder, problems);
  const city = await files.yaml("city.yaml", cityFile, true);
  if (!city) return { pack: null, problems: problems.sorted() };
  checkCity(city, problems);
  const { id, name, timezone, center, box, attribution, schemes, scheme, boundaries } = city.value;
  const section = async <T>(read: () => Promise<Placed<T>[]>): Promise<Section<T>> => {
    const before = problems.list.length;
    return { items: await read(), complete: problems.list.length === before };
  };
  const domains = await section(() => readDomains(files));
  const agencies = await section(() => readAgencies(files));
  const areas = await section(() => readAreas(files, city.value));
  const centres = await section(() => readCentres(files));
  const kinds = await section(() => readKinds(files));
  const stations = await section(() => readStations(files, city.value, kinds.items));
  const reference = await section(() => readReference(files));
  const statistics = await section(() => readStatistics(files));
  const warnings = await section(() => readWarnings(files));
  const forecasts = await section(() => readForecasts(files));
  const regressions = await section(() => readRegressions(files));
  const datasets = await section(() => readDatasets(files));
  const scenarios = await section(() => readScenarios(files, city.value));
  const devices = itemsOf(await files.yaml("devices.yaml", devicesFile, false));
  const ngsiLd = await files.yaml("ngsi-ld.yaml", ngsiFile, false);
  const notices = await readNotices(files);
  const simulator = await readSimulator(files);
  const shapes = await readAllShapes(files, city.value, areas);
  const basemap = await readBasemap(files);
  checkNetwork({ schemes, domains, agencies, areas, centres, kinds, stations }, problems);
  checkDatasets(datasets, agencies, problems);
  await checkRowFiles(datasets, files, timezone, checks.row);
  const definitions = { statistics, warnings, forecasts, regressions, scenarios, reference };
  checkDefinitions({ domains, kinds, stations, datasets, ...definitions }, problems);
  checkDevices({ devices, kinds, stations }, problems, checks.device);
  checkNgsiMapping(ngsiLd, { kinds, stations }, problems);
  checkNotices(notices, { centres, domains, warnings }, problems);
  if (problems.list.length > 0) return { pack: null, problems: problems.sorted() };
  const drawn = boundaries[scheme];
  const pack: CityPack = {
    folder,
    id,
    name,
    timezone,
    center,
    box,
    attribution: {
      vi: `${attribution.vi} Ranh giới: ${drawn?.source.vi ?? "không rõ"}.`,
      en: `${attribution.en} Boundaries: ${drawn?.source.en ?? "unknown"}.`,
    },
    schemes,
    scheme,
    areas: valuesOf(areas),
    centres: valuesOf(centres),
    domains: valuesOf(domains),
    agencies: valuesOf(agencies),
    kinds: kinds.items.map(({ value }) => value.kind),
    stations: valuesOf(stations),
    statistics: valuesOf(statistics),
    warnings: valuesOf(warnings),
    forecasts: valuesOf(forecasts),
    regressions: valuesOf(regressions),
    datasets: valuesOf(datasets),
    scenarios: valuesOf(scenarios),
    reference: Object.fromEntries(reference.items.map(({ value }) => [value.id, value.table])),
    devices: devices.map(({ value }) => value),
    notices: {
      contacts: notices.contacts.map(({ value }) => value),
      shifts: notices.shifts.map(({ value }) => value),
      routes: notices.plan.value.routes,
      grouping: notices.plan.value.grouping,
    },
    ngsiLd: ngsiLd?.value ?? noNgsiMapping,
    simulator,
    boundaries: drawn?.status ?? "approximate",
    shapes,
    basemap,
  };
  const network = networkOf(pack);
  const remedy = "see the description of the operator or rule kind";
  for (const { value, place } of statistics.items) {
    for (const problem of checks.statistic?.(value, network) ?? [])
      problems.add(place, [], `${value.id}: ${problem}`, remedy);
  }
  for (const { value, place } of warnings.items) {
    for (const problem of checks.warning?.(value, network) ?? [])
      problems.add(place, [], `${value.id}: ${problem}`, remedy);
  }
  for (const { value, place } of forecasts.items) {
    for (const problem of checks.forecast?.(value, network) ?? [])
      problems.add(place, [], `${value.id}: ${problem}`, "see docs/forecasting.md and the description of the operator");
  }
  for (const { value, place } of regressions.items) {
    for (const problem of checks.regression?.(value, network) ?? [])
      problems.add(place, [], `${value.id}: ${problem}`, "see docs/forecasting.md and the description of the operator");
  }
  return { pack: problems.list.length > 0 ? null : pack, problems: problems.sorted() };
}
