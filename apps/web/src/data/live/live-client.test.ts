import { describe, expect, it } from "vitest";
import type { LatestValue, LiveFrame, StationStatus } from "@ioc/contracts";
import { CityClock } from "./clock.ts";
import { judgeFrame } from "./cursor.ts";
import { phaseOf } from "./connection.ts";
import { LiveClient } from "./live-client.ts";
import type { LiveSocket } from "./live-client.ts";

/** A socket whose other end is the test. */
class TestSocket implements LiveSocket {
  connected = false;
  readonly sent: [string, unknown][] = [];
  readonly #listeners = new Map<string, ((message: never) => void)[]>();
  on(event: string, listener: (message: never) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }
  emit(event: string, ...parameters: unknown[]): void {
    this.sent.push([event, parameters[0]]);
    const answer = parameters.at(-1);
    if (event === "subscribe" && typeof answer === "function") (answer as (result: unknown) => void)({ ok: true });
  }
  receive(event: string, message?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(message as never);
  }
  connect(): void {
    this.connected = true;
    this.receive("connect");
  }
  lose(): void {
    this.connected = false;
    this.receive("disconnect");
  }
  close(): void {
    this.connected = false;
  }
  /** Subscriptions asked for since the last call. */
  asked(): unknown[] {
    return this.sent.splice(0).flatMap(([event, request]) => (event === "subscribe" ? [request] : []));
  }
}

function start() {
  const device = { now: 0 };
  const socket = new TestSocket();
  const pending: (() => void)[] = [];
  const client = new LiveClient({
    socket,
    clock: new CityClock(() => device.now, 0),
    deviceNow: () => device.now,
    schedule: (flush) => pending.push(flush),
    onSummary: () => {},
    onStatistic: () => {},
    onVersion: () => {},
  });
  const flush = () => pending.splice(0).forEach((run) => run());
  return { device, socket, client, flush };
}

const status = (id: string, value: number): StationStatus => ({
  id,
  state: "normal",
  time: value,
  value,
  quality: 1,
  severity: null,
  openAlerts: 0,
});
const snapshot = (seq: number, stations: StationStatus[], epoch = "e1"): LiveFrame => ({
  v: 1,
  topic: "map",
  epoch,
  seq,
  kind: "snapshot",
  at: 0,
  data: { stations },
});
const delta = (after: number, seq: number, stations: StationStatus[], epoch = "e1"): LiveFrame => ({
  ...snapshot(seq, stations, epoch),
  kind: "delta",
  after,
});

describe("sequence of a topic", () => {
  it("applies what follows, ignores what was seen, resyncs on a gap or a new epoch", () => {
    const cursor = { epoch: "e1", seq: 5 };
    expect(judgeFrame(null, delta(4, 5, []))).toBe("resync");
    expect(judgeFrame(null, snapshot(9, []))).toBe("apply");
    expect(judgeFrame(cursor, delta(5, 6, []))).toBe("apply");
    expect(judgeFrame(cursor, delta(5, 9, []))).toBe("apply");
    expect(judgeFrame(cursor, delta(4, 5, []))).toBe("ignore");
    expect(judgeFrame(cursor, delta(6, 7, []))).toBe("resync");
    expect(judgeFrame(cursor, delta(5, 6, [], "e2"))).toBe("resync");
    expect(judgeFrame(cursor, snapshot(2, []))).toBe("ignore");
    expect(judgeFrame(cursor, snapshot(2, [], "e2"))).toBe("apply");
  });
});

