import { join } from "node:path";
import type { StatisticDefinition } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { openDefinitionStore } from "./definition-store.ts";

const page = { limit: 100, offset: 0 };

function openTemporary() {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  return {
    db,
    store: openDefinitionStore(db),
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

function version(id: string, number: number, note = "") {
  const definition = { id, version: number, name: { vi: "Mưa", en: "Rain" } } as StatisticDefinition;
  return { version: number, at: 1000 * number, by: "duty desk", note, definition };
}

test("the newest version counts until it is taken back, and every version stays", async () => {
  using city = openTemporary();
  const { store } = city;
  await store.save(version("rain", 2, "shorter window"));
  await store.save(version("rain", 3));
  await store.save(version("air", 1));
  const force = async () => (await store.inForce()).map((one) => [one.statistic, one.version]);
  expect(await force()).toEqual([
    ["air", 1],
    ["rain", 3],
  ]);
  expect(await store.withdraw("rain", { at: 9000, by: "lead" })).toBe(true);
  // Version 2 does not come into force again.
  expect(await force()).toEqual([["air", 1]]);
  expect(await store.withdraw("rain", { at: 9001, by: "lead" })).toBe(false);
  expect(await store.withdraw("none", { at: 9001, by: "lead" })).toBe(false);
  expect(await store.highest("rain")).toBe(3);
  expect(await store.highest("none")).toBe(0);
  await store.save(version("rain", 4));
  expect(await force()).toEqual([
    ["air", 1],
    ["rain", 4],
  ]);
  const { items, total } = await store.versions("rain", page);
  expect(total).toBe(3);
  expect(items.map((one) => one.version)).toEqual([4, 3, 2]);
  expect(items[2]).toEqual(version("rain", 2, "shorter window"));
  expect((await store.versions("rain", { limit: 1, offset: 1 })).items.map((one) => one.version)).toEqual([3]);
});

test("a version that is there is neither replaced nor removed", async () => {
  using city = openTemporary();
  await city.store.save(version("rain", 2, "first"));
  await expect(city.store.save(version("rain", 2, "second"))).rejects.toThrow(/UNIQUE/);
  expect((await city.store.versions("rain", page)).items.map(({ note }) => note)).toEqual(["first"]);
  expect(() => city.db.exec("DELETE FROM statistic_definition")).toThrow(/versions of definitions are kept/);
});
