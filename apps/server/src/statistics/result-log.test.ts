import { join } from "node:path";
import { expect, test } from "vitest";
import { calendarOf, type Frame } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openResultStore, ResultRetention } from "@ioc/statistics/store";
import { temporaryFolder } from "@ioc/testkit";
import { createLog } from "../log.ts";
import { createResultLog } from "./result-log.ts";

const T = Date.parse("2026-10-22T02:00:00Z");

function frameAt(seconds: number, value: number): Frame {
  const computedAt = T + seconds * 1000;
  const window = { from: T - 3_600_000, to: computedAt };
  return { statistic: "rain", computedAt, value, asOf: T, coverage: 1, status: "ok", window } as Frame;
}

function openLog() {
  const folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  const db = openDatabase(file);
  const store = openResultStore(db);
  db.pragma("busy_timeout = 0");
  const lines: string[] = [];
  const log = createLog({ format: "text", level: "warn" }, (line) => lines.push(line));
  const retention = new ResultRetention(store, calendarOf("Asia/Ho_Chi_Minh"));
  return {
    lines,
    log: createResultLog({ store, retention, log }),
    values: async () => (await store.list("rain", { limit: 100_000, offset: 0 })).items.map(({ value }) => value),
    /** Holds the file against all other writers, as a backup program may. */
    held() {
      const other = openDatabase(file);
      other.exec("BEGIN EXCLUSIVE");
      return { [Symbol.dispose]: () => (other.exec("ROLLBACK"), void other.close()) };
    },
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

test("what was noted is written by the next step, and by an orderly stop", async () => {
  using city = openLog();
  for (let i = 0; i < 10; i++) city.log.note(frameAt(i, i));
  expect(await city.values()).toEqual([]);
  await city.log.step(T);
  expect(await city.values()).toHaveLength(10);
  // Noted while a step is under way: a part of the next one.
  const under = city.log.step(T);
  city.log.note(frameAt(10, 10));
  await Promise.all([under, city.log.step(T)]);
  city.log.note(frameAt(11, 11));
  await city.log.close();
  expect(await city.values()).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
});

test("while the file cannot be written results wait, in their order", async () => {
  using city = openLog();
  city.log.note(frameAt(0, 0));
  {
    using _lock = city.held();
    await expect(city.log.step(T)).rejects.toThrow(/locked/);
    city.log.note(frameAt(1, 1));
    await expect(city.log.step(T)).rejects.toThrow(/locked/);
  }
  city.log.note(frameAt(2, 2));
  await city.log.step(T);
  expect(await city.values()).toEqual([2, 1, 0]);
  expect(city.lines).toEqual([]);
});

test("what is lost is told: beyond twenty thousand that wait, and at a stop that cannot write", async () => {
  using city = openLog();
  for (let i = 0; i < 20_005; i++) city.log.note(frameAt(i, i));
  {
    using _lock = city.held();
    await expect(city.log.step(T)).rejects.toThrow(/locked/);
    await expect(city.log.close()).rejects.toThrow(
      /^20005 results were not kept: another program holds city\.db; end it or wait until it is done/,
    );
  }
  await city.log.step(T);
  expect((await city.values()).at(-1)).toBe(5);
  expect(city.lines).toEqual([expect.stringContaining("5 results were not kept")]);
});
