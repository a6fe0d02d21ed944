import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AggregateAnswer, LatestColumns, Problem } from "@ioc/contracts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** 1 March 2026, midnight in Da Nang. */
const T0 = Date.UTC(2026, 1, 28, 17);
const iso = (time: number) => new Date(time).toISOString();
const withKey = { Authorization: `Bearer ${testKey}` };

let server: Awaited<ReturnType<typeof startTestServer>>;
/** Two datastreams of the same property, ten minutes apart for two days, the second 0.5 higher. */
let pair: string[];
const count = 288;
/** Rises by 1 from 10 to 81 and falls back, each in twelve hours. */
const valueOf = (i: number) => 10 + Math.min(i % 144, 143 - (i % 144));
const day = `from=${iso(T0)}&to=${iso(T0 + 24 * HOUR)}`;

beforeAll(async () => {
  server = await startTestServer();
  const list = (await server.call("/api/v1/datastreams?kind=weather&property=rh")).json() as {
    items: { id: string }[];
  };
  pair = list.items.slice(0, 2).map((one) => one.id);
  const observations = pair.flatMap((datastream, s) =>
    Array.from({ length: count }, (_, i) => ({
      datastream,
      phenomenonTime: iso(T0 + (i + 1) * 10 * MINUTE),
      result: valueOf(i) + s / 2,
    })),
  );
  const sent = await server.call("/api/v1/observations", { observations });
  expect(sent.json()).toMatchObject({ stored: 2 * count });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function aggregates(query: string): Promise<AggregateAnswer> {
  const answer = await server.call(`/api/v1/aggregates?${query}`);
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  return answer.json() as AggregateAnswer;
}

test("several datastreams on one time axis, each by itself", async () => {
  const table = await aggregates(
    `datastream=${pair[0]}&datastream=${pair[1]}&${day}&functions=mean,max,p50&bucket=PT6H`,
  );
  expect(table).toMatchObject({ from: T0, to: T0 + 24 * HOUR, bucket: "PT6H", exact: true });
  expect(table.time).toEqual([6, 12, 18, 24].map((hour) => T0 + hour * HOUR));
  expect(table.series.map((one) => [one.datastream, one.unit])).toEqual(pair.map((id) => [id, "%"]));
  expect(table.series[0]?.values).toEqual({
    mean: [27.5, 63.5, 63.5, 27.5],
    max: [45, 81, 81, 45],
    p50: [27.5, 63.5, 63.5, 27.5],
  });
  expect(table.series[1]?.values["max"]).toEqual([45.5, 81.5, 81.5, 45.5]);
});

test("all of a kind together, in days of the city; a bucket without readings is a gap", async () => {
  const span = `from=${iso(T0 - 24 * HOUR)}&to=${iso(T0 + 48 * HOUR)}`;
  const table = await aggregates(`kind=weather&property=rh&${span}&bucket=P1D&functions=count,mean,last&across=all`);
  expect(table.time).toEqual([0, 24, 48].map((hour) => T0 + hour * HOUR));
  expect(table.series).toEqual([
    { datastream: "*", unit: "%", values: { count: [0, 288, 288], mean: [null, 45.75, 45.75], last: [null, 10, 10] } },
  ]);
});

test.each([
  ["", "query.from"],
  [`${day}`, "query.datastream"],
  [`kind=weather&${day}`, null],
  [`kind=weather&${day}&across=all`, "query.across"],
  [`property=rh&${day}&bucket=PT90S`, "query.bucket"],
  [`property=rh&${day}&bucket=P2D`, "query.bucket"],
  [`property=rh&${day}&bucket=soon`, "query.bucket"],
  [`property=rh&${day}&functions=median`, "query.functions.0"],
  [`property=rh&${day}&functions=p101`, "query.functions.0"],
  [`property=rh&from=${iso(T0)}&to=${iso(T0)}`, "query.to"],
  [`property=rh&from=${iso(0)}&to=${iso(T0)}&bucket=PT1M`, "query.from"],
])("aggregates of %s: refused for %s", async (query, path) => {
  const answer = await server.call(`/api/v1/aggregates?${query}`);
  if (path === null) return expect(answer.status).toBe(200);
  expect(answer.status).toBe(400);
  expect((answer.json() as Problem).errors?.[0]?.path).toBe(path);
});

test("an area narrows the datastreams like the stations", async () => {
  const station = pair[0]?.split(":")[0];
  const { areas } = (await server.call(`/api/v1/stations/${station}`)).json() as { areas: Record<string, string> };
  const scheme = ((await server.call("/api/v1/city")).json() as { scheme: string }).scheme;
  const table = await aggregates(`kind=weather&property=rh&area=${areas[scheme]}&${day}&bucket=P1D&functions=count`);
  expect(table.series.map((one) => one.datastream)).toContain(pair[0]);
  const stations = (await server.call(`/api/v1/stations?area=${areas[scheme]}&kind=weather`)).json() as {
    total: number;
  };
  expect(table.series.length).toBeLessThanOrEqual(stations.total);
  const nowhere = await server.call(`/api/v1/aggregates?property=rh&area=atlantis&${day}`);
  expect(nowhere.status).toBe(404);
});

test("thinned readings of a history keep to the points and say so", async () => {
  const span = `from=${iso(T0)}&to=${iso(T0 + 48 * HOUR)}`;
  for (const reduce of ["minmax", "lttb"]) {
    const answer = await server.call(`/api/v1/observations?datastream=${pair[0]}&${span}&points=50&reduce=${reduce}`);
    const series = answer.json() as { resolution: string; reduction: string; time: number[]; value: number[] };
    expect(series).toMatchObject({ resolution: "raw", reduction: reduce });
    expect(series.time.length).toBeLessThanOrEqual(50);
    expect(series.time.length).toBeGreaterThan(20);
    expect(Math.max(...series.value)).toBe(81);
  }
});

test("the newest value of everything, as columns, unchanged until something changes", async () => {
  const first = await server.call("/api/v1/latest?kind=weather&property=rh");
  const columns = first.json() as LatestColumns;
  expect(columns.datastream.toSorted()).toEqual(pair.toSorted());
  expect(columns.time).toEqual([T0 + 48 * HOUR, T0 + 48 * HOUR]);
  expect(columns.value.toSorted()).toEqual([10, 10.5]);
  const etag = first.headers.get("etag") ?? "";
  const again = request(`${server.url}/api/v1/latest?kind=weather&property=rh`, {
    headers: { "If-None-Match": etag },
  }).end();
  const [unchanged] = (await once(again, "response")) as [IncomingMessage];
  unchanged.resume();
  expect(unchanged.statusCode).toBe(304);
  const newer = { datastream: pair[1], phenomenonTime: iso(T0 + 49 * HOUR), result: 50 };
  await server.call("/api/v1/observations", { observations: [newer] });
  const changed = await server.call(`/api/v1/latest?datastream=${pair[1]}`);
  expect(changed.json()).toEqual({
    datastream: [pair[1]],
    time: [T0 + 49 * HOUR],
    value: [50],
    quality: [expect.any(Number)],
  });
  expect((await server.call("/api/v1/latest?kind=weather&property=rh")).headers.get("etag")).not.toBe(etag);
});

interface Page {
  items: { datastream: string; phenomenonTime: number; result: number; resultTime: number }[];
  next?: string;
}

test.each(["asc", "desc"])(
  "pages of single readings lead to each other and hold each reading once (%s)",
  async (order) => {
    const query = `datastream=${pair[0]},${pair[1]}&${day}&order=${order}&limit=77`;
    const times: string[] = [];
    let pages = 0;
    for (let next: string | undefined = `/api/v1/readings?${query}`; next !== undefined; pages++) {
      const page = (await server.call(next)).json() as Page;
      for (const one of page.items) times.push(`${one.phenomenonTime} ${one.datastream}`);
      next = page.next;
    }
    expect(pages).toBe(4);
    expect(new Set(times).size).toBe(288);
    const sorted = times.map((one) => Number(one.split(" ")[0]));
    expect(sorted).toEqual(sorted.toSorted((a, b) => (order === "asc" ? a - b : b - a)));
  },
);

test.each(["x", "W10", "WzEsIm5vIl0", "////"])("the cursor %s is refused", async (cursor) => {
  const answer = await server.call(`/api/v1/readings?property=rh&cursor=${encodeURIComponent(cursor)}`);
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ path: "query.cursor" }] });
});

