import { z } from "zod";
import { alertResolution } from "./alert-work.ts";
import { isoTime, localizedText } from "./common.ts";
import { subjectType } from "./warning.ts";

/**
 * How alerts of a rule compare with the events on record. Ratios are null below 5 events, or where nothing can be divided; see
 * docs/warnings.md for their formulas.
 */
export const warningScores = z.object({
  events: z.int(),
  hits: z.int(),
  misses: z.int(),
  falseAlarms: z.int(),
  /** Alerts so new that their event may still come. */
  undecided: z.int(),
  pod: z.number().nullable(),
  precision: z.number().nullable(),
  far: z.number().nullable(),
  csi: z.number().nullable(),
  /** Median lead of the hits, ms. */
  leadMs: z.number().nullable(),
});
export type WarningScores = z.infer<typeof warningScores>;

/** What became of an alert: `repeat`, the event had an earlier alert; `undecided`, it may still come. */
export const alertOutcome = z.enum(["hit", "repeat", "false-alarm", "undecided"]);
export type AlertOutcome = z.infer<typeof alertOutcome>;

/** An alert that a definition would have raised. Times are event times, ms. */
export const backtestAlert = z.object({
  id: z.string(),
  subject: z.object({ type: subjectType, id: z.string(), name: localizedText }),
  /** Narrowest unit of the scheme in use that the subject lies in; null when it lies in none. */
  area: z.string().nullable(),
  startedAt: z.number(),
  firedAt: z.number(),
  /** Null when it is open at the end of the span. */
  clearedAt: z.number().nullable(),
  peakLevel: z.int(),
  /** Null when the warning has no `skill` or no event of its hazard is on record. */
  outcome: alertOutcome.nullable(),
  leadMs: z.number().nullable(),
});
export type BacktestAlert = z.infer<typeof backtestAlert>;

/** A definition run over a span of history; nothing of it is kept. */
export const backtest = z.object({
  definition: z.string(),
  /** phenomenonTime in (from, to], ms. */
  from: z.number(),
  to: z.number(),
  subjects: z.int(),
  /** How often signals were looked at. */
  evaluations: z.int(),
  /** Rules of the clock and rules on rows are worked out this often, ms; null: at each reading. */
  stepMs: z.number().nullable(),
  /** How many alerts it would have raised; `alerts` holds the newest of them. */
  total: z.int(),
  alerts: z.array(backtestAlert),
  /** Alerts by their highest level. */
  byLevel: z.record(z.string(), z.int()),
  /** Subjects with the most alerts, at most 20. */
  bySubject: z.array(z.object({ id: z.string(), name: localizedText, alerts: z.int() })),
  /** Null when the warning has no `skill` or no event of its hazard is on record in the span. */
  scores: warningScores.nullable(),
  /** Why the definition could not be worked out at some time in the span; null when it always could. */
  error: z.string().nullable(),
});
export type Backtest = z.infer<typeof backtest>;

export const backtestRequest = z.object({
  from: isoTime,
  to: isoTime,
  /** A changed definition; the one in force without it. */
  definition: z.unknown().optional(),
});

/** What is wrong with the definition, each as a sentence, or its backtest. */
export const backtestAnswer = z.object({ problems: z.array(z.string()), backtest: backtest.nullable() });
export type BacktestAnswer = z.infer<typeof backtestAnswer>;

/** How probabilities of steps of issued forecasts did against what came; scores are null below 30 cases. */
export const probabilityScore = z.object({
  /** Steps that came within the warning's window after their issue. */
  cases: z.int(),
  /** Those in which it happened. */
  happened: z.int(),
  /** Mean square of probability less outcome (Brier 1950): 0 is perfect. */
  brier: z.number().nullable(),
  /** What it would be for always stating the share of the cases in which it happened. */
  reference: z.number().nullable(),
});
export type ProbabilityScore = z.infer<typeof probabilityScore>;

/** How one warning did in the span: what its alerts were worth, and how much of operators' time they took. */
export const verifiedWarning = z.object({
  id: z.string(),
  name: localizedText,
  domain: z.string(),
  hazard: z.string(),
  /** Alerts that fired in the span, exercises left out. */
  alerts: z.int(),
  open: z.int(),
  perWeek: z.number(),
  /** Those that were over within ten minutes. */
  brief: z.int(),
  lastFiredAt: z.number().nullable(),
  /** Alerts by the reason that people gave when they resolved them; empty while nobody did. */
  reasons: z.partialRecord(alertResolution, z.int()),
  /** Null when the warning has no `skill` or no event of its hazard is on record in the span. */
  scores: warningScores.nullable(),
  /** Null when the warning states no probability. Of all issues that are kept. */
  probability: probabilityScore.nullable(),
});
export type VerifiedWarning = z.infer<typeof verifiedWarning>;

export const warningVerification = z.object({
  /** Span that alerts and events were taken from, ms: 12 months, or since the first alert when that is shorter. */
  from: z.number(),
  to: z.number(),
  items: z.array(verifiedWarning),
});
export type WarningVerification = z.infer<typeof warningVerification>;
