import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { frame, listOf, problem, statisticResult, type StationItem } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openResultStore } from "@ioc/statistics/store";
import { until } from "@ioc/testkit";
import { startTestServer } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
/** A flood tower, and when water stood 0.42 m high there. */
let tower: StationItem;
const flooded = Math.floor((Date.now() - 50 * 3_600_000) / 60_000) * 60_000;
const base = "/api/v1/statistics/flood-max-depth";

beforeAll(async () => {
  server = await startTestServer();
  const { items } = (await server.call("/api/v1/stations?kind=street-flood&limit=1")).json() as {
    items: StationItem[];
  };
  tower = items[0] as StationItem;
  const observations = [0.4, 0.41, 0.42, 0.42, 0.42].map((depth, i) => ({
    station: tower.id,
    property: "depth",
    phenomenonTime: new Date(flooded - (4 - i) * 300_000).toISOString(),
    result: depth,
  }));
  expect((await server.call("/api/v1/observations", { observations })).status).toBe(202);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const data = async (query: string) => frame.parse((await server.call(`${base}/data?${query}`)).json());
const iso = (time: number) => encodeURIComponent(new Date(time).toISOString());

test("a view is calculated as of an instant, from what is known today", async () => {
  const there = await data(`at=${iso(flooded)}&subject=${tower.id}`);
  expect(there).toMatchObject({ value: 0.42, status: "ok", asOf: flooded, computedAt: flooded, subject: tower.id });
  // One tower does not speak for the city, but it is its newest reading.
  expect(await data(`at=${iso(flooded)}`)).toMatchObject({ asOf: flooded, computedAt: flooded, group: "city" });
  // Before the water came, and now: nothing is known.
  expect(await data(`at=${iso(flooded - 3_600_000)}`)).toMatchObject({ value: null, status: "empty" });
  expect(await data("")).toMatchObject({ value: null, status: "empty" });
  // An offset is as good as Z.
  const local = new Date(flooded + 7 * 3_600_000).toISOString().replace("Z", "+07:00");
  expect(await data(`at=${encodeURIComponent(local)}`)).toMatchObject({ computedAt: flooded });
});

test.each([
  ["rubbish", /ISO/],
  ["", /ISO/],
  ["2026-10-22", /ISO/],
  ["2026-10-22T09:00:00", /ISO/],
  ["2026-10-22T09:00:00Z&at=2026-10-22T10:00:00Z", /string/],
  ["1999-12-31T23:59:59Z", /must not be before 2000/],
  ["0000-01-01T00:00:00Z", /must not be before 2000/],
  ["9999-12-31T23:59:59Z", /must not be later than the time in the city/],
  [new Date(Date.now() + 180_000).toISOString(), /must not be later than the time in the city/],
])("as of %j is refused", async (at, message) => {
  for (const kind of ["data", "data.csv", "data.svg"]) {
    const answer = await server.call(`${base}/${kind}?at=${at}`);
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.json()).errors?.[0]).toMatchObject({
      path: "query.at",
      message: expect.stringMatching(message) as string,
    });
  }
});

test("a clock that is a little ahead may ask", async () => {
  expect((await server.call(`${base}/data?at=${iso(Date.now() + 30_000)}`)).status).toBe(200);
});

test.each([
  ["group=agency", "query.group"],
  ["group=A%20B", "query.group"],
  ["subject=sf-none", "query.subject"],
  [`subject=${"x".repeat(201)}`, "query.subject"],
])("a view that the statistic does not have is refused: %s", async (query, path) => {
  const answer = await server.call(`${base}/data?${query}`);
  expect(answer.status).toBe(400);
  expect(problem.parse(answer.json()).errors?.[0]?.path).toBe(path);
});

test("the CSV names itself after what is in it, with local times and the day of the window", async () => {
  const answer = await server.call(`${base}/data.csv?lang=vi&subject=${tower.id}&at=${iso(flooded)}`);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="do-sau-ngap-lon-nhat-[a-z0-9-]+_20\d{6}-20\d{6}\.csv"$/,
  );
  const [names = "", units = "", row = ""] = answer.text.split("\r\n");
  expect(names).toContain("Độ sâu ngập");
  expect(names).toContain("số liệu đến,độ phủ chung,trạng thái chung,chất lượng,dữ liệu giả lập,mã thống kê,phiên bản");
  expect(units.split(",")).toHaveLength(names.split(",").length);
  expect(units).toContain("m,");
  expect(row).toMatch(/\+07:00,/);
  expect(row).toMatch(/,false,flood-max-depth,1$/);
});

const results = listOf(statisticResult);
const history = async (query = "") => results.parse((await server.call(`${base}/history${query}`)).json());

test("headlines are kept as they were calculated", async () => {
  const first = await until("the first headline to be kept", 20_000, async () => {
    const found = await history();
    return found.total > 0 && found;
  });
  expect(first.items.at(-1)).toMatchObject({ value: null, status: "empty", asOf: null });
  expect(Math.abs((first.items.at(-1)?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  const before = first.items.at(-1)?.at ?? 0;
  expect((await history(`?to=${iso(before)}`)).total).toBe(0);
  expect((await history(`?from=${iso(before)}&limit=1`)).items).toHaveLength(1);
  expect((await server.call("/api/v1/statistics/none/history")).status).toBe(404);
  expect((await server.call(`${base}/history?from=yesterday`)).status).toBe(400);
});

test("a stop writes what is not written yet, and the next start goes on from there", async () => {
  await using other = await startTestServer();
  const file = join(other.dataDir, "city.db");
  // The engine has calculated by the time that the frame is answered, maybe within this very second.
  expect((await other.call(`${base}/data`)).status).toBe(200);
  await other.running.stop();
  const db = openDatabase(file);
  const kept = await openResultStore(db).list("flood-max-depth", { limit: 10, offset: 0 });
  db.close();
  expect(kept.items).toMatchObject([{ value: null, status: "empty" }]);
});
