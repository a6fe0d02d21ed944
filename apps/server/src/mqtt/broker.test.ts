import { execFile } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import mqtt from "mqtt";
import { afterEach, expect, test } from "vitest";
import { createKeyCheck } from "../api/keys.ts";
import { createLog } from "../log.ts";
import { startMqttBroker, type MqttBroker, type OnMessage } from "./broker.ts";

const key = "a-key-of-the-test";
const keys = createKeyCheck(() => null, [{ name: "test", key, scopes: ["observations:write"] }]);
const log = createLog({ format: "text", level: "error" });
const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(onMessage: OnMessage, port = 0): Promise<MqttBroker> {
  const broker = await startMqttBroker({ host: "127.0.0.1", port, keys, log, onMessage });
  open.push(broker);
  return broker;
}

async function connect(broker: MqttBroker, options: mqtt.IClientOptions = {}) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0, ...options });
  open.push({ close: () => client.endAsync(true) });
  return client;
}

test("a QoS 1 message is acknowledged only after it is durable", async () => {
  const order: string[] = [];
  let commit = () => {};
  const broker = await start(async (topic, payload) => {
    order.push(`received ${topic} ${payload.toString()}`);
    await new Promise<void>((done) => (commit = done));
    order.push("committed");
  });
  const client = await connect(broker, { username: "gateway", password: key });
  const published = client
    .publishAsync("city/weather/wx-01/temp", "25.5", { qos: 1 })
    .then(() => order.push("acknowledged"));
  while (order.length === 0) await new Promise((done) => setImmediate(done));
  // A round trip of its own shows that nothing was acknowledged meanwhile.
  await client.subscribeAsync("city/#");
  expect(order).toEqual(["received city/weather/wx-01/temp 25.5"]);
  commit();
  await published;
  expect(order).toEqual(["received city/weather/wx-01/temp 25.5", "committed", "acknowledged"]);
});

test("nobody publishes without a key and a wrong key is refused; reading is open, but only below city", async () => {
  const received: string[] = [];
  const broker = await start(async (topic) => void received.push(topic));
  const reader = await connect(broker);
  await reader.subscribeAsync("city/#");
  for (const other of ["#", "$SYS/#", "+/weather/#"]) await expect(reader.subscribeAsync(other)).rejects.toThrow();
  const heard = new Promise<string>((done) => reader.on("message", (topic, payload) => done(`${topic} ${payload}`)));
  const intruder = await connect(broker);
  const cut = new Promise<void>((done) => intruder.once("close", () => done()));
  intruder.publish("city/weather/wx-01/temp", "99");
  await cut;
  await expect(connect(broker, { username: "x", password: "wrong" })).rejects.toThrow(/not authorized|bad user/i);
  const writer = await connect(broker, { username: "x", password: key });
  await writer.publishAsync("city/weather/wx-01/temp", "25", { qos: 1 });
  expect(await heard).toBe("city/weather/wx-01/temp 25");
  expect(received).toEqual(["city/weather/wx-01/temp"]);
});

test("a message that could not be stored is not acknowledged", async () => {
  const broker = await start(async () => {
    throw new Error("disk full");
  });
  const client = await connect(broker, { username: "x", password: key });
  const acknowledged: string[] = [];
  client.publish("city/weather/wx-01/temp", "25", { qos: 1 }, (error) => {
    if (!error) acknowledged.push("acknowledged");
  });
  await new Promise<void>((done) => client.once("close", () => done()));
  expect(acknowledged).toEqual([]);
});

test("a busy port is replaced by a free one and that is said", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  open.push({ close: async () => void other.close() });
  const { port } = other.address() as AddressInfo;
  const broker = await start(async () => {}, port);
  expect(broker.moved).toBe(true);
  expect(broker.port).not.toBe(port);
  await connect(broker);
});

test.skipIf(!existsSync("/usr/bin/mosquitto_pub"))("another maker's client gets its message in", async () => {
  const received: string[] = [];
  const broker = await start(async (topic, payload) => void received.push(`${topic} ${payload}`));
  const given = ["-h", "127.0.0.1", "-p", String(broker.port), "-u", "station", "-P", key, "-q", "1"];
  const message = ["-t", "city/weather/wx-01/temp", "-m", '{"result": 25.5}'];
  await promisify(execFile)("/usr/bin/mosquitto_pub", [...given, ...message]);
  expect(received).toEqual(['city/weather/wx-01/temp {"result": 25.5}']);
});
