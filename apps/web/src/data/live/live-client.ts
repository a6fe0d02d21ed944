import type {
  Alert,
  ClientToServer,
  Frame,
  Incident,
  LatestValue,
  LiveFrame,
  LiveHello,
  Notice,
  ServerToClient,
  Simulation,
  StationStatus,
  Summary,
  Topic,
  TopicFamily,
} from "@ioc/contracts";
import type { CityClock } from "./clock.ts";
import type { Cursor } from "./cursor.ts";
import { judgeFrame } from "./cursor.ts";
import { KeyedStore } from "./keyed-store.ts";
import { phaseOf } from "./connection.ts";
import type { ConnectionState } from "./connection.ts";

/** The part of a Socket.IO client that is used; a test hands in its own. */
export interface LiveSocket {
  readonly connected: boolean;
  on<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): unknown;
  on(event: "connect" | "disconnect", listener: () => void): unknown;
  emit<E extends keyof ClientToServer>(event: E, ...parameters: Parameters<ClientToServer[E]>): unknown;
  connect(): unknown;
  close(): unknown;
}

export interface LiveOptions {
  socket: LiveSocket;
  clock: CityClock;
  /** Real milliseconds that grow evenly. */
  deviceNow: () => number;
  /** Runs `flush` soon; frames that arrive before are applied in the same batch. */
  schedule: (flush: () => void) => void;
  /** Single objects that have a REST twin go to the query cache through here. */
  onSummary: (summary: Summary, simulation: Simulation | null) => void;
  onStatistic: (frame: Frame) => void;
  /** The server reads another protocol: the page must be loaded again. */
  onVersion: () => void;
}

interface Subscription {
  readers: number;
  cursor: Cursor | null;
  /** A subscribe is on its way: deltas before its answer are not asked for twice. */
  asked: boolean;
}

/** Protocol version this client reads. */
const protocol = 1;

/**
 * Subscribes to live topics, keeps their sequence, and applies frames in one batch per flush to stores keyed by station,
 * datastream and alert. A gap in a sequence subscribes again; after a lost connection every topic resumes where it was.
 */
export class LiveClient {
  readonly stations = new KeyedStore<StationStatus>();
  readonly latest = new KeyedStore<LatestValue>();
  readonly incidents = new KeyedStore<Incident>();
  /** In-app notices since the page was opened, by id. */
  readonly notices = new KeyedStore<Notice>();
  readonly clock: CityClock;
  readonly #alerts = new Map<Topic, KeyedStore<Alert>>();
  readonly #options: LiveOptions;
  readonly #topics = new Map<Topic, Subscription>();
  readonly #listeners = new Set<() => void>();
  #queue: LiveFrame[] = [];
  #scheduled = false;
  #lostAt: number;
  #lostAtCity: number | null = null;
  #connectedOnce = false;
  #caughtUp: { count: number; until: number } | null = null;
  #state: ConnectionState = { phase: "connecting", lostAt: null, caughtUp: null };

