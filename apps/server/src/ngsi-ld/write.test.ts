import { afterAll, beforeAll, expect, test } from "vitest";
import { base, mast, mastId, sonTraId, startNgsiServer, type Json } from "./testing/ngsi-server.ts";

let server: Awaited<ReturnType<typeof startNgsiServer>>;
const now = Math.floor(Date.now() / 60_000) * 60_000;
const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

beforeAll(async () => {
  server = await startNgsiServer();
});
afterAll(() => server.stop());

test("a batch with an entity in NGSI-LD, one in NGSIv2, one of nobody and one that is none", async () => {
  const answer = await server.send("POST", "/entityOperations/upsert", [
    {
      id: mastId,
      type: "WeatherObserved",
      temperature: { type: "Property", value: 86, unitCode: "FAH", observedAt: at(30) },
      relativeHumidity: { type: "Property", value: 0.7, observedAt: at(30) },
      name: { type: "Property", value: "a mast" },
    },
    {
      id: sonTraId,
      type: "WeatherObserved",
      dateObserved: { type: "DateTime", value: at(30) },
      temperature: { type: "Text", value: "29.5" },
      windSpeed: { type: "Number", value: 36, metadata: { unitCode: { type: "Text", value: "KMH" } } },
    },
    { id: "urn:ngsi-ld:WeatherObserved:elsewhere", type: "WeatherObserved", temperature: 20, dateObserved: at(30) },
    { type: "WeatherObserved" },
  ]);
  expect(answer.status).toBe(207);
  expect(answer.body["success"]).toEqual([mastId, sonTraId]);
  expect(answer.body["errors"]).toEqual([
    { entityId: "[3]", error: expect.objectContaining({ detail: expect.stringContaining("`id` must be a text") }) },
    {
      entityId: "urn:ngsi-ld:WeatherObserved:elsewhere",
      error: expect.objectContaining({ type: "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound", status: 404 }),
    },
  ]);
  expect(await server.stored("temp")).toEqual([[at(30), 30, 1]]);
  expect(await server.stored("rh")).toEqual([[at(30), 70, 1]]);
  expect(await server.stored("wind_speed", "wx-son-tra-tien-sa")).toEqual([[at(30), 10, 1]]);
});

test("a batch of which everything is taken is answered without a body; the same again changes nothing", async () => {
  const body = [{ id: mastId, type: "WeatherObserved", windSpeed: 4, dateObserved: at(25) }];
  for (let i = 0; i < 2; i++)
    expect(await server.send("POST", "/entityOperations/upsert", body)).toMatchObject({ status: 204, body: null });
  expect(await server.stored("wind_speed")).toEqual([[at(25), 4, 1]]);
});

test("attributes of an entity, those that cannot be taken are named", async () => {
  const fragment = {
    atmosphericPressure: { type: "Property", value: 1009, observedAt: at(20), unitCode: "A97" },
    temperature: { type: "Property", value: 31, observedAt: at(20), unitCode: "MTR" },
    windSpeed: { type: "Property", value: true, observedAt: at(20) },
    gustSpeed: { type: "Property", value: 9 },
    gravity: { type: "Property", value: 9.8 },
  };
  const answer = await server.send("PATCH", `/entities/${mastId}/attrs`, fragment);
  expect(answer.status).toBe(207);
  expect(answer.body["updated"]).toEqual(["atmosphericPressure"]);
  const why = Object.fromEntries(
    (answer.body["notUpdated"] as { attributeName: string; reason: string }[]).map((one) => [
      one.attributeName,
      one.reason,
    ]),
  );
  expect(why["temperature"]).toMatch(/measured in Cel, not in "MTR"/);
  expect(why["windSpeed"]).toMatch(/true is not a number/);
  expect(why["gustSpeed"]).toMatch(/send `observedAt` or `dateObserved`/);
  expect(why["gravity"]).toMatch(/no property of the city/);
  const one = { type: "Property", value: 1008, observedAt: at(10) };
  expect((await server.send("PATCH", `/entities/${mastId}/attrs/atmosphericPressure`, one)).status).toBe(204);
  expect(await server.stored("pressure")).toEqual([
    [at(20), 1009, 1],
    [at(10), 1008, 1],
  ]);
  expect((await server.send("PATCH", "/entities/urn:ngsi-ld:WeatherObserved:none/attrs", fragment)).status).toBe(404);
});

test("a station is found by its code, by its device and by another name", async () => {
  const entity = (id: string, more: Json, minutes: number) => {
    return { id, type: "WeatherObserved", uVIndexMax: minutes / 10, dateObserved: at(minutes), ...more };
  };
  const device = { type: "Relationship", object: "urn:ngsi-ld:Device:logger-1" };
  const bodies = [
    entity("MAST-7", {}, 50),
    entity("urn:ngsi-ld:WeatherObserved:x", { stationCode: mast }, 40),
    entity("urn:ngsi-ld:WeatherObserved:y", { refDevice: device }, 30),
  ];
  for (const body of bodies) expect((await server.send("POST", "/entities", body)).status).toBe(201);
  expect((await server.stored("uv_index")).map(([time]) => time)).toEqual([at(50), at(40), at(30)]);
});

test("a context in a link, or none at all, makes no difference", async () => {
  const link =
    '<https://example.org/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"';
  const body = { id: mastId, type: "WeatherObserved", solarRadiation: 700, dateObserved: at(15) };
  expect((await server.send("POST", "/entities", body, { Link: link })).status).toBe(201);
  const own = { ...body, dateObserved: at(14), "@context": ["https://example.org/context.jsonld"] };
  const answer = await server.send("POST", "/entities", own, { "Content-Type": "application/ld+json" });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("location")).toBe(`${base}/entities/${encodeURIComponent(mastId)}`);
  expect(await server.stored("solar")).toHaveLength(2);
});

test("every way in needs a key", async () => {
  for (const [method, path] of [
    ["POST", "/entities"],
    ["POST", "/entityOperations/upsert"],
    ["PATCH", `/entities/${mastId}/attrs`],
  ] as const) {
    const answer = await server.send(method, path, {}, { Authorization: "Bearer wrong" });
    expect(answer.status).toBe(401);
  }
});

test.each([
  ["no JSON", "{", 400, /InvalidRequest/],
  ["no list", {}, 400, /BadRequestData/],
  ["an empty list", [], 400, /BadRequestData/],
  ["too many", Array.from({ length: 1001 }, () => ({})), 400, /BadRequestData/],
])("%s is refused as a problem of NGSI-LD", async (_, body, status, type) => {
  const answer = await server.send("POST", "/entityOperations/upsert", body);
  expect(answer.status).toBe(status);
  expect(answer.body["type"]).toMatch(type);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
});

test("names of JavaScript's own are names like others", async () => {
  const hostile = `[{ "id": "__proto__", "type": "constructor", "__proto__": { "type": "Property", "value": 1 } },
      { "id": "${mastId}", "type": "WeatherObserved", "__proto__": 1, "toString": { "type": "Property", "value": 2 } }]`;
  const answer = await server.send("POST", "/entityOperations/upsert", hostile);
  expect(answer.status).toBe(207);
  const errors = answer.body["errors"] as { error: { detail: string } }[];
  expect(errors.map(({ error }) => error.detail).join(" ")).toMatch(/takes no entities of type constructor/);
  expect(({} as Json)["value"]).toBeUndefined();
});
