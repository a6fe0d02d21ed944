import { z } from "zod";
import { lang, localizedText, severity, slug } from "./common.ts";
import { alertWork } from "./alert-work.ts";
import { alertCondition, levelScale, subjectType } from "./warning.ts";

/** Ways in which a person or a system is told. `in-app` and `mqtt` stay inside the installation; the others leave it. */
export const channels = ["in-app", "email", "sms", "push", "webhook", "mqtt"] as const;
export const channel = z.enum(channels);
export type Channel = z.infer<typeof channel>;

/** Whom a step of a ladder tells: who is on call at the owning centre, at the city's centre, or the leader on duty. */
export const ladderTarget = z.enum(["unit", "city", "leader"]);
export type LadderTarget = z.infer<typeof ladderTarget>;

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** `24:00` is the end of the day. */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "not a time of day such as 07:30");

/** Hours of some days in city time; `to` at or before `from` reaches into the next day. Absent: always. */
const hours = z.object({
  days: z.array(z.enum(weekdays)).min(1).optional(),
  from: clockTime.default("00:00"),
  to: clockTime.default("24:00"),
});
export type Hours = z.infer<typeof hours>;

/** A person, a desk or a system that is told. Addresses are never answered by the API. */
export const contact = z.object({
  id: slug,
  name: localizedText,
  /** Id of the centre that it belongs to. */
  centre: z.string(),
  language: lang.default("vi"),
  /** Told in the console; not so for a system. */
  inApp: z.boolean().default(true),
  /** Told on the topic `city/notifications/<id>` of the program's broker. */
  mqtt: z.boolean().default(false),
  email: z.email().optional(),
  /** Telephone number in the form of E.164. */
  sms: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, "not a telephone number such as +84905000000")
    .optional(),
  webhook: z.url({ protocol: /^https?$/ }).optional(),
});
export type Contact = z.infer<typeof contact>;

/** Who is on call for a centre, and when. */
export const shift = hours.extend({
  id: slug,
  centre: z.string(),
  role: z.enum(["duty", "leader"]),
  contacts: z.array(z.string()).min(1),
  /** One contact at a time, the next one each `every` (ISO 8601) from the city day `since` on; all together without it. */
  rotate: z.object({ since: z.iso.date(), every: z.string() }).optional(),
});
export type Shift = z.infer<typeof shift>;

const ladderStep = z.object({
  /** ISO 8601, from the opening of the incident; a step is taken unless everything has been acknowledged. */
  after: z.string(),
  to: ladderTarget,
  channels: z.array(channel).min(1),
});

/** What is told to whom. The first route whose `when` fits an alert is taken. */
export const route = z.object({
  id: slug,
  name: localizedText,
  /** All that are given must hold. */
  when: z
    .object({
      domains: z.array(z.string()).min(1).optional(),
      definitions: z.array(z.string()).min(1).optional(),
      /** Owning centres. */
      centres: z.array(z.string()).min(1).optional(),
      atLeast: severity.optional(),
      levels: z.array(z.int().min(1).max(5)).min(1).optional(),
      hours: hours.optional(),
    })
    .default({}),
  /** In order of `after`; empty: nobody is told. */
  ladder: z.array(ladderStep),
});
export type Route = z.infer<typeof route>;

/** ISO 8601 durations by level. */
const byLevel = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);

export const noticeGrouping = z.object({
  /** How long the first notice of an incident is held, so that what comes with it is told in it. */
  hold: byLevel.default(["PT30S", "PT30S", "PT30S", "PT5S", "PT5S"]),
  /** An alert joins the open incident of its rule and centre when the newest member joined no longer ago than this. */
  joinWithin: z.string().default("PT30M"),
  /** Least time between two notices that an incident has grown. */
  growth: z.string().default("PT5M"),
  /** So many alerts of one rule within this time are one incident of the whole city. */
  storm: z.object({ alerts: z.int().min(2), within: z.string() }).default({ alerts: 20, within: "PT1M" }),
  /** Repeat notices while an incident is open and not acknowledged, by level. */
  repeat: byLevel.default(["P1D", "PT6H", "PT3H", "PT1H", "PT1H"]),
});
export type NoticeGrouping = z.infer<typeof noticeGrouping>;

/** Everything of `routes.yaml`. */
export interface NoticePlan {
  contacts: Contact[];
  shifts: Shift[];
  routes: Route[];
  grouping: NoticeGrouping;
}

