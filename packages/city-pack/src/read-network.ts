import type { Agency, Area, Centre, Domain, ObservedProperty, StationKind } from "@ioc/contracts";
import { durationMs } from "@ioc/contracts";
import type { PackFiles } from "./pack-files.ts";
import { placeBelow } from "./problems.ts";
import type { Placed } from "./problems.ts";
import { agenciesFile, areasFile, centresFile, commonPropertiesFile, domainsFile, kindFile } from "./schemas.ts";
import type { CityFile, KindFile, PropertyEntry } from "./schemas.ts";

/** The items of a list, each with its own place. */
export function itemsOf<T>(list: Placed<readonly T[]> | null): Placed<T>[] {
  return list ? list.value.map((value, index) => ({ value, place: placeBelow(list.place, [index]) })) : [];
}

export async function readDomains(files: PackFiles): Promise<Placed<Domain>[]> {
  return itemsOf(await files.yaml("domains.yaml", domainsFile, true));
}

export async function readAgencies(files: PackFiles): Promise<Placed<Agency>[]> {
  return itemsOf(await files.yaml("agencies.yaml", agenciesFile, true)).map(({ value, place }) => ({
    value: { id: value.id, name: value.name },
    place,
  }));
}

/** `areas/<scheme>.yaml` for each scheme of the city. */
export async function readAreas(files: PackFiles, city: CityFile): Promise<Placed<Area>[]> {
  const areas: Placed<Area>[] = [];
  const known = new Set(city.schemes.map((scheme) => `areas/${scheme.id}.yaml`));
  for (const file of await files.list("areas", ".yaml")) {
    if (!known.has(file)) {
      files.problems.addFile(file, "no scheme of city.yaml has this name", "add the scheme or remove the file");
    }
  }
  for (const scheme of city.schemes) {
    const entries = itemsOf(await files.yaml(`areas/${scheme.id}.yaml`, areasFile, true));
    for (const { value, place } of entries) areas.push({ value: { scheme: scheme.id, ...value }, place });
  }
  return areas;
}

export async function readCentres(files: PackFiles): Promise<Placed<Centre>[]> {
  return itemsOf(await files.yaml("centres.yaml", centresFile, false));
}

function propertyOf(entry: PropertyEntry, technical: boolean): ObservedProperty {
  const { period, ...rest } = entry;
  return { ...rest, periodSeconds: (durationMs(period) ?? 0) / 1000, technical };
}

/** A kind as the program uses it, with what only the pack's own checks need. */
export interface KindSource {
  kind: StationKind;
  prefix: string;
  attributes: KindFile["attributes"];
}

/** `kinds/<id>.yaml`, each with the properties of `common-properties.yaml` (technical) behind its own. */
export async function readKinds(files: PackFiles): Promise<Placed<KindSource>[]> {
  const common = await files.yaml("common-properties.yaml", commonPropertiesFile, false);
  const technical = (common?.value ?? []).map((entry) => propertyOf(entry, true));
  const kinds: Placed<KindSource>[] = [];
  const names = await files.list("kinds", ".yaml");
  if (names.length === 0) files.problems.addFile("kinds", "there is no station kind", "add kinds/<kind>.yaml");
  for (const file of names) {
    const read = await files.yaml(file, kindFile, true);
    if (!read) continue;
    const { id, name, owner, glyph, domain, primary, prefix, attributes } = read.value;
    if (file !== `kinds/${id}.yaml`) {
      files.problems.add(read.place, ["id"], `the file of kind "${id}" has another name`, `name it kinds/${id}.yaml`);
    }
    const properties = [...read.value.properties.map((entry) => propertyOf(entry, false)), ...technical];
    kinds.push({
      value: { kind: { id, name, owner, glyph, domain, primary, properties }, prefix, attributes },
      place: read.place,
    });
  }
  return kinds;
}
