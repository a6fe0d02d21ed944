import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Area } from "@ioc/contracts";
import { parseDocument } from "yaml";
import { z } from "zod";
import { matchFeatures } from "./boundary-match.ts";
import type { Matching, OfficialFeature } from "./boundary-match.ts";
import { findCrossing } from "./crossings.ts";
import { addWider, countPositions, geoJson, reduce } from "./boundary-shapes.ts";
import type { Shapes } from "./boundary-shapes.ts";
import { arealFault, geometry, polygonsOf } from "./geometry.ts";
import type { Position } from "./geometry.ts";
import type { PackProblem } from "./pack.ts";
import { PackFiles } from "./pack-files.ts";
import { placeBelow, Problems } from "./problems.ts";
import type { Place } from "./problems.ts";
import { readAreas } from "./read-network.ts";
import { cityFile } from "./schemas.ts";

const largestBytes = 256 * 1024 * 1024;
/** A shape whose box is farther than this from the known middle of its unit is in the wrong place or coordinate system. */
const farDegrees = 0.25;

export interface BoundaryReport {
  /** False: nothing was changed, and `problems` says why. */
  ok: boolean;
  scheme: string;
  /** Property by which features were matched, and whether it held codes or names. */
  matched: { key: string; by: "code" | "name" } | null;
  areas: number;
  positions: { before: number; after: number };
  problems: PackProblem[];
}

export interface BoundaryOptions {
  /** Default: the scheme in use. */
  scheme?: string | undefined;
  /** Who published the boundaries; default: the name of the file. */
  source?: string | undefined;
}

const collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z
    .array(
      z.object({
        type: z.literal("Feature"),
        id: z.union([z.string(), z.number()]).optional(),
        properties: z.record(z.string(), z.unknown()).nullable(),
        geometry: z.unknown(),
      }),
    )
    .min(1),
});

async function readFeatures(
  file: string,
  place: Place,
  problems: Problems,
): Promise<z.infer<typeof collection>["features"]> {
  try {
    let bytes: Buffer = await readFile(file);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      bytes = await promisify(gunzip)(bytes, { maxOutputLength: largestBytes });
    const result = collection.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    if (result.success) return result.data.features;
    problems.addIssues(place, result.error.issues.slice(0, 20));
  } catch (error) {
    problems.addFile(
      place.file,
      `not readable as GeoJSON: ${(error as Error).message}`,
      "export it again as GeoJSON in WGS 84",
    );
  }
  return [];
}

function crossingIn(polygons: readonly Position[][][]): string | null {
  const [crossing] = polygons.map(findCrossing).filter((found) => found !== null);
  return crossing ? `the outline crosses itself near ${crossing[0]}, ${crossing[1]}` : null;
}

function distanceFromBox(area: Area, polygons: readonly Position[][][]): number {
  if (!area.center) return 0;
  const [lat, lon] = area.center;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of polygons.flat(2)) {
    [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
  }
  return Math.max(south - lat, lat - north, west - lon, lon - east, 0);
}

/** Shapes by area id; everything that cannot be taken over becomes a problem. */
function collect(
  features: readonly (OfficialFeature & { geometry?: unknown })[],
  matching: Matching,
  place: Place,
  problems: Problems,
): Shapes {
  const shapes: Shapes = new Map();
  for (const [index, feature] of features.entries()) {
    const at = placeBelow(place, ["features", index]);
    const area = matching.areaOf(feature);
    if (!area) {
      const problem = `"${matching.nameOf(feature)}" is no unit of the scheme`;
      problems.add(at, ["properties", matching.key], problem, "remove the feature or name another scheme");
      continue;
    }
    if (shapes.has(area.id)) {
      problems.add(at, [], `a second shape of ${area.name.vi} (${area.id})`, "join the two in one MultiPolygon");
      continue;
    }
    const shape = geometry.safeParse(feature.geometry);
    const polygons = shape.success ? polygonsOf(shape.data) : [];
    shapes.set(area.id, polygons);
    const fault = shape.success
      ? (arealFault(shape.data) ?? crossingIn(polygons))
      : "the geometry is no valid Polygon or MultiPolygon in degrees";
    if (fault) {
      problems.add(
        at,
        ["geometry"],
        `${area.name.vi} (${area.id}): ${fault}`,
        "repair it in a GIS and export it again",
      );
    } else if (distanceFromBox(area, polygons) > farDegrees) {
      const problem = `${area.name.vi} (${area.id}) lies far from where it should be`;
      problems.add(at, ["geometry"], problem, "use longitude, latitude in WGS 84 (EPSG:4326)");
    }
  }
  return shapes;
}

