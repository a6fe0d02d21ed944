import { z } from "zod";
import type { Incident, Notice } from "./notification.ts";
import type { Alert } from "./warning.ts";
import type { Simulation, Summary } from "./city.ts";
import type { Frame } from "./statistic.ts";
import type { LatestValue, StationStatus } from "./station.ts";

/** Version of the live protocol; a client that reads another major number reloads. */
export const liveVersion = 1;

/**
 * Topics: `map` · `summary` · `incidents` · `notifications` · `station:{id}` · `statistic:{id}` · `alerts:{area}` where area is an area id of the scheme
 * in use or `all`.
 */
export const topicPattern = /^(?:map|summary|incidents|notifications|(?:station|statistic|alerts):[a-z0-9-]{1,120})$/;
export const topic = z.string().regex(topicPattern, "unknown topic");
export type Topic = string;

/** What each family of topics carries. Snapshot = everything, delta = what changed, by key, latest value wins. */
export interface LivePayloads {
  map: { stations: StationStatus[] };
  summary: { summary: Summary; simulation: Simulation | null };
  station: { observations: LatestValue[]; status: StationStatus | null };
  statistic: { frame: Frame };
  /** In a delta a cleared alert is sent once more with condition `cleared`. */
  alerts: { alerts: Alert[] };
  /** Open incidents; in a delta one that is over or has become part of another is sent once more. */
  incidents: { incidents: Incident[] };
  /** In-app notices as they are sent: only in deltas, the snapshot is empty. */
  notifications: { notices: Notice[] };
}
export type TopicFamily = keyof LivePayloads;

export function familyOf(name: Topic): TopicFamily {
  const colon = name.indexOf(":");
  return (colon < 0 ? name : name.slice(0, colon)) as TopicFamily;
}

/** Sent to each socket first. `epoch` changes when the server's sequences start anew. */
export interface LiveHello {
  v: typeof liveVersion;
  epoch: string;
  /** City time of the server, ms, and how fast it runs against real time. */
  now: number;
  speed: number;
  version: string;
}

/**
 * One message of one topic. `seq` grows by one for each change of the topic; a delta says which change it follows
 * (`after`). A client whose own seq differs from `after` subscribes again and gets what it missed, or a snapshot.
 */
export type LiveFrame<F extends TopicFamily = TopicFamily> =
  | {
      v: typeof liveVersion;
      topic: Topic;
      epoch: string;
      seq: number;
      kind: "snapshot";
      at: number;
      data: LivePayloads[F];
    }
  | {
      v: typeof liveVersion;
      topic: Topic;
      epoch: string;
      seq: number;
      after: number;
      kind: "delta";
      at: number;
      data: LivePayloads[F];
    };

/** Client → server event `subscribe`; the answer comes as frames. Resume by naming the last epoch and seq seen. */
export const subscribeRequest = z.object({
  topic,
  resume: z.object({ epoch: z.string().max(64), seq: z.int().nonnegative() }).optional(),
});
export type SubscribeRequest = z.infer<typeof subscribeRequest>;
export type SubscribeAnswer = { ok: true } | { ok: false; error: string };

export interface ServerToClient {
  hello: (message: LiveHello) => void;
  frame: (message: LiveFrame) => void;
}
export interface ClientToServer {
  subscribe: (request: SubscribeRequest, answer: (result: SubscribeAnswer) => void) => void;
  unsubscribe: (request: { topic: Topic }) => void;
  /** Clock probe: answers the server's city time, ms. */
  time: (answer: (now: number, speed: number) => void) => void;
}
