import { once } from "node:events";
import { request } from "node:http";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { StoreUnavailable, type ObservationReader, type ObservationRecord } from "@ioc/observations";
import { serveExports, specOf, T0 } from "./serve-exports.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const specs = [specOf("wx-1:temp"), specOf("wx-1:rain", "mm"), specOf("odd:name", 'a "b", c')];

function record(datastream: string, minute: number, result: number | null, more: Partial<ObservationRecord> = {}) {
  const time = T0 + minute * MINUTE;
  const plain = { datastream, phenomenonTime: time, resultTime: time, result, quality: 1, reasons: [] } as const;
  return { ...plain, ...more };
}

/** Answers pages and rollups from plain lists. `pages` counts the pages that were read. */
function listed(records: readonly ObservationRecord[], hours: readonly [id: string, hour: number, sum: number][] = []) {
  const asked = { pages: 0 };
  const reader: Pick<ObservationReader, "page" | "rollups"> = {
    page({ datastreams, from, to, after, limit, validOnly }) {
      asked.pages++;
      const found = records.filter(
        (one) =>
          datastreams.includes(one.datastream) &&
          one.phenomenonTime > Math.max(from, after?.phenomenonTime ?? -Infinity) &&
          one.phenomenonTime <= to &&
          (!validOnly || (one.quality <= 2 && one.result !== null)),
      );
      return Promise.resolve(found.slice(0, limit));
    },
    rollups({ datastreams, from, to, width }) {
      const size = width === "1d" ? 24 * HOUR : HOUR;
      const ends = new Map<number, number>();
      for (const [id, hour, sum] of hours) {
        const end = Math.ceil((T0 + hour * HOUR) / size) * size;
        if (id === datastreams[0] && end > from && end <= to) ends.set(end, (ends.get(end) ?? 0) + sum);
      }
      const [time, sum] = [[...ends.keys()], [...ends.values()]];
      const datastream = time.map(() => datastreams[0] ?? "");
      return Promise.resolve({ datastream, time, count: time.map(() => 2), sum, min: sum, max: sum, last: sum });
    },
  };
  return { ...reader, asked };
}

const some = [
  record("wx-1:temp", 1, 20.5),
  record("wx-1:temp", 2, null, { quality: 9 }),
  record("wx-1:temp", 3, -999, { quality: 4, reasons: ["range", "late"], resultTime: T0 + 5 * MINUTE + 120 }),
  record("wx-1:rain", 1, 0.2),
  record("odd:name", 1, -1),
];

test("CSV: names, units, times with the city's offset, quotes where needed", async () => {
  await using server = await serveExports(listed(some), specs);
  const answer = await fetch(`${server.url}/observations.csv?station=wx-1`);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="observations-wx-1.csv"');
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await answer.text()).toBe(
    [
      "datastream,station,property,unit,phenomenonTime,result,quality,reasons,resultTime",
      "wx-1:temp,wx-1,temp,Cel,2026-10-01T07:01:00+07:00,20.5,1,,2026-10-01T07:01:00+07:00",
      "wx-1:temp,wx-1,temp,Cel,2026-10-01T07:02:00+07:00,,9,,2026-10-01T07:02:00+07:00",
      "wx-1:temp,wx-1,temp,Cel,2026-10-01T07:03:00+07:00,-999,4,range late,2026-10-01T07:05:00.120+07:00",
      "wx-1:rain,wx-1,rain,mm,2026-10-01T07:01:00+07:00,0.2,1,,2026-10-01T07:01:00+07:00",
      "",
    ].join("\r\n"),
  );
  const odd = await (await fetch(`${server.url}/observations.csv?datastream=odd:name&bom=true`)).arrayBuffer();
  expect(new Uint8Array(odd).slice(0, 3)).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf));
  expect(new TextDecoder().decode(odd)).toContain('odd:name,odd,name,"a ""b"", c",2026-10-01T07:01:00+07:00,-1,1,,');
});

test("the filters: datastreams, property, span, quality", async () => {
  await using server = await serveExports(listed(some), specs);
  const lines = async (query: string) => {
    const text = await (await fetch(`${server.url}/observations.ndjson?${query}`)).text();
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { result: number | null }).result);
  };
  expect(await lines("datastream=wx-1:rain&datastream=wx-1:temp")).toEqual([0.2, 20.5, null, -999]);
  expect(await lines("datastream=wx-1:rain,odd:name")).toEqual([0.2, -1]);
  expect(await lines("property=temp&quality=valid")).toEqual([20.5]);
  expect(await lines("kind=k&from=2026-10-01T00:01:00Z&to=2026-10-01T00:02:00Z")).toEqual([null]);
  expect(await lines("property=temp&to=9999-01-01T00:00:00Z")).toHaveLength(3);
  expect(await lines("property=temp&from=2030-01-01T00:00:00Z")).toEqual([]);
});

