import { afterAll, beforeAll, expect, test } from "vitest";
import { base, mast, mastId, sonTraId, startNgsiServer, type Json } from "./testing/ngsi-server.ts";

let server: Awaited<ReturnType<typeof startNgsiServer>>;
const now = Math.floor(Date.now() / 60_000) * 60_000;
const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
/** Noise stations that the scheme in use sees, by the server's own interface. */
let noiseStations = 0;

beforeAll(async () => {
  server = await startNgsiServer();
  const weather = { type: "WeatherObserved", dateObserved: at(30) };
  const sent = await server.send("POST", "/entityOperations/upsert", [
    { ...weather, id: mastId, temperature: 30, relativeHumidity: 0.7 },
    { ...weather, id: mastId, dateObserved: at(20), atmosphericPressure: 1009 },
    { ...weather, id: mastId, dateObserved: at(10), atmosphericPressure: 1008 },
    { ...weather, id: sonTraId, temperature: 29.5 },
  ]);
  expect(sent.status).toBe(204);
  noiseStations = ((await server.call("/api/v1/stations?kind=noise")).json() as { total: number }).total;
  expect(noiseStations).toBeGreaterThan(10);
});
afterAll(() => server.stop());

test("as normalized entities, with the context as a link", async () => {
  const { status, headers, body } = await server.get(`/entities/${mastId}`);
  expect(status).toBe(200);
  expect(headers.get("link")).toBe(
    `<${server.url}${base}/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
  );
  expect(body).toMatchObject({
    id: mastId,
    type: "WeatherObserved",
    temperature: { type: "Property", value: 30, unitCode: "CEL", observedAt: at(30) },
    relativeHumidity: { type: "Property", value: 0.7, unitCode: "C62", observedAt: at(30) },
    atmosphericPressure: { value: 1008, unitCode: "A97" },
    stationCode: { type: "Property", value: mast },
    location: {
      type: "GeoProperty",
      value: { type: "Point", coordinates: [expect.any(Number), expect.any(Number)] },
    },
  });
  expect(body).not.toHaveProperty("precipitation");
});

test("what comes out can go in again", async () => {
  const { body } = await server.get(`/entities/${mastId}`);
  const before = await server.stored("temp");
  expect((await server.send("POST", "/entities", body)).status).toBe(201);
  expect(await server.stored("temp")).toEqual(before);
});

test("as key-values, as JSON-LD with its context, and as GeoJSON", async () => {
  const simple = await server.get(`/entities/${mastId}?options=keyValues&attrs=temperature,location`);
  expect(simple.body).toEqual({
    id: mastId,
    type: "WeatherObserved",
    temperature: 30,
    location: { type: "Point", coordinates: [expect.any(Number), expect.any(Number)] },
  });
  const linked = await server.get(`/entities/${mastId}?attrs=temperature`, "application/ld+json");
  expect(linked.headers.get("link")).toBeNull();
  expect(linked.body["@context"]).toBe(`${server.url}${base}/context.jsonld`);
  const features = await server.get("/entities?type=WeatherObserved&options=keyValues&limit=3", "application/geo+json");
  expect(features.body).toMatchObject({ type: "FeatureCollection", features: expect.any(Array) });
  expect((features.body["features"] as Json[])[0]).toMatchObject({
    type: "Feature",
    geometry: { type: "Point" },
    properties: { type: "WeatherObserved" },
  });
});

test("a context that needs no other, in which each type has its own terms", async () => {
  const { body } = await server.get("/context.jsonld", "application/ld+json");
  const context = body["@context"] as Record<string, Json>;
  expect(JSON.stringify(body)).not.toMatch(/"@import"/);
  expect(context["WeatherObserved"]).toMatchObject({
    "@id": "https://smartdatamodels.org/dataModel.Weather/WeatherObserved",
    "@context": { temperature: "https://smartdatamodels.org/dataModel.Weather/temperature" },
  });
  expect(context["AirQualityObserved"]?.["@context"]).toMatchObject({
    temperature: "https://smartdatamodels.org/dataModel.Environment/temperature",
  });
});

test("types with what they have", async () => {
  const { body } = await server.get("/types");
  expect(body["typeList"]).toEqual(
    expect.arrayContaining(["AirQualityObserved", "WeatherObserved", "NoiseLevelObserved"]),
  );
  // Its entities only bring readings.
  expect(body["typeList"]).not.toContain("AirQualityMonitoring");
  const { body: info } = await server.get("/types/NoiseLevelObserved");
  expect(info).toMatchObject({ typeName: "NoiseLevelObserved", entityCount: noiseStations });
  expect((await server.get("/types/Nothing")).status).toBe(404);
});

test("queries by type, condition and place, page by page", async () => {
  const ids = async (path: string) => (await server.get(path)).body.map((one) => one["id"]);
  expect(await ids("/entities?type=WeatherObserved&q=temperature>29.8")).toEqual([mastId]);
  expect(await ids("/entities?attrs=temperature")).toEqual([mastId, sonTraId]);
  const near = "georel=near;maxDistance==100000&geometry=Point&coordinates=[108.2,16.0678]";
  expect((await ids(`/entities?${near}&limit=1000`)).length).toBeGreaterThan(100);
  expect(await ids(`/entities?${near.replace("100000", "1")}`)).toEqual([]);
  const box = "[[[108,15.9],[108.4,15.9],[108.4,16.2],[108,16.2],[108,15.9]]]";
  const inside = await ids(
    `/entities?type=NoiseLevelObserved&georel=within&geometry=Polygon&coordinates=${box}&limit=1000`,
  );
  expect(inside.length).toBeGreaterThan(5);
  const first = await server.get("/entities?type=NoiseLevelObserved&limit=5&count=true");
  expect(first.headers.get("ngsild-results-count")).toBe(String(noiseStations));
  expect(first.headers.get("link")).toContain('rel="next"');
  const second = await ids("/entities?type=NoiseLevelObserved&limit=5&offset=5");
  expect(second).toHaveLength(5);
  expect(second).not.toContain(first.body[0]?.["id"]);
  expect((await server.get("/entities?type=NoiseLevelObserved&limit=0&count=true")).body).toEqual([]);
});

test("the history of an entity", async () => {
  const between = `timerel=between&timeAt=${at(20)}&endTimeAt=${at(5)}`;
  const { status, body } = await server.get(`/temporal/entities/${mastId}?${between}&attrs=atmosphericPressure`);
  expect(status).toBe(200);
  expect(body["atmosphericPressure"]).toMatchObject([
    { value: 1009, observedAt: at(20) },
    { value: 1008, observedAt: at(10) },
  ]);
  const after = await server.get(
    `/temporal/entities/${mastId}?timerel=after&timeAt=${at(20)}&attrs=atmosphericPressure`,
  );
  expect(after.body["atmosphericPressure"]).toHaveLength(1);
  const last = await server.get(
    `/temporal/entities/${mastId}?lastN=1&options=temporalValues&attrs=atmosphericPressure`,
  );
  expect(last.status).toBe(206);
  expect(last.headers.get("content-range")).toBe(`date-time ${at(10)}-${at(10)}/*`);
  expect(last.body["atmosphericPressure"]).toEqual({ type: "Property", values: [[1008, at(10)]] });
});

test.each([
  ["/entities", 400, /at least one of/],
  ["/entities?type=WeatherObserved&color=red", 400, /no parameter `color`/],
  ["/entities?type=WeatherObserved&limit=9999", 400, /`limit` must be a whole number from 1 to 1000/],
  ["/entities?q=temperature>", 400, /a value expected/],
  ["/entities?georel=near&geometry=Point&coordinates=[108,16]", 400, /maxDistance==metres/],
  ["/entities?georel=near;maxDistance==5&geometry=Point&coordinates=[16,108]", 400, /\[longitude, latitude\]/],
  ["/entities?georel=overlaps&geometry=Point&coordinates=[108,16]", 400, /`georel` must be/],
  ["/entities?type=WeatherObserved&options=fancy", 400, /`options` may have/],
  ["/entities/urn:ngsi-ld:WeatherObserved:none", 404, /There is no entity/],
  ["/temporal/entities/urn:ngsi-ld:WeatherObserved:none", 404, /There is no entity/],
  [`/temporal/entities/${mastId}?timerel=between&timeAt=2026-01-01T00:00:00Z`, 400, /needs `endTimeAt`/],
  [`/temporal/entities/${mastId}?timerel=before&timeAt=yesterday`, 400, /must be a time/],
  ["/temporal/entities", 501, /only GET \/temporal\/entities\/\{id\}/],
  ["/subscriptions", 501, /subscriptions are not supported/],
  ["/nothing", 404, /nothing at/],
])("%s is answered %i with what would be right", async (path, status, detail) => {
  const answer = await server.get(path);
  expect(answer.status).toBe(status);
  expect(answer.body["detail"]).toMatch(detail);
  expect(answer.body["type"]).toMatch(/^https:\/\/uri\.etsi\.org\/ngsi-ld\/errors\//);
});

test("other forms than those of the standard are not acceptable, and stations are not deleted", async () => {
  expect((await server.get("/types", "image/png")).status).toBe(406);
  const answer = await server.send("DELETE", `/entities/${mastId}`, {});
  expect(answer.status).toBe(501);
  expect(answer.body["detail"]).toMatch(/stations come from the city pack/);
});
