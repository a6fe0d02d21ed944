import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { loadPack } from "@ioc/server";
import { readScenarios } from "@ioc/simulator";
import { temporaryFolder } from "@ioc/testkit";
import { playDrill } from "./play.ts";

const fixtures = resolve(import.meta.dirname, "../../../fixtures");
const MINUTE = 60_000;
/** A drill of days plays for minutes, longer beside others. */
const patience = { timeout: 30 * MINUTE };

async function drillOf(id: string) {
  const { pack, network } = await loadPack(join(fixtures, "danang"), "");
  const scenario = (await readScenarios(join(fixtures, "scenarios"))).find((one) => one.id === id);
  if (!scenario) throw new Error(`there is no scenario ${id}`);
  return { pack, network, scenario };
}

test.each(["flash-flood", "typhoon", "quiet-week"])(
  "the drill %s raises its alerts and no other",
  patience,
  async (id) => {
    using folder = temporaryFolder();
    const { verdict, alerts, errors } = await playDrill({ ...(await drillOf(id)), folder: folder.path, seed: 1 });
    expect(errors).toEqual({});
    expect(verdict.expectations.filter(({ faults }) => faults.length > 0)).toEqual([]);
    expect(verdict.unexpected).toEqual({});
    expect(verdict.passed).toBe(true);
    expect(alerts.every(({ exercise }) => exercise)).toBe(true);
  },
);
