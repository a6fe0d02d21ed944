import type { Entity } from "../entities/entity.ts";
import { isStream } from "../entities/entity.ts";
import type { EntityType } from "../model/entity-types.ts";
import type { StoredObservation } from "../observations/stored.ts";
import { compareBy, matches, type EntityJson, type QueryOptions } from "../query/index.ts";
import { pageSize, type ReadContext } from "./context.ts";
import { EntityItem } from "./items.ts";
import { presentEntity, shapeOf, showsSpans } from "./present.ts";
import type { PagePlace } from "./skip-token.ts";
import { loadSpans } from "./world.ts";

/** One page of a set. */
export interface SetPage {
  value: EntityJson[];
  /** How many there are in all, when that was asked. */
  count: number | null;
  /** Where the next page begins; null on the last. */
  next: PagePlace | null;
  /** Of a page of Observations: what `value` was made of. */
  observations?: readonly StoredObservation[];
}

/**
 * A page of entities other than Observations, evaluated in the order of the standard: filter, count, orderby, skip, top
 * (18-088, req/request-data/order).
 * @param entities the whole set, by id
 */
export async function readEntitySet(
  context: ReadContext,
  type: EntityType,
  entities: readonly Entity[],
  options: QueryOptions,
  place: PagePlace | null,
): Promise<SetPage> {
  const { world, now } = context;
  const shape = shapeOf(type, options);
  const { filter, orderby } = options;
  if (isStream(type.set) && (filter || orderby.length > 0)) await loadSpans(world, entities, now);
  let chosen: readonly Entity[] = entities;
  if (filter) chosen = chosen.filter((entity) => matches(filter, new EntityItem(world, entity), now));
  const count = options.count ? chosen.length : null;
  if (orderby.length > 0) {
    const items = chosen.map((entity) => new EntityItem(world, entity));
    chosen = items.sort(compareBy(orderby, now) as (a: EntityItem, b: EntityItem) => number).map((item) => item.entity);
  }
  const start = startOf(chosen, options, place);
  const end = start + pageSize(options.top);
  const page = chosen.slice(start, end);
  if (showsSpans(type, shape)) await loadSpans(world, page, now);
  const value: EntityJson[] = [];
  for (const entity of page) {
    const json = presentEntity(world, context.root, entity, shape);
    if (options.expand.length > 0) await context.expand(context, json, { entity }, options.expand);
    value.push(json);
  }
  const last = page.at(-1);
  const more = last !== undefined && end < chosen.length;
  const next = !more ? null : orderby.length > 0 ? { skip: end } : { id: last.id };
  return { value, count, next };
}

function startOf(chosen: readonly Entity[], { skip }: QueryOptions, place: PagePlace | null): number {
  if (place && "skip" in place) return place.skip;
  if (place && "id" in place) {
    const index = chosen.findIndex(({ id }) => id > place.id);
    return index < 0 ? chosen.length : index;
  }
  return skip ?? 0;
}
