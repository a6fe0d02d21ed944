import { checkValue, isObject } from "../model/values.ts";
import { linkOf, propertyOf, type EntityType, type LinkType } from "../model/entity-types.ts";
import { geoJsonProblem, isGeoJsonEncoding } from "../model/geojson.ts";
import { invalid } from "../model/problem.ts";

/** A body that was taken apart: checked values of properties, and what it says of links. */
export interface Body {
  values: Record<string, unknown>;
  links: { link: LinkType; given: unknown; path: string }[];
}

/**
 * Reads the body of a request that creates or changes an entity.
 * @param whole true: mandatory properties must be there
 * @throws {SensorThingsProblem} naming the property that is wrong
 */
export function readBody(type: EntityType, body: unknown, path: string, whole: boolean): Body {
  if (!isObject(body)) throw invalid(path, `must be a JSON object that describes a ${type.singular}`);
  const read: Body = { values: {}, links: [] };
  for (const [key, given] of Object.entries(body)) {
    const at = placeOf(path, key);
    const property = propertyOf(type, key);
    const link = linkOf(type, key);
    if (property) {
      if (!property.computed) readProperty(read, key, given, type, at);
    } else if (link) read.links.push({ link, given, path: at });
    else if (key === "@iot.id" && whole) throw invalid(at, "is given by the server; leave it out");
    else if (!key.includes("@iot.")) throw invalid(at, unknownProperty(type, key));
  }
  if (whole) requireAll(type, read, path);
  return read;
}

export function placeOf(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function readProperty(read: Body, key: string, given: unknown, type: EntityType, at: string): void {
  const property = propertyOf(type, key);
  if (!property) return;
  if (given === null && !property.required) return void (read.values[key] = null);
  const checked = checkValue(given, property.form);
  if ("problem" in checked) throw invalid(at, checked.problem);
  read.values[key] = checked.value;
}

function requireAll(type: EntityType, read: Body, path: string): void {
  for (const { name, required } of type.properties) {
    if (required && !Object.hasOwn(read.values, name)) {
      throw invalid(placeOf(path, name), `is mandatory in a ${type.singular}`);
    }
  }
}

/** Checks what several properties say together. @throws {SensorThingsProblem} */
export function checkTogether(type: EntityType, values: Readonly<Record<string, unknown>>, path: string): void {
  const shape = type.set === "Locations" ? "location" : type.set === "FeaturesOfInterest" ? "feature" : null;
  if (shape !== null && isGeoJsonEncoding(values["encodingType"])) {
    const problem = geoJsonProblem(values[shape]);
    if (problem !== null) throw invalid(placeOf(path, shape), problem);
  }
  if (type.set !== "MultiDatastreams") return;
  const types = lengthOf(values["multiObservationDataTypes"]);
  if (lengthOf(values["unitOfMeasurements"]) === types) return;
  throw invalid(placeOf(path, "unitOfMeasurements"), `must have ${types} items, as many as multiObservationDataTypes`);
}

export function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** The id of a reference such as `{"@iot.id": 5}`; null when it is no reference but an entity of its own. */
export function referenceOf(given: unknown, path: string): number | null {
  if (!isObject(given) || !Object.hasOwn(given, "@iot.id")) return null;
  const id = given["@iot.id"];
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1) {
    throw invalid(placeOf(path, "@iot.id"), `must be a whole number, not ${JSON.stringify(id)}`);
  }
  const other = Object.keys(given).find((key) => !key.includes("@iot."));
  if (other === undefined) return id;
  throw invalid(placeOf(path, other), "cannot be given together with @iot.id: name an entity, or describe a new one");
}

function unknownProperty(type: EntityType, key: string): string {
  if (key === "id") return "ids are written @iot.id";
  const names = type.properties.filter((property) => !property.computed).map(({ name }) => name);
  return `a ${type.singular} has no such property; it has ${[...names, ...type.links.map(({ name }) => name)].join(", ")}`;
}
