import { z } from "zod";
import { health } from "./city.ts";
import { localizedText } from "./common.ts";

/** What is stored of one property of one kind of station. */
export const propertyStorage = z.object({
  kind: z.string(),
  property: z.string(),
  kindName: localizedText,
  name: localizedText,
  datastreams: z.int(),
  readings: z.int(),
  /** Oldest and newest phenomenonTime, ms; null when nothing is stored. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Bytes of readings and rollups, without the overhead of pages. */
  bytes: z.number(),
});
export type PropertyStorage = z.infer<typeof propertyStorage>;

/** How the system itself is: figures that harm nobody. Times are ms of real time unless said otherwise. */
export const systemReport = z.object({
  at: z.number(),
  health,
  intake: z.object({
    /** Accepted readings a second, last minute. */
    perSecond: z.number(),
    /** The last hour by whole minutes, oldest first; null before the program started. */
    lastHour: z.array(z.object({ end: z.number(), perSecond: z.number().nullable() })),
    /** Since the program started. */
    outcomes: z.object({ stored: z.int(), duplicate: z.int(), corrected: z.int(), quarantined: z.int() }),
    /** From arrival to commit, of the newest 1,000 batches at most; null before the first. */
    acknowledgeMs: z.object({ median: z.number(), p99: z.number() }).nullable(),
    /** City seconds that the newest reading lies behind city time; null when there is none. */
    lagSeconds: z.number().nullable(),
    /** Readings that wait for their commit, and how many may. */
    pending: z.int(),
    pendingLimit: z.int(),
  }),
  quarantine: z.object({ total: z.int(), byReason: z.record(z.string(), z.int()) }),
  storage: z.object({
    /** When readings and bytes of the properties were counted. */
    countedAt: z.number(),
    properties: z.array(propertyStorage),
    /** Bytes by file name. */
    files: z.record(z.string(), z.number()),
    disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  }),
  reads: z.object({
    /** Calls to the store in the last hour that took longer than `slowMs`; the newest 50 are known. */
    slow: z.int(),
    slowMs: z.number(),
    longestMs: z.number().nullable(),
  }),
  process: z.object({
    memoryBytes: z.number(),
    /** Worst delay of the main thread in the last minute. */
    delayMaxMs: z.number(),
    liveClients: z.int(),
    mqttClients: z.int().nullable(),
  }),
});
export type SystemReport = z.infer<typeof systemReport>;

/** What only those who run the system see. */
export const systemDetail = z.object({
  /** The newest 50 slow calls to the store, newest first. */
  slowReads: z.array(z.object({ call: z.string(), at: z.number(), ms: z.number(), datastreams: z.int().nullable() })),
  /** Senders of the newest 1,000 entries of the quarantine, most entries first. */
  quarantineSources: z.array(z.object({ source: z.string(), entries: z.int() })),
});
export type SystemDetail = z.infer<typeof systemDetail>;
