import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { loadPack } from "@ioc/server";
import { readScenarios } from "@ioc/simulator";
import { temporaryFolder } from "@ioc/testkit";
import { play, playDrill } from "./play.ts";

const fixtures = resolve(import.meta.dirname, "../../../fixtures");
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** A drill of days plays for minutes, longer beside others. */
const patience = { timeout: 30 * MINUTE };

async function drillOf(id: string) {
  const { pack, network } = await loadPack(join(fixtures, "danang"), "");
  const scenario = (await readScenarios(join(fixtures, "scenarios"))).find((one) => one.id === id);
  if (!scenario) throw new Error(`there is no scenario ${id}`);
  return { pack, network, scenario };
}

test.each(["flash-flood", "typhoon"])("the drill %s raises its alerts and no other", patience, async (id) => {
  using folder = temporaryFolder();
  const { verdict, alerts, errors } = await playDrill({ ...(await drillOf(id)), folder: folder.path, seed: 1 });
  expect(errors).toEqual({});
  expect(verdict.expectations.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(verdict.unexpected).toEqual({});
  expect(verdict.passed).toBe(true);
  expect(alerts.every(({ exercise }) => exercise)).toBe(true);
});

test("a quiet week raises nothing above a notice", patience, async () => {
  using folder = temporaryFolder();
  const { pack, network } = await loadPack(join(fixtures, "danang"), "");
  const plan = { begins: Date.parse("2026-03-09T00:00:00+07:00"), history: 9 * DAY, before: DAY };
  const { alerts, errors } = await play({
    folder: folder.path,
    pack,
    network,
    scenario: null,
    plan,
    duration: 7 * DAY,
    seed: 1,
  });
  expect(errors).toEqual({});
  const graver = alerts.filter(({ peakSeverity }) => peakSeverity !== "Minor");
  expect(graver.map(({ id, peakLevel }) => `${id} level ${peakLevel}`)).toEqual([]);
});
