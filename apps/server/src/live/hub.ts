import {
  familyOf,
  liveVersion,
  subscribeRequest,
  type LiveFrame,
  type LivePayloads,
  type SubscribeAnswer,
  type Topic,
  type TopicFamily,
} from "@ioc/contracts";
import { TopicState } from "./topic-state.ts";

/** One connected client, as the hub sees it. Rooms group clients so that a frame is encoded once for all of them. */
export interface LiveClient {
  readonly id: string;
  send(frame: LiveFrame): void;
  join(room: string): void;
  leave(room: string): void;
  /** True while what was sent earlier has not left; more would only pile up. */
  isSlow(): boolean;
}

/** Where the contents of topics come from. */
export interface TopicSource {
  /** Present contents of a topic by key; null when there is no such topic. */
  open(topic: Topic): Promise<ReadonlyMap<string, unknown> | null>;
  /** Puts entries into the payload of the topic's family. */
  payload(topic: Topic, entries: ReadonlyMap<string, unknown>): LivePayloads[TopicFamily];
  /** True for an entry that is told once more and then not part of the topic, such as a cleared alert. */
  isGone(topic: Topic, entry: unknown): boolean;
}

interface HubOptions {
  epoch: string;
  source: TopicSource;
  /** Sends one frame to everybody in a room. */
  broadcast(room: string, frame: LiveFrame): void;
  /** City time. */
  now(): number;
  limits?: Partial<Limits>;
}

interface Limits {
  topicsPerClient: number;
  /** Clients in one room; a larger topic is sent room by room, one a turn, so that the loop stays free. */
  clientsPerRoom: number;
  /** Flushes without a subscriber before a topic is forgotten. */
  idleFlushes: number;
}

const defaultLimits: Limits = { topicsPerClient: 200, clientsPerRoom: 250, idleFlushes: 240 };

/** Flushes (4 a second) between two frames of a family: the map and the figures change once a second. */
const flushesBetween: Readonly<Record<TopicFamily, number>> = {
  map: 4,
  summary: 4,
  station: 1,
  statistic: 1,
  alerts: 1,
  incidents: 4,
  notifications: 1,
};

interface Member {
  client: LiveClient;
  /** Room the client is in, or the seq up to which it has everything while it is out because it is slow. */
  place: { room: string } | { behind: number | null };
}

interface OpenTopic {
  state: TopicState;
  members: Map<string, Member>;
  roomSizes: Map<string, number>;
  ready: Promise<void>;
  loaded: boolean;
  idle: number;
  /** Rooms that have not had the frame that is being sent; no client may enter a room meanwhile. */
  sending: boolean;
}

/** Sequenced topics with snapshot, coalesced deltas, resume and back-pressure, apart from any transport. */
export interface LiveHub {
  subscribe(client: LiveClient, request: unknown): Promise<SubscribeAnswer>;
  unsubscribe(client: LiveClient, topic: Topic): void;
  disconnect(client: LiveClient): void;
  /** Notes a changed entry; the newest value of a key wins. Does nothing when nobody ever asked for the topic. */
  publish(topic: Topic, key: string, value: unknown): void;
  /** True while somebody has asked for the topic lately. */
  isOpen(topic: Topic): boolean;
  /** True while any topic of the family is open. */
  hasOpen(family: TopicFamily): boolean;
  /** Sends what changed and lets slow clients catch up; to be called 4 times a second. */
  flush(): void;
}