test("NDJSON: one object a line, with everything that is known of the reading", async () => {
  await using server = await serveExports(listed(some), specs);
  const answer = await fetch(`${server.url}/observations.ndjson?property=temp`);
  expect(answer.headers.get("content-type")).toContain("application/x-ndjson");
  const lines = (await answer.text()).split("\n");
  expect(lines).toHaveLength(4);
  expect(JSON.parse(lines[2] ?? "")).toEqual({
    datastream: "wx-1:temp",
    station: "wx-1",
    property: "temp",
    unit: "Cel",
    phenomenonTime: "2026-10-01T07:03:00+07:00",
    result: -999,
    quality: 4,
    reasons: ["range", "late"],
    resultTime: "2026-10-01T07:05:00.120+07:00",
  });
});

test("Parquet: another reader finds the same rows, in groups of bounded size", async () => {
  const many = Array.from({ length: 120_000 }, (_, i) =>
    record("wx-1:temp", i + 1, i % 7 === 0 ? null : (i % 300) / 10),
  );
  await using server = await serveExports(listed([...many, ...some.slice(3)]), specs);
  const answer = await fetch(`${server.url}/observations.parquet?station=wx-1`);
  expect(answer.headers.get("content-type")).toBe("application/vnd.apache.parquet");
  const file = await answer.arrayBuffer();
  expect(parquetMetadata(file).row_groups.map((group) => Number(group.num_rows))).toEqual([50_000, 50_000, 20_001]);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(120_001);
  expect(rows[12]).toEqual({
    datastream: "wx-1:temp",
    station: "wx-1",
    property: "temp",
    unit: "Cel",
    phenomenonTime: new Date(T0 + 13 * MINUTE),
    result: 1.2,
    quality: 1,
    reasons: "",
    resultTime: new Date(T0 + 13 * MINUTE),
  });
  expect(rows.map((row) => row["result"])).toEqual([...many.map((one) => one.result), 0.2]);
  expect(rows.slice(0, 120_000).map((row) => (row["phenomenonTime"] as Date).getTime())).toEqual(
    many.map((one) => one.phenomenonTime),
  );
});

test("an export without any row is still a file of its kind", async () => {
  await using server = await serveExports(listed([]), specs);
  const get = async (ending: string) => (await fetch(`${server.url}/observations.${ending}?kind=k`)).arrayBuffer();
  expect(new TextDecoder().decode(await get("csv"))).toMatch(/^datastream,[^\n]+\r\n$/);
  expect((await get("ndjson")).byteLength).toBe(0);
  const file = await get("parquet");
  expect(parquetMetadata(file).num_rows).toBe(0n);
  expect(parquetMetadata(file).schema.map((one) => one.name)).toContain("phenomenonTime");
});

test("rollups: every bucket once, also over long holes", async () => {
  const hours = [1, 2, 30, 31, 9001, 9002].map((hour) => ["wx-1:rain", hour, hour] as [string, number, number]);
  await using server = await serveExports(listed([], hours), specs);
  const text = await (await fetch(`${server.url}/observations.csv?property=rain&resolution=1h`)).text();
  const [header, first, ...rest] = text.trim().split("\r\n");
  expect(header).toBe("datastream,station,property,unit,bucketEnd,count,mean,sum,min,max,last");
  expect(first).toBe("wx-1:rain,wx-1,rain,mm,2026-10-01T08:00:00+07:00,2,0.5,1,1,1,1");
  expect(rest.map((line) => Number(line.split(",")[7]))).toEqual([2, 30, 31, 9001, 9002]);
  const span = "from=2026-10-01T02:00:00Z&to=2026-10-02T06:00:00Z";
  const part = await (await fetch(`${server.url}/observations.ndjson?property=rain&resolution=1h&${span}`)).text();
  expect(
    part
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { sum: number }).sum),
  ).toEqual([30]);
  const file = await (await fetch(`${server.url}/observations.parquet?property=rain&resolution=1d`)).arrayBuffer();
  const days = await parquetReadObjects({ file });
  expect(days.map((day) => [day["sum"], day["count"], day["mean"]])).toEqual([
    [3, 2n, 1.5],
    [61, 2n, 30.5],
    [18_003, 2n, 9001.5],
  ]);
});

