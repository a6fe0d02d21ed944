import { z } from "zod";
import { isoTime } from "./common.ts";
import { qualityFlag } from "./station.ts";

/** One reading as it arrives over HTTP. Name the datastream, or the station and the property. */
export const observationInput = z
  .object({
    datastream: z.string().max(200).optional(),
    station: z.string().max(120).optional(),
    property: z.string().max(80).optional(),
    phenomenonTime: isoTime,
    result: z.number().nullable(),
    /** UCUM code of `result`; converted to the datastream's unit. Default: the datastream's unit. */
    unit: z.string().max(40).optional(),
    resultTime: isoTime.optional(),
    /** The sender's own verdict; a better local verdict never improves it. */
    quality: qualityFlag.optional(),
    /** Quality codes of the source's own; kept with the reading as reasons `source:<code>`. */
    sourceCodes: z
      .array(z.string().regex(/^[A-Za-z0-9+._-]{1,16}$/, "must be 1 to 16 of A-Z a-z 0-9 + . _ -"))
      .max(6)
      .optional(),
  })
  .refine((o) => o.datastream !== undefined || (o.station !== undefined && o.property !== undefined), {
    message: "name `datastream`, or `station` and `property`",
  });
export type ObservationInputJson = z.infer<typeof observationInput>;

export const quarantineReasons = [
  "unknown-station",
  "unknown-property",
  "unknown-device",
  "bad-unit",
  "impossible-time",
  "bad-json",
  "bad-item",
  "not-a-number",
  "wrong-columns",
  "too-large",
  "beyond-retention",
] as const;
export const quarantineReason = z.enum(quarantineReasons);
export type QuarantineReason = z.infer<typeof quarantineReason>;

/**
 * Body of `POST /api/v1/observations`. At most 50,000 observations. `observations` stays unchecked here so that one bad
 * item is quarantined alone; each item is checked with {@link observationInput}. `unparsable` is what a gateway could not
 * make into observations, such as a line with too few columns; it is kept in quarantine and counted in the receipt, with
 * indexes that follow those of the observations.
 */
export const observationBatch = z
  .object({
    observations: z.array(z.unknown()).max(50_000),
    unparsable: z
      .array(z.object({ reason: quarantineReason, message: z.string().max(1000), sample: z.string().max(1000) }))
      .max(5000)
      .optional(),
  })
  .refine((batch) => batch.observations.length > 0 || (batch.unparsable?.length ?? 0) > 0, {
    path: ["observations"],
    message: "must not be empty",
  });

/** `stored` new · `duplicate` same key and value · `corrected` same key, new value · `quarantined` could not be placed. */
export const itemOutcome = z.enum(["stored", "duplicate", "corrected", "quarantined"]);
export type ItemOutcome = z.infer<typeof itemOutcome>;

/** 202 answer; sent only after the commit. */
export const receipt = z.object({
  received: z.int(),
  stored: z.int(),
  duplicate: z.int(),
  corrected: z.int(),
  quarantined: z.int(),
  /** Sequence of the change-log entry; everything up to it is durable. Null when nothing was stored. */
  sequence: z.int().nullable(),
  /** One line for each item that was not simply stored (at most 1,000). */
  items: z.array(
    z.object({
      index: z.int(),
      outcome: itemOutcome,
      reason: quarantineReason.optional(),
      message: z.string().optional(),
    }),
  ),
});
export type Receipt = z.infer<typeof receipt>;

export const quarantineEntry = z.object({
  id: z.int(),
  /** When the system refused it, ms. */
  time: z.number(),
  source: z.string(),
  reason: quarantineReason,
  message: z.string(),
  /** The first 500 characters of what arrived. */
  sample: z.string(),
});
export type QuarantineEntry = z.infer<typeof quarantineEntry>;

export const resolution = z.enum(["raw", "1min", "15min", "1h", "1d"]);
export type Resolution = z.infer<typeof resolution>;

/** How single readings are thinned out: `minmax` keeps the extremes of each stretch, `lttb` the shape of the line. */
export const reduction = z.enum(["minmax", "lttb"]);
export type Reduction = z.infer<typeof reduction>;

export const historyQuery = z.object({
  datastream: z.string(),
  from: isoTime,
  to: isoTime,
  resolution: z.union([resolution, z.literal("auto")]).default("auto"),
  /** Never more points than this are answered when `resolution` is `auto`. */
  points: z.coerce.number().int().min(2).max(20_000).default(1000),
  /** Thin out readings to `points` instead of taking a coarser resolution. */
  reduce: reduction.optional(),
});

/**
 * History of one datastream. `time` in ms. Raw: one entry a reading in time order. Rollups: one entry a bucket that has
 * data, labelled by the bucket's END like every interval value; `value` is the mean (of a `total` property: the sum).
 * Buckets without data are absent: a gap is never filled.
 */
export const observationSeries = z.object({
  datastream: z.string(),
  unit: z.string(),
  resolution,
  /** Present when the points were thinned out. */
  reduction: reduction.optional(),
  periodSeconds: z.number(),
  from: z.number(),
  to: z.number(),
  time: z.array(z.number()),
  value: z.array(z.number().nullable()),
  min: z.array(z.number().nullable()).optional(),
  max: z.array(z.number().nullable()).optional(),
  count: z.array(z.int()).optional(),
  quality: z.array(qualityFlag).optional(),
});
export type ObservationSeries = z.infer<typeof observationSeries>;
