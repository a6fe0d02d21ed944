import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;

beforeAll(async () => {
  sta = await startSta();
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const components = ["phenomenonTime", "result", "FeatureOfInterest/id"];

test("req/data-array/data-array: GET gives one array for each Datastream", async () => {
  const [a, b] = [await createStation(sta, "A"), await createStation(sta, "B")];
  for (const [i, station] of [a, b, a].entries()) {
    const phenomenonTime = `2026-10-20T00:0${i}:00Z`;
    await sta.create(`/Datastreams(${station.datastream})/Observations`, { phenomenonTime, result: i });
  }
  const filter = `$filter=Datastream/id eq ${a.datastream} or Datastream/id eq ${b.datastream}`;
  const { json } = await sta.get(
    `/Observations?$resultFormat=dataArray&$select=phenomenonTime,result&$count=true&${filter}`,
  );
  expect(json["@iot.count"]).toBe(3);
  const arrays = json["value"] as Json[];
  expect(arrays).toEqual([
    {
      "Datastream@iot.navigationLink": `${sta.root}/Datastreams(${a.datastream})`,
      components: ["phenomenonTime", "result"],
      "dataArray@iot.count": 2,
      dataArray: [
        ["2026-10-20T00:00:00.000Z", 0],
        ["2026-10-20T00:02:00.000Z", 2],
      ],
    },
    expect.objectContaining({ "dataArray@iot.count": 1, dataArray: [["2026-10-20T00:01:00.000Z", 1]] }) as Json,
  ]);
  const whole = await sta.get(`/Datastreams(${a.datastream})/Observations?$resultFormat=dataArray&$top=1`);
  expect(whole.json).toHaveProperty("@iot.nextLink");
  const [first] = whole.json["value"] as { components: string[] }[];
  const all = ["id", "phenomenonTime", "result", "resultTime", "resultQuality", "validTime", "parameters"];
  expect(first?.components).toEqual(all);
});

test("req/data-array/data-array: CreateObservations answers each row by itself, a bad one harms no other", async () => {
  const [a, b] = [await createStation(sta, "A"), await createStation(sta, "B")];
  const [feature] = await sta.list("/FeaturesOfInterest?$top=1&$orderby=id");
  const id = feature?.["@iot.id"];
  const body = [
    {
      Datastream: { "@iot.id": a.datastream },
      components,
      "dataArray@iot.count": 2,
      dataArray: [
        ["2010-12-23T10:20:00-07:00", 20, id],
        ["2010-12-23T10:21:00-07:00", 30, "probablyNotAValidId"],
        ["2010-12-23T10:22:00-07:00", 40],
        ["2010-12-23T10:20:00-0700Z", 50, id],
        ["2100-01-01T00:00:00Z", 60, id],
      ],
    },
    { Datastream: { "@iot.id": 999_999 }, components: ["result"], dataArray: [[1]] },
    {
      Datastream: { "@iot.id": b.datastream },
      components: ["phenomenonTime", "result", "parameters"],
      dataArray: [
        ["2010-12-23T10:20:00-07:00", 65, null],
        ["2010-12-23T10:21:00-07:00", "60", { gain: 2 }],
      ],
    },
  ];
  const answer = await sta.send("POST", "/CreateObservations", body);
  expect(answer.status).toBe(201);
  const lines = answer.json as unknown as string[];
  expect(lines.map((line) => line.replace(/\(\d+\)$/, "(id)"))).toEqual([
    `${sta.root}/Observations(id)`,
    expect.stringMatching(/^error: \[0\]\.dataArray\[1\]\.FeatureOfInterest/),
    expect.stringMatching(/^error: \[0\]\.dataArray\[2\]: must be a list of 3 values/),
    expect.stringMatching(/^error: \[0\]\.dataArray\[3\]\.phenomenonTime: must be a time/),
    expect.stringMatching(/^error: phenomenonTime lies \d+ minutes after city time/),
    expect.stringMatching(/^error: \[1\]\.Datastream: there is no Datastream with the id 999999/),
    `${sta.root}/Observations(id)`,
    `${sta.root}/Observations(id)`,
  ]);
  expect((await sta.get(`${lines[0]}/FeatureOfInterest`)).json["@iot.id"]).toBe(id);
  expect((await sta.get(lines[7] ?? "")).json).toMatchObject({ result: "60", parameters: { gain: 2 } });
  expect(await sta.list(`/Datastreams(${b.datastream})/Observations`)).toHaveLength(2);
});

test("req/data-array/data-array: 10,000 rows, and the same again changes nothing", async () => {
  const { datastream } = await createStation(sta, "Large");
  const start = Date.parse("2026-09-01T00:00:00Z");
  const dataArray = Array.from({ length: 10_000 }, (_, i) => [new Date(start + i * 1000).toISOString(), i / 4]);
  const body = [{ Datastream: { "@iot.id": datastream }, components: components.slice(0, 2), dataArray }];
  for (let round = 0; round < 2; round++) {
    const answer = await sta.send("POST", "/CreateObservations", body);
    const lines = answer.json as unknown as string[];
    expect(new Set(lines).size).toBe(10_000);
    expect(lines.filter((line) => !line.startsWith(sta.root))).toEqual([]);
    const { json } = await sta.get(
      `/Datastreams(${datastream})/Observations?$count=true&$orderby=phenomenonTime desc&$top=1`,
    );
    expect(json).toMatchObject({ "@iot.count": 10_000, value: [{ result: 2499.75 }] });
  }
});

test("an Observation that was deleted can be created again, one by one and in an array", async () => {
  const { datastream } = await createStation(sta, "Again");
  const path = `/Datastreams(${datastream})/Observations`;
  const body = { phenomenonTime: "2026-09-01T00:00:00Z", result: 7 };
  const first = await sta.create(path, body);
  expect((await sta.send("DELETE", `/Observations(${first})`)).status).toBe(200);
  expect((await sta.get(`/Observations(${first})`)).status).toBe(404);
  const second = await sta.create(path, body);
  expect((await sta.get(`/Observations(${second})`)).json["result"]).toBe(7);
  expect(await sta.list(path)).toHaveLength(1);
});

test("a body that is no list of arrays is 400", async () => {
  for (const body of [{}, [1], [{ Datastream: { "@iot.id": 1 } }], [{ components: [] }]]) {
    const answer = await sta.send("POST", "/CreateObservations", body);
    const text = answer.status === 201 ? answer.text : String(answer.json["detail"]);
    expect(text).toMatch(/must be a list|must be an object|must name/);
  }
});