test.each([
  ["", 400, "name datastreams, or `station`"],
  ["quality=valid", 400, "name datastreams, or `station`"],
  ["datastream=no:such", 404, "no datastream no:such"],
  ["station=nowhere", 404, "no station nowhere"],
  ["kind=none", 404, "No datastream fits"],
  ["kind=k&resolution=2h", 400, "query.resolution"],
  ["kind=k&kind=l", 400, "query.kind"],
  ["kind=k&from=yesterday", 400, "query.from"],
  ["kind=k&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", 400, "later than `from`"],
])("%s is refused with %d", async (query, status, told) => {
  await using server = await serveExports(listed(some), specs);
  const answer = await fetch(`${server.url}/observations.csv?${query}`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(await answer.text()).toContain(told);
});

test("HEAD reads nothing; other methods are refused; the rate is limited", async () => {
  const reader = listed(some);
  await using server = await serveExports(reader, specs, 1);
  const head = await fetch(`${server.url}/observations.csv?kind=k`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(reader.asked.pages).toBe(0);
  const post = await fetch(`${server.url}/observations.csv`, { method: "POST" });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET"]);
  let status = 200;
  for (let i = 0; i < 12 && status === 200; i++) status = (await fetch(`${server.url}/observations.csv?kind=k`)).status;
  expect(status).toBe(429);
});

test("a fault before the first row is a problem, a later one breaks the answer off", async () => {
  const failing = (pages: number): Partial<ObservationReader> => ({
    page() {
      if (pages-- === 0) return Promise.reject(new StoreUnavailable("the disk is gone"));
      return Promise.resolve(Array.from({ length: 5000 }, (_, i) => record("wx-1:temp", i, 1)));
    },
  });
  await using early = await serveExports(failing(0), specs);
  const answer = await fetch(`${early.url}/observations.ndjson?property=temp`);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-disposition")).toBeNull();
  await using late = await serveExports(failing(3), specs);
  const begun = await fetch(`${late.url}/observations.ndjson?property=temp`);
  expect(begun.status).toBe(200);
  await expect(begun.text()).rejects.toThrow();
});

/** Endless readings; `pages` counts how many pages were asked for, `held` never answers the first. */
function endless(held = false) {
  const asked = { pages: 0 };
  const page = () => {
    asked.pages++;
    if (held) return new Promise<ObservationRecord[]>(() => {});
    const from = asked.pages * 5000;
    return Promise.resolve(Array.from({ length: 5000 }, (_, i) => record("wx-1:temp", from + i, i)));
  };
  return { page, asked };
}

test("a client that takes nothing holds the reading back; when it goes, the reading ends", async () => {
  const reader = endless();
  await using server = await serveExports(reader, specs);
  const asked = request(`${server.url}/observations.csv?property=temp`).end();
  const [answer] = (await once(asked, "response")) as [NodeJS.ReadableStream & { destroy(): void }];
  // Rounds of other requests until the sockets' buffers are full and no further page is read.
  let before = -1;
  while (reader.asked.pages !== before) {
    before = reader.asked.pages;
    for (let i = 0; i < 50; i++) await (await fetch(`${server.url}/observations.csv?kind=none`)).text();
  }
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(100);
  answer.destroy();
  for (let i = 0; i < 50; i++) await (await fetch(`${server.url}/observations.csv?kind=none`)).text();
  const after = reader.asked.pages;
  for (let i = 0; i < 50; i++) await (await fetch(`${server.url}/observations.csv?kind=none`)).text();
  expect(reader.asked.pages).toBe(after);
  expect(after).toBeLessThanOrEqual(before + 1);
});

test("only so many exports run at a time, and their places become free", async () => {
  const reader = endless();
  await using server = await serveExports(reader, specs);
  const address = `${server.url}/observations.csv?property=temp`;
  const open = await Promise.all(Array.from({ length: 4 }, () => fetch(address)));
  expect(open.map((one) => one.status)).toEqual([200, 200, 200, 200]);
  const fifth = await fetch(address);
  expect([fifth.status, fifth.headers.get("retry-after")]).toEqual([429, "10"]);
  await Promise.all(open.map((one) => one.body?.cancel()));
  let next = await fetch(address);
  for (let i = 0; i < 1000 && next.status === 429; i++) next = await fetch(address);
  expect(next.status).toBe(200);
  await next.body?.cancel();
});
