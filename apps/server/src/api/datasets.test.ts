import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { datasetItem, rowReceipt, type DatasetItem, type Health, type RowReceipt } from "@ioc/contracts";
import { temporaryFolder, until } from "@ioc/testkit";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

const danang = resolve(import.meta.dirname, "../../../../fixtures/danang");
const columns = `
    - { id: id, type: string, key: true }
    - { id: at, type: datetime }
    - { id: count, type: integer }
    - { id: location, type: geo-point }
    - { id: level, type: category, values: [{ id: low, name: { vi: thấp, en: low } }, { id: high, name: { vi: cao, en: high } }] }`;
const dataset = (id: string, more: string, name = id) => `- id: ${id}
  name: { vi: ${name}, en: ${id} }
  group: tests
  publisher: ioc
  frequency: P1D
  licence: NONE
  source: { vi: Tự đặt, en: Invented }
  ${more.replaceAll("; ", "\n  ")}
  columns:${columns}
`;
const definitions = [
  dataset("open-rows", "classification: open; origin: sent", "Hàng mở"),
  dataset("agreed-rows", "classification: conditional; origin: sent"),
  dataset("closed-rows", "classification: closed; origin: sent"),
  dataset("pack-rows", "classification: open; origin: pack; rows: pack.csv; synthetic: true"),
  ...["station-registry", "warning-log"].map((id) => ownDefinition(id)),
].join("");

/** The definition of the model city, so that what the program brings is what its pack asks for. */
function ownDefinition(id: string): string {
  const files = ["geography", "it-security"].map((name) => readFileSync(join(danang, `datasets/${name}.yaml`), "utf8"));
  const found = files.flatMap((text) => text.split(/^(?=- id: )/m)).find((text) => text.startsWith(`- id: ${id}\n`));
  if (found === undefined) throw new Error(`the pack has no dataset ${id}`);
  return found;
}

const folder = temporaryFolder();
const packDir = join(folder.path, "danang");
let server: Awaited<ReturnType<typeof startTestServer>>;
const withKey = { Authorization: `Bearer ${testKey}` };

function writePackRows(text: string): void {
  writeFileSync(join(packDir, "datasets/rows/pack.csv"), text);
}

