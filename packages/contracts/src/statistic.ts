import { z } from "zod";
import { lang, localizedText, slug } from "./common.ts";

export const chartKinds = [
  "sparkline-kpi",
  "gauge",
  "bullet",
  "line",
  "area",
  "bar",
  "stacked-bar",
  "histogram",
  "boxplot",
  "heatmap",
  "calendar",
  "choropleth",
  "point-map",
  "wind-rose",
  "radar",
  "sankey",
  "treemap",
  "table",
] as const;
export const chartKind = z.enum(chartKinds);
export type ChartKind = z.infer<typeof chartKind>;

/** Where a threshold or target comes from. A `project` setting is never shown as a limit of law. */
export const basis = z.enum(["official", "operational", "borrowed", "project"]);
export type Basis = z.infer<typeof basis>;

export const threshold = z.object({
  id: z.string(),
  name: localizedText,
  value: z.number(),
  basis,
  /** The document or table the number is from. */
  source: z.string(),
  /** Station id the threshold belongs to; absent when it holds everywhere. */
  station: z.string().optional(),
  /** CAP severity that colours the line, when the threshold is an alarm level. */
  severity: z.enum(["Minor", "Moderate", "Severe", "Extreme"]).optional(),
});
export type Threshold = z.infer<typeof threshold>;

/** How one value may be grouped. `kind` = station kind. */
export const grouping = z.enum(["city", "district", "ward", "station", "kind"]);
export type Grouping = z.infer<typeof grouping>;

/**
 * A statistic as data. `pipeline` names operators of packages/statistics in order; each step's other keys are the
 * operator's parameters and are checked by the operator itself.
 */
export const statisticDefinition = z.object({
  id: slug,
  version: z.int().positive().default(1),
  domain: z.string(),
  name: localizedText,
  /** The question the statistic answers, as a sentence. */
  question: localizedText,
  /** What, how, where: the line under the title. */
  measures: localizedText,
  input: z.array(z.object({ kind: z.string(), properties: z.array(z.string()).min(1) })).min(1),
  pipeline: z.array(z.looseObject({ op: z.string() })).min(1),
  /** UCUM code. */
  unit: z.string(),
  decimals: z.int().min(0).max(6),
  /** ISO 8601 duration of data behind one value. */
  window: z.string(),
  /** Smallest share of valid intervals, 0..1; below it the value is null and the status `insufficient`. */
  completeness: z.number().min(0).max(1).default(0.75),
  groups: z.array(grouping).min(1),
  rollUp: z.enum(["max", "mean", "median", "sum", "pooled", "none"]),
  refreshSeconds: z.int().positive(),
  audience: z.array(z.enum(["leader", "operator", "public"])).min(1),
  chart: chartKind,
  also: z.array(chartKind).default([]),
  thresholds: z.array(threshold).default([]),
  target: z
    .object({ op: z.enum(["<=", ">="]), value: z.number(), basis, source: z.string() })
    .nullable()
    .default(null),
  /** How the value is worked out, in plain words. */
  method: localizedText,
  source: localizedText,
});
export type StatisticDefinition = z.infer<typeof statisticDefinition>;

export const frameColumn = z.object({
  id: z.string(),
  name: localizedText,
  type: z.enum(["time", "number", "text", "area", "station"]),
  /** UCUM code of a number column. */
  unit: z.string().optional(),
  decimals: z.int().optional(),
  /** What the chart does with the column. */
  role: z.enum(["x", "y", "series", "value", "low", "high", "reference", "coverage", "label", "status"]).optional(),
});
export type FrameColumn = z.infer<typeof frameColumn>;

/** A cell: times are ms numbers, stations and areas are ids, a missing value is null. */
export const cell = z.union([z.number(), z.string(), z.null()]);

export const frameStatus = z.enum(["ok", "insufficient", "empty", "error"]);

/** The one result type of every statistic: columns and rows plus what a reader must know about them. */
export const frame = z.object({
  statistic: z.string(),
  version: z.int(),
  /** View this frame answers: grouping and, when narrowed, one area or station. */
  group: grouping,
  subject: z.string().nullable(),
  columns: z.array(frameColumn),
  rows: z.array(z.array(cell)),
  /** Headline value of the city or of the subject; null when insufficient. */
  value: z.number().nullable(),
  /** Headline of the preceding window of the same length, for the trend. */
  previous: z.number().nullable(),
  unit: z.string(),
  decimals: z.int(),
  /** Newest data behind the value, ms. Null when there is none. */
  asOf: z.number().nullable(),
  window: z.object({ from: z.number(), to: z.number() }),
  /** Valid intervals / expected intervals, 0..1; null when nothing was expected. */
  coverage: z.number().nullable(),
  status: frameStatus,
  /** Message when status is `error`. */
  error: z.string().nullable(),
  thresholds: z.array(threshold),
  target: statisticDefinition.shape.target,
  /** A sentence that states the finding, where it can be computed. */
  finding: localizedText.nullable(),
  /** City time of the calculation, ms. */
  computedAt: z.number(),
});
export type Frame = z.infer<typeof frame>;
export type Cell = z.infer<typeof cell>;

/** What a chart is drawn from besides the frame. */
export const chartSpec = z.object({
  kind: chartKind,
  title: localizedText,
  subtitle: localizedText,
  source: localizedText,
});
export type ChartSpec = z.infer<typeof chartSpec>;

/** A definition as the API lists it, with the state of its last run. */
export const statisticItem = statisticDefinition.extend({
  value: z.number().nullable(),
  previous: z.number().nullable(),
  asOf: z.number().nullable(),
  coverage: z.number().nullable(),
  status: frameStatus,
  error: z.string().nullable(),
});
export type StatisticItem = z.infer<typeof statisticItem>;

export const frameQuery = z.object({
  group: grouping.optional(),
  /** Area or station id. */
  subject: z.string().optional(),
});

export const imageQuery = frameQuery.extend({
  w: z.coerce.number().int().min(240).max(2000).default(720),
  lang: lang.default("vi"),
  theme: z.enum(["light", "dark", "wall"]).default("light"),
});
