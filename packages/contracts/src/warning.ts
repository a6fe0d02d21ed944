import { z } from "zod";
import { alertEventDetail, alertHandling, alertWork, suppressedBy } from "./alert-work.ts";
import { localizedText, severity, slug } from "./common.ts";
import { basis, grouping } from "./statistic.ts";

export const ruleKinds = [
  "threshold",
  "sustained",
  "rate-of-change",
  "absence",
  "anomaly",
  "forecast-crossing",
  "composite",
  "outbreak",
  "spatial",
] as const;
export const ruleKind = z.enum(ruleKinds);
export type RuleKind = z.infer<typeof ruleKind>;

/** `risk`: the five levels of Decision 18/2021. `ioc`: 1 advisory, 2 watch, 3 warning, 4 emergency. Never shown as each other. */
export const levelScale = z.enum(["risk", "ioc"]);
export type LevelScale = z.infer<typeof levelScale>;

export const warningLevel = z.object({
  level: z.int().min(1).max(5),
  /** What the level means, as shown beside its number. */
  name: localizedText.optional(),
  severity,
  /** Expression over the definition's signals: numbers, + - * /, comparisons, and, or, not, parentheses. */
  when: z.string(),
  /** Expression that must hold for `clearFor` before this level is left; default: `when` is false by `hysteresis`. */
  clear: z.string().optional(),
  /** ISO 8601; the definition's `for` when absent. */
  for: z.string().optional(),
  basis,
  source: z.string(),
});
export type WarningLevel = z.infer<typeof warningLevel>;

/**
 * What an alert is about: a station, a unit of the administration, an agency, or a value of a column such as a service or a dataset.
 * With rules that tell the items of a place apart it is the place's type, and the id names both (`place/item`, see `subjectParts`).
 */
export const subjectType = z.enum(["station", "ward", "district", "city", "agency", "item"]);
export type SubjectType = z.infer<typeof subjectType>;

export const warningInput = z.union([
  z.object({
    kind: z.string(),
    properties: z.array(z.string()).min(1),
    /** Only these stations of the kind are watched; all of them without it. */
    stations: z.array(z.string()).min(1).optional(),
  }),
  z.object({ dataset: z.string(), columns: z.array(z.string()).min(1) }),
]);

/**
 * A rule on rows instead of on single readings: when they changed, and every `every`, a pipeline of the statistics' operators is worked
 * out, each row of its frame is a subject, and the signals are columns of it (`{op: column, column: id}`; the signal's own name unless given).
 */
export const warningFrame = z.object({
  pipeline: z.array(z.looseObject({ op: z.string() })).min(1),
  /** Grouping whose subjects are watched. */
  group: grouping,
  completeness: z.number().min(0).max(1).default(0.75),
  /**
   * Signals of a subject that has been seen and has no row any more, where that says something: no open file means none overdue.
   * Without it nothing is known of such a subject, and its alert grows stale.
   */
  absent: z.record(z.string(), z.number()).optional(),
});

const skillScores = ["POD", "FAR", "CSI", "lead", "Brier", "MAE", "MASE", "pinball", "coverage"] as const;

/** How a warning is verified: against events on record of its `hazard`. */
const warningSkill = z.object({
  /** What counts as the event, in words. */
  event: localizedText,
  /** How long after an alert an event may begin and still be what was warned of; ISO 8601. */
  window: z.string(),
  /** Scores that say something about this warning. */
  scores: z.array(z.enum(skillScores)).min(1),
  /**
   * The probability that it states, for the Brier score: that a step of a forecast comes out above a number, given or taken from a
   * reference table (keys joined by dots, `*` stands for the subject).
   */
  probability: z
    .object({ forecast: slug, above: z.union([z.number(), z.object({ table: z.string(), path: z.string() })]) })
    .optional(),
});

/** A rule as data. `signals` says how each named quantity is taken from the readings; keys are checked by the rule engine. */
export const warningDefinition = z.object({
  id: slug,
  version: z.int().positive().default(1),
  domain: z.string(),
  kind: ruleKind,
  /** Key of the events it is matched with when it is verified. */
  hazard: z.string(),
  name: localizedText,
  /** The rule in one plain sentence. */
  sentence: localizedText,
  /**
   * Text of an alert with `{place}`, `{value}`, `{level}` (the level's name) and, where the subject is an item of a place, `{item}`;
   * default: name and place. An item that the text does not name stands behind the place.
   */
  headline: localizedText.optional(),
  /** The signal that lists show as the alert's value; default: the first signal, without a unit. */
  value: z.object({ signal: z.string(), unit: z.string(), decimals: z.int().min(0).max(6) }).optional(),
  inputs: z.array(warningInput).min(1),
  frame: warningFrame.optional(),
  signals: z.record(z.string(), z.looseObject({ op: z.string() })),
  /** Signals that no level tests: they are only shown with the evidence. */
  info: z.array(z.string()).default([]),
  scale: levelScale,
  levels: z.array(warningLevel).min(1),
  /** ISO 8601 durations. */
  for: z.string().default("PT0S"),
  clearFor: z.string().default("PT0S"),
  hysteresis: z.number().nonnegative().default(0),
  every: z.string(),
  staleAfter: z.string(),
  /** What one alert is about. */
  subject: subjectType,
  /**
   * An open alert says that its subject is out of contact: other alerts of the subject, and of stations whose attribute
   * `gateway` names it, say little then and are not told.
   */
  outage: z.boolean().optional(),
  cap: z.object({
    category: z.string(),
    event: localizedText,
    urgency: z.string(),
    certainty: z.string(),
    responseType: z.string().optional(),
    /** What residents are to do; shown to the public, unlike `action`. */
    instruction: localizedText.optional(),
  }),
  /** Level from which an approved alert may be published; null = internal. */
  publicFrom: z.int().nullable(),
  /** Such an alert goes to the public site at once, without a person. */
  autoPublic: z.boolean().default(false),
  /** Standing orders shown to the operator, never to the public. */
  action: localizedText,
  /** Without it alerts are counted and not scored. */
  skill: warningSkill.optional(),
  /** Test vectors: signal values → level before duration and hysteresis (0 = none). */
  cases: z.array(z.object({ given: z.record(z.string(), z.number().nullable()), level: z.int() })).default([]),
});
export type WarningDefinition = z.infer<typeof warningDefinition>;

