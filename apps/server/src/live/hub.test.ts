import { expect, test } from "vitest";
import type { LiveFrame, LivePayloads, TopicFamily } from "@ioc/contracts";
import { createLiveHub, type LiveClient, type TopicSource } from "./hub.ts";

type Entry = [key: string, value: unknown];

/** A hub over a source whose topics hold what the test gives; `told` collects what each client received. */
function setUp(contents: Record<string, Entry[]>, limits: { clientsPerRoom?: number; topicsPerClient?: number } = {}) {
  const rooms = new Map<string, Set<TestClient>>();
  const source: TopicSource = {
    open: async (topic) => (contents[topic] ? new Map(contents[topic]) : null),
    payload: (_topic, entries) => ({ entries: [...entries] }) as unknown as LivePayloads[TopicFamily],
    isGone: (_topic, entry) => entry === "gone",
  };
  const hub = createLiveHub({
    epoch: "e1",
    source,
    now: () => 42,
    broadcast: (room, frame) => rooms.get(room)?.forEach((client) => client.send(frame)),
    limits,
  });
  class TestClient implements LiveClient {
    readonly id: string;
    slow = false;
    readonly told: string[] = [];
    seq = 0;
    constructor(id: string) {
      this.id = id;
    }
    send(frame: LiveFrame) {
      const entries = (frame.data as unknown as { entries: Entry[] }).entries.map((entry) => entry.join("=")).join(" ");
      if (frame.kind === "delta") expect(frame.after, "a delta follows what the client has").toBe(this.seq);
      this.seq = frame.seq;
      this.told.push(`${frame.kind} ${entries}`.trim());
    }
    join(room: string) {
      if (!rooms.has(room)) rooms.set(room, new Set());
      rooms.get(room)?.add(this);
    }
    leave(room: string) {
      rooms.get(room)?.delete(this);
    }
    isSlow() {
      return this.slow;
    }
  }
  return { hub, client: (id: string) => new TestClient(id) };
}

test("snapshot first, then what changed since the last flush, newest value of a key only", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 1]] });
  const one = client("one");
  expect(await hub.subscribe(one, { topic: "station:a" })).toEqual({ ok: true });
  hub.publish("station:a", "y", 2);
  hub.publish("station:a", "x", 3);
  hub.publish("station:a", "x", 4);
  hub.flush();
  hub.flush();
  hub.publish("station:a", "y", 5);
  hub.flush();
  expect(one.told).toEqual(["snapshot x=1", "delta y=2 x=4", "delta y=5"]);
});

test("a change during the reading of a topic is newer than what was read", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 1]] });
  const one = client("one");
  const answer = hub.subscribe(one, { topic: "station:a" });
  hub.publish("station:a", "x", 2);
  await answer;
  hub.flush();
  expect(one.told).toEqual(["snapshot x=1", "delta x=2"]);
});

test("resume gives only what was missed; another epoch or an unknown seq gives a snapshot", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 1]] });
  const one = client("one");
  await hub.subscribe(one, { topic: "station:a" });
  const seq = one.seq;
  hub.disconnect(one);
  hub.publish("station:a", "y", 2);
  hub.flush();
  hub.publish("station:a", "z", 3);
  hub.flush();
  const again = client("again");
  again.seq = seq;
  await hub.subscribe(again, { topic: "station:a", resume: { epoch: "e1", seq } });
  const upToDate = client("up-to-date");
  await hub.subscribe(upToDate, { topic: "station:a", resume: { epoch: "e1", seq: again.seq } });
  const other = client("other");
  await hub.subscribe(other, { topic: "station:a", resume: { epoch: "e0", seq } });
  const ahead = client("ahead");
  await hub.subscribe(ahead, { topic: "station:a", resume: { epoch: "e1", seq: 9999 } });
  expect(again.told).toEqual(["delta y=2 z=3"]);
  expect(upToDate.told).toEqual([]);
  expect(other.told).toEqual(["snapshot x=1 y=2 z=3"]);
  expect(ahead.told).toEqual(["snapshot x=1 y=2 z=3"]);
});

