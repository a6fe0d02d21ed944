import { afterAll, beforeAll, expect, test } from "vitest";
import { createStation, startSta, type Json } from "./testing/client.ts";

let sta: Awaited<ReturnType<typeof startSta>>;
let station: Awaited<ReturnType<typeof createStation>>;
/** Observations of the station, one a minute: 0, 10, …, 2490 modulo 70. */
const results = Array.from({ length: 250 }, (_, i) => (i * 10) % 70);
const start = Date.parse("2026-10-20T00:00:00Z");
let observations: string;

beforeAll(async () => {
  sta = await startSta();
  station = await createStation(sta, "Query station");
  observations = `/Datastreams(${station.datastream})/Observations`;
  const dataArray = results.map((result, i) => [new Date(start + i * 60_000).toISOString(), result]);
  const body = [{ Datastream: { "@iot.id": station.datastream }, components: ["phenomenonTime", "result"], dataArray }];
  expect((await sta.send("POST", "/CreateObservations", body)).status).toBe(201);
});
afterAll(async () => {
  await sta[Symbol.asyncDispose]();
});

const values = (rows: readonly Json[]) => rows.map((row) => row["result"]);
const ids = (rows: readonly Json[]) => rows.map((row) => Number(row["@iot.id"]));

/** All entities behind an address, and how many pages they came in. */
async function pages(path: string): Promise<{ rows: Json[]; pages: number }> {
  const rows: Json[] = [];
  let next: string | undefined = path;
  let count = 0;
  while (next !== undefined) {
    const { status, text, json } = await sta.get(next);
    if (status !== 200) throw new Error(text);
    rows.push(...(json["value"] as Json[]));
    next = json["@iot.nextLink"] as string | undefined;
    count += 1;
  }
  return { rows, pages: count };
}

test("req/request-data/pagination: nextLink leads through every Observation once, in order of time", async () => {
  const all = await pages(observations);
  expect(all.pages).toBe(3);
  expect(values(all.rows)).toEqual(results);
  const down = await pages(`${observations}?$orderby=phenomenonTime desc&$top=60`);
  expect(down.pages).toBe(5);
  expect(values(down.rows)).toEqual(results.toReversed());
});

test("req/request-data/pagination: readings that arrive between two pages shift nothing", async () => {
  const first = await sta.get(`${observations}?$top=5`);
  await sta.create(observations, { phenomenonTime: "2026-10-19T23:59:00Z", result: -1 });
  const second = await sta.get(String(first.json["@iot.nextLink"]));
  expect(values(second.json["value"] as Json[])).toEqual(results.slice(5, 10));
  const [newest] = await sta.list(`${observations}?$filter=result eq -1`);
  await sta.send("DELETE", `/Observations(${String(newest?.["@iot.id"])})`);
});

