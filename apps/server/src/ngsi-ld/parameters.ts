import { readCondition, type Condition } from "./conditions.ts";
import { readGeoQuery, type StationFilter } from "./geo.ts";
import { problemOf } from "./problems.ts";

/** Form of the entities that are answered. */
export type Form = "normalized" | "keyValues";

export interface EntityQuery {
  /** Null: all. */
  types: ReadonlySet<string> | null;
  ids: ReadonlySet<string> | null;
  attributes: ReadonlySet<string> | null;
  condition: Condition | null;
  inPlace: StationFilter | null;
  limit: number;
  offset: number;
  form: Form;
  count: boolean;
}

const defaultLimit = 100;
const mostEntities = 1000;
const mostNames = 200;
const known =
  "type id idPattern attrs q georel geometry coordinates geoproperty limit offset options count format local";

/** @throws {NgsiProblem} BadRequestData that names the parameter and what would be right */
export function readEntityQuery(search: URLSearchParams): EntityQuery {
  checkNames(search, known.split(" "));
  if (search.has("idPattern")) throw problemOf(501, "OperationNotSupported", "`idPattern` is not supported");
  const types = namesOf(search, "type", /[,|]/);
  const ids = namesOf(search, "id", ",");
  const attributes = namesOf(search, "attrs", ",");
  const q = search.get("q");
  const inPlace = readGeoQuery(search);
  // ETSI GS CIM 009, 5.7.2.4: a query for everything at once is not allowed.
  if (!types && !ids && !attributes && q === null && !inPlace) {
    throw problemOf(400, "BadRequestData", "ask for at least one of `type`, `id`, `attrs`, `q` and `georel`");
  }
  const { form, count } = readOptions(search);
  return {
    types,
    ids,
    attributes,
    condition: q === null ? null : readCondition(q),
    inPlace,
    limit: wholeNumber(search, "limit", count ? 0 : 1, mostEntities) ?? defaultLimit,
    offset: wholeNumber(search, "offset", 0, 1e9) ?? 0,
    form,
    count,
  };
}

/** `options` and, as later editions of the standard have it, `format` and `count`. */
export function readOptions(search: URLSearchParams): { form: Form; count: boolean; temporalValues: boolean } {
  const options = (search.get("options") ?? "").split(",").filter((one) => one !== "");
  const format = search.get("format");
  const all = format === null ? options : [...options, format];
  const understood = ["normalized", "keyValues", "simplified", "count", "temporalValues", "sysAttrs"];
  const unknown = all.find((one) => !understood.includes(one));
  if (unknown !== undefined) {
    const detail = `\`options\` may have ${understood.join(", ")}; "${unknown.slice(0, 40)}" is not supported`;
    throw problemOf(unknown === "concise" || unknown === "aggregatedValues" ? 501 : 400, "BadRequestData", detail);
  }
  return {
    form: all.includes("keyValues") || all.includes("simplified") ? "keyValues" : "normalized",
    count: options.includes("count") || search.get("count") === "true",
    temporalValues: all.includes("temporalValues"),
  };
}

/** A misspelt parameter is told, not passed over. */
export function checkNames(search: URLSearchParams, names: readonly string[]): void {
  for (const name of search.keys()) {
    if (names.includes(name)) continue;
    throw problemOf(
      400,
      "BadRequestData",
      `there is no parameter \`${name.slice(0, 40)}\`; right are: ${names.join(", ")}`,
    );
  }
}

/** Names of a list; of a name written in full only the end counts, except for ids. */
export function namesOf(search: URLSearchParams, key: string, separator: string | RegExp): Set<string> | null {
  const text = search.get(key);
  if (text === null || text === "") return null;
  const names = text.split(separator).map((name) => (key === "id" ? name : name.replace(/^.*[/#:]/, "")).trim());
  if (names.length > mostNames || names.includes("")) {
    throw problemOf(400, "BadRequestData", `\`${key}\` must be a list of 1 to ${mostNames} names`);
  }
  return new Set(names);
}

export function wholeNumber(search: URLSearchParams, key: string, low: number, high: number): number | null {
  const text = search.get(key);
  if (text === null) return null;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw problemOf(400, "BadRequestData", `\`${key}\` must be a whole number from ${low} to ${high}`);
}