test("a slow client gets one merged delta when it drains; others are not held up", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 1]] });
  const slow = client("slow");
  const quick = client("quick");
  await hub.subscribe(slow, { topic: "station:a" });
  await hub.subscribe(quick, { topic: "station:a" });
  slow.slow = true;
  for (let i = 2; i <= 101; i++) {
    hub.publish("station:a", "x", i);
    if (i === 50) hub.publish("station:a", "y", "once");
    hub.flush();
  }
  expect(quick.told).toHaveLength(101);
  expect(slow.told).toEqual(["snapshot x=1"]);
  slow.slow = false;
  hub.flush();
  hub.publish("station:a", "x", 102);
  hub.flush();
  expect(slow.told.slice(1)).toEqual(["delta y=once x=101", "delta x=102"]);
});

test("what is gone is told once and is in no snapshot", async () => {
  const { hub, client } = setUp({ "alerts:all": [["a", "firing"]] });
  const one = client("one");
  await hub.subscribe(one, { topic: "alerts:all" });
  hub.publish("alerts:all", "a", "gone");
  hub.flush();
  const late = client("late");
  await hub.subscribe(late, { topic: "alerts:all" });
  expect(one.told).toEqual(["snapshot a=firing", "delta a=gone"]);
  expect(late.told).toEqual(["snapshot"]);
});

test("who is older than what is remembered of gone entries gets a snapshot", async () => {
  const { hub, client } = setUp({ "alerts:all": [["keep", "firing"]] });
  const one = client("one");
  await hub.subscribe(one, { topic: "alerts:all" });
  const seq = one.seq;
  for (let i = 0; i < 600; i++) {
    hub.publish("alerts:all", `a${i}`, "gone");
    hub.flush();
  }
  const again = client("again");
  await hub.subscribe(again, { topic: "alerts:all", resume: { epoch: "e1", seq } });
  expect(again.told).toEqual(["snapshot keep=firing"]);
});

test("a large topic is sent room by room and everybody gets each frame once", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 0]] }, { clientsPerRoom: 2 });
  const clients = Array.from({ length: 7 }, (_, i) => client(`c${i}`));
  for (const one of clients) await hub.subscribe(one, { topic: "station:a" });
  hub.publish("station:a", "x", 1);
  hub.flush();
  const joining = client("joining");
  await hub.subscribe(joining, { topic: "station:a" });
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
  hub.publish("station:a", "x", 2);
  hub.flush();
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
  hub.flush();
  for (const one of clients) expect(one.told).toEqual(["snapshot x=0", "delta x=1", "delta x=2"]);
  expect(joining.told.at(-1)).toMatch(/x=2$/);
});

test("unknown topics and too many topics are refused with a reason", async () => {
  const { hub, client } = setUp({ "station:a": [], "station:b": [], "station:c": [] }, { topicsPerClient: 2 });
  const one = client("one");
  expect(await hub.subscribe(one, { topic: "station:zzz" })).toEqual({
    ok: false,
    error: "there is no topic station:zzz",
  });
  expect(await hub.subscribe(one, { topic: "weather" })).toEqual({ ok: false, error: "unknown topic" });
  expect(await hub.subscribe(one, null)).toMatchObject({ ok: false });
  await hub.subscribe(one, { topic: "station:a" });
  await hub.subscribe(one, { topic: "station:b" });
  expect(await hub.subscribe(one, { topic: "station:c" })).toEqual({ ok: false, error: "at most 2 topics at once" });
  hub.unsubscribe(one, "station:a");
  expect(await hub.subscribe(one, { topic: "station:c" })).toEqual({ ok: true });
});

test("a topic nobody wants is forgotten, and its old sequence numbers do not come back", async () => {
  const { hub, client } = setUp({ "station:a": [["x", 1]] });
  const one = client("one");
  await hub.subscribe(one, { topic: "station:a" });
  hub.publish("station:a", "x", 2);
  hub.flush();
  const seq = one.seq;
  hub.disconnect(one);
  for (let i = 0; i < 300; i++) hub.flush();
  expect(hub.isOpen("station:a")).toBe(false);
  const again = client("again");
  await hub.subscribe(again, { topic: "station:a", resume: { epoch: "e1", seq } });
  expect(again.told).toEqual(["snapshot x=1"]);
});
