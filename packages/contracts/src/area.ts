import { z } from "zod";
import { localizedText } from "./common.ts";

/** Levels from the widest to the narrowest. A scheme names the ones it uses. */
export const areaLevel = z.enum(["city", "district", "ward"]);
export type AreaLevel = z.infer<typeof areaLevel>;

/** A dated set of administrative units. The same code may mean different units in two schemes: (scheme, id) is the key. */
export const areaScheme = z.object({
  id: z.string(),
  name: localizedText,
  levels: z.array(areaLevel).min(1),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
});
export type AreaScheme = z.infer<typeof areaScheme>;

export const area = z.object({
  scheme: z.string(),
  id: z.string(),
  name: localizedText,
  /** Administrative type as written in Vietnamese and English: phường / ward. */
  type: localizedText,
  level: areaLevel,
  /** Id of the area above in the same scheme; null for the city. */
  parent: z.string().nullable(),
  areaKm2: z.number().positive().nullable(),
  population: z.object({ value: z.number().int().nonnegative(), basis: z.string() }).nullable(),
  /** [latitude, longitude] of the middle. */
  center: z.tuple([z.number(), z.number()]).nullable(),
  /** [south, west, north, east]. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Far from the rest of the city: left out when a map is fitted and shown in an inset. */
  offshore: z.boolean().default(false),
  /** Id of the unit of the following scheme that carries this unit's history forward. */
  successor: z.string().nullable().default(null),
});
export type Area = z.infer<typeof area>;

/** An operations centre and the area it answers for. */
export const centre = z.object({
  id: z.string(),
  name: localizedText,
  level: z.enum(["municipal", "district", "sector"]),
  scheme: z.string(),
  area: z.string(),
  parent: z.string().nullable(),
});
export type Centre = z.infer<typeof centre>;
