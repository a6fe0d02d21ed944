import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { allTypes, fullRow, measured, testDatasets } from "../test-datasets.ts";
import { checkDatasets } from "./check.ts";

const options = { synthetic: true, now: 1 };
const rows = Array.from({ length: 3000 }, (_, n) => ({ station: `station ${n}`, hour: n, value: n / 7 }));

test("counts what is held while it is open", async () => {
  await using own = testDatasets([measured, allTypes]);
  await own.datasets.put("measured", rows, options);
  await own.datasets.put("all-types", [fullRow], options);
  expect(checkDatasets(own.file)).toEqual({ datasets: 2, rows: 3001, problems: [] });
});

test("tells of tables and figures that do not fit", async () => {
  await using own = testDatasets([measured, allTypes]);
  await own.datasets.put("measured", rows, options);
  await own.datasets.close();
  const db = openDatabase(own.file);
  db.exec(`DELETE FROM rows_measured WHERE hour < 10; DROP TABLE "rows_all-types"`);
  db.close();
  expect(checkDatasets(own.file).problems).toMatchObject([
    { dataset: "all-types", problem: "its table is missing" },
    { dataset: "measured", problem: "2990 rows of which 2990 made up are kept as 3000 rows of which 3000 made up" },
  ]);
});

test("a damaged page is told, and the rest is looked at", async () => {
  await using own = testDatasets([measured, allTypes]);
  await own.datasets.put("measured", rows, options);
  await own.datasets.put("all-types", [fullRow], options);
  await own.datasets.close();
  const db = openDatabase(own.file);
  db.pragma("wal_checkpoint(TRUNCATE)");
  const root =
    db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'rows_measured'").pluck().get() ?? 0;
  db.close();
  const handle = openSync(own.file, "r+");
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (root - 1) * 4096);
  closeSync(handle);
  const { rows: counted, problems } = checkDatasets(own.file);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.some(({ advice }) => advice === "restore the last backup")).toBe(true);
  expect(counted).toBe(1);
});

test("another database is no file of rows", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "other.db");
  openDatabase(file).close();
  expect(() => checkDatasets(file)).toThrow("is no file of dataset rows");
  expect(() => checkDatasets(join(folder.path, "none.db"))).toThrow("does not exist");
});
