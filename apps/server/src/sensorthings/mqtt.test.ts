import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import mqtt from "mqtt";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { until } from "@ioc/testkit";
import { testKey } from "../testing/start-test-server.ts";
import { createStation, sensor, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  sta = await startSta();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const port = () => String(sta.server.running.mqttPort);

/** What arrives on the topics, as `topic` and JSON. */
async function listen(
  ...topics: string[]
): Promise<{ messages: [string, Json][]; next(count: number): Promise<[string, Json][]> }> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, { reconnectPeriod: 0 });
  open.push({ close: () => client.endAsync(true) });
  const messages: [string, Json][] = [];
  client.on("message", (topic, payload) => void messages.push([topic, JSON.parse(payload.toString()) as Json]));
  const granted = await client.subscribeAsync(topics);
  expect(granted.map(({ qos }) => qos)).toEqual(topics.map(() => 0));
  const next = (count: number) =>
    until(`${count} messages`, 5000, async () => messages.length >= count && messages.splice(0, count));
  return { messages, next };
}

async function publisher() {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, {
    username: "x",
    password: testKey,
    reconnectPeriod: 0,
  });
  open.push({ close: () => client.endAsync(true) });
  return client;
}

test("req/receive-updates-via-mqtt/receive-updates: Observations of all, of one Datastream, selected", async () => {
  const [a, b] = [await createStation(sta, "A"), await createStation(sta, "B")];
  const ofA = `v1.1/Datastreams(${a.datastream})/Observations`;
  const viaThing = `v1.1/Things(${a.thing})/Datastreams(${a.datastream})/Observations?$select=result`;
  const { next, messages } = await listen("v1.1/Observations", ofA, viaThing);
  const id = await sta.create(`/Datastreams(${a.datastream})/Observations`, {
    phenomenonTime: "2026-10-20T00:00:00Z",
    result: 1,
  });
  const got = new Map(await next(3));
  const { json } = await sta.get(`/Observations(${id})`);
  expect(got.get("v1.1/Observations")).toEqual(json);
  expect(got.get(ofA)).toEqual(json);
  expect(got.get(viaThing)).toEqual({ result: 1 });
  await sta.create(`/Datastreams(${b.datastream})/Observations`, {
    phenomenonTime: "2026-10-20T00:00:00Z",
    result: "of b",
  });
  expect(await next(1)).toEqual([["v1.1/Observations", expect.objectContaining({ result: "of b" })]]);
  await sta.send("PATCH", `/Observations(${id})`, { result: 2 });
  expect((await next(3)).map(([, json]) => json["result"])).toEqual([2, 2, 2]);
  expect(messages).toEqual([]);
});

test("req/receive-updates-via-mqtt/receive-updates: readings from every way in, with what they carry", async () => {
  const [stream] = await sta.list("/Datastreams?$top=1&$skip=5");
  const packId = (stream?.["properties"] as Json | undefined)?.["id"] as string;
  const { next } = await listen(`v1.1/Datastreams(${String(stream?.["@iot.id"])})/Observations`);
  const at = (minute: number) => `2026-10-20T00:0${minute}:00.000Z`;
  await sta.server.call("/api/v1/observations", {
    observations: [{ datastream: packId, phenomenonTime: at(1), result: 1.5 }],
  });
  expect((await next(1))[0]?.[1]).toMatchObject({ phenomenonTime: at(1), result: 1.5 });
  await sta.create(`/Datastreams(${String(stream?.["@iot.id"])})/Observations`, {
    phenomenonTime: at(2),
    result: 2,
    parameters: { gain: 3 },
  });
  expect((await next(1))[0]?.[1]).toMatchObject({ phenomenonTime: at(2), parameters: { gain: 3 } });
});

