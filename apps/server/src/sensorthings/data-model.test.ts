import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
let observation: number;

beforeAll(async () => {
  sta = await startSta();
  const station = await createStation(sta);
  observation = await sta.create(`/Datastreams(${station.datastream})/Observations`, {
    phenomenonTime: "2026-10-22T02:00:00Z",
    resultTime: "2026-10-22T02:00:05Z",
    result: 1009.5,
  });
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

/** Mandatory properties and relations of each entity type, tables 6 to 20 of OGC 18-088. */
const model: Record<string, { requirement: string; properties: string[]; relations: string[] }> = {
  Things: {
    requirement: "thing",
    properties: ["name", "description"],
    relations: ["Datastreams", "HistoricalLocations", "Locations"],
  },
  Locations: {
    requirement: "location",
    properties: ["name", "description", "encodingType", "location"],
    relations: ["HistoricalLocations", "Things"],
  },
  HistoricalLocations: { requirement: "historical-location", properties: ["time"], relations: ["Thing", "Locations"] },
  Datastreams: {
    requirement: "datastream",
    properties: ["name", "description", "unitOfMeasurement", "observationType"],
    relations: ["Thing", "Sensor", "ObservedProperty", "Observations"],
  },
  Sensors: {
    requirement: "sensor",
    properties: ["name", "description", "encodingType", "metadata"],
    relations: ["Datastreams"],
  },
  ObservedProperties: {
    requirement: "observed-property",
    properties: ["name", "definition", "description"],
    relations: ["Datastreams"],
  },
  Observations: {
    requirement: "observation",
    properties: ["phenomenonTime", "result", "resultTime"],
    relations: ["Datastream", "FeatureOfInterest"],
  },
  FeaturesOfInterest: {
    requirement: "feature-of-interest",
    properties: ["name", "description", "encodingType", "feature"],
    relations: ["Observations"],
  },
};
const sets = Object.entries(model);

/** An entity of the city pack and one that a client created. */
async function bothOf(set: string): Promise<Json[]> {
  if (set === "Observations") return [(await sta.get(`/Observations(${observation})`)).json];
  const [ofPack] = await sta.list(`/${set}?$top=1`);
  const [created] = await sta.list(`/${set}?$top=1&$orderby=id desc`);
  if (!ofPack || !created) throw new Error(`no ${set}`);
  expect(created["@iot.id"]).not.toBe(ofPack["@iot.id"]);
  return [ofPack, created];
}

test("the root lists the sets, each at the root and its name, and the requirements that are fulfilled", async () => {
  const { status, json } = await sta.get("");
  expect(status).toBe(200);
  const value = json["value"] as { name: string; url: string }[];
  expect(value.map(({ name }) => name).sort()).toEqual([...Object.keys(model), "MultiDatastreams"].sort());
  for (const { name, url } of value) {
    expect(url).toBe(`${sta.root}/${name}`);
    expect((await sta.get(url)).status).toBe(200);
  }
  const settings = json["serverSettings"] as { conformance: string[] } & Record<string, { endpoints: string[] }>;
  const base = "http://www.opengis.net/spec/iot_sensing/1.1/req";
  expect(settings.conformance).toContain(`${base}/datamodel/thing/properties`);
  const mqtt = `${base}/receive-updates-via-mqtt/receive-updates`;
  expect(settings[mqtt]?.endpoints).toEqual([`mqtt://127.0.0.1:${sta.server.running.mqttPort}`]);
});

test.each(sets)(
  "req/datamodel/entity-control-information/common-control-information: %s have id, selfLink and navigation links",
  async (set) => {
    for (const entity of await bothOf(set)) {
      expect(entity["@iot.id"]).toBeTypeOf("number");
      expect(entity["@iot.selfLink"]).toBe(`${sta.root}/${set}(${String(entity["@iot.id"])})`);
      expect((await sta.get(String(entity["@iot.selfLink"]))).json["@iot.id"]).toBe(entity["@iot.id"]);
    }
  },
);

async function hasProperties(set: string): Promise<void> {
  for (const entity of await bothOf(set)) {
    for (const name of model[set]?.properties ?? []) expect(entity, `${set}.${name}`).toHaveProperty(name);
  }
}

async function hasRelations(set: string): Promise<void> {
  for (const entity of await bothOf(set)) {
    for (const name of model[set]?.relations ?? []) {
      const link = entity[`${name}@iot.navigationLink`];
      expect(link, `${set}.${name}`).toBe(`${String(entity["@iot.selfLink"])}/${name}`);
      const answer = await sta.get(String(link));
      expect(answer.status, String(link)).toBe(200);
      expect(answer.json).toHaveProperty(
        /s(?:OfInterest)?$/.test(name) && name !== "FeatureOfInterest" ? "value" : "@iot.id",
      );
    }
  }
}

test("req/datamodel/thing/properties", () => hasProperties("Things"));
test("req/datamodel/thing/relations", () => hasRelations("Things"));
test("req/datamodel/location/properties", () => hasProperties("Locations"));
test("req/datamodel/location/relations", () => hasRelations("Locations"));
test("req/datamodel/historical-location/properties", () => hasProperties("HistoricalLocations"));
test("req/datamodel/historical-location/relations", () => hasRelations("HistoricalLocations"));
test("req/datamodel/datastream/properties", () => hasProperties("Datastreams"));
test("req/datamodel/datastream/relations", () => hasRelations("Datastreams"));
test("req/datamodel/sensor/properties", () => hasProperties("Sensors"));
test("req/datamodel/sensor/relations", () => hasRelations("Sensors"));
test("req/datamodel/observed-property/properties", () => hasProperties("ObservedProperties"));
test("req/datamodel/observed-property/relations", () => hasRelations("ObservedProperties"));
test("req/datamodel/observation/properties", () => hasProperties("Observations"));
test("req/datamodel/observation/relations", () => hasRelations("Observations"));
test("req/datamodel/feature-of-interest/properties", () => hasProperties("FeaturesOfInterest"));
test("req/datamodel/feature-of-interest/relations", () => hasRelations("FeaturesOfInterest"));

test("a station of the city pack is a Thing with all that belongs to it", async () => {
  const stations = await sta.list(
    `/Things?$filter=properties/kind eq 'weather'&$expand=Locations,Datastreams($expand=Sensor,ObservedProperty)`,
  );
  expect(stations.length).toBeGreaterThan(5);
  const [thing] = stations as { properties: Json; Locations: Json[]; Datastreams: Json[] }[];
  expect(thing?.properties).toMatchObject({ kind: "weather", domain: "weather-hydro", owner: "kttv" });
  expect(thing?.properties["name_vi"]).toBeTypeOf("string");
  expect(thing?.Locations[0]?.["location"]).toMatchObject({ type: "Point" });
  const temperature = thing?.Datastreams.find((one) => (one["properties"] as Json)["property"] === "temp");
  expect(temperature).toMatchObject({
    unitOfMeasurement: { name: "Cel", symbol: "°C", definition: "ucum:Cel" },
    Sensor: { name: "Automatic weather station" },
    ObservedProperty: { name: "Air temperature", definition: "urn:city-ioc:danang:property:weather:temp" },
  });
});
