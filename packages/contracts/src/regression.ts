import { z } from "zod";
import { localizedText, slug } from "./common.ts";
import { statisticInput } from "./statistic.ts";

/**
 * A probability that is learned from the city's own history, as data: `pipeline` is made of the operators of statistics and ends in
 * `logistic-regression`. It is fitted anew each month; its coefficients are kept as rows, which rules read.
 */
export const regressionDefinition = z.object({
  id: slug,
  version: z.int().positive().default(1),
  domain: z.string(),
  name: localizedText,
  /** The probability of what. */
  measures: localizedText,
  input: z.array(statisticInput).min(1),
  pipeline: z.array(z.looseObject({ op: z.string() })).min(1),
  /** Smallest share of valid intervals below which an operator gives no value. */
  completeness: z.number().min(0).max(1).default(0.75),
  /** How it is worked out, and what it rests on, in plain words. */
  method: localizedText,
  source: localizedText,
});
export type RegressionDefinition = z.infer<typeof regressionDefinition>;