test("req/receive-updates-via-mqtt/receive-updates: other entities when they are created, patched and put", async () => {
  const { thing } = await createStation(sta);
  const own = [`v1.1/Things(${thing})`, `v1.1/Things(${thing})/name`, "v1.1/Things?$select=description"];
  const { next, messages } = await listen("v1.1/Sensors", `v1.1/Things(${thing})/Datastreams`, ...own);
  const id = await sta.create("/Sensors", sensor);
  expect(await next(1)).toEqual([["v1.1/Sensors", (await sta.get(`/Sensors(${id})`)).json]]);
  await sta.send("PATCH", `/Things(${thing})`, { name: "Renamed" });
  expect(new Map(await next(3))).toEqual(
    new Map<string, Json>([
      [own[0]!, (await sta.get(`/Things(${thing})`)).json],
      [own[1]!, { name: "Renamed" }],
      [own[2]!, { description: "A station" }],
    ]),
  );
  await sta.send("PUT", `/Things(${thing})`, { name: "Renamed", description: "Put" });
  expect((await next(2)).map(([topic]) => topic).sort()).toEqual([own[0], own[2]].sort());
  await createStation(sta, "Deep");
  const deep = (await next(2)).map(([topic]) => topic).sort();
  expect(deep).toEqual(["v1.1/Sensors", "v1.1/Things?$select=description"]);
  expect(messages.filter(([topic]) => topic.endsWith("/Datastreams"))).toEqual([]);
});

test("an Observation tells of the FeatureOfInterest that is made for it", async () => {
  const { datastream } = await createStation(sta);
  const { next } = await listen("v1.1/FeaturesOfInterest");
  const id = await sta.create(`/Datastreams(${datastream})/Observations`, {
    phenomenonTime: "2026-10-20T00:00:00Z",
    result: 1,
  });
  expect((await next(1))[0]?.[1]).toEqual((await sta.get(`/Observations(${id})/FeatureOfInterest`)).json);
});

test.each([
  "v1.1/#",
  "v1.1/+/Observations",
  "v1.1/Robots",
  "v1.1/Things(999999)/name",
  "v1.1/Observations?$filter=result gt 3",
  "v1.1/Things?$expand=Datastreams",
  "v1.1/Things?$select=colour",
  "v1.1/Things/$ref",
  "v1.0/Things",
])("nobody can listen to %s", async (topic) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, { reconnectPeriod: 0 });
  open.push({ close: () => client.endAsync(true) });
  await expect(client.subscribeAsync(topic)).rejects.toThrow();
});

test("req/create-observations-via-mqtt/observations-creation: acknowledged when it is there, told as the entity only", async () => {
  const { datastream } = await createStation(sta);
  const { next, messages } = await listen("v1.1/Observations");
  const client = await publisher();
  const time = (i: number) => `2026-10-20T00:00:0${i}.000Z`;
  const body = (i: number) => JSON.stringify({ phenomenonTime: time(i), result: i });
  const link = { "@iot.id": datastream };
  await client.publishAsync(`v1.1/Datastreams(${datastream})/Observations`, body(1), { qos: 1 });
  expect(await sta.list(`/Datastreams(${datastream})/Observations`)).toHaveLength(1);
  const whole = { phenomenonTime: time(2), result: "two", Datastream: link };
  await client.publishAsync("v1.1/Observations", JSON.stringify(whole), { qos: 2 });
  const [feature] = await sta.list("/FeaturesOfInterest?$top=1&$orderby=id desc");
  const ofFeature = JSON.stringify({ phenomenonTime: time(3), result: 3, Datastream: link });
  await client.publishAsync(`v1.1/FeaturesOfInterest(${String(feature?.["@iot.id"])})/Observations`, ofFeature, {
    qos: 1,
  });
  const told = await next(3);
  expect(told.map(([topic, json]) => [topic, json["result"]])).toEqual([
    ["v1.1/Observations", 1],
    ["v1.1/Observations", "two"],
    ["v1.1/Observations", 3],
  ]);
  expect(told.every(([, json]) => typeof json["@iot.id"] === "number")).toBe(true);
  expect(messages).toEqual([]);
});