export const alertCondition = z.enum(["pending", "firing", "recovering", "cleared"]);

/** Enough to answer why it fired and what would clear it. */
export const alertEvidence = z.object({
  signals: z.record(z.string(), z.number().nullable()),
  /** The expression that decided the level. */
  when: z.string().nullable(),
  clear: z.string().nullable(),
  basis: basis.nullable(),
  source: z.string().nullable(),
  /** Readings behind the signals, newest first, at most 60. */
  readings: z.array(z.object({ datastream: z.string(), time: z.number(), result: z.number().nullable() })),
  definitionVersion: z.int(),
});
export type AlertEvidence = z.infer<typeof alertEvidence>;

/** One episode of one rule on one subject; the row is a projection of its events. */
export const alert = z.object({
  id: z.string(),
  definition: z.string(),
  name: localizedText,
  hazard: z.string(),
  domain: z.string(),
  subject: z.object({ type: subjectType, id: z.string() }),
  /** Unit that the subject lies in, by scheme, narrowest first: used to filter by area. */
  areas: z.record(z.string(), z.array(z.string())),
  condition: alertCondition,
  work: alertWork,
  handling: alertHandling.default(alertHandling.parse({})),
  /** Why nobody is to be told of it; empty when somebody is. */
  suppressedBy: z.array(suppressedBy).default([]),
  scale: levelScale,
  level: z.int(),
  peakLevel: z.int(),
  severity,
  peakSeverity: severity,
  /** No data for longer than `staleAfter`: never clears the alert. */
  stale: z.boolean(),
  /** The rule itself failed. */
  error: z.string().nullable(),
  /** Text to show: hazard, place and value. */
  headline: localizedText,
  /** Value that is tested, with unit, for lists. */
  value: z.number().nullable(),
  unit: z.string(),
  decimals: z.int(),
  episode: z.int(),
  /** Event time of the first pending reading, of the first firing, of the last change, of clearing; ms. */
  startedAt: z.number(),
  firedAt: z.number().nullable(),
  changedAt: z.number(),
  clearedAt: z.number().nullable(),
  evidence: alertEvidence,
  /** Sequence of the newest event of this alert in the log. */
  sequence: z.int(),
  exercise: z.boolean().default(false),
});
export type Alert = z.infer<typeof alert>;

export const alertEvent = z.object({
  sequence: z.int(),
  alert: z.string(),
  /**
   * `fresh`: data or the rule are back. `dropped`: late or corrected readings show that the level was never held.
   * `amended`: they change what is known of the past (start, peak), nothing new is to be told. From `acknowledged` on: what
   * people did; `reopened` also when the rule did it, because the level rose above the acknowledged one or a resolved alert
   * came back. `suppressed`: what suppresses it is another than before, `unsuppressed`: nothing does any more.
   */
  type: z.enum([
    "pending",
    "fired",
    "raised",
    "lowered",
    "recovering",
    "refired",
    "cleared",
    "stale",
    "fresh",
    "error",
    "dropped",
    "amended",
    "acknowledged",
    "started",
    "resolved",
    "closed",
    "reopened",
    "assigned",
    "commented",
    "shelved",
    "unshelved",
    "suppressed",
    "unsuppressed",
  ]),
  /** Event time of the data, and city time of processing; ms. */
  time: z.number(),
  processedAt: z.number(),
  actor: z.string(),
  from: z.object({ condition: alertCondition.nullable(), level: z.int() }),
  to: z.object({ condition: alertCondition, level: z.int() }),
  /** The human side before and after; null when the event does not touch it. */
  work: z.object({ from: alertWork, to: alertWork }).nullable().default(null),
  detail: alertEventDetail.default({}),
  evidence: alertEvidence,
});
export type AlertEvent = z.infer<typeof alertEvent>;

/** A definition as the API lists it. */
export const warningItem = warningDefinition.extend({
  openAlerts: z.int(),
  /** Subjects under watch. */
  subjects: z.int(),
  lastEvaluatedAt: z.number().nullable(),
  error: z.string().nullable(),
});
export type WarningItem = z.infer<typeof warningItem>;
