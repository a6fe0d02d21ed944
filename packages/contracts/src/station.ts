import { z } from "zod";
import { localizedText, severity } from "./common.ts";

/** What a value stands for over its sampling period. An interval value is labelled by its end. */
export const valueKind = z.enum(["instant", "mean", "total", "state"]);
export type ValueKind = z.infer<typeof valueKind>;

export const observedProperty = z.object({
  id: z.string(),
  name: localizedText,
  /** UCUM code. */
  unit: z.string(),
  kind: valueKind,
  /** Expected sampling period in seconds. */
  periodSeconds: z.int().positive(),
  /** Valid range; null means no bound. Outside: quality 4 (bad). */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Largest plausible change within one period; a larger one is quality 3 (doubtful). Null: no check. */
  maxStep: z.number().nullable(),
  /** Hours of the same value that are quality 3; null: the value may rest; unset: the project's setting. */
  flatHours: z.number().positive().nullable().optional(),
  /** Compare with the nearest stations of the kind: a lasting disagreement is quality 3. */
  neighbourTest: z.boolean().optional(),
  decimals: z.int().min(0).max(6),
  /** Days that readings and their rollups are kept; null keeps for ever, unset: the store's own setting. */
  retention: z
    .object({ rawDays: z.int().positive().nullable(), rollupDays: z.int().positive().nullable() })
    .refine(({ rawDays, rollupDays }) => rollupDays === null || (rawDays !== null && rawDays <= rollupDays), {
      path: ["rollupDays"],
      message: "rollups must be kept at least as long as the readings",
    })
    .optional(),
  optional: z.boolean().default(false),
  /** Reported by every station and of interest to operators only (heartbeat, supply voltage). */
  technical: z.boolean().default(false),
});
export type ObservedProperty = z.infer<typeof observedProperty>;

export const stationKind = z.object({
  id: z.string(),
  name: localizedText,
  /** Agency id. */
  owner: z.string(),
  glyph: z.string(),
  domain: z.string(),
  /** The property shown under the symbol on a map. */
  primary: z.string(),
  properties: z.array(observedProperty).min(1),
});
export type StationKind = z.infer<typeof stationKind>;

export const station = z.object({
  id: z.string(),
  kind: z.string(),
  name: localizedText,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  /** How good the coordinate is. */
  position: z.enum(["published", "approximate", "invented"]),
  /** Whether such a station is known to exist at this place. */
  basis: z.enum(["real", "plausible"]),
  /** Area id by scheme, the narrowest unit known; missing where the scheme does not contain the station. */
  areas: z.record(z.string(), z.string()),
  /** Schemes that see the station although it lies outside (upstream feeds of other operators). */
  externalTo: z.array(z.string()).default([]),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});
export type Station = z.infer<typeof station>;

/** Age of the newest data against the expected period: late >1.5×, stale >3×, offline >10×. */
export const stationState = z.enum(["normal", "late", "stale", "offline", "maintenance", "doubtful", "unknown"]);
export type StationState = z.infer<typeof stationState>;

/** 1 good, 2 not checked, 3 doubtful, 4 bad, 9 missing. Only 1 and 2 enter statistics and rules. */
export const qualityFlag = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);
export type QualityFlag = z.infer<typeof qualityFlag>;

/** The newest value of a datastream by phenomenonTime. Times are milliseconds since 1970 (UTC). */
export const latestValue = z.object({
  datastream: z.string(),
  phenomenonTime: z.number(),
  result: z.number().nullable(),
  quality: qualityFlag,
  /**
   * What the checks found: `range` (4), `spike`, `flat`, `drift` (3), `skew` (2 at best), `late` and `gap` (no worse for it),
   * and `source:<code>` for each quality code of the source's own. Empty when there is nothing to say.
   */
  reasons: z.array(z.string()).default([]),
});
export type LatestValue = z.infer<typeof latestValue>;

/** Id `<station>:<property>`. */
export const datastream = z.object({
  id: z.string(),
  station: z.string(),
  property: observedProperty,
  /** Expected period now, in seconds; shorter than the property's own when a simulator samples faster. */
  periodSeconds: z.number().positive(),
  latest: latestValue.nullable(),
});
export type Datastream = z.infer<typeof datastream>;

/** What the map shows of one station; sent in full and then whenever it changes. */
export const stationStatus = z.object({
  id: z.string(),
  state: stationState,
  /** phenomenonTime of the newest reading, ms; null when none was ever received. */
  time: z.number().nullable(),
  /** Newest value of the kind's primary property. */
  value: z.number().nullable(),
  quality: qualityFlag.nullable(),
  /** Worst severity of the station's own open alerts. */
  severity: severity.nullable(),
  openAlerts: z.int().nonnegative(),
});
export type StationStatus = z.infer<typeof stationStatus>;

/** A station as the API lists it. */
export const stationItem = station.extend({ status: stationStatus, datastreams: z.array(z.string()) });
export type StationItem = z.infer<typeof stationItem>;

export function datastreamId(stationId: string, property: string): string {
  return `${stationId}:${property}`;
}
