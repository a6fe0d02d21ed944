import { z } from "zod";
import { localizedText } from "./common.ts";
import { areaScheme } from "./area.ts";

export const domain = z.object({ id: z.string(), name: localizedText });
export type Domain = z.infer<typeof domain>;

export const agency = z.object({ id: z.string(), name: localizedText });
export type Agency = z.infer<typeof agency>;

/** How the readings come about, always shown when it is not the plain truth of real stations. */
export const simulation = z.object({
  running: z.boolean(),
  /** City seconds per real second. */
  speed: z.number(),
  /** Stations report this many times as often as the catalogue says (interval totals excepted). */
  sampling: z.number(),
  seed: z.int(),
  scenario: z.object({ id: z.string(), name: localizedText, startedAt: z.number(), endsAt: z.number() }).nullable(),
  /** Back-fill of history, newest first. */
  history: z
    .object({ from: z.number(), to: z.number(), reachedBack: z.number(), done: z.boolean(), observations: z.int() })
    .nullable(),
});
export type Simulation = z.infer<typeof simulation>;

export const scenario = z.object({
  id: z.string(),
  name: localizedText,
  description: localizedText,
  /** ISO 8601 duration in city time. */
  duration: z.string(),
  /** What an exercise with it must raise; absent: there is none. `begins` is city time, ISO 8601 with offset. */
  drill: z.looseObject({ begins: z.string() }).optional(),
});
export type Scenario = z.infer<typeof scenario>;

/** First thing a client reads: the city, its time and how it is played. */
export const city = z.object({
  id: z.string(),
  name: localizedText,
  timezone: z.string(),
  center: z.tuple([z.number(), z.number()]),
  /** [south, west, north, east] of the part a map is fitted to. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  schemes: z.array(areaScheme),
  /** Scheme in use. */
  scheme: z.string(),
  domains: z.array(domain),
  agencies: z.array(agency),
  /** Shapes of areas are ours and rough, unless official ones were set. */
  boundaries: z.enum(["approximate", "official"]),
  attribution: localizedText,
  version: z.string(),
  /** City time of the answer, ms. */
  now: z.number(),
  simulation: simulation.nullable(),
  counts: z.object({ stations: z.int(), datastreams: z.int(), kinds: z.int(), statistics: z.int(), warnings: z.int() }),
});
export type City = z.infer<typeof city>;

/** Figures of the strip that every surface shows. */
export const summary = z.object({
  now: z.number(),
  stations: z.object({
    total: z.int(),
    normal: z.int(),
    late: z.int(),
    stale: z.int(),
    offline: z.int(),
    maintenance: z.int(),
    doubtful: z.int(),
    unknown: z.int(),
  }),
  alerts: z.object({ Minor: z.int(), Moderate: z.int(), Severe: z.int(), Extreme: z.int() }),
  /** phenomenonTime of the newest accepted reading. */
  dataTime: z.number().nullable(),
  /** Accepted observations in the last real minute, per second. */
  observationsPerSecond: z.number(),
  observationsStored: z.int(),
  quarantined: z.int(),
});
export type Summary = z.infer<typeof summary>;

export const health = z.object({
  status: z.enum(["ok", "degraded", "starting", "failed"]),
  version: z.string(),
  uptimeSeconds: z.number(),
  parts: z.record(
    z.string(),
    z.object({ status: z.enum(["ok", "degraded", "starting", "failed", "off"]), detail: z.string().optional() }),
  ),
});
export type Health = z.infer<typeof health>;
