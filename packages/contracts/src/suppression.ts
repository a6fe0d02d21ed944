import { z } from "zod";
import { isoTime, severity } from "./common.ts";
import { alert } from "./warning.ts";

/** Level from which an alert is an emergency on either scale: it passes what suppresses, unless that says otherwise. */
export const emergencyLevel = 4;

const names = z.array(z.string().min(1).max(200)).min(1).max(200);

/** Which alerts; one that names nothing means all of them. What is named must all fit, one of each list. */
export const alertMatcher = z.object({
  definitions: names.optional(),
  /** Ids of subjects: stations, areas, agencies, items. */
  subjects: names.optional(),
  /** Units of the scheme in use that the subject lies in. */
  areas: names.optional(),
  /** Severities as they are now. */
  severities: z.array(severity).min(1).optional(),
});
export type AlertMatcher = z.infer<typeof alertMatcher>;

const note = z.string().trim().min(1).max(500);
const common = {
  /** Why. */
  note,
  /** Also suppresses alerts of level 4 and 5. */
  emergencies: z.boolean().default(false),
};

/** What is not to be told. Of the times only the form differs between what is sent (ISO 8601) and what is kept (ms). */
function ruleWith<T extends z.ZodType>(time: T) {
  return z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("silence"), ...common, matcher: alertMatcher, from: time, until: time }),
    z.object({
      kind: z.literal("maintenance"),
      ...common,
      matcher: alertMatcher,
      /** First window; with `repeat` it comes again at the same local time. */
      from: time,
      until: time,
      repeat: z
        .object({
          every: z.enum(["day", "week"]),
          /** No window begins after this; null: for good. */
          until: time.nullable(),
        })
        .nullable()
        .default(null),
    }),
    z.object({
      kind: z.literal("inhibition"),
      ...common,
      /** While an alert of this definition is open at this level or above … */
      source: z.object({ definition: z.string(), level: z.int().min(1).max(5).default(1) }),
      /** … alerts of these definitions … */
      target: z.object({ definitions: names }),
      /** … are not told of the same subject, or in the same unit (the narrowest one of the scheme in use). */
      same: z.enum(["subject", "area"]),
    }),
  ]);
}

export const suppressionDraft = ruleWith(isoTime.transform((text) => Date.parse(text)));
export const suppressionRule = ruleWith(z.number());
export type SuppressionRule = z.infer<typeof suppressionRule>;

/** A suppression as it is kept. Times are ms. */
export const suppression = z.object({
  id: z.string(),
  rule: suppressionRule,
  createdAt: z.number(),
  createdBy: z.string(),
  /** Ended by somebody before its time; null when it was not. */
  endedAt: z.number().nullable(),
  endedBy: z.string().nullable(),
  /** `waiting`: its time, or its next window, is yet to come. */
  state: z.enum(["active", "waiting", "over"]),
  /** Open alerts that it suppresses now. */
  alerts: z.int(),
});
export type Suppression = z.infer<typeof suppression>;

/** Why a suppression needs to be confirmed: it hides more than half of all alerts, or emergencies. */
export const confirmationReason = z.enum(["breadth", "emergencies"]);
export type ConfirmationReason = z.infer<typeof confirmationReason>;

/** What a suppression would have hidden of the alerts that were open in a span of the past. Times are ms. */
export const suppressionPreview = z.object({
  from: z.number(),
  to: z.number(),
  /** Alerts of the span, and those of them that it would have hidden. */
  total: z.int(),
  hidden: z.int(),
  /** Alerts of level 4 and 5 that it names: hidden with `emergencies`, else told in spite of it. */
  emergencies: z.int(),
  bySeverity: z.record(severity, z.int()),
  byDefinition: z.array(z.object({ definition: z.string(), hidden: z.int() })),
  /** The newest of the hidden ones. */
  alerts: z.array(alert.omit({ evidence: true })),
  confirm: z.array(confirmationReason),
});
export type SuppressionPreview = z.infer<typeof suppressionPreview>;
