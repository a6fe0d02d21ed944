import { join } from "node:path";
import { calendarOf } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { openResultStore } from "./result-store.ts";
import type { NewResult } from "./result-store.ts";
import { ResultRetention } from "./retention.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const T = Date.parse("2026-10-22T02:00:00Z");
const page = { limit: 5000, offset: 0 };

function result(at: number, value: number | null, more: Partial<NewResult> = {}): NewResult {
  const window = { from: at - hour, to: at };
  return { statistic: "rain", at, value, asOf: T, coverage: 0.9, status: "ok", window, ...more };
}

function openTemporary() {
  const folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  let db = openDatabase(file);
  return {
    store: openResultStore(db),
    reopened() {
      db.close();
      db = openDatabase(file);
      return openResultStore(db);
    },
    database: () => db,
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

test("a headline is kept when it differs from the one before in more than the times of calculation and window", async () => {
  using city = openTemporary();
  const { store } = city;
  expect(await store.append([result(T, 1), result(T + minute, 1), result(T + 2 * minute, 2)])).toBe(2);
  expect(await store.append([result(T + 3 * minute, 2)])).toBe(0);
  expect(await store.append([result(T + 4 * minute, 2, { asOf: T + minute })])).toBe(1);
  expect(await store.append([result(T + 5 * minute, 2, { asOf: T + minute, coverage: 0.8 })])).toBe(1);
  expect(await store.append([result(T + 6 * minute, null, { status: "insufficient" })])).toBe(1);
  // Compared with what is kept of the same statistic, after a restart too.
  expect(await store.append([result(T + 6 * minute, 7, { statistic: "wind" })])).toBe(1);
  const again = city.reopened();
  expect(await again.append([result(T + 7 * minute, null, { status: "insufficient" })])).toBe(0);
  expect(await again.append([result(T + 8 * minute, 7, { statistic: "wind" })])).toBe(0);
  const { items, total } = await again.list("rain", page);
  expect(total).toBe(5);
  expect(items.map(({ at, value }) => [(at - T) / minute, value])).toEqual([
    [6, null],
    [5, 2],
    [4, 2],
    [2, 2],
    [0, 1],
  ]);
  expect(items[4]).toEqual({
    at: T,
    value: 1,
    asOf: T,
    coverage: 0.9,
    status: "ok",
    window: { from: T - hour, to: T },
  });
});

test("a history is read in pages, by span, and as of an instant", async () => {
  using city = openTemporary();
  const { store } = city;
  await store.append([0, 1, 2, 3].map((n) => result(T + n * minute, n)));
  const valuesOf = async (filter: object) =>
    (await store.list("rain", { ...page, ...filter })).items.map((r) => r.value);
  expect(await valuesOf({ limit: 2, offset: 1 })).toEqual([2, 1]);
  expect(await valuesOf({ from: T + minute, to: T + 3 * minute })).toEqual([2, 1]);
  expect((await store.list("rain", { from: T + minute, limit: 1, offset: 0 })).total).toBe(3);
  expect(await store.list("none", page)).toEqual({ items: [], total: 0 });
  expect((await store.at("rain", T + 2 * minute + 1))?.value).toBe(2);
  expect((await store.at("rain", T + 2 * minute))?.value).toBe(2);
  expect(await store.at("rain", T - 1)).toBeNull();
});

test("two results of one instant leave the later one, and a failed append leaves nothing", async () => {
  using city = openTemporary();
  const { store } = city;
  await store.append([result(T, 1), result(T, 2)]);
  await store.append([result(T, 3)]);
  expect((await store.list("rain", page)).items.map(({ value }) => value)).toEqual([3]);
  const broken = { ...result(T + 2 * minute, 5), status: null } as unknown as NewResult;
  await expect(store.append([result(T + minute, 4), broken])).rejects.toThrow(/NOT NULL/);
  expect((await store.list("rain", page)).total).toBe(1);
  // What was not kept is not taken for kept.
  expect(await store.append([result(T + minute, 4)])).toBe(1);
});

test("of a span only the last result of each statistic stays, of what is forgotten the one that was in force", async () => {
  using city = openTemporary();
  const { store } = city;
  const winds = [5, 25].map((n) => result(T + n * minute, n, { statistic: "wind" }));
  await store.append([...[0, 10, 20, 30, 40].map((n) => result(T + n * minute, n)), ...winds]);
  await store.keepLast(T + 10 * minute, T + 40 * minute);
  const valuesOf = async (id: string) => (await store.list(id, page)).items.map(({ value }) => value);
  expect(await valuesOf("rain")).toEqual([40, 30, 0]);
  expect(await valuesOf("wind")).toEqual([25, 5]);
  await store.forget(T + 40 * minute);
  expect(await valuesOf("rain")).toEqual([40, 30]);
  expect(await valuesOf("wind")).toEqual([25]);
  expect(await store.oldest()).toBe(T + 25 * minute);
});

test("all for eight days, then the last of each local hour, after sixty days of each local day, after two years nothing", async () => {
  using city = openTemporary();
  const { store } = city;
  const calendar = calendarOf("Asia/Ho_Chi_Minh");
  // Two results an hour of four days of different age, and one a day far back.
  const now = Date.parse("2026-10-22T05:20:00Z");
  const twice = (start: number) =>
    Array.from({ length: 48 }, (_, half) => result(start + half * 30 * minute + 5 * minute, half));
  const midnight = (daysAgo: number) => calendar.addDays(now, -daysAgo);
  const ages = [900, 800, 100, 30, 5];
  for (const age of ages) await store.append(twice(midnight(age)));
  const retention = new ResultRetention(store, calendar);
  for (let second = 0; second < 200; second++) await retention.step(now);
  const kept = async (daysAgo: number) =>
    (await store.list("rain", { ...page, from: midnight(daysAgo), to: midnight(daysAgo - 1) })).items;
  expect(await kept(900)).toEqual([]);
  // The last that is older than two years was in force from then on.
  expect((await kept(800)).map(({ value }) => value)).toEqual([47]);
  expect((await kept(100)).map(({ value }) => value)).toEqual([47]);
  // 00:05 and 00:35 of each hour: 00:35 stays.
  expect((await kept(30)).map(({ value }) => value)).toEqual(Array.from({ length: 24 }, (_, i) => 47 - 2 * i));
  expect(await kept(5)).toHaveLength(48);

  // The same retention goes on as time passes: three days later the day five days ago is eight days old.
  for (let second = 0; second < 20; second++) await retention.step(now + 3 * day);
  const left = await kept(5);
  // 12:20 in the city: the hours before noon have ended more than eight days ago.
  expect(left.filter(({ at }) => at < midnight(5) + 12 * hour)).toHaveLength(12);
  expect(left.filter(({ at }) => at >= midnight(5) + 12 * hour)).toHaveLength(24);
});

test("a retention with nothing to do asks the store once", async () => {
  using city = openTemporary();
  const calls: string[] = [];
  const store = new Proxy(city.store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return (member as (...args: unknown[]) => unknown).apply(target, given);
      };
    },
  });
  const retention = new ResultRetention(store, calendarOf("Asia/Ho_Chi_Minh"));
  for (let minutes = 0; minutes < 50; minutes++) await retention.step(T + minutes * minute);
  expect(calls).toEqual(["oldest"]);
});
