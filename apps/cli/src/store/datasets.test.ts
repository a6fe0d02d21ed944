import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatasets } from "@ioc/catalogue";
import { definitionOf } from "@ioc/catalogue/testing";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { filled, ioc } from "./test-data-folder.ts";

const definition = definitionOf("shelters", [
  { id: "id", type: "string", key: true },
  { id: "beds", type: "integer" },
]);

const open = (folder: string) =>
  openDatasets({ file: join(folder, "datasets.db"), definitions: [definition], timeZone: "Asia/Ho_Chi_Minh" });

/** Beds of all shelters. */
async function beds(folder: string): Promise<unknown> {
  const datasets = open(folder);
  const { columns } = await datasets.table("shelters");
  await datasets.close();
  return columns.get("beds");
}

test("a backup taken while rows are put has all that were acknowledged, and restores", async () => {
  using folder = temporaryFolder();
  const [data, backup, target] = ["data", "backup", "target"].map((part) => join(folder.path, part)) as [
    string,
    string,
    string,
  ];
  await filled(data, 5);
  const datasets = open(data);
  await datasets.put("shelters", [{ id: "a", beds: 120 }, { id: "b" }], { synthetic: false, now: 1 });
  expect(await ioc(["backup", backup, "--data-dir", data])).toMatchObject({ code: 0, err: "" });
  await datasets.put("shelters", [{ id: "a", beds: 0 }], { synthetic: false, now: 2 });
  await datasets.close();
  expect(readdirSync(backup).sort()).toEqual(["city.db", "datasets.db", "manifest.json", "observations.db"]);
  expect(await ioc(["restore", backup, "--data-dir", target])).toMatchObject({ code: 0, err: "" });
  expect(await beds(target)).toEqual([120, null]);
  expect(await ioc(["restore", backup, "--force", "--data-dir", data])).toMatchObject({ code: 0, err: "" });
  expect(await beds(data)).toEqual([120, null]);
  const aside = readdirSync(data).find((part) => part.startsWith("before-restore-"))!;
  expect(await beds(join(data, aside))).toEqual([0, null]);
});

test("a backup of an earlier version has no rows: it restores, and rows that were there are put aside", async () => {
  using folder = temporaryFolder();
  const [data, backup] = [join(folder.path, "data"), join(folder.path, "backup")];
  await filled(data, 5);
  expect(existsSync(join(data, "datasets.db"))).toBe(false);
  expect(await ioc(["backup", backup, "--data-dir", data])).toMatchObject({ code: 0, err: "" });
  expect(readdirSync(backup).sort()).toEqual(["city.db", "manifest.json", "observations.db"]);
  const datasets = open(data);
  await datasets.put("shelters", [{ id: "a", beds: 7 }], { synthetic: false, now: 1 });
  await datasets.close();
  expect(await ioc(["restore", backup, "--force", "--data-dir", data])).toMatchObject({ code: 0, err: "" });
  expect(existsSync(join(data, "datasets.db"))).toBe(false);
  expect(await beds(data)).toEqual([]);
});

test("a manifest that names rows which are not there, or lacks what every backup has, is refused", async () => {
  using folder = temporaryFolder();
  const [data, backup, target] = ["data", "backup", "target"].map((part) => join(folder.path, part)) as [
    string,
    string,
    string,
  ];
  await filled(data, 5);
  await open(data).close();
  expect(await ioc(["backup", backup, "--data-dir", data])).toMatchObject({ code: 0 });
  const file = join(backup, "manifest.json");
  const manifest = readFileSync(file, "utf8");
  const { files, ...rest } = JSON.parse(manifest) as { files: { name: string }[] };
  for (const wrong of [files.filter((one) => one.name !== "city.db"), [...files, ...files]]) {
    writeFileSync(file, JSON.stringify({ ...rest, files: wrong }));
    const refused = await ioc(["restore", backup, "--data-dir", target]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/files: must list .*, each once/) as string });
  }
  writeFileSync(file, manifest);
  rmSync(join(backup, "datasets.db"));
  const refused = await ioc(["restore", backup, "--data-dir", target]);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("datasets.db is missing") as string });
});

test("ioc store check looks at rows too", async () => {
  using folder = temporaryFolder();
  await filled(folder.path, 5);
  const earlier = await ioc(["store", "check", "--data-dir", folder.path]);
  expect([earlier.code, earlier.out.includes("datasets")]).toEqual([0, false]);
  const datasets = open(folder.path);
  await datasets.put("shelters", [{ id: "a" }, { id: "b" }], { synthetic: false, now: 1 });
  const sound = await ioc(["store", "check", "--data-dir", folder.path]);
  expect(sound.code).toBe(0);
  expect(sound.out).toContain("1 datasets, 2 rows\nno problems");
  await datasets.close();
  const db = openDatabase(join(folder.path, "datasets.db"));
  db.exec("DELETE FROM rows_shelters WHERE id = 'a'");
  db.close();
  const wrong = await ioc(["store", "check", "--data-dir", folder.path]);
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain("dataset shelters: 1 rows of which 0 made up are kept as 2 rows of which 0 made up");
});
