import { z } from "zod";
import { localizedText, slug } from "./common.ts";
import { statisticInput } from "./statistic.ts";

/** What every definition says that is worked out with the operators of statistics and is no statistic: forecasts, regressions. */
export const workedOutFields = {
  id: slug,
  version: z.int().positive().default(1),
  domain: z.string(),
  name: localizedText,
  /** What is worked out, of whom, how far: the line under the title. */
  measures: localizedText,
  input: z.array(statisticInput).min(1),
  pipeline: z.array(z.looseObject({ op: z.string() })).min(1),
  /** Smallest share of valid intervals below which an operator gives no value. */
  completeness: z.number().min(0).max(1).default(0.75),
  /** How it is worked out, and what it rests on, in plain words. */
  method: localizedText,
  source: localizedText,
};
