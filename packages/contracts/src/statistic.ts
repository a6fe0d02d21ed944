import { z } from "zod";
import { chartKinds } from "./chart-kinds.ts";
import { isoTime, lang, localizedText, slug } from "./common.ts";

export const chartKind = z.enum(chartKinds);

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

/**
 * How one value may be grouped: `city`, `district`, `ward`, `station`, `kind` (of station), `agency`, or a column of a dataset
 * such as `route_id`.
 */
export const grouping = z.string().regex(/^[a-z][a-z0-9_]*$/, "must be lower-case words joined by underscores");
export type Grouping = z.infer<typeof grouping>;

/** What a definition reads: properties of a kind of station, or columns of a dataset. */
export const statisticInput = z.union([
  z.strictObject({ kind: z.string(), properties: z.array(z.string()).min(1) }),
  z.strictObject({ dataset: slug, columns: z.array(z.string()).min(1) }),
]);
export type StatisticInput = z.infer<typeof statisticInput>;

/** A figure of the past that a source states, shown as history beside the calculated values. */
export const statisticSeed = z.object({
  /** Period that the figure is of: YYYY, YYYY-MM or YYYY-Qn. */
  period: z.string(),
  /** In the unit of the definition; null when the source gives words only. */
  value: z.number().nullable(),
  text: localizedText.optional(),
  source: localizedText,
});
export type StatisticSeed = z.infer<typeof statisticSeed>;

const checkRow = z.record(z.string(), z.unknown());

/**
 * A worked example that must come out: data, a time, a view, and what the frame must say. Kept with the definition and run by
 * a test; shown to who doubts the figure.
 */
export const statisticCheck = z.object({
  /** The example in words. */
  text: z.string(),
  /** City time of the calculation, ISO 8601 with offset. */
  now: z.string(),
  /** Rows by dataset; `times` repeats a row, whose key columns then get numbers. */
  rows: z
    .record(z.string(), z.array(z.union([z.strictObject({ times: z.int().positive(), row: checkRow }), checkRow])))
    .default({}),
  /** Readings by `station:property`: the last at `end` (the time of the calculation unless given), one every `every`; `_` is missing. */
  readings: z
    .record(z.string(), z.strictObject({ every: z.string(), end: z.string().optional(), values: z.string() }))
    .default({}),
  /** Attributes that stations have in the example, by station. */
  attributes: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
  group: z.string().optional(),
  subject: z.string().optional(),
  /** `value`, `previous`, `status`, `coverage` of the frame, `column` of its first row, `last:column` of its last, `column@subject` of another. */
  expect: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** Decimals to which numbers are compared (rounded half up); those of the definition unless given. */
  decimals: z.int().min(0).max(6).optional(),
});
export type StatisticCheck = z.infer<typeof statisticCheck>;

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
  input: z.array(statisticInput).min(1),
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
    .object({
      op: z.enum(["<=", ">=", "<"]),
      value: z.number(),
      basis,
      source: z.string(),
      /** UCUM code and fact of the frame that is compared, when it is not the headline. */
      unit: z.string().optional(),
      of: z.string().optional(),
    })
    .nullable()
    .default(null),
  /** How the value is worked out, in plain words. */
  method: localizedText,
  /** The calculation as a formula, in the same words for both languages. */
  formula: z.string().optional(),
  source: localizedText,
  seeds: z.array(statisticSeed).default([]),
  checks: z.array(statisticCheck).default([]),
});
export type StatisticDefinition = z.infer<typeof statisticDefinition>;

export const frameColumn = z.object({
  id: z.string(),
  name: localizedText,
  type: z.enum(["time", "number", "text", "area", "station"]),
  /** UCUM code of a number column. */
  unit: z.string().optional(),
  decimals: z.int().optional(),
  /**
   * What the chart does with the column. `low` and `high` bound the band around a value, `lowest` and `highest` a wider one;
   * `q1` and `q3` are the quartiles around a median; `from` and `to` the ends of a flow; `parent` the group that a part belongs to; `max` the largest possible value of an axis.
   */
  role: z
    .enum([
      "x",
      "y",
      "series",
      "value",
      "low",
      "high",
      "lowest",
      "highest",
      "reference",
      "coverage",
      "label",
      "status",
      "q1",
      "q3",
      "from",
      "to",
      "parent",
      "max",
    ])
    .optional(),
  /** Names of the codes in a text column. */
  labels: z.record(z.string(), localizedText).optional(),
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
  /** `good` from 90 % coverage on, `partial` below that, `none` without a value. */
  quality: z.enum(["good", "partial", "none"]),
  /** Some of the data behind it are made up (a played city); whoever shows it says so. */
  synthetic: z.boolean(),
  /** Whether the target is met; null without target or value. */
  targetMet: z.boolean().nullable(),
  /** Further figures by name: what a finding may mention and what stands beside the headline. */
  figures: z.array(
    z.object({
      id: z.string(),
      name: localizedText,
      value: z.number().nullable(),
      unit: z.string(),
      decimals: z.int(),
    }),
  ),
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
export const statisticItem = statisticDefinition.omit({ checks: true }).extend({
  /** Whether somebody changed or added it in this installation; the pack's own otherwise. */
  custom: z.boolean(),
  synthetic: z.boolean(),
  targetMet: z.boolean().nullable(),
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
  /** Area or station id, or a value of the column that the view is grouped by. */
  subject: z.string().max(200).optional(),
  /** Calculates the view as of this instant, from what is known today. */
  at: isoTime.optional(),
});

/** A headline as it was when it was calculated. */
export const statisticResult = z.object({
  at: z.number(),
  value: z.number().nullable(),
  asOf: z.number().nullable(),
  coverage: z.number().nullable(),
  status: frameStatus,
  window: z.object({ from: z.number(), to: z.number() }),
});
export type StatisticResult = z.infer<typeof statisticResult>;

/** An operator as an editor shows it; `parameters` is a JSON schema. */
export const operatorItem = z.object({
  op: z.string(),
  takes: z.string(),
  gives: z.string(),
  doc: localizedText,
  parameters: z.record(z.string(), z.unknown()),
});
export type OperatorItem = z.infer<typeof operatorItem>;

export const statisticPreview = z.object({ problems: z.array(z.string()), frame: frame.nullable() });
export type StatisticPreview = z.infer<typeof statisticPreview>;

export const statisticVersion = z.object({
  version: z.int(),
  at: z.number(),
  by: z.string(),
  note: z.string(),
  definition: statisticDefinition,
});
export type StatisticVersion = z.infer<typeof statisticVersion>;

/** A board of statistics that somebody composed. Positions are the order of the cards; `span` is 1 to 4 columns. */
export const boardCard = z.object({
  statistic: slug,
  group: grouping.optional(),
  subject: z.string().max(200).optional(),
  chart: chartKind.optional(),
  span: z.int().min(1).max(4).default(1),
});
export const board = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .max(60),
  version: z.int().positive(),
  name: z.string().min(1).max(120),
  description: z.string().max(500).default(""),
  cards: z.array(boardCard).max(48),
  updatedAt: z.number(),
});
export type Board = z.infer<typeof board>;
export type BoardCard = z.infer<typeof boardCard>;

export const imageQuery = frameQuery.extend({
  /** Kind that the picture is drawn as; the definition's own unless given. */
  chart: chartKind.optional(),
  w: z.coerce.number().int().min(240).max(2000).default(720),
  lang: lang.default("vi"),
  theme: z.enum(["light", "dark", "wall"]).default("light"),
});
