import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { liveVersion, topic as topicSchema, type ClientToServer, type ServerToClient } from "@ioc/contracts";
import type { CityClock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { LiveClient, LiveHub } from "./hub.ts";

type LiveServer = Server<ClientToServer, ServerToClient>;
type LiveSocket = Socket<ClientToServer, ServerToClient>;

/** Messages that may wait in a socket's buffer before its client counts as slow. */
const slowFrom = 4;
/** Requests of one socket in one second; more are not answered. */
const requestsPerSecond = 100;

/** The Socket.IO side of live updates at `/live`. */
export interface LiveGateway {
  readonly connections: number;
  /** Sends a frame to a room; the hub calls it. */
  broadcast: (room: string, frame: Parameters<ServerToClient["frame"]>[0]) => void;
  /** Starts to serve clients from this hub. */
  serve(hub: LiveHub): void;
  close(): Promise<void>;
}

export function createLiveGateway(options: {
  http: HttpServer;
  clock: CityClock;
  epoch: string;
  version: string;
  log: Log;
  socketsPerAddress: number;
  /** Told of each frame that is made. */
  onFrame: () => void;
}): LiveGateway {
  const { clock, log } = options;
  const io: LiveServer = new Server(options.http, {
    path: "/live",
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    cors: { origin: "*" },
  });
  const perAddress = new Map<string, number>();
  let flushing: NodeJS.Timeout | undefined;

  io.use((socket, next) => {
    const address = socket.handshake.address;
    const count = perAddress.get(address) ?? 0;
    if (count >= options.socketsPerAddress) return next(new Error("too many live connections from this address"));
    perAddress.set(address, count + 1);
    socket.once("disconnect", () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
    next();
  });

  return {
    get connections() {
      return io.engine.clientsCount;
    },
    broadcast: (room, frame) => {
      options.onFrame();
      io.to(room).emit("frame", frame);
    },
    serve(hub) {
      io.on("connection", (socket) => {
        socket.emit("hello", {
          v: liveVersion,
          epoch: options.epoch,
          now: clock.now(),
          speed: clock.speed,
          version: options.version,
        });
        connect(socket, hub, clock, options.onFrame);
      });
      flushing = setInterval(() => {
        try {
          hub.flush();
        } catch (error) {
          log.error("live", error instanceof Error ? (error.stack ?? error.message) : String(error));
        }
      }, 250);
    },
    async close() {
      clearInterval(flushing);
      // The HTTP server is closed by its owner.
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

function connect(socket: LiveSocket, hub: LiveHub, clock: CityClock, onFrame: () => void): void {
  const waiting = countWaiting(socket);
  const client: LiveClient = {
    id: socket.id,
    send: (frame) => {
      onFrame();
      socket.emit("frame", frame);
    },
    join: (room) => void socket.join(room),
    leave: (room) => void socket.leave(room),
    isSlow: () => !socket.conn.transport.writable && waiting() >= slowFrom,
  };
  const allow = allowance();
  // What a client sends is not trusted to have the right shape.
  socket.on("subscribe", (request: unknown, answer: unknown) => {
    const tell = typeof answer === "function" ? (answer as (result: unknown) => void) : () => {};
    if (!allow()) return tell({ ok: false, error: "too many requests" });
    void hub.subscribe(client, request).then(tell);
  });
  socket.on("unsubscribe", (request: unknown) => {
    const name = topicSchema.safeParse((request as { topic?: unknown } | null)?.topic);
    if (name.success && allow()) hub.unsubscribe(client, name.data);
  });
  socket.on("time", (answer: unknown) => {
    if (typeof answer === "function" && allow())
      (answer as (now: number, speed: number) => void)(clock.now(), clock.speed);
  });
  socket.on("disconnect", () => hub.disconnect(client));
}

/** Messages that were made for the socket and not yet handed to its transport. */
function countWaiting(socket: LiveSocket): () => number {
  let waiting = 0;
  socket.conn.on("packetCreate", () => (waiting += 1));
  socket.conn.on("flush", (handed: unknown[]) => (waiting = Math.max(0, waiting - handed.length)));
  return () => waiting;
}

function allowance(): () => boolean {
  let second = 0;
  let used = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) {
      second = now;
      used = 0;
    }
    used += 1;
    return used <= requestsPerSecond;
  };
}
