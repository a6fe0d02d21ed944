import { isLink } from "./expression.ts";
import type { Item } from "./expression.ts";
import { instant, parseTime } from "./time.ts";

/** Which entity stands for a link to several, by the path of links that leads there (`Datastreams/Observations`). */
export type Choices = ReadonlyMap<string, Item | null>;

/** Properties of entities that are times; inside `properties` a time is text until it is compared with a time. */
const timeProperties = new Set(["phenomenonTime", "resultTime", "validTime", "time", "creationTime"]);

/** The value at the end of a path of links and properties; null when there is none. */
export function readPath(steps: readonly string[], item: Item, choices: Choices): unknown {
  let entity: Item | null = item;
  for (const [index, step] of steps.entries()) {
    if (!isLink(step)) return inside(propertyOf(entity, step), steps, index + 1);
    entity = follow(entity, step, steps, index, choices);
    if (!entity) return null;
  }
  // A path that ends at an entity stands for its id: `Thing eq null`.
  return propertyOf(entity, "@iot.id");
}

function follow(entity: Item, link: string, steps: readonly string[], index: number, choices: Choices): Item | null {
  const chosen = choices.size > 0 ? choices.get(steps.slice(0, index + 1).join("/")) : undefined;
  if (chosen !== undefined) return chosen;
  const related = entity.related(link);
  return isList(related) ? (related[0] ?? null) : related;
}

function isList(related: Item | readonly Item[] | null): related is readonly Item[] {
  return Array.isArray(related);
}

/** All entities that a path ending in a link to several leads to. */
export function relatedBy(path: readonly string[], item: Item, choices: Choices): readonly Item[] {
  let entity: Item | null = item;
  for (const [index, link] of path.slice(0, -1).entries()) {
    entity = entity && follow(entity, link, path, index, choices);
  }
  const related = entity?.related(path.at(-1) ?? "") ?? null;
  return isList(related) ? related : related ? [related] : [];
}

function propertyOf(entity: Item, name: string): unknown {
  const value = entity.get(name === "id" ? "@iot.id" : name);
  if (value instanceof Date) return instant(value.getTime());
  if (typeof value === "string" && timeProperties.has(name)) return parseTime(value) ?? value;
  return value ?? null;
}

/** Goes on into objects by name and into lists by number; only what an object has itself counts. */
function inside(start: unknown, steps: readonly string[], from: number): unknown {
  let value = start;
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index] ?? "";
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return value ?? null;
}