test("what was corrected and removed is kept with who and why, for those who may know it", async () => {
  const id = pair[1];
  const at = T0 + 24 * HOUR;
  await server.call("/api/v1/observations", {
    observations: [{ datastream: id, phenomenonTime: iso(at), result: 33 }],
  });
  const removal = {
    spans: [{ datastream: id, from: iso(at - HOUR), to: iso(at) }],
    reason: "sensor was being cleaned",
  };
  expect((await server.call("/api/v1/observations/removals", removal, { Authorization: "" })).status).toBe(401);
  const removed = await server.call("/api/v1/observations/removals", removal);
  expect(removed.json()).toEqual({ removed: 6, sequence: expect.any(Number) });
  expect((await server.call("/api/v1/observations/removals", removal)).json()).toMatchObject({
    removed: 0,
    sequence: null,
  });
  const left = await aggregates(`datastream=${id}&${day}&bucket=P1D&functions=count`);
  expect(left.series[0]?.values["count"]).toEqual([138]);
  expect((await server.call("/api/v1/corrections")).status).toBe(401);
  const list = (await server.call(`/api/v1/corrections?datastream=${id}`, undefined, withKey)).json() as {
    items: unknown[];
    total: number;
  };
  expect(list.total).toBe(7);
  const removals = list.items.filter((one) => (one as { kind: string }).kind === "removed");
  expect(removals).toHaveLength(6);
  expect(removals[0]).toMatchObject({ datastream: id, by: "http", reason: "sensor was being cleaned", after: null });
  expect(list.items).toContainEqual(
    expect.objectContaining({
      kind: "corrected",
      phenomenonTime: at,
      before: expect.objectContaining({ result: 10.5 }),
      after: expect.objectContaining({ result: 33 }),
    }),
  );
});

