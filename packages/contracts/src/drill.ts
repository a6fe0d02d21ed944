import { z } from "zod";
import { localizedText, slug } from "./common.ts";
import { alert } from "./warning.ts";

/** An alert that a drill must raise, with what came. Times are ms from the start of the scenario. */
export const drillExpectation = z.object({
  warning: z.string(),
  /** Highest level that any subject must reach, and reached; 0: it did not fire. */
  level: z.int(),
  reached: z.int(),
  /** Least and most subjects that must alert, and how many did. */
  subjects: z.tuple([z.int(), z.int()]),
  counted: z.int(),
  /** Within which the first alert must fire, and when it fired. */
  first: z.tuple([z.number(), z.number()]),
  fired: z.number().nullable(),
  /** What is wrong, each as a word of {@link drillFaults}; empty: it came as expected. */
  faults: z.array(z.enum(["missing", "level", "subjects", "early", "late", "order"])),
});
export type DrillExpectation = z.infer<typeof drillExpectation>;

/** What became of a drill: every expectation, and alerts that nobody expected. */
export const drillVerdict = z.object({
  passed: z.boolean(),
  expectations: z.array(drillExpectation),
  /** Warnings that fired without being expected: ids of alerts by warning. */
  unexpected: z.record(z.string(), z.array(z.string())),
  /** Warnings that an ordinary day raises too, by the reason given; they are not judged. */
  background: z.record(z.string(), z.string()),
  /** Warnings that were not run, by the reason. */
  without: z.record(z.string(), z.string()).default({}),
});
export type DrillVerdict = z.infer<typeof drillVerdict>;

export const drillState = z.enum(["preparing", "playing", "passed", "failed", "stopped", "broken"]);
export type DrillState = z.infer<typeof drillState>;

/** A scenario played in a city of its own. Nothing of it touches real readings, alerts or notifications. */
export const drill = z.object({
  id: slug,
  scenario: z.string(),
  name: localizedText,
  state: drillState,
  /** Real time of the start and of the end, ms. */
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** City time: the scenario's start, its end, and how far it is, ms. */
  begins: z.number(),
  ends: z.number(),
  reached: z.number().nullable(),
  /** Alerts that have fired so far. */
  alerts: z.int(),
  /** What went wrong with the drill itself. */
  error: z.string().nullable(),
});
export type Drill = z.infer<typeof drill>;

/** A drill with its alerts, in the order in which they fired, all of them marked as exercise. */
export const drillReport = drill.extend({
  verdict: drillVerdict.nullable(),
  items: z.array(alert),
});
export type DrillReport = z.infer<typeof drillReport>;
