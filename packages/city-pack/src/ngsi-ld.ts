import { z } from "zod";
import { isUcum } from "./ucum.ts";

/** Which property an attribute of an entity is. */
export interface NgsiAttribute {
  /** Ids of properties; the first that the station has. */
  properties: readonly string[];
  /** UCUM code that the data model gives the attribute; unset: the property's own. A `unitCode` sent with a value goes first. */
  unit?: string | undefined;
}

/** A type of entities that bring and show readings of stations. */
export interface NgsiType {
  /** Kinds of stations that are shown as entities of the type; a kind belongs to one type at most. */
  kinds: readonly string[];
  /** By attribute name; `name.member` for a member of a structured value. */
  attributes: Readonly<Record<string, NgsiAttribute>>;
  /** Attributes with a number that is no reading of a station, or none that the city takes. */
  ignore: readonly string[];
  /** Data model of smart-data-models that defines the type, for the addresses of its terms. */
  model: string;
  /** Attribute with the time of all readings, where it is none of the usual ones. */
  time?: string | undefined;
}

/** How NGSI-LD entities and stations correspond. */
export interface NgsiMapping {
  types: Readonly<Record<string, NgsiType>>;
  /** Types that bring no readings, with the reason that a sender is told. */
  refused: Readonly<Record<string, string>>;
  /** Station by another name: an entity id, a `stationCode`, a device. */
  stations: Readonly<Record<string, string>>;
}

export const noNgsiMapping: NgsiMapping = { types: {}, refused: {}, stations: {} };

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, "must be letters, digits and underscores");
const attributeName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)?$/, "must be a name, or name.member");

const attribute = z
  .strictObject({
    property: z.union([z.string(), z.array(z.string()).min(1)]),
    unit: z.string().refine(isUcum, "not a UCUM unit code").optional(),
  })
  .transform(({ property, unit }): NgsiAttribute => ({ properties: [property].flat(), unit }));

/** `ngsi-ld.yaml`. */
export const ngsiFile = z.strictObject({
  types: z.record(
    name,
    z.strictObject({
      kinds: z.array(z.string()).default([]),
      attributes: z.record(attributeName, attribute),
      ignore: z.array(attributeName).default([]),
      model: z.string().regex(/^dataModel\.[A-Za-z]+$/, "must be a name such as dataModel.Weather"),
      time: name.optional(),
    }),
  ),
  refused: z.record(name, z.string().min(1)).default({}),
  stations: z.record(z.string().min(1).max(200), z.string()).default({}),
});
