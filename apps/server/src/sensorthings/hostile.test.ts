import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, datastream, location, property, sensor, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
let station: Awaited<ReturnType<typeof createStation>>;

beforeAll(async () => {
  sta = await startSta();
  station = await createStation(sta);
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const thing = { name: "T", description: "t" };

/** `{"a":{"a":…}}` */
function nested(levels: number): string {
  return '{"a":'.repeat(levels) + "1" + "}".repeat(levels);
}

test.each<[string, string, unknown, number, string]>([
  ["a body of 20 MB", "/Things", { ...thing, properties: { x: "x".repeat(20_000_000) } }, 413, "16 MiB"],
  [
    "properties of 2 MB",
    "/Things",
    { ...thing, properties: { x: "x".repeat(2_000_000) } },
    400,
    "properties: must not be larger",
  ],
  ["a very long name", "/Things", { ...thing, name: "x".repeat(20_001) }, 400, "name: must be a text of at most"],
  [
    "deep properties",
    "/Things",
    `{"name":"T","description":"t","properties":${nested(31)}}`,
    400,
    "properties: must not be nested",
  ],
  ["a body of 200,000 levels", "/Things", nested(200_000), 400, "a: a Thing has no such property"],
  ["no JSON", "/Things", "{", 400, "not valid JSON"],
  ["a list", "/Things", [], 400, "must be a JSON object"],
  ["an unknown property", "/Things", { ...thing, colour: "red" }, 400, "colour: a Thing has no such property"],
  ["the prototype", "/Things", '{"name":"T","description":"t","__proto__":{"x":1}}', 400, "__proto__"],
  ["a number for a name", "/Things", { ...thing, name: 5 }, 400, "name: must be a text"],
  ["an id of its own", "/Things", { ...thing, "@iot.id": 5 }, 400, "@iot.id: is given by the server"],
  [
    "an id as text",
    "/Things",
    { ...thing, Locations: [{ "@iot.id": "1" }] },
    400,
    "Locations[0].@iot.id: must be a whole number",
  ],
  [
    "an id and more",
    "/Things",
    { ...thing, Locations: [{ "@iot.id": 1, name: "x" }] },
    400,
    "cannot be given together with @iot.id",
  ],
  ["a list that is none", "/Things", { ...thing, Locations: {} }, 400, "Locations: must be a list"],
  [
    "a shape that is none",
    "/Locations",
    { ...location, location: { type: "Point", coordinates: ["x", 1] } },
    400,
    "location: the coordinates",
  ],
  ["an unknown shape", "/Locations", { ...location, location: { type: "Blob" } }, 400, "location: has the type"],
  [
    "half a unit",
    "/Datastreams",
    { ...datastream, unitOfMeasurement: { name: "x" } },
    400,
    "unitOfMeasurement: lacks symbol",
  ],
  [
    "no Thing",
    "/Datastreams",
    { ...datastream, Sensor: sensor, ObservedProperty: property },
    400,
    "Thing: is mandatory",
  ],
  ["a wrong time", "/HistoricalLocations", { time: "2026-02-30T00:00:00Z" }, 400, "time: must be a time"],
  ["an unknown set", "/Robots", {}, 404, "no entity set Robots"],
])("%s is refused: %s", async (_name, path, body, status, detail) => {
  const answer = await sta.send("POST", path, body);
  expect([answer.status, answer.json["detail"]]).toEqual([status, expect.stringContaining(detail)]);
});

test("entities inside entities have an end", async () => {
  const stream = { ...datastream, ObservedProperty: property, Thing: thing };
  let body: Json = sensor;
  for (let level = 0; level < 8; level++) body = { ...sensor, Datastreams: [{ ...stream, Sensor: body }] };
  const answer = await sta.send("POST", "/Sensors", body);
  expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining("deeper than 6 levels")]);
});

test.each([
  [{ result: 1, phenomenonTime: "2100-01-01T00:00:00Z" }, "minutes after city time"],
  [{ result: 1, phenomenonTime: "1969-12-31T00:00:00Z" }, "before 2 January 1970"],
  [{ result: 1, phenomenonTime: "2026-10-20T00:00:00" }, "phenomenonTime: must be a time"],
  [{ result: 1, phenomenonTime: "2026-10-21T00:00:00Z/2026-10-20T00:00:00Z" }, "phenomenonTime: must be a time"],
  [{ result: 1, validTime: "2026-10-21T00:00:00Z" }, "validTime: must be a period"],
  [{ result: 1, parameters: [] }, "parameters: must be a JSON object"],
  [{ phenomenonTime: "2026-10-20T00:00:00Z" }, "result: is mandatory"],
  ['{"result":1e999}', "result: is too large"],
  [{ result: 1, Datastream: { "@iot.id": 1 } }, "Datastream: is not Datastream"],
  [{ result: 1, FeatureOfInterest: { "@iot.id": 99_999 } }, "FeatureOfInterest: there is no FeatureOfInterest"],
  [{ result: 1, FeatureOfInterest: { name: "x" } }, "FeatureOfInterest.description: is mandatory"],
])("an Observation is refused with the reason: %j", async (body, detail) => {
  const answer = await sta.send("POST", `/Datastreams(${station.datastream})/Observations`, body);
  expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining(detail)]);
  expect(await sta.list(`/Datastreams(${station.datastream})/Observations`)).toEqual([]);
});

test("a body of another kind is 415; an encoding that is none, a host that is none, do no harm", async () => {
  expect((await sta.send("POST", "/Things", "x", { "Content-Type": "text/plain" })).status).toBe(415);
  const { json } = await sta.get("/Things?$filter=name eq 'x%27%3B DROP TABLE sta_entity;--'");
  expect(json["detail"]).toContain("$filter");
  expect((await sta.list("/Things?$top=1"))[0]).toBeDefined();
});

test("filters and orders that look at everything have an end, or an answer", async () => {
  const long = Array.from({ length: 400 }, (_, i) => `name eq '${i}'`).join(" or ");
  expect([200, 400]).toContain((await sta.get(`/Things?$filter=${long}`)).status);
  expect((await sta.get(`/Things?$filter=${"(".repeat(3000)}`)).status).toBe(400);
  expect((await sta.get(`/Things?$expand=${Array(60).fill("Datastreams").join(",")}`)).status).toBeLessThan(500);
  const all =
    "$top=10000&$expand=Datastreams($top=10000;$expand=Thing($expand=Datastreams($top=10000;$expand=Observations)))";
  expect((await sta.get(`/Things?${all}`)).status).toBeLessThan(500);
});