export function createLiveHub(options: HubOptions): LiveHub {
  const { source, epoch } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const topics = new Map<Topic, OpenTopic>();
  const topicsOf = new Map<string, Set<Topic>>();
  /** Highest seq any topic ever had: a topic that is opened again goes on above it, so an old seq cannot deceive. */
  let highest = 0;
  let flushes = 0;

  const frameOf = (name: Topic, state: TopicState, after: number | null): LiveFrame => {
    const data = source.payload(name, after === null ? state.all() : state.changedSince(after));
    const head = { v: liveVersion, topic: name, epoch, seq: state.seq, at: options.now(), data } as const;
    return after === null ? { ...head, kind: "snapshot" } : { ...head, kind: "delta", after };
  };

  const openTopic = (name: Topic): OpenTopic => {
    const topic: OpenTopic = {
      state: new TopicState(highest, (entry) => source.isGone(name, entry)),
      members: new Map(),
      roomSizes: new Map(),
      ready: Promise.resolve(),
      loaded: false,
      idle: 0,
      sending: false,
    };
    topics.set(name, topic);
    topic.ready = source.open(name).then((entries) => {
      if (entries === null) throw new UnknownTopic(name);
      topic.state.load(entries);
      topic.loaded = true;
    });
    topic.ready.catch(() => topics.delete(name));
    return topic;
  };

  const roomFor = (name: Topic, topic: OpenTopic): string => {
    for (const [room, size] of topic.roomSizes) if (size < limits.clientsPerRoom) return room;
    return `${name}#${topic.roomSizes.size}`;
  };

  const enter = (name: Topic, topic: OpenTopic, member: Member) => {
    const room = roomFor(name, topic);
    topic.roomSizes.set(room, (topic.roomSizes.get(room) ?? 0) + 1);
    member.place = { room };
    member.client.join(room);
  };

  const leave = (topic: OpenTopic, member: Member) => {
    if (!("room" in member.place)) return;
    const { room } = member.place;
    topic.roomSizes.set(room, (topic.roomSizes.get(room) ?? 1) - 1);
    member.client.leave(room);
  };

  /** Gives a client that is out of the rooms what it lacks and lets it in, unless it is slow or a frame is under way. */
  const admit = (name: Topic, topic: OpenTopic, member: Member) => {
    if ("room" in member.place || topic.sending || member.client.isSlow()) return;
    const { behind } = member.place;
    if (behind === null || !topic.state.remembers(behind)) member.client.send(frameOf(name, topic.state, null));
    else if (behind < topic.state.seq) member.client.send(frameOf(name, topic.state, behind));
    enter(name, topic, member);
  };

  const forget = (client: LiveClient, name: Topic) => {
    const topic = topics.get(name);
    const member = topic?.members.get(client.id);
    if (!topic || !member) return;
    leave(topic, member);
    topic.members.delete(client.id);
  };

  const sendDelta = async (topic: OpenTopic, frame: LiveFrame) => {
    topic.sending = true;
    const rooms = [...topic.roomSizes].filter(([, size]) => size > 0).map(([room]) => room);
    for (const [i, room] of rooms.entries()) {
      if (i > 0) await new Promise<void>((done) => setImmediate(done));
      options.broadcast(room, frame);
    }
    topic.sending = false;
  };

  const flushTopic = (name: Topic, topic: OpenTopic) => {
    if (!topic.loaded || topic.sending) return;
    topic.idle = topic.members.size === 0 ? topic.idle + 1 : 0;
    if (topic.idle > limits.idleFlushes) return void topics.delete(name);
    const before = topic.state.seq;
    const due = flushes % flushesBetween[familyOf(name)] === 0;
    if (due && topic.state.commit()) {
      highest = Math.max(highest, topic.state.seq);
      for (const member of topic.members.values()) {
        if (!("room" in member.place) || !member.client.isSlow()) continue;
        leave(topic, member);
        member.place = { behind: before };
      }
      if (topic.members.size > 0) void sendDelta(topic, frameOf(name, topic.state, before));
    }
    for (const member of topic.members.values()) admit(name, topic, member);
  };

  return {
    async subscribe(client, request) {
      const parsed = subscribeRequest.safeParse(request);
      if (!parsed.success) return { ok: false, error: parsed.error.issues[0]?.message ?? "bad request" };
      const { topic: name, resume } = parsed.data;
      const own = topicsOf.get(client.id) ?? new Set();
      topicsOf.set(client.id, own);
      if (!own.has(name) && own.size >= limits.topicsPerClient) {
        return { ok: false, error: `at most ${limits.topicsPerClient} topics at once` };
      }
      own.add(name);
      const topic = topics.get(name) ?? openTopic(name);
      topic.idle = 0;
      try {
        await topic.ready;
      } catch (error) {
        own.delete(name);
        return { ok: false, error: error instanceof UnknownTopic ? error.message : "the topic cannot be read now" };
      }
      // Gone or unsubscribed while the topic was being read.
      if (topicsOf.get(client.id) !== own || !own.has(name)) return { ok: true };
      forget(client, name);
      const behind = resume && resume.epoch === epoch ? resume.seq : null;
      const member: Member = { client, place: { behind } };
      topic.members.set(client.id, member);
      admit(name, topic, member);
      return { ok: true };
    },
    unsubscribe(client, name) {
      if (topicsOf.get(client.id)?.delete(name)) forget(client, name);
    },
    disconnect(client) {
      const own = topicsOf.get(client.id);
      topicsOf.delete(client.id);
      for (const name of own ?? []) forget(client, name);
    },
    publish: (name, key, value) => topics.get(name)?.state.set(key, value),
    isOpen: (name) => topics.has(name),
    hasOpen: (family) => topics.keys().some((name) => familyOf(name) === family),
    flush() {
      flushes += 1;
      for (const [name, topic] of topics) flushTopic(name, topic);
    },
  };
}

class UnknownTopic extends Error {
  constructor(topic: Topic) {
    super(`there is no topic ${topic}`);
    this.name = "UnknownTopic";
  }
}
