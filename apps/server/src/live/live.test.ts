import { connect as connectTcp } from "node:net";
import { once } from "node:events";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientToServer, LiveFrame, LiveHello, ServerToClient } from "@ioc/contracts";
import { startTestServer } from "../testing/start-test-server.ts";

type Client = Socket<ServerToClient, ClientToServer>;

let server: Awaited<ReturnType<typeof startTestServer>>;
let stream: { station: string; id: string };

beforeAll(async () => {
  server = await startTestServer();
  const { items } = (await server.call("/api/v1/datastreams?kind=weather&limit=1")).json() as {
    items: { station: string; id: string }[];
  };
  stream = items[0] ?? { station: "", id: "" };
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function connect(
  options: { transports?: string[] } = {},
): Promise<{ socket: Client; hello: LiveHello; frames: LiveFrame[] }> {
  const socket: Client = io(server.url, { path: "/live", forceNew: true, transports: ["websocket"], ...options });
  const frames: LiveFrame[] = [];
  socket.on("frame", (frame) => frames.push(frame));
  const hello = await new Promise<LiveHello>((done) => socket.once("hello", done));
  return { socket, hello, frames };
}

/** Resolves with the first frame that fits, one that came already or one to come. */
async function frameThat(client: { socket: Client; frames: LiveFrame[] }, fits: (frame: LiveFrame) => boolean) {
  for (;;) {
    const found = client.frames.find(fits);
    if (found) return found;
    await new Promise<void>((done) => client.socket.once("frame", () => done()));
  }
}

let minute = 0;
async function post(result: number): Promise<void> {
  minute += 1;
  const phenomenonTime = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
  const answer = await server.call("/api/v1/observations", {
    observations: [{ datastream: stream.id, phenomenonTime, result }],
  });
  expect(answer.status).toBe(202);
}

function valueOf(frame: LiveFrame): number | null | undefined {
  return (frame.data as { observations?: { result: number | null }[] }).observations?.[0]?.result;
}

test.each([["websocket"], ["polling"]])("a reading reaches those who watch its station, over %s", async (transport) => {
  const client = await connect({ transports: [transport] });
  expect(client.hello).toMatchObject({ v: 1, speed: 1 });
  expect(await client.socket.emitWithAck("subscribe", { topic: `station:${stream.station}` })).toEqual({ ok: true });
  const snapshot = await frameThat(client, (frame) => frame.kind === "snapshot");
  expect(snapshot).toMatchObject({ topic: `station:${stream.station}`, epoch: client.hello.epoch });
  await post(21.5);
  const delta = await frameThat(client, (frame) => frame.kind === "delta" && valueOf(frame) === 21.5);
  expect(delta).toMatchObject({ after: snapshot.seq, seq: snapshot.seq + 1 });
  client.socket.disconnect();
});

test("who was away gets only what was missed, from where it stopped", async () => {
  const first = await connect();
  await first.socket.emitWithAck("subscribe", { topic: `station:${stream.station}` });
  const snapshot = await frameThat(first, (frame) => frame.kind === "snapshot");
  first.socket.disconnect();
  await post(1);
  await post(2);
  const again = await connect();
  const watcher = await connect();
  await watcher.socket.emitWithAck("subscribe", { topic: `station:${stream.station}` });
  await frameThat(watcher, (frame) => valueOf(frame) === 2 || frame.kind === "snapshot");
  const resume = { epoch: first.hello.epoch, seq: snapshot.seq };
  await again.socket.emitWithAck("subscribe", { topic: `station:${stream.station}`, resume });
  const missed = await frameThat(again, (frame) => valueOf(frame) === 2);
  expect(missed).toMatchObject({ kind: "delta" });
  expect(again.frames.every((frame) => frame.kind === "delta")).toBe(true);
  again.socket.disconnect();
  watcher.socket.disconnect();
});

test("every family of topics answers with a snapshot of its shape", async () => {
  const client = await connect();
  const { items } = (await server.call("/api/v1/statistics?limit=1")).json() as { items: { id: string }[] };
  const area = ((await server.call("/api/v1/areas?level=ward&limit=1")).json() as { items: { id: string }[] }).items[0]
    ?.id;
  const topics = ["map", "summary", `statistic:${items[0]?.id}`, "alerts:all", `alerts:${area}`];
  for (const topic of topics) expect(await client.socket.emitWithAck("subscribe", { topic })).toEqual({ ok: true });
  const data = async (topic: string) => (await frameThat(client, (frame) => frame.topic === topic)).data;
  expect(((await data("map")) as { stations: unknown[] }).stations).toHaveLength(524);
  expect(await data("summary")).toMatchObject({ summary: { stations: { total: 524 } }, simulation: null });
  expect(await data(`statistic:${items[0]?.id}`)).toMatchObject({ frame: { statistic: items[0]?.id } });
  expect(await data("alerts:all")).toEqual({ alerts: [] });
  client.socket.disconnect();
});

test("what does not exist is refused, and what makes no sense harms nobody", async () => {
  const client = await connect();
  const ask = (request: unknown) => client.socket.emitWithAck("subscribe", request as { topic: string });
  expect(await ask({ topic: "station:none" })).toEqual({ ok: false, error: "there is no topic station:none" });
  expect(await ask({ topic: "statistic:none" })).toMatchObject({ ok: false });
  expect(await ask({ topic: "alerts:mars" })).toMatchObject({ ok: false });
  expect(await ask({ topic: "__proto__" })).toMatchObject({ ok: false });
  expect(await ask(null)).toMatchObject({ ok: false });
  const loose = client.socket as unknown as { emit(event: string, ...given: unknown[]): void };
  loose.emit("subscribe");
  loose.emit("unsubscribe", null);
  loose.emit("time", "not a function");
  const now = await new Promise<number>((done) => client.socket.emit("time", done));
  expect(Math.abs(now - server.running.clock.now())).toBeLessThan(60_000);
  client.socket.disconnect();
});

test("a client that stops reading is passed over until it reads again, and then has the newest value", async () => {
  const slow = await connectRaw();
  await slow.subscribe(`station:${stream.station}`);
  const quick = await connect();
  await quick.socket.emitWithAck("subscribe", { topic: `station:${stream.station}` });
  slow.pause();
  const last = 1029;
  for (let value = 1000; value <= last; value++) {
    // Snapshots of the map fill whatever lies between until the server sees that nobody reads.
    for (let i = 0; i < 20; i++) slow.send(`42["subscribe",{"topic":"map"}]`);
    await post(value);
    await frameThat(quick, (frame) => valueOf(frame) === value);
  }
  slow.resume();
  const values = await slow.valuesUntil(last);
  expect(values.at(-1)).toBe(last);
  expect(values.filter((value) => value >= 1000).length, "values in between were merged").toBeLessThan(last - 1000);
  slow.close();
  quick.socket.disconnect();
});

/** A WebSocket client that can stop reading from its TCP connection, as a stalled browser does. */
async function connectRaw() {
  const { hostname, port } = new URL(server.url);
  const tcp = connectTcp({ host: hostname, port: Number(port) });
  await once(tcp, "connect");
  let buffer = Buffer.alloc(0);
  const texts: string[] = [];
  let wake = () => {};
  tcp.write(
    `GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  let upgraded = false;
  const take = () => {
    if (!upgraded) {
      const end = buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      buffer = buffer.subarray(end + 4);
      upgraded = true;
    }
    for (;;) {
      if (buffer.length < 2) return;
      const short = (buffer[1] ?? 0) & 127;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (buffer.length < head) return;
      const length = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
      if (buffer.length < head + length) return;
      texts.push(buffer.subarray(head, head + length).toString());
      buffer = buffer.subarray(head + length);
      wake();
    }
  };
  tcp.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    take();
  });
  const send = (text: string) => {
    const body = Buffer.from(text);
    // Masked with zeros, which leaves the text as it is.
    const head = body.length < 126 ? [129, 128 + body.length] : [129, 254, body.length >> 8, body.length & 255];
    tcp.write(Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]));
  };
  const textThat = async (fits: (text: string) => boolean) => {
    for (;;) {
      const found = texts.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((done) => (wake = done));
    }
  };
  await textThat((text) => text.startsWith("0{"));
  send("40");
  await textThat((text) => text.includes('"hello"'));
  return {
    send,
    async subscribe(topic: string) {
      send(`42["subscribe",{"topic":"${topic}"}]`);
      await textThat((text) => text.includes(`"topic":"${topic}"`) && text.includes('"snapshot"'));
    },
    pause: () => tcp.pause(),
    resume: () => tcp.resume(),
    close: () => tcp.destroy(),
    async valuesUntil(last: number): Promise<number[]> {
      const isLast = (text: string) => text.includes(`"result":${last}`);
      await textThat(isLast);
      return texts.flatMap((text) => [...text.matchAll(/"result":(\d+)/g)].map((match) => Number(match[1])));
    },
  };
}
