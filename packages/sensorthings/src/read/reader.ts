import { isStream } from "../entities/entity.ts";
import { entityTypes, propertyOf, setNames } from "../model/entity-types.ts";
import { invalid, SensorThingsProblem } from "../model/problem.ts";
import { parsePath } from "../paths/resource-path.ts";
import { resolvePath, type Owner, type Target } from "../paths/resolve.ts";
import {
  checkCsvOptions,
  parseQueryOptions,
  QuerySyntaxError,
  QueryTooCostly,
  toCsv,
  toGeoJson,
  type EntityJson,
  type QueryOptions,
} from "../query/index.ts";
import type { EntityType } from "../model/entity-types.ts";
import { ReadBudget, type ReadContext } from "./context.ts";
import { dataArrayComponents, toDataArray } from "./data-array.ts";
import { readEntitySet, type SetPage } from "./entity-set.ts";
import { checkExpand, expandLinks, readLinked } from "./expand.ts";
import { observationValues } from "./items.ts";
import { scopeOf } from "./observation-scope.ts";
import { readObservationSet } from "./observation-set.ts";
import { presentEntity, presentObservation, referenceTo, shapeOf, showsSpans } from "./present.ts";
import { readSkipToken, writeSkipToken, type PagePlace } from "./skip-token.ts";
import { loadSpans, phenomenonTimeOf, type World } from "./world.ts";

/** An answer to a request that reads. */
export type Answer =
  | { kind: "json"; json: unknown }
  | { kind: "text"; text: string; media: string }
  | { kind: "nothing" };

export interface ReadRequest {
  /** Path below the root of the service, decoded. */
  path: string;
  /** Query string without `?`. */
  search: string;
  /** Address of the service without a slash at its end. */
  root: string;
  /** City time, ms. */
  now: number;
}

/** The sets, as the root of the service lists them. */
export function listSets(root: string): { name: string; url: string }[] {
  return setNames.map((name) => ({ name, url: `${root}/${name}` }));
}

/**
 * Answers a GET below the root.
 * @throws {SensorThingsProblem} for what cannot be answered
 */
export async function readResource(world: World, request: ReadRequest): Promise<Answer> {
  try {
    const path = parsePath(request.path);
    const { options, place, context } = questionOf(world, request);
    const target = await resolvePath(world, path);
    switch (target.kind) {
      case "nothing":
        return { kind: "nothing" };
      case "property":
        return await readProperty(world, target, path.tail === "$value", request.now);
      case "set":
        if (path.tail === "$value") throw invalid("$value", "follows a property, such as Things(1)/name/$value");
        return await readSet(context, request, target, options, place, path.tail === "$ref");
      default:
        if (path.tail === "$value") throw invalid("$value", "follows a property, such as Things(1)/name/$value");
        return { kind: "json", json: await readOne(context, target, options, path.tail === "$ref") };
    }
  } catch (error) {
    throw problemOf(error);
  }
}

/** A query that cannot be read or costs too much is the client's to mend. */
export function problemOf(error: unknown): unknown {
  if (error instanceof QuerySyntaxError) return new SensorThingsProblem("invalid", error.message, error.option);
  if (error instanceof QueryTooCostly) return new SensorThingsProblem("invalid", error.message, "$filter");
  return error;
}

interface Question {
  options: QueryOptions;
  place: PagePlace | null;
  context: ReadContext;
}

/** What is asked; behind a nextLink of an expanded set that is a part of the query that was asked before. */
function questionOf(world: World, { search, root, now }: ReadRequest): Question {
  const asked = parseQueryOptions(search);
  const token = asked.skipToken === null ? null : readSkipToken(asked.skipToken);
  const context = { world, root, now, search, trail: [], budget: new ReadBudget(), expand: expandLinks };
  if (!token?.expanded) return { options: asked, place: token?.place ?? null, context };
  const { search: before, trail } = token.expanded;
  let options = parseQueryOptions(before);
  for (const index of trail) {
    const item = options.expand[index];
    if (!item) throw invalid("$skiptoken", "does not fit; follow @iot.nextLink as it is");
    options = item.options;
  }
  return { options, place: token.place, context: { ...context, search: before, trail } };
}