export const incidentState = z.enum(["open", "cleared", "merged"]);

/** Alerts of one rule that people handle together: of one centre, or of the whole city when there are very many (`storm`). */
export const incident = z.object({
  id: z.string(),
  definition: z.string(),
  name: localizedText,
  domain: z.string(),
  centre: z.string(),
  state: incidentState,
  storm: z.boolean(),
  exercise: z.boolean(),
  /** The incident of the whole city that this one has become part of. */
  mergedInto: z.string().nullable(),
  /** Worst of the open members now, and the worst it has been. */
  severity,
  peakSeverity: severity,
  scale: levelScale,
  level: z.int(),
  /** Text of the worst member. */
  headline: localizedText,
  members: z.int(),
  openMembers: z.int(),
  /** Open members that nobody has acknowledged. */
  newMembers: z.int(),
  /** City times, ms. */
  openedAt: z.number(),
  joinedAt: z.number(),
  clearedAt: z.number().nullable(),
  /** Route taken, steps of its ladder taken, when the next one is due and when the next repeat notice is. */
  route: z.string().nullable(),
  steps: z.int(),
  stepAt: z.number().nullable(),
  repeatAt: z.number().nullable(),
});
export type Incident = z.infer<typeof incident>;

export const incidentMember = z.object({
  alert: z.string(),
  subject: z.object({ type: subjectType, id: z.string() }),
  headline: localizedText,
  condition: alertCondition,
  work: alertWork,
  level: z.int(),
  severity,
  value: z.number().nullable(),
  unit: z.string(),
  decimals: z.int(),
  /** City times, ms: when the alert fired, when it came to the incident, when it was over. */
  firedAt: z.number(),
  joinedAt: z.number(),
  clearedAt: z.number().nullable(),
});
export type IncidentMember = z.infer<typeof incidentMember>;

/** `waiting` for its time or another attempt, `sent`, `failed` for good, `superseded` by the notice of a larger incident. */
export const noticeState = z.enum(["waiting", "sent", "failed", "superseded"]);
export type NoticeState = z.infer<typeof noticeState>;

/** Why somebody is told: the incident opened, rose, grew, is over; a step of the ladder; it is still open; a test. */
export const noticeReason = z.enum(["opened", "raised", "grown", "cleared", "escalated", "repeated"]);
export type NoticeReason = z.infer<typeof noticeReason>;

export const notice = z.object({
  id: z.int(),
  /** Idempotency key: alert, transition, channel and recipient. A notice that is sent twice carries the same. */
  key: z.string(),
  incident: z.string(),
  /** The alert whose transition caused it. */
  alert: z.string(),
  reason: noticeReason,
  channel,
  /** Id of the contact. */
  recipient: z.string(),
  state: noticeState,
  /** City time, ms: when it was written and when it is due. */
  createdAt: z.number(),
  dueAt: z.number(),
  /** Real time, ms, of the next attempt and of sending. */
  retryAt: z.number().nullable(),
  sentAt: z.number().nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
  /** What was sent; null before. */
  title: z.string().nullable(),
  text: z.string().nullable(),
});
export type Notice = z.infer<typeof notice>;

export const channelItem = z.object({
  id: channel,
  /** False: nothing is written for it and nothing is sent. */
  configured: z.boolean(),
  /** Settings that would configure it. */
  needs: z.array(z.string()),
  waiting: z.int(),
  sent: z.int(),
  failed: z.int(),
  /** Newest error of a notice that waits or has failed. */
  lastError: z.string().nullable(),
  /** Key that a browser subscribes to push messages with. */
  publicKey: z.string().nullable(),
});
export type ChannelItem = z.infer<typeof channelItem>;

/** Routes with who would be told now. Addresses are left out: only the channels that a contact can be reached by are named. */
export const noticeRoutes = z.object({
  routes: z.array(route),
  grouping: noticeGrouping,
  contacts: z.array(
    contact.pick({ id: true, name: true, centre: true, language: true }).extend({ channels: z.array(channel) }),
  ),
  onCall: z.array(z.object({ centre: z.string(), role: shift.shape.role, contacts: z.array(z.string()) })),
});
export type NoticeRoutes = z.infer<typeof noticeRoutes>;

/** A browser's subscription to push messages, as `PushSubscription.toJSON()` gives it. */
export const pushSubscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }),
});
export type PushSubscription = z.infer<typeof pushSubscription>;