test("req/request-data/pagination: other entities, whatever their order and filter", async () => {
  const all = await pages("/Things?$top=200");
  expect(all.pages).toBe(Math.ceil(all.rows.length / 200));
  expect(ids(all.rows)).toEqual([...new Set(ids(all.rows))].sort((a, b) => a - b));
  const named = await pages("/Things?$top=100&$orderby=name desc&$filter=properties/kind ne 'weather'&$select=name,id");
  const names = named.rows.map((row) => String(row["name"]));
  expect(new Set(ids(named.rows)).size).toBe(names.length);
  expect(names).toEqual(names.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
});

test("req/request-data/pagination: an expanded set goes on where it ended", async () => {
  const query = "$expand=Observations($select=result,id;$orderby=phenomenonTime desc;$filter=result gt 0)";
  const { json } = await sta.get(`/Datastreams(${station.datastream})?${query}`);
  const first = json["Observations"] as Json[];
  expect(first).toHaveLength(100);
  const rest = await pages(String(json["Observations@iot.nextLink"]));
  const expected = results.filter((result) => result > 0).toReversed();
  expect(values([...first, ...rest.rows])).toEqual(expected);
  expect(Object.keys(rest.rows[0] ?? {}).sort()).toEqual(["@iot.id", "result"]);
});

test("req/request-data/order: filter, count, orderby, skip and top are applied in this order", async () => {
  const query = "$filter=result ge 20&$count=true&$orderby=result desc,phenomenonTime&$skip=30&$top=10";
  const { json } = await sta.get(`${observations}?${query}`);
  const fitting = results.filter((result) => result >= 20).toSorted((a, b) => b - a);
  expect(json["@iot.count"]).toBe(fitting.length);
  expect(values(json["value"] as Json[])).toEqual(fitting.slice(30, 40));
});

test("req/request-data/count: before top and skip, with and without a filter; $top=0 gives the count alone", async () => {
  for (const [path, count] of [
    [`${observations}?$top=0&$count=true`, 250],
    [`${observations}?$count=true&$top=1&$skip=3`, 250],
    [`${observations}?$count=true&$top=0&$filter=result lt 20`, results.filter((one) => one < 20).length],
    [`${observations}?$count=true&$filter=phenomenonTime ge 2026-10-20T04:00:00Z`, 10],
    [`/Things(${station.thing})/Datastreams?$count=true`, 1],
  ] as const) {
    expect((await sta.get(path)).json["@iot.count"], path).toBe(count);
  }
  expect((await sta.get(`${observations}?$count=false`)).json).not.toHaveProperty("@iot.count");
  expect((await sta.get(`${observations}?$top=0&$count=true`)).json).toEqual({ "@iot.count": 250, value: [] });
});

test("req/request-data/top, req/request-data/skip", async () => {
  expect(await sta.list("/Things?$top=3")).toHaveLength(3);
  expect(ids(await sta.list("/Things?$top=2&$skip=3"))).toEqual(ids(await sta.list("/Things?$top=5")).slice(3));
  expect(values(await sta.list(`${observations}?$skip=240`))).toEqual(results.slice(240));
  expect(await sta.list(`${observations}?$skip=100000`)).toEqual([]);
  expect((await sta.list("/Observations?$top=1000000")).length).toBe(250);
});

test("req/request-data/select: only what is asked, ids and links included", async () => {
  const [thing] = await sta.list("/Things?$select=id,name,Datastreams&$top=1");
  expect(Object.keys(thing ?? {}).sort()).toEqual(["@iot.id", "Datastreams@iot.navigationLink", "name"]);
  expect((await sta.get("/Things(1)?$select=name")).json).toEqual({ name: expect.any(String) as string });
  expect((await sta.get("/Things(1)?$select=colour")).status).toBe(400);
});

test("req/request-data/expand: several, nested, by slash, with their own options", async () => {
  const nested =
    "$expand=Locations($select=name),Datastreams($select=name;$expand=Observations($orderby=phenomenonTime desc;$top=1;$select=result),Sensor)";
  const { json } = await sta.get(`/Things(${station.thing})?${nested}`);
  expect(json["Locations"]).toEqual([{ name: "Roof" }]);
  expect(json).not.toHaveProperty("Locations@iot.navigationLink");
  expect(json["Datastreams"]).toEqual([
    {
      name: "Pressure on the roof",
      Observations: [{ result: results.at(-1) }],
      Sensor: expect.objectContaining({ name: "Barometer" }) as Json,
    },
  ]);
  const slash = await sta.get(`/Sensors(${station.sensor})?$expand=Datastreams/Thing`);
  expect((slash.json["Datastreams"] as { Thing: Json }[])[0]?.Thing["name"]).toBe("Query station");
  const [one] = await sta.list(`${observations}?$top=1&$expand=Datastream($expand=Thing),FeatureOfInterest`);
  expect(one).toMatchObject({ Datastream: { Thing: { name: "Query station" } }, FeatureOfInterest: { name: "Roof" } });
});

test("req/request-data/expand: the newest Observation of every Datastream of every Thing", async () => {
  const query = "$top=1000&$expand=Datastreams($top=100;$expand=Observations($orderby=phenomenonTime desc;$top=1))";
  const things = (await sta.list(`/Things?${query}`)) as { name: string; Datastreams: { Observations: Json[] }[] }[];
  const mine = things.find(({ name }) => name === "Query station");
  expect(mine?.Datastreams.map((one) => values(one.Observations))).toEqual([[results.at(-1)]]);
  await sta.create(observations, { phenomenonTime: "2026-10-20T05:00:00Z", result: 4711 });
  const again = await sta.get(`/Things(${station.thing})?${query.slice("$top=1000&".length)}`);
  const [stream] = again.json["Datastreams"] as { Observations: Json[] }[];
  expect(values(stream?.Observations ?? [])).toEqual([4711]);
  const [newest] = await sta.list(`${observations}?$filter=result eq 4711`);
  expect((await sta.send("DELETE", `/Observations(${String(newest?.["@iot.id"])})`)).status).toBe(200);
  const [after] = await sta.list(
    `/Datastreams?$filter=id eq ${station.datastream}&$expand=Observations($orderby=phenomenonTime desc;$top=1)`,
  );
  expect(values(after?.["Observations"] as Json[])).toEqual([results.at(-1)]);
});

test("req/request-data/orderby: several terms, through links, inside an expansion", async () => {
  const [first] = await sta.list("/Datastreams?$orderby=Thing/name desc,name asc&$top=1&$expand=Thing");
  const names = (await pages("/Things?$top=1000")).rows.map((row) => String(row["name"]));
  expect(first).toMatchObject({ Thing: { name: names.toSorted().at(-1) } });
  const { json } = await sta.get(
    `/Datastreams(${station.datastream})?$expand=Observations($orderby=result desc;$top=3)`,
  );
  expect(values(json["Observations"] as Json[])).toEqual([60, 60, 60]);
});

test("req/request-data/filter: Observations by time, value, stream and thing", async () => {
  const { datastream, thing } = station;
  const between = "phenomenonTime ge 2026-10-20T01:00:00Z and phenomenonTime lt 2026-10-20T01:10:00Z";
  for (const [filter, expected] of [
    [`Datastream/id eq ${datastream} and ${between}`, results.slice(60, 70)],
    [
      `Datastream/Thing/name eq 'Query station' and ${between} and result ge 30`,
      results.slice(60, 70).filter((r) => r >= 30),
    ],
    [
      `Datastream/Thing/id eq ${thing} and hour(phenomenonTime) eq 3 and result eq 0`,
      results.slice(180, 240).filter((r) => r === 0),
    ],
    [`Datastream/id eq 1 and ${between}`, []],
    [
      "FeatureOfInterest/name eq 'Roof' and result gt '50' and minute(phenomenonTime) eq 6",
      [60, 60, 60, 60, 60].slice(0, results.filter((r, i) => r > 50 && i % 60 === 6).length),
    ],
  ] as const) {
    expect(values(await sta.list(`/Observations?$filter=${encodeURIComponent(filter)}`)), filter).toEqual(expected);
  }
});

test("req/request-data/built-in-query-functions: of texts, times, numbers and places", async () => {
  const of = async (set: string, filter: string) =>
    (await sta.list(`/${set}?$top=10000&$filter=${encodeURIComponent(filter)}`)).length;
  const things = await of("Things", "id gt 0");
  const weather = await of("Things", "properties/kind eq 'weather'");
  expect(weather).toBeGreaterThan(5);
  expect(await of("Things", "startswith(properties/id,'wx-')")).toBe(weather);
  expect(await of("Things", "substringof('tower',tolower(properties/kind_name)) or length(name) gt 0")).toBe(things);
  expect(await of("Things", "round(id div 2) ge 0 and id mod 1 eq 0")).toBe(things);
  const circle = "geo.distance(Locations/location, geography'POINT(108.2062 16.0471)') lt 0.05";
  const near = await of("Things", circle);
  expect(near).toBeGreaterThan(10);
  expect(near).toBeLessThan(things);
  const box = "st_within(location, geography'POLYGON((108 15.9,108.4 15.9,108.4 16.2,108 16.2,108 15.9))')";
  expect(await of("Locations", box)).toBeGreaterThan(near / 2);
  expect(await of("Observations", `Datastream/id eq ${station.datastream} and hour(phenomenonTime) eq 1`)).toBe(60);
});

test.each([
  ["an unknown option", "$where=1"],
  ["a negative top", "$top=-1"],
  ["a filter that breaks off", "$filter=name eq"],
  ["an unknown function", "$filter=explode(name)"],
  ["an unknown link", "$expand=Robots"],
  ["an unknown link in an expansion of nothing", "$filter=id eq -1&$expand=Datastreams($expand=Robots)"],
  ["a forged token", "$skiptoken=e30"],
  ["a token that is no token", "$skiptoken=%00"],
  ["arrays of Things", "$resultFormat=dataArray"],
  ["a path through Observations", "$filter=Datastreams/Observations/result gt 3"],
  ["six levels", "$expand=Datastreams/Thing/Datastreams/Thing/Datastreams/Thing"],
])("req/request-data/query-status-code: %s is 400 and says where", async (_name, query) => {
  const answer = await sta.get(`/Things?${query}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/problem+json; charset=utf-8"]);
  expect(String(answer.json["detail"])).toContain("$");
});

test("a result as CSV, GeoJSON and arrays", async () => {
  const csv = await sta.get(`${observations}?$top=2&$select=phenomenonTime,result&$resultFormat=CSV`);
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.text).toBe("phenomenonTime,result\r\n2026-10-20T00:00:00.000Z,0\r\n2026-10-20T00:01:00.000Z,10\r\n");
  const { json } = await sta.get(`/Things?$filter=id eq ${station.thing}&$expand=Locations&$resultFormat=GeoJSON`);
  expect(json).toMatchObject({ type: "FeatureCollection", features: [{ geometry: { type: "Point" } }] });
});