/** Replaces both files together as far as a file system can: all is written before anything is renamed. */
async function replaceFiles(files: readonly { path: string; text: string }[]): Promise<void> {
  const temporary = files.map(({ path }) => `${path}.new`);
  try {
    for (const [index, { path, text }] of files.entries()) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary[index] ?? path, text, { flush: true });
    }
    for (const [index, { path }] of files.entries()) await rename(temporary[index] ?? path, path);
  } finally {
    await Promise.all(temporary.map((path) => rm(path, { force: true })));
  }
}

async function markOfficial(folder: string, scheme: string, source: string): Promise<{ path: string; text: string }> {
  const path = join(folder, "city.yaml");
  const document = parseDocument(await readFile(path, "utf8"));
  document.setIn(
    ["boundaries", scheme],
    document.createNode({ status: "official", source: { vi: source, en: source } }),
  );
  return { path, text: document.toString({ lineWidth: 0, flowCollectionPadding: true }) };
}

/**
 * Replaces the area shapes of a scheme by official ones: a GeoJSON FeatureCollection (plain or gzip) with every unit of the
 * scheme's narrowest level, named by code or name in a property. Wider areas that are not in the file are united from their
 * parts. Coordinates are rounded to 5 decimals and thinned by 11 m without gaps between neighbours. When anything is missing,
 * unknown or invalid, all of it is reported and nothing is changed.
 */
export async function setBoundaries(
  folder: string,
  file: string,
  options: BoundaryOptions = {},
): Promise<BoundaryReport> {
  const problems = new Problems();
  const pack = new PackFiles(folder, problems);
  const city = await pack.yaml("city.yaml", cityFile, true);
  const scheme = city?.value.schemes.find(({ id }) => id === (options.scheme ?? city.value.scheme));
  const schemeId = scheme?.id ?? options.scheme ?? "";
  const refused = (matching: Matching | null = null): BoundaryReport => ({
    ok: false,
    scheme: schemeId,
    matched: matching && { key: matching.key, by: matching.by },
    areas: 0,
    positions: { before: 0, after: 0 },
    problems: problems.sorted(),
  });
  if (city && !scheme) {
    const known = city.value.schemes.map(({ id }) => id).join(", ");
    problems.add(city.place, ["schemes"], `there is no scheme "${schemeId}"`, `use one of: ${known}`);
  }
  if (!city || !scheme) return refused();
  const all = await readAreas(pack, city.value);
  const areas = all.map(({ value }) => value).filter((area) => area.scheme === scheme.id);
  const place: Place = { file: basename(file), path: [], lineOf: () => 0 };
  const features = await readFeatures(file, place, problems);
  if (problems.list.length > 0) return refused();
  const matching = matchFeatures(features, areas);
  if (!matching) {
    problems.addFile(place.file, "no property holds codes or names of the scheme's units", "add a property `code`");
    return refused();
  }
  const shapes = collect(features, matching, place, problems);
  const narrowest = scheme.levels.at(-1);
  const isBelowNothing = new Set(areas.map((area) => area.parent));
  for (const area of areas) {
    if (shapes.has(area.id) || (area.level !== narrowest && isBelowNothing.has(area.id))) continue;
    problems.addFile(place.file, `${area.name.vi} (${area.id}) is missing`, "add a feature for it");
  }
  if (problems.list.length > 0) return refused(matching);
  const reduced = reduce(shapes);
  addWider(reduced, areas);
  const source = options.source ?? basename(file);
  await replaceFiles([
    { path: join(folder, "shapes", `${scheme.id}.geojson`), text: geoJson(reduced, areas) },
    await markOfficial(folder, scheme.id, source),
  ]);
  return {
    ok: true,
    scheme: scheme.id,
    matched: { key: matching.key, by: matching.by },
    areas: areas.length,
    positions: { before: countPositions(shapes), after: countPositions(reduced) },
    problems: [],
  };
}
