import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Scenario } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { createLog } from "../log.ts";
import { createDrills, type Drills, type DrillsOptions } from "./drills.ts";

const fixtures = resolve(import.meta.dirname, "../../../../fixtures");
const flood: Scenario = {
  id: "flash-flood",
  name: { vi: "Ngập", en: "Flood" },
  description: { vi: "", en: "" },
  duration: "PT3H",
  drill: { begins: "2026-11-06T10:00:00+07:00" },
};
const dry: Scenario = { ...flood, id: "heatwave", drill: undefined };

function drillsIn(folder: string, more: Partial<DrillsOptions> = {}): Drills {
  return createDrills({
    folder,
    pack: join(fixtures, "danang"),
    scheme: "dn-2025",
    scenarioFolder: join(fixtures, "scenarios"),
    scenarios: [flood, dry],
    seed: 1,
    wallNow: Date.now,
    log: createLog({ format: "text", level: "error" }),
    ...more,
  });
}

test("a drill plays beside everything else until it is stopped; its report stays, its files do not", async () => {
  using folder = temporaryFolder();
  const drills = drillsIn(folder.path);
  expect(drills.list()).toEqual([]);
  const started = drills.start("flash-flood");
  expect(started).toMatchObject({ scenario: "flash-flood", state: "preparing", endedAt: null, reached: null });
  expect(started.ends - started.begins).toBe(3 * 3_600_000);
  expect(() => drills.start("flash-flood")).toThrow(/plays; stop it first/);
  while (!existsSync(join(folder.path, started.id, "observations.db"))) await sleep(50);
  const stopped = await drills.stop(started.id);
  expect(stopped.state).toBe("stopped");
  expect(stopped.endedAt).toBeGreaterThanOrEqual(started.startedAt);
  expect(readdirSync(join(folder.path, started.id))).toEqual(["report.json"]);
  await expect(drills.stop(started.id)).rejects.toThrow("does not play");
  expect(drillsIn(folder.path).get(started.id)).toMatchObject({ state: "stopped", verdict: null });
});

test("only a scenario that says what it must raise can be a drill", () => {
  using folder = temporaryFolder();
  const drills = drillsIn(folder.path);
  expect(() => drills.start("heatwave")).toThrow("There is no drill heatwave.");
  expect(() => drills.start("../secrets")).toThrow("There is no drill");
  expect(drills.list()).toEqual([]);
});

test("a drill whose program cannot play says why", async () => {
  using folder = temporaryFolder();
  const drills = drillsIn(folder.path, { pack: join(folder.path, "nowhere") });
  const { id } = drills.start("flash-flood");
  while (drills.get(id)?.endedAt === null) await sleep(50);
  expect(drills.get(id)).toMatchObject({ state: "broken", error: expect.stringContaining("nowhere") as string });
  expect(drills.start("flash-flood").state).toBe("preparing");
  await drills.close();
});

test("what a drill left behind when the program died is removed at the next start", () => {
  using folder = temporaryFolder();
  const left = join(folder.path, "1795968614533-flash-flood");
  mkdirSync(left);
  writeFileSync(join(left, "observations.db"), "half a drill");
  expect(drillsIn(folder.path).list()).toEqual([]);
  expect(existsSync(left)).toBe(false);
});
