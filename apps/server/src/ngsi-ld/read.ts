import type { StationBoard } from "../stations/board.ts";
import type { EntityQuery, Form } from "./parameters.ts";
import { entityBody, keyValues, type EntityBody, type ShownEntity } from "./represent.ts";

/** A page of entities that fulfil a query, and how many do. */
export function queryEntities(
  entities: readonly ShownEntity[],
  board: StationBoard,
  query: EntityQuery,
): { page: EntityBody[]; total: number } {
  const found: EntityBody[] = [];
  for (const entity of entities) {
    if (query.types && !query.types.has(entity.type)) continue;
    if (query.ids && !query.ids.has(entity.id)) continue;
    if (query.inPlace && !query.inPlace(entity.station)) continue;
    const body = entityBody(entity, board);
    if (query.attributes && !has(body, query.attributes)) continue;
    if (query.condition && !query.condition(body)) continue;
    found.push(query.attributes ? only(body, query.attributes) : body);
  }
  const page = found.slice(query.offset, query.offset + query.limit);
  return { page: page.map((body) => inForm(body, query.form)), total: found.length };
}

export function inForm(body: EntityBody, form: Form): EntityBody {
  return form === "keyValues" ? keyValues(body) : body;
}

/** An entity has at least one of the attributes asked for (5.7.2.4). */
function has(body: EntityBody, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => Object.hasOwn(body, name));
}

/** The entity with these attributes alone. */
export function only(body: EntityBody, names: ReadonlySet<string>): EntityBody {
  const kept: EntityBody = { id: body.id, type: body.type };
  for (const name of Object.keys(body)) if (names.has(name)) kept[name] = body[name];
  return kept;
}
