import { z } from "zod";
import { isoTime } from "./common.ts";
import { resolution } from "./observation.ts";
import { qualityFlag } from "./station.ts";

/** A query parameter that may be repeated or hold several values parted by commas. */
function listIn<T extends z.ZodType<unknown, string>>(item: T, most: number) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(",")))
    .pipe(z.array(item).min(1).max(most));
}

/** Most datastreams of one question. */
export const mostDatastreams = 5000;

/** Which datastreams a question is about: those that fit every parameter that is given. */
const selection = {
  datastream: listIn(z.string().min(1).max(200), mostDatastreams).optional(),
  station: z.string().max(120).optional(),
  kind: z.string().max(80).optional(),
  property: z.string().max(80).optional(),
  /** Unit of the scheme; stations in it or in a unit below. */
  area: z.string().max(120).optional(),
  /** Scheme that sees the station; default the one in use. */
  scheme: z.string().max(80).optional(),
};
export const selectionQuery = z.object(selection);
export type Selection = z.output<typeof selectionQuery>;

/** `all` readings, or only `valid` ones: quality 1 and 2. */
const qualityFilter = z.enum(["all", "valid"]).default("all");

export const aggregateFunction = z.string().regex(/^(?:count|sum|mean|min|max|last|p(?:100|\d{1,2}(?:\.\d{1,3})?))$/, {
  message: "must be count, sum, mean, min, max, last or a percentile such as p95 or p99.9",
});

/**
 * Question for aggregates. `bucket` is `P1D`, `P1W` (from Monday), `P1M` or `P1Y` of the city's calendar, or a duration of
 * whole minutes such as `PT12M` or `PT6H`, counted from the city's midnight. Buckets are those whose END lies in (from, to].
 */
export const aggregateQuery = selectionQuery.extend({
  from: isoTime,
  to: isoTime,
  bucket: z.string().max(20).default("PT1H"),
  functions: listIn(aggregateFunction, 20).default(["mean"]),
  /** `each` datastream by itself, or the readings of `all` together. */
  across: z.enum(["each", "all"]).default("each"),
});

/** Several datastreams on one time axis, columns. Times in ms; null is a bucket without valid readings. */
export const aggregateAnswer = z.object({
  from: z.number(),
  to: z.number(),
  bucket: z.string(),
  /** Ends of all buckets. */
  time: z.array(z.number()),
  /** False when percentiles were taken from sketches (their relative error is at most 1 %). */
  exact: z.boolean(),
  series: z.array(
    z.object({
      /** `*` for all together. */
      datastream: z.string(),
      unit: z.string(),
      /** By function. */
      values: z.record(z.string(), z.array(z.number().nullable())),
    }),
  ),
});
export type AggregateAnswer = z.infer<typeof aggregateAnswer>;

/** The newest reading of every datastream that has one, as columns of equal length. Times in ms. */
export const latestColumns = z.object({
  datastream: z.array(z.string()),
  time: z.array(z.number()),
  value: z.array(z.number().nullable()),
  quality: z.array(qualityFlag),
});
export type LatestColumns = z.infer<typeof latestColumns>;

/** Readings one by one: phenomenonTime in (from, to], by time and then by datastream. */
export const readingsQuery = selectionQuery.extend({
  from: isoTime.optional(),
  to: isoTime.optional(),
  order: z.enum(["asc", "desc"]).default("asc"),
  quality: qualityFilter,
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  /** From the `next` of the page before. */
  cursor: z.string().max(400).optional(),
});

/** A stored reading with all that is known of it. Times in ms. */
export const reading = z.object({
  datastream: z.string(),
  phenomenonTime: z.number(),
  resultTime: z.number(),
  result: z.number().nullable(),
  quality: qualityFlag,
  reasons: z.array(z.string()),
});

export const readingsPage = z.object({
  items: z.array(reading),
  /** Address of the next page; missing at the end. */
  next: z.string().optional(),
});

const before = z.object({ result: z.number().nullable(), quality: qualityFlag });

/** One change of what had been stored before. Times in ms. */
export const correction = z.object({
  id: z.int(),
  datastream: z.string(),
  phenomenonTime: z.number(),
  kind: z.enum(["corrected", "removed"]),
  before,
  /** Null when the reading was removed. */
  after: before.nullable(),
  /** Who sent it, for example `http` or `mqtt`. */
  by: z.string(),
  reason: z.string(),
  sequence: z.int(),
  /** Real time at which it was stored. */
  changedAt: z.number(),
});

/** Body of `POST /api/v1/observations/removals`: readings with phenomenonTime in (from, to] of each span. */
export const removalRequest = z.object({
  spans: z
    .array(z.object({ datastream: z.string().max(200), from: isoTime, to: isoTime }))
    .min(1)
    .max(1000),
  /** Why; it is kept with every removed reading. */
  reason: z.string().trim().min(1).max(500),
});

export const removalReceipt = z.object({
  removed: z.int(),
  /** Sequence of the change-log entry; null when nothing was removed. */
  sequence: z.int().nullable(),
});

/** What is exported; without `from` and `to` everything that is stored. */
export const exportQuery = selectionQuery.extend({
  from: isoTime.optional(),
  to: isoTime.optional(),
  resolution: resolution.default("raw"),
  /** Of raw readings. */
  quality: qualityFilter,
});

export const csvExportQuery = exportQuery.extend({
  /** Begin with a byte order mark, for spreadsheets that need it to read UTF-8. */
  bom: z.enum(["true", "false"]).default("false"),
});
export type ExportQuery = z.output<typeof exportQuery>;
