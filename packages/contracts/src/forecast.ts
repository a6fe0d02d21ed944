import { z } from "zod";
import { frame, grouping, statisticInput } from "./statistic.ts";
import { localizedText, slug } from "./common.ts";
import { workedOutFields } from "./worked-out.ts";

/**
 * A series beside the one that is forecast, worked out like it, which methods such as `arx`, `lag-reservoir` and `nb-climate` take. Its
 * pipeline gives values on the step and stamp of the forecast, in any unit.
 */
const measuredRegressor = z.object({
  /** Name by which methods know it. */
  id: slug,
  name: localizedText,
  input: z.array(statisticInput).min(1),
  pipeline: z.array(z.looseObject({ op: z.string() })).min(1),
  /** Grouping of its subjects; of `city` all subjects of the forecast have the same. */
  group: grouping,
  /** Its subject by that of the forecast; the same subject unless given. A subject of the forecast that is not there goes without. */
  of: z.record(z.string(), z.string()).optional(),
  /** Known before it comes: a calendar, a predicted tide, a weather forecast as it was issued. Its values reach to the horizon. */
  ahead: z.boolean().default(false),
  /** What is taken is the tide that harmonic analysis finds in it, less its mean; that is known ahead. */
  tide: z.boolean().default(false),
  /** How long a value holds until a newer one is known, for what is measured less often than the forecast steps. */
  hold: z.string().optional(),
  /** False: where it lacks data the methods go without it; true: they do not compete. */
  required: z.boolean().default(true),
});
export type MeasuredRegressor = z.infer<typeof measuredRegressor>;

/** Steps that lie in a day of the table `public_holidays` are 1, the others 0; known ahead. */
const calendarRegressor = z.object({ id: slug, name: localizedText, calendar: z.literal("public-holidays") });

const forecastRegressor = z.union([calendarRegressor, measuredRegressor]);
export type ForecastRegressor = z.infer<typeof forecastRegressor>;

/** Constants of a gauge below another, as a reference table has them: hours, levels in the unit of the forecast. */
export const riverRouting = z.looseObject({
  /** Hours until water from the upper gauge begins to come, and time constant of the reservoir. */
  tau_h: z.number().min(0),
  k_h: z.number().positive(),
  /** Rise here for a unit that the reservoir holds, of the upper level above `h0`. */
  c: z.number(),
  h0: z.number(),
  base: z.number(),
  /** Rise here for a unit of the tide above its mean. */
  k_tide: z.number(),
  /** What a release raises the upper gauge by: after so many hours, for 1,000 units of the series `release`. */
  release: z.strictObject({ tau_h: z.number().min(0), per_1000: z.number() }).optional(),
});

/**
 * A forecast as data: which regular series is forecast, how far, how often. `pipeline` is made of the operators of statistics and ends in a
 * table with layout `series`: its value is the series of each subject of `group`. Durations are ISO 8601.
 */
export const forecastDefinition = z.object({
  ...workedOutFields,
  group: grouping,
  /** UCUM code. */
  unit: z.string(),
  decimals: z.int().min(0).max(6),
  /** Distance of two values. */
  step: z.string(),
  /** What the time of a value names: the `start` or the `end` of its step. */
  stamp: z.enum(["start", "end"]),
  /** Seasons, shortest first; one that the history does not show twice is left out. */
  seasons: z.array(z.string()).default([]),
  /** Season of the seasonal naive method that the forecast is measured against; the step itself means the last value. */
  baseline: z.string(),
  /** How much of the series is learned from at most. */
  history: z.string(),
  /** How far it reaches after its issue. */
  horizon: z.string(),
  /** How often it is issued: a part of a day counted from the city's midnight, P1D, or P7D from Monday. */
  every: z.string(),
  /** How long after midnight the first issue of a day, or of a week, is. */
  offset: z.string().default("PT0S"),
  /** Scale on which the series is forecast; `log1p` = log(1 + value). Medians and bands are turned back. */
  scale: z.enum(["linear", "log", "log1p"]).default("linear"),
  /** Values that the quantity cannot leave; medians and bands are cut there. */
  limits: z.object({ min: z.number().optional(), max: z.number().optional() }).default({}),
  /** Ids of the methods that compete; those for any series unless given. */
  methods: z.array(z.string()).min(1).optional(),
  /** Methods that know what they forecast, and compete besides. */
  also: z.array(z.string()).default([]),
  /** Whether the combination of all methods competes; without it the best single one is taken, with its own distribution if it has one. */
  combine: z.boolean().default(true),
  /** Reference table whose `stations` have the constants of `lag-reservoir-given` by subject. */
  constants: z.string().optional(),
  /** Series beside it, for the methods that take some. */
  regressors: z.array(forecastRegressor).default([]),
});
export type ForecastDefinition = z.infer<typeof forecastDefinition>;

/** Fewest steps with a known real value that a score is told of. */
export const fewestForecastCases = 30;

/** How forecasts did against what came. Scores are null below 30 cases. */
export const forecastSkill = z.object({
  /** Longest lead of these cases, hours from the issue to the end of the step; null for all leads together. */
  leadHours: z.number().nullable(),
  /** Forecast values of which the real one is known. */
  cases: z.int(),
  /** Mean absolute error over that of the seasonal naive method on the same cases: below 1 is better. */
  mase: z.number().nullable(),
  /** Skill against the seasonal naive method: 1 - `mase`, the share of its error that is saved; negative is worse. */
  skill: z.number().nullable(),
  /** Mean quantile loss over 0.1, 0.5 and 0.9, in the unit. */
  pinball: z.number().nullable(),
  /** Share of the real values inside the bands, 0..1. */
  coverage80: z.number().nullable(),
  coverage95: z.number().nullable(),
});
export type ForecastSkill = z.infer<typeof forecastSkill>;

/** The newest forecast of one subject. Times in ms. */
export const forecastSubject = z.object({
  id: z.string(),
  name: localizedText,
  issuedAt: z.number(),
  /** Method that was chosen, `combination` for the weighted mean of all. */
  method: z.string(),
  /** Error of what was chosen in the backtest at the issue, over that of the seasonal naive method in the history. */
  backtestMase: z.number().nullable(),
});
export type ForecastSubject = z.infer<typeof forecastSubject>;

/** What is to be said of the forecast of a subject. */
const forecastRemark = z.object({ subject: z.string(), name: localizedText, message: localizedText });

/** A definition as the API lists it. */
export const forecastItem = forecastDefinition.extend({
  issuedAt: z.number().nullable(),
  subjects: z.array(forecastSubject),
  /** Of all leads together first, then by parts of the horizon. */
  skill: z.array(forecastSkill),
  /** Why the last issue failed as a whole. */
  error: localizedText.nullable(),
  /** Subjects without a forecast in the last issue, and why. */
  failures: z.array(forecastRemark),
  /** Subjects for which named methods did not compete in the last issue, or went without a series beside it, and why; of issues since the start. */
  notes: z.array(forecastRemark),
});
export type ForecastItem = z.infer<typeof forecastItem>;

/** The newest forecast of a subject as a fan after what was observed: `status` of a row is `ok` or `forecast`. */
export const forecastFan = z.object({
  forecast: slug,
  subject: forecastSubject,
  frame,
});
export type ForecastFan = z.infer<typeof forecastFan>;
