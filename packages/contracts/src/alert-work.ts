import { z } from "zod";
import { isoTime } from "./common.ts";

/** What people do about an alert; independent of its condition: one that is over may still be unresolved. */
export const alertWork = z.enum(["new", "acknowledged", "in-progress", "resolved", "closed"]);
export type AlertWork = z.infer<typeof alertWork>;

/** What an alert turned out to be. `true`: what it said was so. */
export const alertResolution = z.enum(["true", "false-alarm", "test", "sensor-fault", "duplicate"]);
export type AlertResolution = z.infer<typeof alertResolution>;

/** The human side of an alert beside {@link alertWork}. Times are ms. */
export const alertHandling = z.object({
  /** Level that somebody has taken note of; a rise above it needs to be acknowledged anew. */
  acknowledgedLevel: z.int().nullable().default(null),
  /** Work on it has begun; acknowledging after a rise goes on with it. */
  started: z.boolean().default(false),
  /** Null unless resolved or closed. */
  resolution: alertResolution.nullable().default(null),
  /** Person or centre that has it. */
  assignee: z.string().nullable().default(null),
  dueAt: z.number().nullable().default(null),
  shelvedUntil: z.number().nullable().default(null),
  /** Level at which it was shelved; a rise above it ends the shelving. */
  shelvedLevel: z.int().nullable().default(null),
  comments: z.int().default(0),
  /** How often it went back to new. */
  reopened: z.int().default(0),
});
export type AlertHandling = z.infer<typeof alertHandling>;

export const suppressionKinds = ["silence", "maintenance", "inhibition", "outage", "shelved"] as const;
export const suppressionKind = z.enum(suppressionKinds);
export type SuppressionKind = z.infer<typeof suppressionKind>;

/** One reason why nobody is to be told of an alert. It is recorded, counted and found all the same. */
export const suppressedBy = z.object({
  kind: suppressionKind,
  /** Of the suppression; of the definition that tells of the outage; of the alert itself when it is shelved. */
  id: z.string(),
  /** The other alert that inhibits it or tells of the outage. */
  alert: z.string().nullable(),
  /** When it ends at the latest, ms; null when that depends on something else. */
  until: z.number().nullable(),
});
export type SuppressedBy = z.infer<typeof suppressedBy>;

const comment = z.string().trim().min(1).max(2000);
const common = {
  /** `sequence` of the alert that the action was decided on: another one now is a conflict. */
  sequence: z.int().nonnegative(),
  /** Kept in the log with the action. */
  comment: comment.optional(),
};

/** What somebody does about one alert. */
export const alertAction = z.discriminatedUnion("action", [
  z.object({ ...common, action: z.literal("acknowledge") }),
  z.object({ ...common, action: z.literal("start") }),
  z.object({ ...common, action: z.literal("resolve"), reason: alertResolution }),
  z.object({ ...common, action: z.literal("close") }),
  z.object({ ...common, action: z.literal("reopen") }),
  z.object({
    ...common,
    action: z.literal("assign"),
    /** Person or centre; null takes it from whoever has it. */
    assignee: z.string().trim().min(1).max(120).nullable(),
    dueAt: isoTime.nullable().default(null),
  }),
  /** Says something and changes nothing, so it goes with any sequence. */
  z.object({ action: z.literal("comment"), comment, sequence: common.sequence.optional() }),
  z.object({ ...common, action: z.literal("shelve"), until: isoTime }),
  z.object({ ...common, action: z.literal("unshelve") }),
]);
export type AlertAction = z.infer<typeof alertAction>;

/** What a log line of the human side or of a suppression says beside its type. Times are ms. */
export const alertEventDetail = z.object({
  reason: alertResolution.optional(),
  assignee: z.string().nullable().optional(),
  dueAt: z.number().nullable().optional(),
  until: z.number().optional(),
  /** Level that was acknowledged, or at which it was shelved. */
  level: z.int().optional(),
  comment: z.string().optional(),
  suppressedBy: z.array(suppressedBy).optional(),
});
export type AlertEventDetail = z.infer<typeof alertEventDetail>;

/** Acknowledges many alerts at once, each as it was seen. */
export const bulkAcknowledge = z.object({
  action: z.literal("acknowledge"),
  alerts: z
    .array(z.object({ id: z.string().max(400), sequence: z.int().nonnegative() }))
    .min(1)
    .max(1000),
});
export const bulkOutcome = z.object({
  id: z.string(),
  outcome: z.enum(["done", "missing", "conflict", "refused"]),
  /** Why not; in English, as problem documents are. */
  detail: z.string().optional(),
});
export type BulkOutcome = z.infer<typeof bulkOutcome>;