  constructor(options: LiveOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.#lostAt = options.deviceNow();
    const { socket } = options;
    socket.on("connect", () => this.#onConnect());
    socket.on("disconnect", () => this.#onDisconnect());
    socket.on("hello", (hello) => this.#onHello(hello));
    socket.on("frame", (frame) => this.#onFrame(frame));
  }

  /** Open alerts of one alert topic by id. */
  alerts(topic: Topic = "alerts:all"): KeyedStore<Alert> {
    let store = this.#alerts.get(topic);
    if (!store) this.#alerts.set(topic, (store = new KeyedStore()));
    return store;
  }

  /** Starts a topic, or joins it; the returned function leaves it. */
  subscribe(topic: Topic): () => void {
    const known = this.#topics.get(topic);
    if (known) known.readers++;
    else {
      this.#topics.set(topic, { readers: 1, cursor: null, asked: false });
      if (this.#options.socket.connected) this.#ask(topic);
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const subscription = this.#topics.get(topic);
      if (!subscription || --subscription.readers > 0) return;
      this.#topics.delete(topic);
      if (this.#options.socket.connected) this.#options.socket.emit("unsubscribe", { topic });
    };
  }

  /** Same object until it changes. */
  connection = (): ConnectionState => this.#state;

  subscribeConnection = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Called about once a second and on every change of the connection. */
  tick(): void {
    const now = this.#options.deviceNow();
    if (this.#caughtUp && now >= this.#caughtUp.until) this.#caughtUp = null;
    const connected = this.#options.socket.connected;
    const phase = phaseOf(connected, this.#connectedOnce, connected ? 0 : now - this.#lostAt);
    const caughtUp = this.#caughtUp?.count ?? null;
    const lostAt = connected ? null : this.#lostAtCity;
    if (phase === this.#state.phase && caughtUp === this.#state.caughtUp && lostAt === this.#state.lostAt) return;
    this.#state = { phase, lostAt, caughtUp };
    for (const listener of this.#listeners) listener();
  }

  /** Measures the offset to the server's clock; half a round trip is taken off. */
  probe(): void {
    if (!this.#options.socket.connected) return;
    const sent = this.#options.deviceNow();
    this.#options.socket.emit("time", (city, speed) => {
      this.clock.set(city, speed, this.#options.deviceNow() - sent);
    });
  }

  open(): void {
    this.#options.socket.connect();
  }

  close(): void {
    this.#options.socket.close();
  }

  #onConnect(): void {
    const now = this.#options.deviceNow();
    const wasLong = this.#connectedOnce && now - this.#lostAt >= 5_000;
    if (wasLong) this.#caughtUp = { count: 0, until: now + 5_000 };
    this.#connectedOnce = true;
    for (const topic of this.#topics.keys()) this.#ask(topic);
    this.probe();
    this.tick();
  }

  #onDisconnect(): void {
    this.#lostAt = this.#options.deviceNow();
    this.#lostAtCity = this.clock.known ? this.clock.now() : null;
    for (const subscription of this.#topics.values()) subscription.asked = false;
    this.tick();
  }

  #onHello(hello: LiveHello): void {
    if (hello.v !== protocol) return this.#options.onVersion();
    this.clock.set(hello.now, hello.speed);
  }

  #ask(topic: Topic): void {
    const subscription = this.#topics.get(topic);
    if (!subscription || subscription.asked) return;
    subscription.asked = true;
    const resume = subscription.cursor ? { resume: subscription.cursor } : {};
    this.#options.socket.emit("subscribe", { topic, ...resume }, () => {
      subscription.asked = false;
    });
  }

  #onFrame(frame: LiveFrame): void {
    const subscription = this.#topics.get(frame.topic);
    if (!subscription) return;
    const verdict = judgeFrame(subscription.cursor, frame);
    if (verdict === "ignore") return;
    if (verdict === "resync") return this.#ask(frame.topic);
    subscription.cursor = { epoch: frame.epoch, seq: frame.seq };
    this.#queue.push(frame);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.schedule(() => this.flush());
  }

  /** Applies everything received so far. */
  flush(): void {
    const frames = this.#queue;
    this.#queue = [];
    this.#scheduled = false;
    let changes = 0;
    for (const frame of frames) changes += this.#apply(frame);
    if (this.#caughtUp && changes > 0) {
      this.#caughtUp = { ...this.#caughtUp, count: this.#caughtUp.count + changes };
      this.tick();
    }
  }

  #apply(frame: LiveFrame): number {
    const replace = frame.kind === "snapshot";
    switch (topicFamily(frame.topic)) {
      case "map": {
        const { stations } = frame.data as LiveFrame<"map">["data"];
        return this.stations.write(
          stations.map((status) => [status.id, status] as const),
          replace,
        ).length;
      }
      case "summary": {
        const { summary, simulation } = frame.data as LiveFrame<"summary">["data"];
        this.#options.onSummary(summary, simulation);
        return 0;
      }
      case "station": {
        const { observations, status } = frame.data as LiveFrame<"station">["data"];
        if (status) this.stations.write([[status.id, status]]);
        return this.latest.write(this.#newer(observations)).length;
      }
      case "statistic": {
        this.#options.onStatistic((frame.data as LiveFrame<"statistic">["data"]).frame);
        return 1;
      }
      case "alerts": {
        const { alerts } = frame.data as LiveFrame<"alerts">["data"];
        return this.alerts(frame.topic).write(
          alerts.map((alert) => [alert.id, alert] as const),
          replace,
        ).length;
      }
      case "incidents": {
        const { incidents } = frame.data as LiveFrame<"incidents">["data"];
        return this.incidents.write(
          incidents.map((incident) => [incident.id, incident] as const),
          replace,
        ).length;
      }
      case "notifications": {
        const { notices } = frame.data as LiveFrame<"notifications">["data"];
        return this.notices.write(notices.map((notice) => [String(notice.id), notice] as const)).length;
      }
    }
  }

  /** An older phenomenonTime never replaces the value that is shown. */
  *#newer(observations: readonly LatestValue[]): Generator<[string, LatestValue]> {
    for (const observation of observations) {
      const shown = this.latest.get(observation.datastream);
      if (!shown || observation.phenomenonTime >= shown.phenomenonTime) yield [observation.datastream, observation];
    }
  }
}

function topicFamily(topic: Topic): TopicFamily {
  const colon = topic.indexOf(":");
  return (colon < 0 ? topic : topic.slice(0, colon)) as TopicFamily;
}
