import { setImmediate as nextTurn } from "node:timers/promises";
import { openDatabase } from "@ioc/database";
import { expect, test } from "vitest";
import { definitionOf } from "../../testing.ts";
import { measured, rowsOf, testDatasets } from "../test-datasets.ts";

const options = { synthetic: false, now: 1 };
const rowsFrom = (first: number, count: number, value: number) =>
  Array.from({ length: count }, (_, n) => ({ station: `s${(first + n) % 50}`, hour: first + n, value }));

/** A put is seen whole or not at all: every table holds rounds that are complete. */
test("tables read while others write are each of one moment, and never go back", { timeout: 60_000 }, async () => {
  await using own = testDatasets([measured]);
  const { datasets } = own;
  const rounds = 12;
  const size = 3000;
  await datasets.put("measured", rowsFrom(0, size, 0), options);
  const state = { isWriting: true };
  const write = async () => {
    // Each round writes all rows anew, and some more.
    for (let round = 1; round <= rounds; round++) {
      await datasets.put("measured", rowsFrom(0, size + round, round), options);
      if (round % 4 === 0) await nextTurn();
    }
    state.isWriting = false;
  };
  const seen: number[] = [];
  const read = async () => {
    while (state.isWriting) {
      const { columns, length } = await datasets.table("measured");
      const values = new Set(columns.get("value"));
      expect(values.size).toBe(1);
      const [round = NaN] = values as Set<number>;
      expect(length).toBe(size + round);
      seen.push(round);
      await nextTurn();
    }
  };
  await Promise.all([write(), read()]);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.length).toBeGreaterThan(2);
  expect((await datasets.table("measured")).length).toBe(size + rounds);
});

test("a table that is asked for after a put has it, also while an older one is being made", async () => {
  await using own = testDatasets([measured]);
  await own.datasets.put("measured", rowsFrom(0, 20_000, 0), options);
  await own.reopen([measured]);
  const loading = own.datasets.table("measured");
  await own.datasets.put("measured", [{ station: "new", hour: 0, value: 5 }], options);
  const after = await own.datasets.table("measured");
  expect(after.length).toBe(20_001);
  expect(after.columns.get("station")?.at(0)).toBe("new");
  expect((await loading).length).toBeGreaterThanOrEqual(20_000);
});

test("rows that go while a table is made are not in it", async () => {
  await using own = testDatasets([measured]);
  await own.datasets.put("measured", rowsFrom(0, 20_000, 0), options);
  await own.reopen([measured]);
  const loading = own.datasets.table("measured");
  await own.datasets.replace("measured", [{ row: { station: "x", hour: 1, value: 9 }, synthetic: false }], { now: 2 });
  expect(rowsOf(await own.datasets.table("measured"))).toEqual([["x", 1, 9]]);
  await loading;
});

test("tables that are not used are forgotten, and come back with what was put meanwhile", async () => {
  const ids = ["a", "b", "c"];
  await using own = testDatasets(
    ids.map((id) => definitionOf(id, measured.columns)),
    { mostCells: 2 * 3 * 100 },
  );
  for (const id of ids) await own.datasets.put(id, rowsFrom(0, 100, 0), options);
  const first = await own.datasets.table("a");
  const second = await own.datasets.table("b");
  expect(await own.datasets.table("a")).toBe(first);
  await own.datasets.table("c");
  expect(await own.datasets.table("a")).toBe(first);
  const again = await own.datasets.table("b");
  expect(again).not.toBe(second);
  expect(rowsOf(again)).toEqual(rowsOf(second));
  await own.datasets.put("c", [{ station: "z", hour: 1 }], options);
  expect((await own.datasets.table("c")).length).toBe(101);
});

test("more changes than a table waits for", async () => {
  await using own = testDatasets([measured]);
  await own.datasets.put("measured", rowsFrom(0, 10, 0), options);
  await own.datasets.table("measured");
  for (let round = 0; round < 5; round++) await own.datasets.put("measured", rowsFrom(round * 5000, 5000, 1), options);
  expect((await own.datasets.table("measured")).length).toBe(25_000);
});

test("while another program holds the file a put is refused and nothing is kept; then it works", async () => {
  await using own = testDatasets([measured]);
  const other = openDatabase(own.file);
  other.exec("BEGIN IMMEDIATE");
  const refused = own.datasets.put("measured", rowsFrom(0, 3, 0), options);
  await expect(refused).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  expect((await own.datasets.table("measured")).length).toBe(0);
  other.exec("ROLLBACK");
  other.close();
  expect(await own.datasets.put("measured", rowsFrom(0, 3, 0), options)).toMatchObject({ stored: 3 });
  expect(own.datasets.items()).toMatchObject([{ count: 3 }]);
});

test("closing waits for what was begun", async () => {
  await using own = testDatasets([measured]);
  const running = own.datasets.put("measured", rowsFrom(0, 5000, 0), options);
  const loading = own.datasets.table("measured");
  await nextTurn();
  await own.reopen([measured]);
  expect(await running).toMatchObject({ stored: 5000 });
  await loading;
  expect(own.datasets.items()).toMatchObject([{ count: 5000 }]);
});
