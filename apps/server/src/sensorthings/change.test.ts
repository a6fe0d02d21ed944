import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, sensor, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;

beforeAll(async () => {
  sta = await startSta();
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const one = async (path: string) => (await sta.get(path)).json;
const reference = (id: number) => ({ "@iot.id": id });

test("req/create-update-delete/update-entity: PATCH changes what it names, and links by reference only", async () => {
  const station = await createStation(sta);
  const before = await one(`/Things(${station.thing})`);
  const answer = await sta.send("PATCH", `/Things(${station.thing})`, { description: "PATCHED" });
  expect(answer.status).toBe(200);
  expect(await one(`/Things(${station.thing})`)).toEqual({ ...before, description: "PATCHED" });
  const other = await sta.create("/Sensors", { ...sensor, name: "Other" });
  const unit = { name: "Entropy2", symbol: "S2", definition: "http://qudt.org/vocab/unit#Entropy2" };
  await sta.send("PATCH", `/Datastreams(${station.datastream})`, { unitOfMeasurement: unit, Sensor: reference(other) });
  expect(await one(`/Datastreams(${station.datastream})?$expand=Sensor`)).toMatchObject({
    unitOfMeasurement: unit,
    Sensor: { name: "Other" },
  });
  const inline = await sta.send("PATCH", `/Datastreams(${station.datastream})`, { Sensor: sensor });
  expect([inline.status, inline.json["detail"]]).toEqual([
    400,
    expect.stringContaining("Sensor: name an existing entity"),
  ]);
});

test("req/create-update-delete/update-entity-put: PUT sets back what it does not name", async () => {
  const id = await sta.create("/Things", { name: "A", description: "a", properties: { x: 1 } });
  expect((await sta.send("PUT", `/Things(${id})`, { name: "B" })).status).toBe(400);
  expect((await sta.send("PUT", `/Things(${id})`, { name: "B", description: "b" })).status).toBe(200);
  const json = await one(`/Things(${id})`);
  expect([json["name"], json["description"], "properties" in json]).toEqual(["B", "b", false]);
});

test("req/create-update-delete/update-entity: an Observation keeps its id whatever is changed", async () => {
  const { datastream: id } = await createStation(sta);
  const body = { phenomenonTime: "2015-03-01T00:40:00.000Z", result: 8 };
  const observation = await sta.create(`/Datastreams(${id})/Observations`, body);
  const path = `/Observations(${observation})`;
  const steps: [string, Json, Json][] = [
    ["PATCH", { result: 9 }, { result: 9, phenomenonTime: body.phenomenonTime }],
    ["PATCH", { resultTime: "2015-03-01T00:41:00.000Z" }, { result: 9, resultTime: "2015-03-01T00:41:00.000Z" }],
    ["PATCH", { resultQuality: "High" }, { result: 9, resultQuality: "High", resultTime: "2015-03-01T00:41:00.000Z" }],
    [
      "PATCH",
      { phenomenonTime: "2015-07-01T00:40:00.000Z" },
      { result: 9, phenomenonTime: "2015-07-01T00:40:00.000Z" },
    ],
    [
      "PUT",
      { result: "6", phenomenonTime: "2015-08-01T00:40:00.000Z" },
      { result: "6", phenomenonTime: "2015-08-01T00:40:00.000Z" },
    ],
  ];
  for (const [method, change, expected] of steps) {
    const answer = await sta.send(method, path, change);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    expect(await one(path)).toMatchObject({ ...expected, "@iot.id": observation });
    expect(await sta.list(`/Datastreams(${id})/Observations?$select=id`)).toEqual([{ "@iot.id": observation }]);
  }
});

test("req/create-update-delete/delete-entity: with all that cannot be without it", async () => {
  const station = await createStation(sta);
  const observations = `/Datastreams(${station.datastream})/Observations`;
  const reading = await sta.create(observations, { phenomenonTime: "2015-03-01T00:00:00Z", result: 1 });
  const text = await sta.create(observations, { phenomenonTime: "2015-03-01T00:00:00Z", result: "x" });
  expect((await sta.send("DELETE", `/Things(${station.thing})`)).status).toBe(200);
  const gone = [
    `/Things(${station.thing})`,
    `/Datastreams(${station.datastream})`,
    `/Observations(${reading})`,
    `/Observations(${text})`,
  ];
  for (const path of gone) expect((await sta.get(path)).status, path).toBe(404);
  for (const path of [`/Locations(${station.location})`, `/Sensors(${station.sensor})`])
    expect((await sta.get(path)).status).toBe(200);
  expect((await sta.send("DELETE", `/Things(${station.thing})`)).status).toBe(404);
});

test("req/create-update-delete/delete-entity: an Observation alone; a Sensor, property, Location and feature", async () => {
  const station = await createStation(sta);
  const observations = `/Datastreams(${station.datastream})/Observations`;
  const ids: number[] = [];
  for (const result of [1, "two", 3])
    ids.push(await sta.create(observations, { phenomenonTime: `2015-03-0${ids.length + 1}T00:00:00Z`, result }));
  expect((await sta.send("DELETE", `/Observations(${ids[0]})`)).status).toBe(200);
  expect((await sta.send("DELETE", `/Observations(${ids[1]})`)).status).toBe(200);
  expect(await sta.list(`${observations}?$select=result`)).toEqual([{ result: 3 }]);
  const feature = (await one(`/Observations(${ids[2]})/FeatureOfInterest`))["@iot.id"];
  expect((await sta.send("DELETE", `/FeaturesOfInterest(${String(feature)})`)).status).toBe(200);
  expect(await sta.list(observations)).toEqual([]);
  expect((await sta.send("DELETE", `/Locations(${station.location})`)).status).toBe(200);
  expect(await sta.list(`/Things(${station.thing})/HistoricalLocations`)).toEqual([]);
  expect((await sta.send("DELETE", `/ObservedProperties(${station.property})`)).status).toBe(200);
  expect((await sta.get(`/Datastreams(${station.datastream})`)).status).toBe(404);
});
