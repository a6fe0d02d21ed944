import { afterAll, beforeAll, expect, test } from "vitest";
import { property, sensor, startSta, unit, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
let thing: number;

beforeAll(async () => {
  sta = await startSta();
  const place = { type: "Point", coordinates: [108.2, 16.06] };
  const Locations = [{ name: "Sea", description: "At sea", encodingType: "application/geo+json", location: place }];
  thing = await sta.create("/Things", { name: "Buoy", description: "A buoy", Locations });
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
const multi = {
  name: "Wind",
  description: "Speed and direction",
  observationType: "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation",
  multiObservationDataTypes: [measurement, measurement],
  unitOfMeasurements: [unit, { name: "degree", symbol: "°", definition: "ucum:deg" }],
  Sensor: sensor,
  ObservedProperties: [
    { ...property, name: "Speed" },
    { ...property, name: "Direction" },
  ],
};

const create = () => sta.create(`/Things(${thing})/MultiDatastreams`, multi);

test("req/multi-datastream/properties", async () => {
  const { json } = await sta.get(`/MultiDatastreams(${await create()})`);
  const { Sensor: _, ObservedProperties: __, ...properties } = multi;
  expect(json).toMatchObject(properties);
});

test("req/multi-datastream/relations: ordered ObservedProperties, Observations in time, both ends of each link", async () => {
  const id = await create();
  const { json } = await sta.get(`/MultiDatastreams(${id})?$expand=Thing,Sensor,ObservedProperties`);
  expect(json).toMatchObject({ Thing: { name: "Buoy" }, Sensor: { name: "Barometer" } });
  expect((json["ObservedProperties"] as Json[]).map((one) => one["name"])).toEqual(["Speed", "Direction"]);
  const observation = await sta.create(`/MultiDatastreams(${id})/Observations`, {
    phenomenonTime: "2026-10-20T00:00:00Z",
    result: [5, 120],
  });
  const read = await sta.get(`/Observations(${observation})`);
  expect(read.json).toHaveProperty("MultiDatastream@iot.navigationLink");
  expect(read.json).not.toHaveProperty("Datastream@iot.navigationLink");
  expect((await sta.get(`/Observations(${observation})/MultiDatastream`)).json["@iot.id"]).toBe(id);
  expect(await sta.list(`/Observations?$filter=MultiDatastream/id eq ${id}&$select=result`)).toEqual([
    { result: [5, 120] },
  ]);
  expect(await sta.list(`/Things(${thing})/MultiDatastreams?$filter=id eq ${id}`)).toHaveLength(1);
  const phenomenonTime = "2026-10-20T00:00:00.000Z/2026-10-20T00:00:00.000Z";
  expect((await sta.get(`/MultiDatastreams(${id})/phenomenonTime`)).json).toEqual({ phenomenonTime });
});

test("req/multi-datastream/constraints: as many units, properties and values as data types", async () => {
  for (const [change, path] of [
    [{ unitOfMeasurements: [unit] }, "unitOfMeasurements"],
    [{ ObservedProperties: [property] }, "ObservedProperties"],
    [{ multiObservationDataTypes: [] }, "multiObservationDataTypes"],
  ] as const) {
    const answer = await sta.send("POST", `/Things(${thing})/MultiDatastreams`, { ...multi, ...change });
    expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining(path)]);
  }
  const id = await create();
  for (const result of [5, [5], [1, 2, 3], "x", null]) {
    const answer = await sta.send("POST", `/MultiDatastreams(${id})/Observations`, { result });
    expect([answer.status, answer.json["detail"]]).toEqual([
      400,
      expect.stringContaining("must be a list of 2 values"),
    ]);
  }
  const arrays = { MultiDatastream: { "@iot.id": id }, components: ["result"], dataArray: [[[5, 20]], [30]] };
  const lines = (await sta.send("POST", "/CreateObservations", [arrays])).json as unknown as string[];
  expect(lines).toEqual([expect.stringContaining("/Observations("), expect.stringMatching(/^error/)]);
});

test("it goes with its Thing, and its Observations with it", async () => {
  const own = await sta.create("/Things", { name: "T", description: "t" });
  const id = await sta.create(`/Things(${own})/MultiDatastreams`, multi);
  const feature = { "@iot.id": 1 };
  const observation = await sta.create(`/MultiDatastreams(${id})/Observations`, {
    result: [1, 2],
    FeatureOfInterest: feature,
  });
  expect((await sta.send("DELETE", `/Things(${own})`)).status).toBe(200);
  for (const path of [`/MultiDatastreams(${id})`, `/Observations(${observation})`])
    expect((await sta.get(path)).status).toBe(404);
});
