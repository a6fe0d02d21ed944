import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkStore } from "@ioc/observations/sqlite";
import type { Observations } from "@ioc/observations/sqlite";
import { temporaryFolder } from "@ioc/testkit";
import { backUp } from "./backup.ts";
import { restore } from "./restore.ts";
import { filled, ioc, NOW, openStore, PROGRAM, program, reading, specs, T0 } from "./test-data-folder.ts";

/** Records until it is told to stop; what was acknowledged, with its sequence. */
function recordUntil(store: Observations, stopped: () => boolean): Promise<{ n: number; sequence: number }[]> {
  const acknowledged: { n: number; sequence: number }[] = [];
  const record = async () => {
    for (let n = 0; !stopped() || n < 200; n++) {
      // Every tenth is long enough to go straight into blocks.
      const length = n % 10 === 0 ? 70 : 1;
      const batch = specs.flatMap((_, series) => Array.from({ length }, (_, i) => reading(series, n * 100 + i)));
      const { sequence } = await store.writer.record(batch);
      acknowledged.push({ n, sequence: sequence! });
      if (n % 50 === 0) await store.maintain(T0 + 400 * 86_400_000, 5);
    }
    return acknowledged;
  };
  return record();
}

describe("a backup", () => {
  test(
    "taken under load holds everything acknowledged up to the sequence it states",
    { timeout: 120_000 },
    async () => {
      using folder = temporaryFolder();
      const [data, backup, target] = ["data", "backup", "target"].map((name) => join(folder.path, name)) as [
        string,
        string,
        string,
      ];
      const { store, close } = await openStore(data);
      let stopped = false;
      const recording = recordUntil(store, () => stopped);
      const first = await program(["backup", join(folder.path, "first"), "--data-dir", data]);
      const made = await program(["backup", backup, "--data-dir", data]);
      stopped = true;
      const acknowledged = await recording;
      await close();
      expect(first).toMatchObject({ code: 0, err: "" });
      expect(made).toMatchObject({ code: 0, err: "" });
      const sequence = Number(/complete up to sequence (\d+)/.exec(made.out)?.[1]);
      expect(sequence).toBeGreaterThan(0);
      expect(readdirSync(backup).sort()).toEqual(["city.db", "manifest.json", "observations.db"]);

      expect(await ioc(["restore", backup, "--data-dir", target])).toMatchObject({ code: 0, err: "" });
      expect(checkStore(join(target, "observations.db"))).toMatchObject({ sequence, problems: [] });
      const restored = await openStore(target);
      expect(restored.store.changes.head()).toBe(sequence);
      const stated = acknowledged.filter((one) => one.sequence <= sequence);
      for (const [series, { id }] of specs.entries()) {
        const { time, result } = await restored.store.reader.raw({ datastreams: [id], from: 0, to: T0 * 2 });
        const stored = new Map(time.map((at, i) => [at, result[i]]));
        let expected = 0;
        const lost: string[] = [];
        for (const { n } of stated) {
          for (let i = 0; i < (n % 10 === 0 ? 70 : 1); i++) {
            const { phenomenonTime, result } = reading(series, n * 100 + i);
            if (stored.get(phenomenonTime) !== result) lost.push(`${id} at ${phenomenonTime}`);
            expected++;
          }
        }
        expect(lost).toEqual([]);
        expect(stored.size).toBe(expected);
      }
      await restored.close();
    },
  );

  test("is refused where something is already, and leaves it as it is", async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, "data");
    await filled(data, 5);
    const taken = join(folder.path, "taken");
    mkdirSync(taken);
    writeFileSync(join(taken, "letter.txt"), "dear");
    const there = await ioc(["backup", taken, "--data-dir", data]);
    expect(there).toMatchObject({ code: 1, err: expect.stringContaining("is not empty") as string });
    expect(readdirSync(taken)).toEqual(["letter.txt"]);
    const file = await ioc(["backup", join(taken, "letter.txt"), "--data-dir", data]);
    expect(file).toMatchObject({ code: 1, err: expect.stringContaining("is a file") as string });
    const nothing = await ioc(["backup", join(folder.path, "b"), "--data-dir", taken]);
    expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining("is no data folder") as string });
    expect(existsSync(join(folder.path, "b"))).toBe(false);
  });

  test("that cannot be written to its end leaves nothing", async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, "data");
    await filled(data);
    const backup = join(folder.path, "backup");
    // No file of this process may become larger than 64 KiB.
    const { code, err } = await program(["backup", backup, "--data-dir", data], "ulimit -f 64;");
    expect(code).toBe(1);
    expect(err).toMatch(/could not be copied to .*observations\.db|disk .* is full/);
    expect(readdirSync(folder.path)).toEqual(["data"]);
  });

  test("of a damaged store is refused with what to do", async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, "data");
    await filled(data);
    truncateSync(join(data, "observations.db"), 40_000);
    await expect(backUp(data, join(folder.path, "backup"), NOW, PROGRAM)).rejects.toThrow(/is damaged/);
    expect(readdirSync(folder.path)).toEqual(["data"]);
  });

  test("leftovers of one that was ended are no backup, and the next one clears them away", async () => {
    using folder = temporaryFolder();
    const [data, backup] = [join(folder.path, "data"), join(folder.path, "backup")];
    await filled(data, 5);
    mkdirSync(join(folder.path, ".backup.partial"));
    writeFileSync(join(folder.path, ".backup.partial", "city.db"), "half");
    const half = restore(join(folder.path, ".backup.partial"), join(folder.path, "target"), false, NOW);
    await expect(half).rejects.toThrow("is no backup");
    expect(await ioc(["backup", backup, "--data-dir", data])).toMatchObject({ code: 0 });
    expect(readdirSync(folder.path).sort()).toEqual(["backup", "data"]);
  });
});

