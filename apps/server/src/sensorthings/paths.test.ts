import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, place, startSta } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
let station: Awaited<ReturnType<typeof createStation>>;
let observation: number;

beforeAll(async () => {
  sta = await startSta();
  station = await createStation(sta);
  observation = await sta.create(`/Datastreams(${station.datastream})/Observations`, {
    phenomenonTime: "2026-10-22T02:00:00Z",
    result: 12,
  });
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

test("req/resource-path/resource-path-to-entities: entities, properties, values, references and nested paths", async () => {
  const thing = `/Things(${station.thing})`;
  expect((await sta.get(thing)).json["name"]).toBe("Station");
  expect((await sta.get(`${thing}/name`)).json).toEqual({ name: "Station" });
  const value = await sta.get(`${thing}/name/$value`);
  expect([value.text, value.headers.get("content-type")]).toEqual(["Station", "text/plain; charset=utf-8"]);
  const { json } = await sta.get(`${thing}/Datastreams/$ref`);
  expect(json).toEqual({ value: [{ "@iot.selfLink": `${sta.root}/Datastreams(${station.datastream})` }] });
  const deep = `${thing}/Datastreams(${station.datastream})/Observations(${observation})/FeatureOfInterest`;
  expect((await sta.get(deep)).json["feature"]).toEqual(place);
  expect((await sta.get(`/Observations(${observation})/Datastream/Thing/Locations`)).json["value"]).toHaveLength(1);
  expect((await sta.get(`/Datastreams(${station.datastream})/unitOfMeasurement/$value`)).json).toMatchObject({
    symbol: "hPa",
  });
  expect((await sta.get(`/Observations(${observation})/result/$value`)).text).toBe("12");
  expect((await sta.get(`${thing}/Datastreams(${station.datastream})/$ref`)).json).toEqual({
    "@iot.selfLink": `${sta.root}/Datastreams(${station.datastream})`,
  });
});

test.each([
  ["an unknown id", "/Things(999999)", 404],
  ["an entity of another one", "/Things(1)/Datastreams(2700)", 404],
  ["an Observation that nobody made", "/Observations(4398046511105)", 404],
  ["a small id that no Observation has", "/Observations(77)", 404],
  ["an unknown set", "/Robots", 404],
  ["an unknown property", "/Things(1)/colour", 404],
  ["a path behind a set", "/Things/name", 404],
  ["a path behind a property", "/Things(1)/name/first", 404],
  ["an id for a single link", "/Datastreams(1)/Thing(1)", 404],
  ["an encoded way out", "/Things(1)%2F..%2F..%2Fapi", 404],
  ["an id that is no number", "/Things('1')", 404],
  ["a path without end", `/Things(1)${"/Datastreams(1)/Thing".repeat(10)}`, 404],
  ["bytes that are no text", "/Things(1)/%ff", 400],
  ["a value of an entity", "/Things(1)/$value", 400],
])("req/request-data/status-code: %s is refused", async (_name, path, status) => {
  const answer = await sta.get(path);
  expect([answer.status, answer.json["status"]]).toEqual([status, status]);
});

test("req/request-data/status-code: a property without a value is 204", async () => {
  expect((await sta.get(`/Observations(${observation})/resultTime`)).status).toBe(204);
  expect((await sta.get(`/Things(${station.thing})/properties`)).status).toBe(204);
});

test("other methods are refused with those that there are", async () => {
  expect((await sta.send("LOCK", "/Things")).status).toBe(405);
  expect((await sta.send("POST", "/Things(1)", {})).status).toBe(405);
  expect((await sta.send("PATCH", "/Things", {})).status).toBe(405);
  expect((await sta.send("DELETE", "/Things")).status).toBe(405);
});