async function readSet(
  context: ReadContext,
  request: ReadRequest,
  { type, owner }: { type: EntityType; owner: Owner | null },
  options: QueryOptions,
  place: PagePlace | null,
  asReferences: boolean,
): Promise<Answer> {
  checkFormat(type, options);
  checkExpand(type.set, options.expand);
  const asked = asReferences ? { ...options, select: ["@iot.id"], expand: [] } : options;
  const page = await pageOf(context, type, owner, asked, place);
  if (options.resultFormat === "csv") return csvOf(page, options);
  if (options.resultFormat === "geojson") return { kind: "json", json: toGeoJson(page.value) };
  const { world, root } = context;
  const json: Record<string, unknown> = {};
  if (page.count !== null) json["@iot.count"] = page.count;
  if (page.next !== null) json["@iot.nextLink"] = nextLink(context, request, page.next);
  if (asReferences) json["value"] = page.value.map((one) => referenceTo(root, type, Number(one["@iot.id"])));
  else if (options.resultFormat === "dataArray")
    json["value"] = toDataArray(world, root, page.observations ?? [], options);
  else json["value"] = page.value;
  return { kind: "json", json };
}

function checkFormat(type: EntityType, options: QueryOptions): void {
  if (options.resultFormat === "csv") checkCsvOptions(options);
  if (options.resultFormat !== "dataArray") return;
  if (type.set !== "Observations") throw invalid("$resultFormat", "dataArray is for Observations only");
  dataArrayComponents(options);
}

function csvOf(page: SetPage, options: QueryOptions): Answer {
  return { kind: "text", text: toCsv(page.value, options), media: "text/csv; charset=utf-8" };
}

function pageOf(
  context: ReadContext,
  type: EntityType,
  owner: Owner | null,
  options: QueryOptions,
  place: PagePlace | null,
): Promise<SetPage> {
  if (owner) return readLinked(context, owner.entity, owner.link, { options }, place);
  const { world } = context;
  if (type.set === "Observations") return readObservationSet(context, scopeOf(world, null), options, place);
  return readEntitySet(context, type, world.entities.list(type.set), options, place);
}

function nextLink({ search, trail, root }: ReadContext, request: ReadRequest, place: PagePlace): string {
  const parameters = new URLSearchParams(trail.length > 0 ? "" : search);
  const places = [...parameters.keys()].filter((name) => /^\$skip(?:token)?$/i.test(name));
  for (const name of places) parameters.delete(name);
  const expanded = trail.length > 0 ? { search, trail } : null;
  parameters.set("$skiptoken", writeSkipToken({ place, expanded }));
  // The dollar of an option may stand as it is, and does so in every example of the standard.
  const query = parameters.toString().replaceAll("%24", "$");
  return `${root}/${request.path.replace(/^\/+|\/+$/g, "")}?${query}`;
}

async function readOne(
  context: ReadContext,
  target: Target & { kind: "entity" | "observation" },
  options: QueryOptions,
  asReference: boolean,
): Promise<EntityJson> {
  const { world, root } = context;
  const type = target.kind === "entity" ? target.entity.type : entityTypes.Observations;
  const id = target.kind === "entity" ? target.entity.id : target.observation.id;
  if (asReference) return referenceTo(root, type, id);
  checkExpand(type.set, options.expand);
  const shape = shapeOf(type, options);
  if (target.kind === "observation") {
    const json = presentObservation(world, root, target.observation, shape);
    await context.expand(context, json, target, options.expand);
    return json;
  }
  if (showsSpans(type, shape)) await loadSpans(world, [target.entity], context.now);
  const json = presentEntity(world, root, target.entity, shape);
  await context.expand(context, json, target, options.expand);
  return json;
}

/** A property that has no value is answered by 204 (18-088, 9.2.5). */
async function readProperty(
  world: World,
  { of, name }: Target & { kind: "property" },
  raw: boolean,
  now: number,
): Promise<Answer> {
  const value = await valueOf(world, of, name, now);
  if (value === undefined || value === null) return { kind: "nothing" };
  if (!raw) return { kind: "json", json: { [name]: value } };
  const isJson = typeof value === "object";
  const text = isJson ? JSON.stringify(value) : String(value);
  return { kind: "text", text, media: isJson ? "application/json" : "text/plain; charset=utf-8" };
}

async function valueOf(
  world: World,
  of: (Target & { kind: "property" })["of"],
  name: string,
  now: number,
): Promise<unknown> {
  if (of.kind === "observation") return observationValues(of.observation)[name];
  const { entity } = of;
  if (name !== "phenomenonTime" || !isStream(entity.type.set)) {
    return propertyOf(entity.type, name) ? entity.values[name] : undefined;
  }
  await loadSpans(world, [entity], now);
  return phenomenonTimeOf(world, entity);
}
