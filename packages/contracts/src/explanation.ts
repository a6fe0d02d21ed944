import { z } from "zod";
import { suppressedBy } from "./alert-work.ts";
import { localizedText, severity } from "./common.ts";
import { alertCondition, levelScale, subjectType } from "./warning.ts";

/** True, false, or null where what is known does not decide it. */
const truth = z.boolean().nullable();
const expressionTruth = z.object({
  source: z.string(),
  truth,
  /** The comparisons that it is made of, in the order they are written. */
  terms: z.array(z.object({ source: z.string(), truth })),
});
export type ExpressionTruth = z.infer<typeof expressionTruth>;

/**
 * What a rule makes of a subject, in one word. `quiet`: no level is reached; `undecided`: what is known does not say whether one is;
 * `stale`: nothing is known for longer than the rule allows; `error`: the rule itself fails.
 */
export const verdict = z.enum(["firing", "recovering", "pending", "quiet", "undecided", "stale", "error"]);
export type Verdict = z.infer<typeof verdict>;

/** Why a rule fired on a subject, why now, what would clear it, or why it did not fire. Times and durations are ms. */
export const explanation = z.object({
  definition: z.string(),
  subject: z.object({ type: subjectType, id: z.string(), name: localizedText }),
  /** The time that was asked for, and that of the data which the answer rests on; null when there is none. */
  at: z.number(),
  asOf: z.number().nullable(),
  verdict,
  /** Null when there is no alert, pending included. */
  condition: alertCondition.nullable(),
  scale: levelScale,
  level: z.int(),
  error: z.string().nullable(),
  /** What is known of each quantity: between `low` and `high`, null where nothing bounds it; equal when it is known exactly. */
  signals: z.array(z.object({ name: z.string(), low: z.number().nullable(), high: z.number().nullable() })),
  /** Lowest first. */
  levels: z.array(
    z.object({
      level: z.int(),
      severity,
      when: expressionTruth,
      /** How long `when` must hold, and since when it does. */
      for: z.number(),
      heldSince: z.number().nullable(),
      clear: expressionTruth,
      clearingSince: z.number().nullable(),
    }),
  ),
  clearFor: z.number(),
  staleAfter: z.number(),
  /** The alert that was open at the time. */
  alert: z.string().nullable(),
  /** What suppresses it now. */
  suppressedBy: z.array(suppressedBy),
  sentences: z.array(localizedText),
});
export type Explanation = z.infer<typeof explanation>;
