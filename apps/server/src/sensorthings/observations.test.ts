import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;

beforeAll(async () => {
  sta = await startSta();
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

async function stream(): Promise<string> {
  return `/Datastreams(${(await createStation(sta)).datastream})/Observations`;
}

test.each([
  ["a number", 3],
  ["a text that is a number", "3"],
  ["a text", "calm"],
  ["true", true],
  ["nothing", null],
  ["a list", [1, [2, "x"]]],
  ["an object", { a: { b: [1] } }],
  ["a small number", 1e-300],
  ["a large number", 1.7976931348623157e308],
  ["minus a third", -1 / 3],
])("a result keeps its JSON type: %s", async (_name, result) => {
  const path = await stream();
  const id = await sta.create(path, { phenomenonTime: "2026-10-20T00:00:00Z", result });
  expect((await sta.get(`/Observations(${id})`)).json["result"]).toEqual(result);
  expect((await sta.list(path))[0]?.["result"]).toEqual(result);
});

test("readings and Observations of their own are merged in time, page by page, in both directions", async () => {
  const path = await stream();
  const expected: unknown[] = [];
  for (let i = 0; i < 40; i++) {
    const phenomenonTime = new Date(Date.parse("2026-10-20T00:00:00Z") + i * 60_000).toISOString();
    const result = i % 3 === 0 ? `text ${i}` : i;
    await sta.create(path, { phenomenonTime, result, ...(i % 4 === 1 ? { resultQuality: { code: i } } : {}) });
    expected.push(result);
  }
  for (const direction of ["asc", "desc"]) {
    const found: unknown[] = [];
    let next: unknown = `${path}?$top=7&$orderby=phenomenonTime ${direction}`;
    while (typeof next === "string") {
      const { json } = await sta.get(next);
      for (const row of json["value"] as Json[]) found.push(row["result"]);
      next = json["@iot.nextLink"];
    }
    expect(found).toEqual(direction === "asc" ? expected : expected.toReversed());
  }
  const [thirteenth] = await sta.list(`${path}?$filter=result eq 13`);
  expect(thirteenth?.["resultQuality"]).toEqual({ code: 13 });
  expect((await sta.get(`${path}?$count=true&$top=0`)).json["@iot.count"]).toBe(40);
  expect(await sta.list(`${path}?$filter=phenomenonTime ge 2026-10-20T00:38:00Z&$select=result`)).toEqual([
    { result: 38 },
    { result: "text 39" },
  ]);
});

test("an interval, validTime and parameters are kept as they were sent", async () => {
  const path = await stream();
  const body = {
    phenomenonTime: "2026-10-20T00:00:00.000Z/2026-10-20T01:00:00.000Z",
    resultTime: "2026-10-20T01:00:05.000Z",
    result: 12.5,
    validTime: "2026-10-20T01:00:00.000Z/2026-10-20T02:00:00.000Z",
    parameters: { method: "mean" },
  };
  const id = await sta.create(path, body);
  expect((await sta.get(`/Observations(${id})`)).json).toMatchObject(body);
  const [found] = await sta.list(`${path}?$filter=phenomenonTime lt 2026-10-20T00:59:00Z`);
  expect(found).toBeUndefined();
  expect(await sta.list(`${path}?$filter=phenomenonTime le 2026-10-20T01:00:00Z`)).toHaveLength(1);
  const span = `${body.phenomenonTime}`;
  expect((await sta.get(`${path.replace("/Observations", "")}/phenomenonTime`)).json).toEqual({ phenomenonTime: span });
});

test("a number with more besides is a reading that the city's own interfaces see, and rules can use", async () => {
  const body = { phenomenonTime: "2026-10-20T00:00:00Z", result: 11.5, parameters: { raw: 115 } };
  const id = await sta.create("/Datastreams(1)/Observations", body);
  expect((await sta.get(`/Observations(${id})`)).json["parameters"]).toEqual({ raw: 115 });
  const packId = ((await sta.get("/Datastreams(1)")).json["properties"] as Json)["id"] as string;
  const times = "from=2026-10-19T23:00:00Z&to=2026-10-20T01:00:00Z";
  const history = await sta.server.call(`/api/v1/observations?datastream=${encodeURIComponent(packId)}&${times}`);
  expect((history.json() as { value: number[] }).value).toEqual([11.5]);
});

test("a reading that another interface brought is an Observation, its doubts included", async () => {
  const packId = ((await sta.get("/Datastreams(2)")).json["properties"] as Json)["id"] as string;
  const phenomenonTime = "2026-10-20T00:00:00.000Z";
  await sta.server.call("/api/v1/observations", {
    observations: [{ datastream: packId, phenomenonTime, result: 99_999 }],
  });
  const [found] = await sta.list("/Datastreams(2)/Observations");
  const resultQuality = { flag: 4, reasons: ["range"] };
  expect(found).toMatchObject({ phenomenonTime, resultTime: phenomenonTime, result: 99_999, resultQuality });
  expect((await sta.get(`/Observations(${String(found?.["@iot.id"])})/FeatureOfInterest`)).status).toBe(200);
});

test("the same Observation again is the same; another value for its time corrects it", async () => {
  const path = await stream();
  const body = { phenomenonTime: "2026-10-20T00:00:00Z", result: 5 };
  const first = await sta.create(path, body);
  expect(await sta.create(path, body)).toBe(first);
  expect(await sta.create(path, { ...body, result: 6 })).toBe(first);
  expect(await sta.list(`${path}?$select=result`)).toEqual([{ result: 6 }]);
});

test("ids, entities and Observations are the same after a restart; ids are not given twice", async () => {
  await using folderOwner = await startSta();
  const { dataDir } = folderOwner.server;
  const station = await createStation(folderOwner, "Lasting");
  const path = `/Datastreams(${station.datastream})/Observations`;
  const reading = await folderOwner.create(path, { phenomenonTime: "2026-10-20T00:00:00Z", result: 1.25 });
  const text = await folderOwner.create(path, { phenomenonTime: "2026-10-20T00:01:00Z", result: "x" });
  const doomed = await folderOwner.create("/Things", { name: "Doomed", description: "d" });
  await folderOwner.send("DELETE", `/Things(${doomed})`);
  const addresses = [
    "/Things(1)?$expand=Locations,HistoricalLocations",
    `/Things(${station.thing})?$expand=Datastreams,Locations`,
    `/Observations(${reading})`,
    `/Observations(${text})`,
    path,
  ];
  const paths = async (sta: Awaited<ReturnType<typeof startSta>>) => {
    const answers = await Promise.all(addresses.map((address) => sta.get(address)));
    return answers.map(({ text }) => text.replaceAll(sta.root, ""));
  };
  const before = await paths(folderOwner);
  await folderOwner.server.running.stop();
  await using again = await startSta({ IOC_DATA_DIR: dataDir });
  expect(await paths(again)).toEqual(before);
  expect(await again.create("/Things", { name: "Next", description: "n" })).toBeGreaterThan(doomed);
  await again.create(path, { phenomenonTime: "2026-10-20T00:02:00Z", result: 2 });
  expect(await again.list(path)).toHaveLength(3);
});
