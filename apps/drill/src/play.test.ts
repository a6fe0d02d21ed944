import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { loadPack } from "@ioc/server";
import { createWorld, readScenarios } from "@ioc/simulator";
import { temporaryFolder } from "@ioc/testkit";
import { playDrill, type Played } from "./play.ts";

const fixtures = resolve(import.meta.dirname, "../../../fixtures");
const MINUTE = 60_000;
const SEED = 1;
/** A drill of days plays for minutes, longer beside others. */
const patience = { timeout: 30 * MINUTE };

async function drillOf(id: string) {
  const { pack, network } = await loadPack(join(fixtures, "danang"), "");
  const scenario = (await readScenarios(join(fixtures, "scenarios"))).find((one) => one.id === id);
  if (!scenario) throw new Error(`there is no scenario ${id}`);
  return { pack, network, scenario };
}

/** Every station that the outage silences is told of as offline, no other is, and all of them are back before the drill ends. */
function silenceIsTold({ alerts }: Played, { pack, network, scenario }: Awaited<ReturnType<typeof drillOf>>): void {
  const begins = scenario.drill?.begins ?? 0;
  const { reference, simulator } = pack;
  const world = createWorld({ network, reference, simulator, seed: SEED, from: begins, keepMs: scenario.duration });
  world.influence.start(scenario, begins);
  const during = begins + 60 * MINUTE;
  const silent = world.stations.filter((station, i) => world.influence.silence(during, i, station) !== null);
  const offline = alerts.filter(({ definition }) => definition === "w-station-offline");
  expect(offline.map(({ subject }) => subject.id).sort()).toEqual(silent.map(({ id }) => id).sort());
  expect(new Set(offline.map(({ condition }) => condition))).toEqual(new Set(["cleared"]));
}

const drills: { id: string; also?: typeof silenceIsTold }[] = [
  { id: "flash-flood" },
  { id: "typhoon" },
  { id: "heatwave" },
  { id: "mass-outage", also: silenceIsTold },
  { id: "quiet-week" },
];

test.each(drills)("the drill $id raises its alerts and no other", patience, async ({ id, also }) => {
  using folder = temporaryFolder();
  const drill = await drillOf(id);
  const played = await playDrill({ ...drill, folder: folder.path, seed: SEED });
  const { verdict, alerts, errors } = played;
  expect(errors).toEqual({});
  expect(verdict.expectations.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(verdict.unexpected).toEqual({});
  expect(verdict.passed).toBe(true);
  expect(alerts.every(({ exercise }) => exercise)).toBe(true);
  also?.(played, drill);
});
