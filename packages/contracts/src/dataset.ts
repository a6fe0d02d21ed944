import { z } from "zod";
import { localizedText, slug } from "./common.ts";

/**
 * Types of a dataset's columns and how a value is written in JSON and CSV:
 * `date` YYYY-MM-DD, `datetime` ISO 8601 with offset, `month` YYYY-MM, `quarter` YYYY-Qn, `isoweek` YYYY-Www,
 * `geo-point` [longitude, latitude] (WGS 84), `geo-polygon` a GeoJSON geometry, `boolean` true or false. A missing value is null.
 */
export const columnTypes = [
  "string",
  "integer",
  "number",
  "boolean",
  "date",
  "datetime",
  "month",
  "quarter",
  "isoweek",
  "category",
  "geo-point",
  "geo-polygon",
  "uri",
] as const;
export const columnType = z.enum(columnTypes);
export type ColumnType = z.infer<typeof columnType>;

export const datasetColumn = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, "must be lower-case words joined by underscores"),
  type: columnType,
  /** Part of the key: two rows with the same key are the same row. */
  key: z.boolean().default(false),
  /** UCUM code of a number. */
  unit: z.string().optional(),
  name: localizedText.optional(),
  /** Values of a category with their names; other values are refused when it is given. */
  values: z.array(z.object({ id: z.string(), name: localizedText })).optional(),
});
export type DatasetColumn = z.infer<typeof datasetColumn>;

/** `open`: everyone. `conditional`: named bodies under an agreement. `closed`: never leaves the warehouse. */
export const classification = z.enum(["open", "conditional", "closed"]);
export type Classification = z.infer<typeof classification>;

export const datasetDefinition = z.object({
  id: slug,
  name: localizedText,
  group: slug,
  /** Id of the agency that publishes it. */
  publisher: slug,
  /** ISO 8601 duration between updates. */
  frequency: z.string(),
  classification,
  licence: z.enum(["CC-BY-4.0", "AGREEMENT", "NONE"]),
  columns: z.array(datasetColumn).min(1),
  /**
   * Who brings the rows: `sent` over the API, `pack` from the pack's own file, `system` kept by this program (its stations,
   * its alerts).
   */
  origin: z.enum(["sent", "pack", "system"]),
  /** CSV file of the pack's rows, relative to `datasets/rows`; only with origin `pack`. */
  rows: z.string().optional(),
  /** Whether the pack's rows are made up; real registers say false and name their source. */
  synthetic: z.boolean().default(false),
  /** Where the rows come from. */
  source: localizedText,
  /** Column that says when a row is about; rows older than `keep` are forgotten by it. */
  time: z.string().optional(),
  /** ISO 8601 duration that rows are kept; for ever when it is not given. */
  keep: z.string().optional(),
  /** Known true totals that made-up rows are built to, for example press figures of a year. Read by the simulator. */
  anchors: z.record(z.string(), z.unknown()).optional(),
});
export type DatasetDefinition = z.infer<typeof datasetDefinition>;

/** A definition as the API lists it, with what is held of it. */
export const datasetItem = datasetDefinition.omit({ anchors: true, rows: true }).extend({
  count: z.int(),
  /** City time of the newest change, ms; null while there are no rows. */
  updatedAt: z.number().nullable(),
  /** Whether any row is made up. */
  madeUp: z.boolean(),
});
export type DatasetItem = z.infer<typeof datasetItem>;

export const rowRefusals = ["unknown-column", "missing-key", "wrong-type", "unknown-value", "too-long"] as const;
export type RowRefusal = (typeof rowRefusals)[number];

/** Rows by column id. At most 5,000 in a batch; a row whose key is known takes the place of the one before. */
export const rowBatch = z.object({
  rows: z.array(z.unknown()).max(5000),
  /** The rows are made up, for example by the simulator; whoever shows them says so. */
  synthetic: z.boolean().default(false),
});

export const rowReceipt = z.object({
  received: z.int(),
  stored: z.int(),
  /** Rows that said what was known already. */
  unchanged: z.int(),
  refused: z.int(),
  /** The first hundred refused rows: place in the batch, what is wrong and what would be right. */
  problems: z.array(
    z.object({ index: z.int(), column: z.string().nullable(), reason: z.enum(rowRefusals), message: z.string() }),
  ),
});
export type RowReceipt = z.infer<typeof rowReceipt>;