test("what cannot be created by MQTT is kept in quarantine and acknowledged", async () => {
  const client = await publisher();
  const bad: [string, string][] = [
    ["v1.1/Observations", "no json"],
    ["v1.1/Observations", '{"result":1}'],
    ["v1.1/Datastreams(999999)/Observations", '{"result":1}'],
    ["v1.1/Things", '{"name":"T","description":"t"}'],
    ["v1.1/Observations", `"${"x".repeat(70_000)}"`],
  ];
  for (const [topic, payload] of bad) await client.publishAsync(topic, payload, { qos: 1 });
  const answer = await sta.server.call("/api/v1/quarantine?limit=10", undefined, {
    Authorization: `Bearer ${testKey}`,
  });
  const { items } = answer.json() as { items: { reason: string; message: string; sample: string }[] };
  expect(items.map(({ reason }) => reason).reverse()).toEqual([
    "bad-json",
    "bad-item",
    "bad-item",
    "bad-item",
    "too-large",
  ]);
  expect(items.map(({ message }) => message).join("\n")).toContain("Datastream: is mandatory");
});

test("without a key nothing is created", async () => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, { reconnectPeriod: 0 });
  open.push({ close: () => client.endAsync(true) });
  const cut = new Promise<void>((done) => client.once("close", () => done()));
  client.publish("v1.1/Datastreams(1)/Observations", '{"result":1}');
  await cut;
  expect(await sta.list("/Datastreams(1)/Observations")).toEqual([]);
});

const hasTools = existsSync("/usr/bin/mosquitto_sub") && existsSync("/usr/bin/curl");
if (!hasTools && process.env["CI"] === "true") throw new Error("mosquitto-clients and curl are needed");
if (!hasTools) console.warn("skipped: mosquitto-clients or curl is not installed");

test.skipIf(!hasTools)("clients of other makers: mosquitto_pub creates, mosquitto_sub hears, curl reads", async () => {
  const { datastream } = await createStation(sta);
  const topic = `v1.1/Datastreams(${datastream})/Observations`;
  // Line by line, so that the subscription is seen when it is there.
  const listener = spawn("/usr/bin/stdbuf", [
    "-oL",
    "mosquitto_sub",
    "-h",
    "127.0.0.1",
    "-p",
    port(),
    "-t",
    topic,
    "-C",
    "2",
    "-d",
  ]);
  const ended = once(listener, "exit");
  let output = "";
  listener.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await until("the subscription", 5000, async () => /Subscribed|SUBACK/.test(output));
  const given = ["-h", "127.0.0.1", "-p", port(), "-u", "station", "-P", testKey, "-q", "1", "-t", topic];
  const run = promisify(execFile);
  await run("mosquitto_pub", [...given, "-m", '{"phenomenonTime":"2026-10-20T00:00:00Z","result":21.5}']);
  const body = '{"phenomenonTime":"2026-10-20T00:01:00Z","result":22}';
  const headers = ["-H", `Authorization: Bearer ${testKey}`, "-H", "Content-Type: application/json"];
  const created = await run("curl", [
    "-sS",
    "-i",
    ...headers,
    "-d",
    body,
    `${sta.root}/Datastreams(${datastream})/Observations`,
  ]);
  expect(created.stdout).toMatch(/^HTTP\/1\.1 201 Created/);
  await ended;
  const heard = [...output.matchAll(/"result":([\d.]+)/g)].map(([, result]) => Number(result));
  expect(heard).toEqual([21.5, 22]);
  const query = ["$select=result", "$orderby=phenomenonTime desc"].flatMap((option) => ["--data-urlencode", option]);
  const read = await run("curl", ["-sS", "-G", ...query, `${sta.root}/Datastreams(${datastream})/Observations`]);
  expect(JSON.parse(read.stdout)).toEqual({ value: [{ result: 22 }, { result: 21.5 }] });
});