describe("live client", () => {
  it("applies the frames of one flush in one batch and wakes only the readers of changed keys", () => {
    const { socket, client, flush } = start();
    socket.connect();
    client.subscribe("map");
    socket.receive("frame", snapshot(1, [status("a", 1), status("b", 1)]));
    flush();
    const woken: string[] = [];
    client.stations.subscribe("a", () => woken.push("a"));
    client.stations.subscribe("b", () => woken.push("b"));
    socket.receive("frame", delta(1, 2, [status("b", 2)]));
    socket.receive("frame", delta(2, 3, [status("b", 3)]));
    expect(client.stations.get("b")?.value).toBe(1);
    flush();
    expect(client.stations.get("b")?.value).toBe(3);
    expect(woken.every((key) => key === "b")).toBe(true);
    expect(client.stations.get("a")?.value).toBe(1);
  });

  it("asks again with its place when a change is missing, once", () => {
    const { socket, client, flush } = start();
    socket.connect();
    client.subscribe("map");
    expect(socket.asked()).toEqual([{ topic: "map" }]);
    socket.receive("frame", snapshot(1, [status("a", 1)]));
    socket.receive("frame", delta(4, 5, [status("a", 5)]));
    expect(socket.asked()).toEqual([{ topic: "map", resume: { epoch: "e1", seq: 1 } }]);
    flush();
    expect(client.stations.get("a")?.value).toBe(1);
    socket.receive("frame", snapshot(5, [status("a", 5)]));
    flush();
    expect(client.stations.get("a")?.value).toBe(5);
  });

  it("resumes every topic after a lost connection and counts what came in", () => {
    const { device, socket, client, flush } = start();
    socket.connect();
    client.subscribe("map");
    socket.receive("frame", snapshot(7, [status("a", 1)]));
    flush();
    socket.asked();
    socket.lose();
    device.now = 6_000;
    client.tick();
    expect(client.connection().phase).toBe("reconnecting");
    device.now = 31_000;
    client.tick();
    expect(client.connection().phase).toBe("disconnected");
    socket.connect();
    expect(socket.asked()).toEqual([{ topic: "map", resume: { epoch: "e1", seq: 7 } }]);
    socket.receive("frame", delta(7, 9, [status("a", 2)]));
    flush();
    expect(client.connection()).toMatchObject({ phase: "online", caughtUp: 1 });
    device.now = 40_000;
    client.tick();
    expect(client.connection().caughtUp).toBeNull();
  });

  it("removes stations that a snapshot no longer names", () => {
    const { socket, client, flush } = start();
    socket.connect();
    client.subscribe("map");
    socket.receive("frame", snapshot(1, [status("a", 1), status("b", 1)]));
    socket.receive("frame", snapshot(2, [status("b", 1)]));
    flush();
    expect([...client.stations.all().keys()]).toEqual(["b"]);
  });

  it("never shows an older reading instead of a newer one", () => {
    const { socket, client, flush } = start();
    socket.connect();
    client.subscribe("station:a");
    const value = (time: number, result: number): LatestValue => ({
      datastream: "a:x",
      phenomenonTime: time,
      result,
      quality: 1,
      reasons: [],
    });
    const frame = (seq: number, observations: LatestValue[]): LiveFrame => ({
      v: 1,
      topic: "station:a",
      epoch: "e1",
      seq,
      kind: "delta",
      after: seq - 1,
      at: 0,
      data: { observations, status: null },
    });
    socket.receive("frame", { ...frame(1, [value(100, 1)]), kind: "snapshot" });
    socket.receive("frame", frame(2, [value(200, 2)]));
    socket.receive("frame", frame(3, [value(150, 9)]));
    flush();
    expect(client.latest.get("a:x")?.result).toBe(2);
  });

  it("leaves a topic with its last reader", () => {
    const { socket, client } = start();
    socket.connect();
    const first = client.subscribe("map");
    const second = client.subscribe("map");
    socket.sent.splice(0);
    first();
    first();
    expect(socket.sent).toEqual([]);
    second();
    expect(socket.sent).toEqual([["unsubscribe", { topic: "map" }]]);
  });
});

it("says nothing of a short loss, then reconnecting, then disconnected", () => {
  expect([0, 4_999, 5_000, 29_999, 30_000].map((ms) => phaseOf(false, true, ms))).toEqual([
    "quiet",
    "quiet",
    "reconnecting",
    "reconnecting",
    "disconnected",
  ]);
  expect(phaseOf(false, false, 1_000)).toBe("connecting");
  expect(phaseOf(true, true, 0)).toBe("online");
});

it("carries city time forward at the city's speed and takes off half a round trip", () => {
  let device = 1_000;
  const clock = new CityClock(() => device, 0);
  expect(clock.known).toBe(false);
  clock.set(1_000_000, 60, 200);
  expect(clock.now()).toBe(1_006_000);
  device += 500;
  expect(clock.now()).toBe(1_036_000);
});