describe("restoring", () => {
  test("refuses what is not the whole backup, and touches nothing", async () => {
    using folder = temporaryFolder();
    const [data, good, target] = ["data", "good", "target"].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    await filled(data, 20);
    expect(await ioc(["backup", good, "--data-dir", data])).toMatchObject({ code: 0 });
    let copies = 0;
    const refused = async (change: (backup: string) => void) => {
      const backup = join(folder.path, `copy-${copies++}`);
      cpSync(good, backup, { recursive: true });
      change(backup);
      const refusal = await restore(backup, target, false, NOW).then(() => "not refused", String);
      expect(existsSync(join(target, "observations.db"))).toBe(false);
      return refusal;
    };
    const manifest = (backup: string, edit: (json: Record<string, unknown>) => unknown) => {
      const file = join(backup, "manifest.json");
      writeFileSync(file, JSON.stringify(edit(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>)));
    };
    const file = "observations.db";
    expect(
      await refused((backup) => {
        const bytes = readFileSync(join(backup, file));
        bytes[5000] = bytes[5000]! ^ 1;
        writeFileSync(join(backup, file), bytes);
      }),
    ).toMatch(/SHA-256 is not that of the manifest/);
    expect(await refused((backup) => truncateSync(join(backup, file), 8192))).toMatch(/has 8192 bytes, not \d+/);
    expect(await refused((backup) => writeFileSync(join(backup, "manifest.json"), "{"))).toMatch(/is no JSON/);
    expect(await refused((backup) => manifest(backup, (json) => ({ ...json, version: 2 })))).toMatch(/version: /);
    const elsewhere = [{ name: "../../etc/passwd", bytes: 1, sha256: "0".repeat(64) }];
    expect(await refused((backup) => manifest(backup, (json) => ({ ...json, files: elsewhere })))).toMatch(/files/);
    await expect(restore(data, target, false, NOW)).rejects.toThrow("is no backup");
  });

  test("refuses a folder in use or with data, and puts the data aside when it is forced", async () => {
    using folder = temporaryFolder();
    const [data, backup] = [join(folder.path, "data"), join(folder.path, "backup")];
    await filled(data, 5);
    expect(await ioc(["backup", backup, "--data-dir", data])).toMatchObject({ code: 0 });
    const { store, close } = await openStore(data);
    await store.writer.record([reading(0, 1000)]);
    await expect(restore(backup, data, true, NOW)).rejects.toThrow("is using the data folder");
    await close();
    const taken = await ioc(["restore", backup, "--data-dir", data]);
    expect(taken).toMatchObject({ code: 1, err: expect.stringContaining("is not empty (city.db") as string });
    const forced = await ioc(["restore", backup, "--force", "--data-dir", data]);
    expect(forced).toMatchObject({ code: 0, err: "" });
    const aside = readdirSync(data).find((name) => name.startsWith("before-restore-"))!;
    expect(forced.out).toContain(aside);
    expect(checkStore(join(data, aside, "observations.db")).sequence).toBe(21);
    expect(checkStore(join(data, "observations.db"))).toMatchObject({ sequence: 20, problems: [] });
  });
});
