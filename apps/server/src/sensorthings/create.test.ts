import { afterAll, beforeAll, expect, test } from "vitest";
import { testKey } from "../testing/start-test-server.ts";
import { createStation, datastream, location, place, property, sensor, startSta } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;

beforeAll(async () => {
  sta = await startSta();
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const one = async (path: string) => (await sta.get(path)).json;
const reference = (id: number) => ({ "@iot.id": id });
const countOf = async (set: string) => Number((await one(`/${set}?$top=0&$count=true`))["@iot.count"]);

test("req/create-update-delete/create-entity: 201 with Location, and the entity is there", async () => {
  const answer = await sta.send("POST", "/Things", { name: "Mast", description: "A mast", properties: { height: 30 } });
  expect(answer.status).toBe(201);
  const address = answer.headers.get("location") ?? "";
  expect(address).toBe(answer.json["@iot.selfLink"]);
  const { json } = await sta.get(address);
  expect(json).toMatchObject({ name: "Mast", description: "A mast", properties: { height: 30 } });
  expect(json).toEqual(answer.json);
});

test("req/create-update-delete/link-to-existing-entities: by id, also of the city pack, and by the address", async () => {
  const thing = await sta.create("/Things", { name: "T", description: "t" });
  const links = { Sensor: reference(1), ObservedProperty: reference(1) };
  const byBody = await sta.create("/Datastreams", { ...datastream, ...links, Thing: reference(thing) });
  const byPath = await sta.create(`/Things(${thing})/Datastreams`, { ...datastream, ...links });
  const onPack = await sta.create("/Things(1)/Datastreams", { ...datastream, ...links });
  const of = async (id: number) => (await one(`/Datastreams(${id})/Thing`))["@iot.id"];
  expect([await of(byBody), await of(byPath), await of(onPack)]).toEqual([thing, thing, 1]);
  const place = await sta.create("/Locations", { ...location, Things: [reference(thing)] });
  expect(await sta.list(`/Things(${thing})/Locations?$select=id`)).toEqual([{ "@iot.id": place }]);
});

test("req/create-update-delete/deep-insert, req/create-update-delete/deep-insert-status-code", async () => {
  const answer = await sta.send("POST", "/Things", {
    name: "Office",
    description: "Office",
    Locations: [location],
    Datastreams: [
      {
        ...datastream,
        Sensor: sensor,
        ObservedProperty: property,
        Observations: [
          { phenomenonTime: "2015-03-01T00:10:00Z", result: 10 },
          { phenomenonTime: "2015-03-01T00:20:00Z", result: "calm" },
        ],
      },
    ],
  });
  expect(answer.status).toBe(201);
  const [stream] = await sta.list(
    `/Things(${String(answer.json["@iot.id"])})/Datastreams?$expand=Sensor,ObservedProperty,Observations`,
  );
  expect(stream).toMatchObject({ Sensor: sensor, ObservedProperty: property });
  expect(stream).toMatchObject({ Observations: [{ result: 10 }, { result: "calm" }] });
});

test("req/create-update-delete/deep-insert-status-code: what cannot be whole is not created at all", async () => {
  const sets = ["Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors", "ObservedProperties"];
  const before = await Promise.all(sets.map(countOf));
  const whole = { ...datastream, Sensor: sensor, ObservedProperty: property };
  const { Sensor: _, ...withoutSensor } = whole;
  const future = { phenomenonTime: "2100-01-01T00:00:00Z", result: 1 };
  for (const [stream, path] of [
    [withoutSensor, "Datastreams[0].Sensor"],
    [{ ...whole, ObservedProperty: { name: "x" } }, "Datastreams[0].ObservedProperty.definition"],
    [{ ...whole, Sensor: reference(9_999_999) }, "Datastreams[0].Sensor"],
    [
      { ...whole, Observations: [{ result: 1, phenomenonTime: "yesterday" }] },
      "Datastreams[0].Observations[0].phenomenonTime",
    ],
    [{ ...whole, Observations: [future] }, "Observations"],
  ] as const) {
    const answer = await sta.send("POST", "/Things", {
      name: "T",
      description: "t",
      Locations: [location],
      Datastreams: [stream],
    });
    expect(answer.status, answer.text).toBe(400);
    expect(answer.json["detail"]).toContain(path);
  }
  expect(await Promise.all(sets.map(countOf))).toEqual(before);
});

test("an Observation without FeatureOfInterest gets the one of the Thing's Location, which is made once", async () => {
  const { datastream: id } = await createStation(sta);
  const path = `/Datastreams(${id})/Observations`;
  const first = await sta.create(path, { phenomenonTime: "2015-03-01T00:00:00Z", result: 100 });
  const second = await sta.create(path, { phenomenonTime: "2015-03-02T00:00:00Z", result: "x" });
  const [a, b] = [
    await one(`/Observations(${first})/FeatureOfInterest`),
    await one(`/Observations(${second})/FeatureOfInterest`),
  ];
  expect(a).toMatchObject({ feature: place, encodingType: location.encodingType });
  expect(b["@iot.id"]).toBe(a["@iot.id"]);
  const own = { name: "Street", description: "The street", encodingType: "application/geo+json", feature: place };
  const third = await sta.create(path, { phenomenonTime: "2015-03-03T00:00:00Z", result: 5, FeatureOfInterest: own });
  const c = await one(`/Observations(${third})/FeatureOfInterest`);
  expect(c).toMatchObject(own);
  expect(await sta.list(`/FeaturesOfInterest(${String(c["@iot.id"])})/Observations?$select=result`)).toEqual([
    { result: 5 },
  ]);
  expect(await sta.list(`/FeaturesOfInterest(${String(a["@iot.id"])})/Observations?$select=result`)).toEqual([
    { result: 100 },
    { result: "x" },
  ]);
  const thing = await sta.create("/Things", { name: "T", description: "t" });
  const links = { Thing: reference(thing), Sensor: sensor, ObservedProperty: property };
  const placeless = await sta.create("/Datastreams", { ...datastream, ...links });
  const refused = await sta.send("POST", `/Datastreams(${placeless})/Observations`, { result: 1 });
  expect([refused.status, refused.json["detail"]]).toEqual([
    400,
    expect.stringContaining("FeatureOfInterest: is mandatory"),
  ]);
});

test("a Thing that moves leaves its former Observations where they were", async () => {
  const station = await createStation(sta);
  const path = `/Datastreams(${station.datastream})/Observations`;
  const before = await sta.create(path, { phenomenonTime: "2015-03-01T00:00:00Z", result: 1 });
  const moved = { type: "Point", coordinates: [108.3, 16.1] };
  await sta.send("PATCH", `/Locations(${station.location})`, { location: moved });
  const after = await sta.create(path, { phenomenonTime: "2015-03-02T00:00:00Z", result: 2 });
  const featureOf = async (id: number) => (await one(`/Observations(${id})/FeatureOfInterest`))["feature"];
  expect([await featureOf(before), await featureOf(after)]).toEqual([place, moved]);
});

test("a missing phenomenonTime is the time of the server; a missing resultTime is null", async () => {
  const { datastream: id } = await createStation(sta);
  const before = Date.now();
  const { json } = await sta.send("POST", `/Datastreams(${id})/Observations`, { result: 1 });
  const time = Date.parse(String(json["phenomenonTime"]));
  expect(time).toBeGreaterThanOrEqual(before - 1);
  expect(time).toBeLessThanOrEqual(Date.now() + 1);
  expect(json["resultTime"]).toBeNull();
});

test("req/create-update-delete/historical-location-auto-creation", async () => {
  const { thing } = await createStation(sta);
  expect(await sta.list(`/Things(${thing})/HistoricalLocations`)).toHaveLength(1);
  const next = await sta.create(`/Things(${thing})/Locations`, { ...location, name: "Garden" });
  expect(await sta.list(`/Things(${thing})/Locations?$select=name`)).toEqual([{ name: "Garden" }]);
  const [newest, first] = await sta.list(`/Things(${thing})/HistoricalLocations?$orderby=id desc&$expand=Locations`);
  expect(newest).toMatchObject({ Locations: [{ "@iot.id": next }] });
  expect(first).toMatchObject({ Locations: [{ name: "Roof" }] });
});

test("req/create-update-delete/historical-location-manual-creation: the newest one says where the Thing is", async () => {
  const { thing } = await createStation(sta);
  const cellar = await sta.create("/Locations", { ...location, name: "Cellar" });
  const body = (time: string) => ({ time, Thing: reference(thing), Locations: [reference(cellar)] });
  const at = () => sta.list(`/Things(${thing})/Locations?$select=name`);
  await sta.create("/HistoricalLocations", body("2000-01-01T00:00:00Z"));
  expect(await at()).toEqual([{ name: "Roof" }]);
  await sta.create("/HistoricalLocations", body("2100-01-01T00:00:00Z"));
  expect(await at()).toEqual([{ name: "Cellar" }]);
});

test("what belongs to the city pack is read only, and says so", async () => {
  for (const set of [
    "Things",
    "Locations",
    "HistoricalLocations",
    "Datastreams",
    "Sensors",
    "ObservedProperties",
    "FeaturesOfInterest",
  ]) {
    for (const method of ["PATCH", "DELETE"]) {
      const answer = await sta.send(method, `/${set}(1)`, method === "PATCH" ? {} : undefined);
      expect([set, answer.status, answer.json["detail"]]).toEqual([
        set,
        409,
        expect.stringContaining("belongs to the city pack"),
      ]);
    }
  }
  const text = await sta.send("POST", "/Datastreams(1)/Observations", { result: "high" });
  expect([text.status, text.json["detail"]]).toEqual([
    400,
    expect.stringContaining("result: must be a number or null"),
  ]);
});

test("writing needs a key with the scope; the password of a simple sign-in is one", async () => {
  const body = { name: "T", description: "t" };
  expect((await sta.send("POST", "/Things", body, { Authorization: "" })).status).toBe(401);
  expect((await sta.send("POST", "/Things", body, { Authorization: "Bearer wrong-wrong-wrong" })).status).toBe(401);
  const basic = `Basic ${Buffer.from(`station:${testKey}`).toString("base64")}`;
  expect((await sta.send("POST", "/Things", body, { Authorization: basic })).status).toBe(201);
});

test("a Datastream that was created is read in the REST API like any other", async () => {
  const { datastream: id } = await createStation(sta, "read elsewhere");
  await sta.create(`/Datastreams(${id})/Observations`, { phenomenonTime: "2026-01-01T06:00:00Z", result: 21.5 });
  const span = "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
  const answer = await sta.server.call(`/api/v1/observations?datastream=sta:${id}&${span}`);
  expect(answer.json()).toMatchObject({ time: [Date.parse("2026-01-01T06:00:00Z")], value: [21.5] });
  expect((await sta.server.call(`/api/v1/observations?datastream=sta:999999&${span}`)).status).toBe(404);
});
