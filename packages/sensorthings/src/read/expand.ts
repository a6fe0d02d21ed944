import type { Entity } from "../entities/entity.ts";
import { entityTypes, linkOf, typeOfSet, type LinkType } from "../model/entity-types.ts";
import { invalid } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import type { EntityJson, ExpandItem } from "../query/index.ts";
import type { Expand, ReadContext } from "./context.ts";
import { readEntitySet, type SetPage } from "./entity-set.ts";
import { relatedOf } from "./items.ts";
import { scopeOf } from "./observation-scope.ts";
import { readObservationSet } from "./observation-set.ts";
import { addressOf, presentEntity, shapeOf, showsSpans } from "./present.ts";
import { writeSkipToken, type PagePlace } from "./skip-token.ts";
import { loadSpans } from "./world.ts";

/** Answers each link that is expanded, with its own options. */
export const expandLinks: Expand = async (context, json, source, items) => {
  for (const [index, item] of items.entries()) {
    const inner = { ...context, trail: [...context.trail, index] };
    if ("observation" in source) await expandOfObservation(inner, json, source.observation, item);
    else await expandOfEntity(inner, json, source.entity, item);
  }
};

async function expandOfEntity(
  context: ReadContext,
  json: Record<string, unknown>,
  entity: Entity,
  item: ExpandItem,
): Promise<void> {
  const link = linkOf(entity.type, item.link);
  if (!link) throw invalid("$expand", `a ${entity.type.singular} has no link ${item.link}`);
  if (!link.many) {
    const related = context.world.entities.linked(entity, link)[0];
    return void (json[link.name] = related ? await oneEntity(context, related, item) : null);
  }
  const page = await readLinked(context, entity, link, item, null);
  addPage(context, json, `${addressOf(context.root, entity.type, entity.id)}/${link.name}`, item, page);
}

/** A page of the entities behind a link to many. */
export function readLinked(
  context: ReadContext,
  entity: Entity,
  link: LinkType,
  { options }: Pick<ExpandItem, "options">,
  place: PagePlace | null,
): Promise<SetPage> {
  const { world } = context;
  if (link.to === "Observations") return readObservationSet(context, scopeOf(world, entity), options, place);
  return readEntitySet(context, entityTypes[link.to], world.entities.linked(entity, link), options, place);
}

async function expandOfObservation(
  context: ReadContext,
  json: Record<string, unknown>,
  observation: StoredObservation,
  item: ExpandItem,
): Promise<void> {
  const related = relatedOf(context.world, observation, item.link);
  if (related) json[item.link] = await oneEntity(context, related, item);
}

async function oneEntity(context: ReadContext, entity: Entity, { options }: ExpandItem): Promise<EntityJson> {
  const shape = shapeOf(entity.type, options);
  if (showsSpans(entity.type, shape)) await loadSpans(context.world, [entity], context.now);
  const json = presentEntity(context.world, context.root, entity, shape);
  if (options.expand.length > 0) await context.expand(context, json, { entity }, options.expand);
  return json;
}

function addPage(
  { search, trail }: ReadContext,
  json: Record<string, unknown>,
  address: string,
  { link, options }: ExpandItem,
  { value, count, next }: SetPage,
): void {
  if (count !== null) json[`${link}@iot.count`] = count;
  json[link] = value;
  // Whoever asks for one of each wants no second page.
  if (next === null || options.top === 1) return;
  const token = writeSkipToken({ place: next, expanded: { search, trail } });
  json[`${link}@iot.nextLink`] = `${address}?$skiptoken=${token}`;
}

/** Entity types that a path of links leads through; used to check an expansion before anything is read. */
export function checkExpand(set: Parameters<typeof typeOfSet>[0], items: readonly ExpandItem[]): void {
  const type = typeOfSet(set);
  for (const { link, options } of items) {
    const known = type && linkOf(type, link);
    if (!known) throw invalid("$expand", `a ${type?.singular ?? set} has no link ${link}`);
    shapeOf(entityTypes[known.to], options);
    checkExpand(known.to, options.expand);
  }
}
