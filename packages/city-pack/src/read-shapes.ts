import { z } from "zod";
import { arealFault, geometry } from "./geometry.ts";
import type { Geometry } from "./geometry.ts";
import type { FeatureCollection } from "./pack.ts";
import type { PackFiles } from "./pack-files.ts";
import type { Place } from "./problems.ts";
import { placeBelow } from "./problems.ts";

const feature = z.strictObject({
  type: z.literal("Feature"),
  id: z.union([z.string(), z.number()]).optional(),
  geometry,
  properties: z.record(z.string(), z.unknown()),
});
const collection = z.object({ type: z.literal("FeatureCollection"), features: z.array(feature) });

const basemapLayers = ["land", "water", "river", "road", "place"] as const;
const basemapProperties = z.object({
  layer: z.enum(basemapLayers),
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }).nullable(),
  rank: z.int().min(0),
});

type Features = { type: "Feature"; id?: string | number; geometry: Geometry; properties: Record<string, unknown> }[];

function emptyCollection(): FeatureCollection {
  return { type: "FeatureCollection", features: [] };
}

async function readCollection(files: PackFiles, file: string): Promise<{ features: Features; place: Place } | null> {
  const text = await files.text(file, false);
  if (text === null) return null;
  const place: Place = { file, path: [], lineOf: () => 0 };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    files.problems.addFile(file, `not valid JSON: ${(error as Error).message}`, "export the file again as GeoJSON");
    return null;
  }
  const result = collection.safeParse(content);
  if (!result.success) {
    files.problems.addIssues(place, result.error.issues);
    return null;
  }
  return { features: result.data.features as Features, place };
}

/**
 * `shapes/<scheme>.geojson`: one areal feature for each area, feature id = area id. No file: no shapes. `areaIds` is null when the
 * areas themselves could not be read.
 */
export async function readShapes(
  files: PackFiles,
  scheme: string,
  areaIds: ReadonlySet<string> | null,
): Promise<FeatureCollection> {
  const read = await readCollection(files, `shapes/${scheme}.geojson`);
  if (!read) return emptyCollection();
  const { features, place } = read;
  const seen = new Set<string>();
  for (const [index, { id, geometry: shape }] of features.entries()) {
    const at = placeBelow(place, ["features", index]);
    const area = String(id ?? "");
    if (areaIds && !areaIds.has(area)) {
      files.problems.add(at, ["id"], `no area "${area}" in scheme ${scheme}`, "use the id of an area as feature id");
    } else if (seen.has(area)) files.problems.add(at, ["id"], `a second shape of area "${area}"`, "keep one");
    seen.add(area);
    const fault = arealFault(shape);
    if (fault) files.problems.add(at, ["geometry"], fault, "give a closed Polygon or MultiPolygon");
  }
  for (const area of areaIds ?? []) {
    if (seen.has(area)) continue;
    files.problems.addFile(place.file, `area "${area}" has no shape`, "add a feature with this id");
  }
  return { type: "FeatureCollection", features };
}

/** `basemap.geojson`: what a map shows besides areas and stations. Properties: layer, name {vi, en} or null, rank (0 first). */
export async function readBasemap(files: PackFiles): Promise<FeatureCollection> {
  const read = await readCollection(files, "basemap.geojson");
  if (!read) return emptyCollection();
  for (const [index, { properties }] of read.features.entries()) {
    const result = basemapProperties.safeParse(properties);
    if (result.success) continue;
    files.problems.addIssues(placeBelow(read.place, ["features", index, "properties"]), result.error.issues);
  }
  return { type: "FeatureCollection", features: read.features };
}
