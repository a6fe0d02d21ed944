import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { createStation, startSta, type Json } from "./testing/client.ts";

const folder = "messages-sensorthings/ets-sta10";
const there = requireSharedData("messages-sensorthings");

/** Sets that the files of each folder are posted to. */
const sets: Record<string, string> = {
  datastreams: "/Datastreams",
  foi: "/FeaturesOfInterest",
  locations: "/Locations",
  observations: "/Observations",
  observedproperties: "/ObservedProperties",
  sensors: "/Sensors",
  thing: "/Things",
};

/** Why a file is refused although every name that version 1.1 demands was filled in. */
const refusals: Record<string, string> = {
  "datastreams/2.json": "Thing: is mandatory",
  "datastreams/3.json": "Thing: is mandatory",
  "datastreams/embeddedEntities2.json": "Thing: is mandatory",
  "datastreams/embeddedEntitiesAddObservations.json": "Thing: is mandatory",
  "datastreams/linkedSensor.json": "Thing: is mandatory",
  "datastreams/linkedThing.json": "Sensor: is mandatory",
  "foi/missingEncodingType.json": "encodingType: is mandatory",
  "thing/3.json": "Datastreams[0].Sensor: is mandatory",
};

const files = there
  ? Object.keys(sets).flatMap((name) => readdirSync(sharedData(folder, name)).map((file) => `${name}/${file}`))
  : [];

let sta: Awaited<ReturnType<typeof startSta>>;
beforeAll(async () => {
  if (there) sta = await startSta();
});
afterAll(async () => {
  if (there) await sta[Symbol.asyncDispose]();
});

/** Fills the placeholders as the suite does, and the names that version 1.1 demands. */
async function filled(file: string, names: boolean): Promise<{ body: unknown; stream: number }> {
  const station = await createStation(sta);
  const feature = (await sta.list("/FeaturesOfInterest?$top=1"))[0]?.["@iot.id"];
  const ids: Record<string, unknown> = { THING: station.thing, SENSOR: station.sensor, DATASTREAM: station.datastream };
  const all: Record<string, unknown> = {
    ...ids,
    OBSERVEDPROPERTY: station.property,
    OBSPROP: station.property,
    FOI: feature,
  };
  const text = readFileSync(sharedData(folder, file), "utf8")
    .replaceAll(/\$([A-Z]+)[-_]ID/g, (_, name: string) => String(all[name]))
    .replaceAll(/"id"\s*:/g, '"@iot.id":');
  const body = JSON.parse(text) as unknown;
  return { body: names ? withNames(body) : body, stream: station.datastream };
}

/** Entities without a name get one; they are told by their description. */
function withNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, withNames(part)] as const);
  const named = "description" in value && !("name" in value) ? [["name", "n/a"] as const] : [];
  return Object.fromEntries([...named, ...entries]);
}

/** Observations are posted to a Datastream when the file names none. */
const pathOf = (file: string, stream: number) => {
  const set = sets[file.split("/")[0] ?? ""] ?? "";
  return set === "/Observations" ? `/Datastreams(${stream})/Observations` : set;
};

describe.skipIf(!there)("payloads of the OGC suite", () => {
  const payloads = files.filter((file) => !file.endsWith("dataArray.json"));

  test.each(payloads)("%s is accepted with its values, or refused with the reason", async (file) => {
    const { body, stream } = await filled(file, true);
    const answer = await sta.send("POST", pathOf(file, stream), body);
    const reason = refusals[file];
    if (reason) {
      expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining(reason)]);
      return;
    }
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    const { json } = await sta.get(answer.headers.get("location") ?? "");
    for (const [name, value] of Object.entries(body as Json)) {
      const isTime = name.endsWith("Time");
      if (name in json && !isTime) expect(json[name], name).toEqual(value);
      if (isTime) expect(timesOf(json[name]), name).toEqual(timesOf(value));
      const isLink = `${name}@iot.navigationLink` in json;
      expect(name in json || isLink, `${name} of ${file}`).toBe(true);
    }
  });

  test.each([
    "thing/thing.json",
    "sensors/sensor.json",
    "locations/location.json",
    "foi/foi.json",
    "datastreams/datastream.json",
  ])("%s of version 1.0 has no name, which 1.1 demands", async (file) => {
    const { body, stream } = await filled(file, false);
    const answer = await sta.send("POST", pathOf(file, stream), body);
    expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining("name: is mandatory")]);
  });

  test("thing/7.json brings its Observations", async () => {
    const { body } = await filled("thing/7.json", true);
    const id = await sta.create("/Things", body);
    const [stream] = await sta.list(`/Things(${id})/Datastreams?$expand=Observations($select=result)`);
    expect(stream?.["Observations"]).toEqual([833, 654, 786, 657, 777, 647].map((result) => ({ result })));
  });

  test("observations/dataArray.json has times in no known form, and each row says so", async () => {
    const { body } = await filled("observations/dataArray.json", false);
    const wrong = (await sta.send("POST", "/CreateObservations", body)).json as unknown as string[];
    expect(wrong).toHaveLength(2);
    for (const line of wrong) expect(line).toMatch(/^error: .*must be a time/);
    const right = JSON.parse(JSON.stringify(body).replaceAll("-0700Z", "-07:00")) as unknown;
    const lines = (await sta.send("POST", "/CreateObservations", right)).json as unknown as string[];
    const results = await Promise.all(lines.map(async (line) => (await sta.get(line)).json["result"]));
    expect(results).toEqual([65, 60]);
  });

  test.each(readUnits())("unit %s", async (file, problem) => {
    const unit = JSON.parse(readFileSync(sharedData(folder, "unitsOfMeasurement", file), "utf8")) as unknown;
    const { body } = await filled("datastreams/datastream.json", true);
    const answer = await sta.send("POST", "/Datastreams", { ...(body as Json), unitOfMeasurement: unit });
    if (problem === null) expect(answer.json["unitOfMeasurement"]).toEqual(unit);
    else expect([answer.status, answer.json["detail"]]).toEqual([400, expect.stringContaining(problem)]);
  });

  test("a batch in JSON is refused clearly; batches are not offered", async () => {
    const file = sharedData(join("messages-sensorthings/frost/dataBatchPostKeyCloak.json"));
    const answer = await sta.send("POST", "/$batch", readFileSync(file, "utf8"));
    expect(answer.status).toBe(404);
    const { json } = await sta.get("");
    expect(JSON.stringify(json)).not.toContain("batch-request");
  });
});

function readUnits(): [string, string | null][] {
  return [
    ["1.json", null],
    ["noName.json", "lacks name"],
    ["noSymbol.json", "lacks symbol"],
  ];
}

/** An instant, or both ends of a period, in ms. */
function timesOf(value: unknown): number[] {
  return String(value)
    .split("/")
    .map((text) => Date.parse(text));
}