beforeAll(async () => {
  cpSync(danang, packDir, { recursive: true });
  // Scenarios lie beside the pack; statistics, warnings and forecasts, which read other datasets, are of no importance here.
  for (const part of ["datasets", "statistics", "warnings", "forecasts"])
    rmSync(join(packDir, part), { recursive: true });
  mkdirSync(join(packDir, "datasets/rows"), { recursive: true });
  writeFileSync(join(packDir, "datasets/tests.yaml"), definitions);
  writePackRows('id,at,count,location,level\na,2026-10-22T09:00:00+07:00,1,"[108.2,16.06]",low\nb,,,,\n');
  server = await startTestServer({ IOC_CITY: packDir });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const put = async (id: string, rows: unknown, more: object = {}): Promise<RowReceipt> => {
  const answer = await server.call(`/api/v1/datasets/${id}/rows`, { rows, ...more });
  expect(answer.status, answer.text).toBe(200);
  return rowReceipt.parse(answer.json());
};
const rowsOf = async (id: string, headers = {}) => {
  const answer = await server.call(`/api/v1/datasets/${id}/rows`, undefined, headers);
  expect(answer.status, answer.text).toBe(200);
  return answer.json() as { items: Record<string, unknown>[]; total: number; next?: string };
};
const itemOf = async (id: string): Promise<DatasetItem> =>
  datasetItem.strict().parse((await server.call(`/api/v1/datasets/${id}`)).json());

test("datasets are listed with what is held of them, found by group and by name without accents", async () => {
  const all = (await server.call("/api/v1/datasets")).json() as { items: DatasetItem[]; total: number };
  expect(all.items.map(({ id }) => id)).toEqual([
    "open-rows",
    "agreed-rows",
    "closed-rows",
    "pack-rows",
    "station-registry",
    "warning-log",
  ]);
  expect(all.items.find(({ id }) => id === "pack-rows")).toMatchObject({ count: 2, madeUp: true, group: "tests" });
  const found = async (query: string) =>
    ((await server.call(`/api/v1/datasets?${query}`)).json() as { items: DatasetItem[] }).items.map(({ id }) => id);
  expect(await found("q=hang%20mo")).toEqual(["open-rows"]);
  expect(await found("group=geography")).toEqual(["station-registry"]);
  expect(await found("limit=1&offset=1")).toEqual(["agreed-rows"]);
  expect(await itemOf("closed-rows")).toMatchObject({ count: 0, updatedAt: null, classification: "closed" });
});

test("rows that are sent are there, each refused one told with its place and what would be right", async () => {
  const row = { id: "x", at: "2026-10-22T02:00:00Z", count: 3, location: [108.2, 16.06], level: "low" };
  const receipt = await put("open-rows", [
    row,
    { ...row, id: "y", level: "mid" },
    { ...row, id: null },
    { id: "z" },
    "row",
  ]);
  expect(receipt).toMatchObject({
    received: 5,
    stored: 2,
    refused: 3,
    problems: [
      { index: 1, column: "level", reason: "unknown-value", message: "use one of: low, high" },
      { index: 2, column: "id", reason: "missing-key" },
      { index: 4, column: null, reason: "wrong-type" },
    ],
  });
  expect(await put("open-rows", [row])).toMatchObject({ stored: 0, unchanged: 1 });
  const { items, total } = await rowsOf("open-rows");
  expect(total).toBe(2);
  expect(items).toEqual([
    { ...row, at: "2026-10-22T09:00:00+07:00" },
    { id: "z", at: null, count: null, location: null, level: null },
  ]);
  const { updatedAt, madeUp } = await itemOf("open-rows");
  expect(Math.abs((updatedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(madeUp).toBe(false);
  await put("open-rows", [{ id: "made-up" }], { synthetic: true });
  expect((await itemOf("open-rows")).madeUp).toBe(true);
});

test("pages lead to each other", async () => {
  await put(
    "agreed-rows",
    Array.from({ length: 25 }, (_, n) => ({ id: `đường ${String(n).padStart(2, "0")}`, count: n })),
  );
  const counts: unknown[] = [];
  let next: string | undefined = "/api/v1/datasets/agreed-rows/rows?limit=10";
  while (next !== undefined) {
    const answer = await server.call(next, undefined, withKey);
    const page = answer.json() as { items: { count: number }[]; total: number; next?: string };
    expect(page.total).toBe(25);
    counts.push(...page.items.map(({ count }) => count));
    next = page.next;
  }
  expect(counts).toEqual(Array.from({ length: 25 }, (_, n) => n));
});

describe("who may do what", () => {
  test("open rows are for everybody, agreed ones for who has a key, closed ones for nobody", async () => {
    const ask = async (id: string, headers = {}) => {
      const { status, headers: told, text } = await server.call(`/api/v1/datasets/${id}/rows`, undefined, headers);
      return { status, cache: told.get("cache-control"), text };
    };
    expect(await ask("open-rows")).toMatchObject({ status: 200, cache: "no-cache" });
    expect(await ask("agreed-rows")).toMatchObject({ status: 401, cache: "no-store" });
    expect(await ask("agreed-rows", { Authorization: "Bearer wrong" })).toMatchObject({ status: 401 });
    expect(await ask("agreed-rows", withKey)).toMatchObject({ status: 200, cache: "no-store" });
    expect(await ask("agreed-rows", { "X-API-Key": testKey })).toMatchObject({ status: 200 });
    await put("closed-rows", [{ id: "secret-person" }]);
    expect((await itemOf("closed-rows")).count).toBe(1);
    for (const headers of [{}, withKey]) {
      const closed = await ask("closed-rows", headers);
      expect(closed.status).toBe(403);
      expect(JSON.parse(closed.text)).toMatchObject({
        type: "/api/docs#not-released",
        detail: expect.stringContaining("closed") as string,
      });
      expect(closed.text).not.toContain("secret-person");
    }
  });

  test("writing needs a key, and only rows of origin `sent` are taken", async () => {
    const without = await server.send("POST", "/api/v1/datasets/open-rows/rows", { rows: [] });
    expect(without.status).toBe(401);
    for (const id of ["pack-rows", "station-registry", "warning-log"]) {
      const refused = await server.call(`/api/v1/datasets/${id}/rows`, { rows: [{ id: "a" }] });
      expect(refused.status).toBe(409);
      expect(refused.json()).toMatchObject({ type: "/api/docs#conflict" });
    }
    expect((await itemOf("pack-rows")).count).toBe(2);
  });
});

describe("hostile input", () => {
  test.each([
    "none",
    "constructor",
    "__proto__",
    "open-rows'; DROP TABLE dataset; --",
    'rows_open-rows"',
    "%00",
    "../open-rows",
    "x".repeat(3000),
  ])("a dataset that is not there: %.40s", async (id) => {
    const address = `/api/v1/datasets/${encodeURIComponent(id)}`;
    for (const path of [address, `${address}/rows`]) expect((await server.call(path)).status).toBe(404);
    expect((await server.call(`${address}/rows`, { rows: [] })).status).toBe(404);
  });

  test.each([
    "after=x",
    "after=",
    `after=${Buffer.from('["a","b"]').toString("base64url")}`,
    `after=${Buffer.from("[null]").toString("base64url")}`,
    `after=${Buffer.from('[{"toString":1}]').toString("base64url")}`,
    "after=a&after=b",
    `after=${"A".repeat(8001)}`,
    "limit=0",
    "limit=5001",
    "limit=1e9",
    "limit=abc",
  ])("a page that is not there: %.60s", async (query) => {
    const answer = await server.call(`/api/v1/datasets/open-rows/rows?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({
      errors: [{ path: expect.stringMatching(/^query\.(after|limit)$/) as string }],
    });
  });

  test.each([
    ["no rows", {}],
    ["rows that are no list", { rows: { id: "a" } }],
    ["too many rows", { rows: Array.from({ length: 5001 }, (_, n) => ({ id: String(n) })) }],
    ["synthetic that is no truth value", { rows: [], synthetic: "yes" }],
    ["a list", []],
  ])("a body with %s", async (_name, body) => {
    expect((await server.call("/api/v1/datasets/open-rows/rows", body)).status).toBe(400);
  });

  test("bodies that are broken or too large are refused as everywhere", async () => {
    expect((await server.call("/api/v1/datasets/open-rows/rows", '{"rows":[')).status).toBe(400);
    const large = `{"rows":["${" ".repeat(17 * 2 ** 20)}"]}`;
    expect((await server.call("/api/v1/datasets/open-rows/rows", large)).status).toBe(413);
    const form = await server.call("/api/v1/datasets/open-rows/rows", "a=1", { "Content-Type": "text/plain" });
    expect(form.status).toBe(415);
  });

  test("rows of any shape are refused one by one, and change nothing else", async () => {
    const before = await rowsOf("open-rows");
    const nested = JSON.parse(`${"[".repeat(2000)}${"]".repeat(2000)}`) as unknown;
    const receipt = await server.call(
      "/api/v1/datasets/open-rows/rows",
      `{"rows":[{"id":"p","__proto__":{"count":9}},{"id":"q","constructor":{"prototype":{"polluted":1}}},{"id":"r","count":1e999},
        {"id":"s","count":"1; DROP TABLE dataset"},{"id":"t","location":${JSON.stringify(nested)}},{"id":{"$gt":""}},
        {"id":"u","unknown":1},{"id":"v","level":"${"x".repeat(5000)}"},{"id":"${"k".repeat(201)}"},[],null,true]}`,
    );
    expect(receipt.json()).toMatchObject({ received: 12, stored: 0, refused: 12 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(await rowsOf("open-rows")).toEqual(before);
  });

  test("values that are SQL are values", async () => {
    const id = "'); DROP TABLE dataset; --";
    expect(await put("agreed-rows", [{ id }])).toMatchObject({ stored: 1 });
    expect((await rowsOf("agreed-rows", withKey)).items.map((row) => row["id"])).toContain(id);
  });

  test("other methods are told what there is", async () => {
    for (const method of ["PUT", "DELETE"] as const) {
      const refused = await server.send(method, "/api/v1/datasets/open-rows/rows", {}, withKey);
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, POST"]);
    }
    const preflight = await fetch(`${server.url}/api/v1/datasets/open-rows/rows`, { method: "OPTIONS" });
    expect(preflight.headers.get("access-control-allow-methods")).toBe("GET, HEAD");
  });
});

test("the stations of the city are rows, with those whose place is made up told as such", async () => {
  const { items } = await until("the stations to be written", 20_000, async () => {
    const rows = await rowsOf("station-registry");
    return rows.total === 524 && rows;
  });
  const station = (await server.call(`/api/v1/stations/${String(items[0]?.["station_id"])}`)).json() as {
    name: { vi: string };
    lon: number;
    lat: number;
    kind: string;
  };
  expect(items[0]).toMatchObject({
    kind: station.kind,
    name_vi: station.name.vi,
    location: [station.lon, station.lat],
    status: "active",
    installed_on: null,
  });
  expect(items.every(({ owner, period_s: period }) => typeof owner === "string" && Number(period) > 0)).toBe(true);
  expect(await itemOf("station-registry")).toMatchObject({ count: 524, madeUp: true });
});

test("health has a part of its own", async () => {
  const { parts } = (await server.call("/api/v1/health")).json() as Health;
  expect(parts["datasets"]).toEqual({ status: "ok" });
});
