import { problemOf, type NgsiProblem } from "./problems.ts";

/** An attribute of an entity in whatever form it came. */
export interface EntityAttribute {
  name: string;
  value: unknown;
  /** As it was sent. */
  unitCode?: string | undefined;
  /** `observedAt`, or the time in NGSIv2 metadata, as it was sent. */
  observedAt?: unknown;
}

export interface Entity {
  id: string;
  /** Without the address of its vocabulary. */
  type: string;
  attributes: EntityAttribute[];
}

type Json = Readonly<Record<string, unknown>>;

const longestName = 200;
const mostAttributes = 500;
/** Members of an entity or attribute that are about it, not part of what it says. */
const reserved = new Set(["id", "type", "@id", "@type", "@context", "geometry", "createdAt", "modifiedAt", "scope"]);
const ngsiLdTypes = new Set(["Property", "GeoProperty", "Relationship", "LanguageProperty", "VocabProperty"]);
/** Metadata of NGSIv2 that names the time of an attribute (FIWARE IoT agents, QuantumLeap). */
const timeMetadata = ["observedAt", "timestamp", "TimeInstant", "dateObserved"];

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads one entity: NGSI-LD or NGSIv2, normalized or as key-values, or a GeoJSON feature with it. Names of types and attributes
 * may be written in full; only what stands behind their last `/`, `#` or `:` counts. Nothing is fetched: of an `@context` only
 * names that it defines itself are taken into account.
 * @throws {NgsiProblem} BadRequestData
 */
export function readEntity(given: unknown): Entity {
  if (!isObject(given)) throw badRequest("an entity must be a JSON object");
  const isFeature = given["type"] === "Feature" && isObject(given["properties"]);
  const body = isFeature ? (given["properties"] as Json) : given;
  const rename = contextNames(given["@context"] ?? body["@context"]);
  const id = given["id"] ?? given["@id"] ?? body["id"];
  if (typeof id !== "string" || id === "" || id.length > longestName) {
    throw badRequest(`\`id\` must be a text of 1 to ${longestName} characters`);
  }
  const types = [body["type"] ?? body["@type"]].flat();
  const type = types.find((one) => typeof one === "string" && one !== "");
  if (typeof type !== "string") throw badRequest(`entity ${id} has no \`type\``);
  return { id, type: rename(type), attributes: readAttributes(body, rename) };
}

/** Reads a fragment with attributes only, as `/entities/{id}/attrs` takes it. */
export function readFragment(given: unknown): EntityAttribute[] {
  if (!isObject(given)) throw badRequest("the body must be a JSON object with attributes");
  return readAttributes(given, contextNames(given["@context"]));
}

function readAttributes(body: Json, rename: (name: string) => string): EntityAttribute[] {
  const names = Object.keys(body).filter((name) => !reserved.has(name));
  if (names.length > mostAttributes) throw badRequest(`an entity may have at most ${mostAttributes} attributes`);
  return names.flatMap((name) => instancesOf(rename(name), body[name]));
}

/** An attribute may have several instances (NGSI-LD `datasetId`), which are told apart by their times. */
function instancesOf(name: string, given: unknown): EntityAttribute[] {
  const several = Array.isArray(given) && given.length > 0 && given.every(isNormalized);
  return (several ? given : [given]).map((one) => readAttribute(name, one));
}

function isNormalized(given: unknown): given is Json {
  if (!isObject(given) || typeof given["type"] !== "string") return false;
  return ngsiLdTypes.has(given["type"]) || "value" in given || "object" in given;
}

function readAttribute(name: string, given: unknown): EntityAttribute {
  if (!isNormalized(given)) return { name, value: given };
  const metadata = isObject(given["metadata"]) ? given["metadata"] : {};
  const unitCode = plain(given["unitCode"]) ?? plain(metadata["unitCode"]);
  const times = [given["observedAt"], ...timeMetadata.map((key) => metadata[key])];
  return {
    name,
    value: given["value"] ?? given["object"] ?? null,
    unitCode: typeof unitCode === "string" ? unitCode.slice(0, 40) : undefined,
    observedAt: times.map(plain).find((time) => time !== undefined),
  };
}

/** A value that may be wrapped as `{ value }`, `{ "@value" }`, a property or metadata. */
export function plain(given: unknown): unknown {
  if (!isObject(given)) return given ?? undefined;
  return given["@value"] ?? given["value"] ?? given["object"];
}

/** What a name means by an `@context` written into the body; without one, the end of a full name. */
function contextNames(context: unknown): (name: string) => string {
  const terms = new Map<string, string>();
  for (const part of [context].flat()) {
    if (!isObject(part)) continue;
    for (const [term, meaning] of Object.entries(part)) {
      const address = isObject(meaning) ? meaning["@id"] : meaning;
      if (typeof address === "string" && !term.startsWith("@")) terms.set(term, address);
    }
  }
  return (name) => lastPart(terms.get(name) ?? name);
}

function lastPart(name: string): string {
  return /[^/#:]*$/.exec(name.replace(/[/#:]+$/, ""))?.[0].slice(0, longestName) ?? name;
}

function badRequest(detail: string): NgsiProblem {
  return problemOf(400, "BadRequestData", detail);
}
