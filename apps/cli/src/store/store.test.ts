import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { checkStore } from "@ioc/observations/sqlite";
import { openDataFolder } from "@ioc/server";
import { temporaryFolder } from "@ioc/testkit";
import { filled, ioc, openStore, reading, specs } from "./test-data-folder.ts";

describe("ioc store", () => {
  test("check counts while a store is open, and names problems with exit code 1", async () => {
    using folder = temporaryFolder();
    await filled(folder.path, 100);
    const { store, close } = await openStore(folder.path);
    await store.writer.record([reading(0, 1000)]);
    const sound = await ioc(["store", "check", "--data-dir", folder.path]);
    expect(sound).toMatchObject({ code: 0, err: "" });
    expect(sound.out).toMatch(
      /20 datastreams, 2000 readings in 20 blocks, 1 readings in 21 journal rows.*sequence 21/s,
    );
    expect(sound.out).toContain("no problems");
    await close();
    const db = openDatabase(join(folder.path, "observations.db"));
    db.exec("UPDATE chunk SET readings = x'01' WHERE series = 3");
    db.close();
    const damaged = await ioc(["store", "check", "--data-dir", folder.path]);
    expect(damaged.code).toBe(1);
    expect(damaged.out).toContain("station-2:level: 2026-10-01: the block is damaged");
    expect(damaged.out).toMatch(/→ import the day again/);
  });

  test("maintain does what waits, and makes rollups again", async () => {
    using folder = temporaryFolder();
    await filled(folder.path, 3000);
    const file = join(folder.path, "observations.db");
    expect(await ioc(["store", "maintain", "--data-dir", folder.path])).toMatchObject({ code: 0, err: "" });
    const { rollupRows } = checkStore(file);
    expect(rollupRows).toBeGreaterThanOrEqual(2 * specs.length);
    const db = openDatabase(file);
    db.exec("UPDATE rollup SET buckets = x'00'");
    db.close();
    const broken = checkStore(file);
    expect(broken.problemCount).toBeGreaterThan(0);
    expect(broken.problems[0]?.advice).toContain("ioc store maintain --rebuild");
    expect(await ioc(["store", "maintain", "--rebuild", "--data-dir", folder.path])).toMatchObject({ code: 0 });
    expect(checkStore(file)).toMatchObject({ rollupRows, problems: [] });
  });

  test("maintain is refused while a server uses the folder", async () => {
    using folder = temporaryFolder();
    const data = openDataFolder(folder.path);
    await expect(ioc(["store", "maintain", "--data-dir", folder.path])).rejects.toThrow("is using the data folder");
    data.close();
  });

  test("wrong words get the usage", async () => {
    for (const args of [["store"], ["store", "dance"], ["backup"], ["restore", "a", "b"], ["backup", "x", "--force"]]) {
      expect(await ioc(args)).toMatchObject({ code: 2, err: expect.stringContaining("usage: ioc") as string });
    }
  });
});
