import type { Entity } from "../entities/entity.ts";
import { knownLink } from "../entities/entities.ts";
import { invalid } from "../model/problem.ts";
import { isObject } from "../model/values.ts";
import { placeOf, referenceOf } from "./body.ts";
import type { Draft } from "./draft.ts";
import { entityAt } from "./links.ts";

/** One row of a data array, as the body of an Observation, or why it cannot be one. */
export interface ArrayRow {
  stream: Entity;
  /** Place in the request. */
  path: string;
  body: Record<string, unknown>;
}

export type ReadRow = ArrayRow | { problem: unknown };

/** Observations in one request. */
const mostRows = 50_000;
const featureForms = ["FeatureOfInterest/id", "FeatureOfInterest/@iot.id"];

/**
 * Reads the body of `POST /CreateObservations` (18-088, req/data-array/data-array) into rows in the order given. What is
 * wrong with one array is told for each of its rows; the others are not touched by it.
 * @throws {SensorThingsProblem} when the body as a whole is no list of data arrays
 */
export function readDataArrays(draft: Draft, body: unknown): ReadRow[] {
  if (!Array.isArray(body)) throw invalid("", "the body must be a list of data arrays");
  const total = body.reduce<number>((sum, array) => sum + rowsOf(array).length, 0);
  if (total > mostRows)
    throw invalid("", `the body has ${total} Observations; at most ${mostRows} fit into one request`);
  return body.flatMap((array: unknown, i) => readArray(draft, array, `[${i}]`));
}

function rowsOf(array: unknown): unknown[] {
  return isObject(array) && Array.isArray(array["dataArray"]) ? array["dataArray"] : [];
}

function readArray(draft: Draft, array: unknown, path: string): ReadRow[] {
  let head: { stream: Entity; components: string[] };
  try {
    head = readHead(draft, array, path);
  } catch (problem) {
    return rowsOf(array).length === 0 ? [{ problem }] : rowsOf(array).map(() => ({ problem }));
  }
  return rowsOf(array).map((row, i): ReadRow => {
    const at = `${path}.dataArray[${i}]`;
    if (!Array.isArray(row) || row.length !== head.components.length) {
      return { problem: invalid(at, `must be a list of ${head.components.length} values, one for each component`) };
    }
    return { stream: head.stream, path: at, body: bodyOf(head.components, row) };
  });
}

function readHead(draft: Draft, array: unknown, path: string): { stream: Entity; components: string[] } {
  if (!isObject(array)) throw invalid(path, "must be an object with Datastream, components and dataArray");
  const name = ["Datastream", "MultiDatastream"].find((one) => array[one] !== undefined);
  const at = placeOf(path, name ?? "Datastream");
  const id = name === undefined ? null : referenceOf(array[name], at);
  if (name === undefined || id === null) throw invalid(at, 'must name an existing one by {"@iot.id": …}');
  const stream = entityAt(draft, knownLink("Observations", name), id, at);
  const { components } = array;
  if (!Array.isArray(components) || !components.every((one) => typeof one === "string")) {
    throw invalid(placeOf(path, "components"), "must be a list of names, such as phenomenonTime and result");
  }
  if (!Array.isArray(array["dataArray"])) throw invalid(placeOf(path, "dataArray"), "must be a list of rows");
  return { stream, components };
}

function bodyOf(components: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const cells = components.map((component, i): [string, unknown] =>
    featureForms.includes(component) ? ["FeatureOfInterest", { "@iot.id": row[i] }] : [component, row[i]],
  );
  return Object.fromEntries(cells.filter(([name, value]) => value !== null || name === "result"));
}
