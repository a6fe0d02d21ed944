import type { Geometry } from "./geometry/geometry.ts";
import type { Duration, Instant, Interval } from "./time.ts";

/** A value that an expression carries or gives. Geometries are GeoJSON. */
export type Value = string | number | boolean | null | Instant | Interval | Duration | GeometryValue | JsonValue;

/** A geometry that was written in the query, already read. */
export interface GeometryValue {
  readonly kind: "geometry";
  readonly geometry: Geometry;
}

/** An object or list inside an entity (`properties`, `unitOfMeasurement`, `location`). */
export type JsonValue = { readonly [name: string]: unknown } | readonly unknown[];

export type ComparisonOperator = "eq" | "ne" | "gt" | "ge" | "lt" | "le";
export type ArithmeticOperator = "add" | "sub" | "mul" | "div" | "mod";

/** A `$filter` or a term of `$orderby`, read into a tree. `and` and `or` hold all their operands side by side. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "path"; readonly steps: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | ({ readonly kind: "comparison"; readonly operator: ComparisonOperator } & Pair)
  | { readonly kind: "in"; readonly value: Expression; readonly list: readonly Expression[] }
  | ({ readonly kind: "arithmetic"; readonly operator: ArithmeticOperator } & Pair)
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression };

interface Pair {
  readonly left: Expression;
  readonly right: Expression;
}

/**
 * How an expression sees an entity.
 *
 * `get("name")`, `get("@iot.id")`, `get("unitOfMeasurement")` give plain JSON of the entity's own property, null or
 * undefined when it has none; a time may also be given as a `Date`, which is quicker than text. `related("Thing")` gives
 * one entity or null, `related("Datastreams")` a list.
 */
export interface Item {
  get(path: string): unknown;
  related(link: string): Item | readonly Item[] | null;
}

/** Links that lead to any number of entities; the singular ones lead to one or none. */
export const setLinks: ReadonlySet<string> = new Set([
  "Things",
  "Locations",
  "HistoricalLocations",
  "Datastreams",
  "MultiDatastreams",
  "Sensors",
  "ObservedProperties",
  "Observations",
  "FeaturesOfInterest",
]);

export const singleLinks: ReadonlySet<string> = new Set([
  "Thing",
  "Location",
  "HistoricalLocation",
  "Datastream",
  "MultiDatastream",
  "Sensor",
  "ObservedProperty",
  "Observation",
  "FeatureOfInterest",
]);

export function isLink(name: string): boolean {
  return setLinks.has(name) || singleLinks.has(name);
}
