import { typeOfSet } from "../model/entity-types.ts";
import { notFound } from "../model/problem.ts";

/** One segment of an address: `Things`, `Things(1)` or `name`. */
export interface PathSegment {
  name: string;
  id: number | null;
}

/** An address below the root of the service, taken apart. */
export interface ResourcePath {
  segments: readonly PathSegment[];
  /** `$ref` or `$value` at its end. */
  tail: "$ref" | "$value" | null;
}

const segmentForm = /^([A-Za-z][A-Za-z0-9_]{0,60})(?:\((\d{1,20})\))?$/;
const longestPath = 14;

/**
 * Takes the path of an address apart (18-088, 9.2): `/Things(1)/Datastreams/$ref`.
 * @param path below the root of the service, decoded; with or without a slash at either end
 * @throws {SensorThingsProblem} not found, for what no entity can be at
 */
export function parsePath(path: string): ResourcePath {
  const parts = path.split("/").filter((part) => part !== "");
  const last = parts.at(-1);
  const tail = last === "$ref" || last === "$value" ? last : null;
  if (tail) parts.pop();
  if (parts.length > longestPath) throw notFound(`a path cannot have more than ${longestPath} parts`);
  const segments = parts.map((part) => {
    const [, name, id] = segmentForm.exec(part) ?? [];
    if (name === undefined) throw notFound(`there is nothing at ${JSON.stringify(part.slice(0, 80))}`);
    return { name, id: id === undefined ? null : Number(id) };
  });
  const [first] = segments;
  if (first && !typeOfSet(first.name))
    throw notFound(`there is no entity set ${first.name}; the root lists those there are`);
  return { segments, tail };
}