test.each([
  [{ spans: [], reason: "x" }, "body.spans"],
  [{ spans: [{ datastream: "no:such", from: iso(T0), to: iso(T0 + 1) }], reason: "x" }, "body.spans.0.datastream"],
  [{ spans: [{ datastream: "", from: iso(T0), to: iso(T0) }], reason: " " }, "body.reason"],
])("a removal that does not fit says where: %#", async (body, path) => {
  const answer = await server.call("/api/v1/observations/removals", body);
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ path }] });
});

test("an export holds what the store holds", async () => {
  const text = (await server.call(`/api/v1/observations.csv?datastream=${pair[0]}&${day}`)).text.trim().split("\r\n");
  expect(text).toHaveLength(1 + 144);
  expect(text[1]).toMatch(new RegExp(`^${pair[0]},.*,rh,%,2026-03-01T00:10:00\\+07:00,10,`));
  const hours = (await server.call(`/api/v1/observations.ndjson?datastream=${pair[0]}&resolution=1h`)).text.trim();
  const sums = hours.split("\n").map((line) => (JSON.parse(line) as { sum: number }).sum);
  expect(sums).toHaveLength(48);
  expect(sums.reduce((a, b) => a + b, 0)).toBe(
    Array.from({ length: count }, (_, i) => valueOf(i)).reduce((a, b) => a + b, 0),
  );
});
