import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import type { KeyCheck } from "../api/keys.ts";
import { messageOf, type Log } from "../log.ts";
import { noticeTopics, type OtherTopics } from "./topics.ts";
import { untilStored } from "./until-stored.ts";

/** Takes one message in; resolves when it is durable. */
export type OnMessage = (topic: string, payload: Buffer, client: string) => Promise<void>;

export interface MqttBroker {
  /** Port that it listens on. */
  port: number;
  /** True when the port asked for was busy and another one was taken. */
  moved: boolean;
  /** Clients connected now. */
  clients(): number;
  /** Sends a message of QoS 1 to whoever listens; resolves when the broker has it. */
  publish(topic: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

interface BrokerOptions {
  host: string;
  port: number;
  keys: KeyCheck;
  log: Log;
  onMessage: OnMessage;
  topics?: OtherTopics | undefined;
}

/** Clients that may be connected at once. */
const mostClients = 5000;
/** A client that says nothing for this long is cut off, unless its keep-alive is longer. */
const connectTimeoutMs = 10_000;
const readable = /^city(?:\/|$)/;
/** Where messages of other interfaces end: nobody can listen here, as listeners get what was made of them instead. */
const taken = "$taken";

/**
 * The embedded MQTT 3.1.1 broker. Reading `city/#` and the topics of other interfaces is open; publishing needs an API key
 * as password (any user name). A message of QoS 1 or 2 is acknowledged after the commit of its reading.
 */
export async function startMqttBroker(options: BrokerOptions): Promise<MqttBroker> {
  const { topics } = options;
  const writers = new WeakSet<Client>();
  const broker = await Aedes.createBroker({
    connectTimeout: connectTimeoutMs,
    keepaliveLimit: 3600,
    maxClientsIdLength: 128,
    maxTopicLevels: 8,
    queueLimit: 1000,
    preConnect: (_client, _packet, done) => done(null, broker.connectedClients < mostClients),
    authenticate: (client, _user, password, done) => {
      if (password === undefined || password.length === 0) return done(null, true);
      if (!options.keys.may({ key: password.toString() }, "observations:write")) {
        return done(refusal("the password is not an API key that may write", 4), false);
      }
      writers.add(client);
      done(null, true);
    },
    authorizePublish: (client, packet, done) => {
      if (!client || !writers.has(client)) return done(refusal("publishing needs an API key as password", 5));
      if (packet.topic.startsWith("$")) return done(refusal("topics that start with $ are the broker's", 5));
      if (packet.topic.startsWith(noticeTopics)) return done(refusal("notifications are the program's", 5));
      // A retained message would be shown as new for ever; the newest value is in the API.
      packet.retain = false;
      const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
      const { topic } = packet;
      const isOther = topics?.isOurs(topic) ?? false;
      if (isOther) packet.topic = taken;
      const work =
        isOther && topics
          ? untilStored(() => topics.receive(topic, payload, client.id))
          : options.onMessage(topic, payload, client.id);
      // The acknowledgement goes out after this callback.
      void outcomeOf(work, done);
    },
    authorizeSubscribe: (client, subscription, done) => {
      // A null subscription is answered with failure (128), and the connection stays.
      const answer = (granted: boolean) => done(null, granted ? subscription : null);
      if (!topics?.isOurs(subscription.topic)) return answer(readable.test(subscription.topic));
      topics.subscribe(subscription.topic, client.id).then(answer, () => answer(false));
    },
  });
  broker.on("unsubscribe", (names, client) => {
    for (const name of names) topics?.unsubscribe(name, client.id);
  });
  broker.on("clientDisconnect", (client) => topics?.leave(client.id));
  topics?.connect((topic, payload) => {
    const packet = { cmd: "publish", topic, payload, qos: 0, retain: false, dup: false } as const;
    broker.publish(packet, (error) => error && options.log.debug("mqtt", messageOf(error)));
  });
  const quiet = (client: Client | null, error: Error) =>
    options.log.debug("mqtt", messageOf(error), { client: client?.id ?? "?" });
  broker.on("clientError", quiet);
  broker.on("connectionError", quiet);

  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  const moved = await listen(server, options.host, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    moved,
    clients: () => broker.connectedClients,
    publish: (topic, payload) =>
      new Promise((resolve, reject) => {
        const packet = { cmd: "publish", topic, payload, qos: 1, retain: false, dup: false } as const;
        broker.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    async close() {
      server.close();
      await new Promise<void>((done) => broker.close(() => done()));
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function outcomeOf(work: Promise<void>, done: (error?: Error | null) => void): Promise<void> {
  try {
    await work;
  } catch (error) {
    return done(error instanceof Error ? error : new Error(String(error)));
  }
  done(null);
}

function refusal(message: string, returnCode: 4 | 5): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}

/** Listens on the port, or on any free one when it is busy. Answers whether another was taken. */
async function listen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    server.listen(port, host);
    await once(server, "listening");
    return false;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")))
      throw error;
    server.listen(0, host);
    await once(server, "listening");
    return true;
  }
}
