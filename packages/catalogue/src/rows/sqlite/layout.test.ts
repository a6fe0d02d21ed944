import { openDatabase } from "@ioc/database";
import { expect, test } from "vitest";
import { definitionOf } from "../../testing.ts";
import { rowsOf, testDatasets } from "../test-datasets.ts";

const put = { synthetic: true, now: 5 };
const key = { id: "id", type: "string", key: true };
const text = { id: "n", type: "string" };
const number = { id: "n", type: "integer" };

test("a new column is added empty, and one that went is there again when it comes back", async () => {
  const first = definitionOf("d", [key, number]);
  await using own = testDatasets([first]);
  await own.datasets.put("d", [{ id: "a", n: 1 }], put);
  await own.reopen([definitionOf("d", [key, { id: "place", type: "geo-point" }])]);
  expect(rowsOf(await own.datasets.table("d"))).toEqual([["a", null, null]]);
  await own.datasets.put("d", [{ id: "b", place: [108, 16] }], put);
  await own.reopen([definitionOf("d", [number, key, { id: "place", type: "geo-point" }])]);
  expect(rowsOf(await own.datasets.table("d"))).toEqual([
    [1, "a", null, null],
    [null, "b", 108, 16],
  ]);
});

test("a dataset that the pack no longer has is kept, and not told", async () => {
  const one = definitionOf("one", [key]);
  await using own = testDatasets([one]);
  await own.datasets.put("one", [{ id: "a" }], put);
  await own.reopen([definitionOf("two", [key])]);
  expect(own.datasets.items().map(({ id }) => id)).toEqual(["two"]);
  await own.reopen([one]);
  expect(own.datasets.items()).toMatchObject([{ id: "one", count: 1, madeUp: true, updatedAt: 5 }]);
});

test("a column of another type is written anew, with every value read as the new type", async () => {
  await using own = testDatasets([definitionOf("d", [key, text])]);
  const rows = Array.from({ length: 4500 }, (_, n) => ({
    id: `k${String(n).padStart(4, "0")}`,
    n: n % 3 ? String(n) : null,
  }));
  await own.datasets.put("d", rows, put);
  await own.reopen([definitionOf("d", [key, number])]);
  const table = await own.datasets.table("d");
  expect(table.columns.get("n")).toEqual(rows.map((_, n) => (n % 3 ? n : null)));
  expect(own.datasets.items()).toMatchObject([{ count: 4500, madeUp: true, updatedAt: 5 }]);
  await own.datasets.put("d", [{ id: "k0000", n: 7 }], put);
  expect((await own.datasets.table("d")).columns.get("n")?.[0]).toBe(7);
});

test("rows that do not fit refuse the start with the row, and nothing is changed", async () => {
  const before = definitionOf("d", [key, text]);
  await using own = testDatasets([before]);
  await own.datasets.put(
    "d",
    [
      { id: "a", n: "1" },
      { id: "b", n: "one" },
    ],
    put,
  );
  await expect(own.reopen([definitionOf("d", [key, number])])).rejects.toThrow(
    /rows of dataset d do not fit its changed definition: row \["b"\]: column n: give a whole number .*definition in datasets\/\*\.yaml back/,
  );
  const twins = definitionOf("d", [
    { ...key, key: false },
    { ...text, key: true },
  ]);
  await own.reopen([before]).catch(() => undefined);
  expect(rowsOf(await own.datasets.table("d"))).toEqual([
    ["a", "1"],
    ["b", "one"],
  ]);
  await own.datasets.put("d", [{ id: "c", n: "one" }], put);
  await expect(own.reopen([twins])).rejects.toThrow(/row \["c"\]: another row has the same key now/);
  await own.reopen([before]).catch(() => undefined);
});

test("rows that are brought again anyway are dropped when their layout changes", async () => {
  const from = (origin: "pack" | "system", n: typeof text) => definitionOf("d", [key, n], { origin });
  await using own = testDatasets([from("pack", text)]);
  await own.datasets.replace("d", [{ row: { id: "a", n: "one" }, synthetic: true }], { now: 1, source: "file" });
  await own.reopen([from("pack", number)]);
  expect(own.datasets.source("d")).toBeNull();
  expect(own.datasets.items()).toMatchObject([{ count: 0, madeUp: false }]);
});

test("the age of rows is found by an index, which follows the definition", async () => {
  const columns = [key, { id: "day", type: "date" }, { id: "month", type: "month" }];
  await using own = testDatasets([definitionOf("d", columns, { time: "day", keep: "P1D" })]);
  const indexes = () => {
    const db = openDatabase(own.file, { readonly: true });
    const found = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'age%'").pluck().all();
    db.close();
    return found;
  };
  expect(indexes()).toEqual(["age_d_day"]);
  await own.reopen([definitionOf("d", columns, { time: "month", keep: "P1D" })]);
  expect(indexes()).toEqual(["age_d_month"]);
  await own.reopen([definitionOf("d", columns)]);
  expect(indexes()).toEqual([]);
});
